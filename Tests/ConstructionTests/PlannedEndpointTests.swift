import Foundation
import Providers
import Testing

@testable import Construction

@Suite("Where and how plans ask")
struct PlannedEndpointTests {
  private func parse(_ model: String, rest: String = "") throws -> CollectionPlan {
    try CollectionPlan.parse(
      "store: s\ntasks: [{name: t, file: f}]\nmodels: [{name: a, \(model)}]\n\(rest)", file: "p",
      folder: URL(fileURLWithPath: "/data"), scorers: ["exact"])
  }

  private func sentence(_ model: String) -> String {
    do {
      _ = try parse(model)
      return "no error"
    } catch { return "\(error)" }
  }

  private static let needed =
    "p, line 3: endpoint needs an address that begins with http:// or https:// and holds no "

  @Test(
    "Addresses that cannot be asked, and what to write",
    arguments: [
      (
        "localhost:11434",
        needed + "password; found 'localhost:11434'; did you mean "
          + "'http://localhost:11434/v1'?"
      ),
      (
        "api.example.com/v1",
        needed + "password; found 'api.example.com/v1'; did you mean "
          + "'https://api.example.com/v1'?"
      ),
      (
        "192.168.0.7:8000/v1/",
        needed + "password; found '192.168.0.7:8000/v1/'; did you mean "
          + "'http://192.168.0.7:8000/v1'?"
      ),
      ("ftp://h/v1", needed + "password; found 'ftp://h/v1'."),
      ("http://h/v 1", needed + "space; found 'http://h/v 1'."),
      ("http://", needed + "password; found 'http://'."),
      (
        "https://me:s3cret@h/v1?code=s3cret",
        needed
          + "password; found 'https://h/v1?code=...' with one; give it by key_env or key_file."
      ),
      (
        "http://localhost:11434/api/chat",
        "p, line 3: endpoint 'http://localhost:11434/api/chat' speaks Ollama's own protocol; write "
          + "'http://localhost:11434/v1', which speaks OpenAI's."
      ),
      (
        "https://h/v1/messages",
        "p, line 3: endpoint 'https://h/v1/messages' is one of Anthropic's protocol; write "
          + "'provider: anthropic' for it, or the address of the server's OpenAI-compatible service."
      ),
    ])
  func mistakes(endpoint: String, expected: String) {
    #expect(sentence("provider: openai-compatible, endpoint: '\(endpoint)'") == expected)
  }

  @Test(
    "Addresses are kept as they are, but for space, slashes and fragments",
    arguments: [
      ("http://h/v1/", "http://h/v1"), (" http://h/v1 ", "http://h/v1"),
      ("http://[::1]:8080/v1", "http://[::1]:8080/v1"), ("HTTP://h/v1", "HTTP://h/v1"),
      ("http://h/v1/?api-version=1", "http://h/v1?api-version=1"),
      ("http://h/v1/chat/completions", "http://h/v1/chat/completions"),
    ])
  func kept(endpoint: String, expected: String) throws {
    let plan = try parse("provider: openai-compatible, endpoint: '\(endpoint)'")
    #expect(plan.models[0].endpoint == expected)
  }

  @Test("A limit under extra bounds the cost, whichever of its names it has")
  func limits() throws {
    let endpoint = "endpoint: 'http://h/v1', prices: {input: 1, output: 1}"
    func most(_ sampling: String, _ provider: String = "openai-compatible") throws -> Int? {
      let plan = try parse(
        "provider: \(provider), \(endpoint), sampling: {\(sampling)}",
        rest: "defaults: {sampling: {max_tokens: 512}}")
      return plan.models[0].mostOutputTokens
    }
    #expect(try most("") == 512)
    #expect(try most("extra: {max_completion_tokens: 64}") == 64)
    #expect(try most("max_tokens: 8, extra: {max_completion_tokens: 64}", "openai") == 64)
    #expect(try most("extra: {max_tokens: 9}") == 9)
    #expect(try most("extra: {max_tokens: null}") == nil)
    for (value, provider, expected) in [
      (
        "0", "openai",
        "max_completion_tokens needs a whole number of at least 1, or null to leave "
          + "it out; found 0."
      ),
      (
        "many", "openai",
        "max_completion_tokens needs a whole number of at least 1, or null to "
          + "leave it out; found \"many\"."
      ),
      (
        "9", "anthropic",
        "'max_completion_tokens' cannot be set under extra for provider anthropic; "
          + "set max_tokens of sampling."
      ),
    ] {
      #expect(
        sentence("provider: \(provider), sampling: {extra: {max_completion_tokens: \(value)}}")
          == "p, line 3: " + expected)
    }
  }

  @Test("A judge is steady unless its model takes no temperature")
  func judges() throws {
    func temperature(_ sampling: String) throws -> Double? {
      try parse(
        "provider: openai",
        rest: "judges: [{name: j, provider: openai, sampling: {\(sampling)}}]"
      ).judges[0].model.sampling.temperature
    }
    #expect(try temperature("max_tokens: 9") == 0)
    #expect(try temperature("temperature: 1") == 1)
    #expect(try temperature("extra: {max_completion_tokens: 9}") == nil)
    #expect(try temperature("extra: {temperature: null}") == nil)
  }

  @Test("A header of one's own for the key")
  func keyHeader() throws {
    #expect(try parse("provider: openai, key_header: api-key").models[0].keyHeader == "api-key")
    #expect(
      sentence("provider: openai, key_header: 'a b'")
        == "p, line 3: key_header needs the name of a header, such as api-key; found 'a b'.")
  }
}
