import Foundation
import Loopback
import Providers
import Testing
import Transport

@testable import Construction

@Suite("What provider faults do to a collection")
struct ProviderFaultCourseTests {
  private struct Outcome {
    let progress: CollectionProgress.Model
    let causes: [String]
    let answers: Int
    let waited: Double
  }

  private func collect(
    _ server: ProviderServer, questions: Int, _ change: (inout PlannedModel) -> Void = { _ in }
  ) async throws -> Outcome {
    let folder = try Scratch()
    let store = try AnswerStore(path: folder.path + "/a.sqlite", for: .writing)
    let clock = MadeClock()
    let start = clock.now
    var model = Made.model(endpoint: server.address + "/v1", concurrency: 1)
    change(&model)
    let summary = try await Collector(
      Made.plan([model], store: store.path), items: Made.items(questions), store: store,
      providers: [model.client(http: try HTTPClient())], clock: clock.clock
    ).run()
    var answers = 0
    try store.forEachAnswer { _ in answers += 1 }
    return Outcome(
      progress: summary.progress.models[0], causes: try store.errors().map(\.cause),
      answers: answers, waited: clock.now - start)
  }

  @Test("A question that moderation refuses is given up alone")
  func moderation() async throws {
    let server = try ProviderServer { ask in
      ask.text.contains("prompt 0 ")
        ? ProviderReply(
          403, [],
          #"{"error":{"code":403,"message":"Your input was flagged","metadata":{"reasons":["x"]}}}"#
        )
        : .completion("fine")
    }
    let outcome = try await collect(server, questions: 3)
    #expect(outcome.answers == 2 && outcome.causes == ["filtered"])
    #expect(outcome.progress.stopped == nil && server.count == 3)
  }

  @Test("An answer that broke off is asked for again, counted as billed, and never kept")
  func brokenOff() async throws {
    let server = try ProviderServer { ask in
      ask.earlier == 0 ? .completion("half a", finish: "error") : .completion("whole")
    }
    let outcome = try await collect(server, questions: 1)
    #expect(outcome.answers == 1 && outcome.progress.retried == 1)
    let failing = try ProviderServer { _ in .completion("half a", finish: "network_error") }
    let second = try await collect(failing, questions: 1)
    #expect(second.answers == 0 && second.causes == ["serverError"] && failing.count == 4)
  }

  @Test("A wrong key at status 200 stops the model after one question")
  func wrongKey() async throws {
    let server = try ProviderServer { _ in
      ProviderReply(200, [], #"{"error":{"message":"Invalid API key","code":401}}"#)
    }
    let outcome = try await collect(server, questions: 5)
    #expect(server.count == 1 && outcome.causes == ["notAuthorized"])
    #expect(outcome.progress.stopped?.contains("Invalid API key") == true)
  }

  @Test(
    "A wait in a header, in the body or in its sentence is kept to",
    arguments: [
      ProviderReply.refusal(429, headers: [("retry-after-ms", "9000")]),
      .refusal(429, headers: [("x-ratelimit-reset-tokens", "9s")]),
      .refusal(429, "Please try again in 9s."),
      ProviderReply(
        429, [],
        #"[{"error":{"message":"quota and billing","details":[{"retryDelay":"9s"}]}}]"#),
    ])
  func waits(reply: ProviderReply) async throws {
    let server = try ProviderServer { $0.earlier == 0 ? reply : .completion("fine") }
    let outcome = try await collect(server, questions: 1)
    #expect(outcome.answers == 1 && outcome.waited >= 9 && outcome.waited < 11)
  }

  @Test("A wait beyond the deadline ends the model with a sentence that names it")
  func beyondDeadline() async throws {
    let server = try ProviderServer { _ in .refusal(429, headers: [("Retry-After", "54720")]) }
    let outcome = try await collect(server, questions: 5)
    #expect(server.count == 1 && outcome.waited < 1)
    #expect(
      outcome.progress.stopped
        == "The wait is longer than 'deadline' of 'retries' allows (900 s); run collect again "
        + "later. The provider asks for fewer calls (status 429, asks to wait 15.2 h): no (refused)"
    )
  }

  @Test("A limit per day is tried as often as other faults, then stops the model")
  func daily() async throws {
    let server = try ProviderServer { _ in
      ProviderReply(
        429, [],
        #"{"error":{"message":"no","details":[{"violations":[{"quotaId":"RequestsPerDay"}]},"#
          + #"{"retryDelay":"2s"}]}}"#)
    }
    let outcome = try await collect(server, questions: 5)
    #expect(server.count == 4 && outcome.progress.stopped != nil)
    #expect(outcome.waited >= 6 && outcome.waited < 8)
  }

  @Test("A missing /v1 gets a sentence with the address that was asked, and what to write")
  func missingVersion() async throws {
    let server = try ProviderServer { _ in ProviderReply(404, [], #"{"detail":"Not Found"}"#) }
    let outcome = try await collect(server, questions: 1) { $0.endpoint = server.address }
    #expect(
      outcome.progress.stopped
        == "The provider has no such model or address (status 404): Not Found. The address asked is "
        + "\(server.address)/chat/completions. Most servers need /v1 in it: write "
        + "\(server.address)/v1 as the endpoint.")
  }

  @Test("A header of one's own carries the key, and the common one does not")
  func keyHeader() async throws {
    let folder = try Scratch()
    let file = try folder.write("k-1", to: "key")
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file)
    let server = try ProviderServer { _ in .completion("fine") }
    _ = try await collect(server, questions: 1) {
      $0.key = .file(file)
      $0.keyHeader = "Ocp-Apim-Subscription-Key"
    }
    let headers = server.asks.first?.headers
    #expect(headers?["ocp-apim-subscription-key"] == "k-1" && headers?["authorization"] == nil)
  }
}
