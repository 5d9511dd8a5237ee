import Embedding
import Foundation
import Loopback
import Matrices
import Prompts
import Testing
import Transport

@testable import Providers

@Suite("Embeddings from an endpoint")
struct EndpointEncoderTests {
  /// Each text's length and a half, in an order of its own.
  private func answer(_ ask: ProviderServer.Ask) -> ProviderReply {
    struct Body: Decodable { var input: [String] }
    guard let body = try? JSONDecoder().decode(Body.self, from: Data(ask.body)) else {
      return ProviderReply(400)
    }
    let entries = body.input.enumerated().reversed().map {
      #"{"index": \#($0), "embedding": [\#($1.utf8.count), 0.5]}"#
    }
    return ProviderReply(200, [], #"{"data": [\#(entries.joined(separator: ","))]}"#)
  }

  @Test("Batches, in the order of the texts, whatever the answer's")
  func batches() throws {
    let server = try ProviderServer { self.answer($0) }
    let encoder = try EndpointEncoder(
      http: try HTTPClient(), endpoint: server.address + "/v1", model: "e", key: nil, batch: 2)
    #expect(encoder.dimensions == 2)
    let matrix = try encoder.features(of: ["a", "bbb", "", "cc", "dddd"], view: .head)
    #expect((0..<5).map { matrix[$0, 0] } == [1, 3, 1, 2, 4])
    #expect(server.count == 4)
    #expect(server.asks.allSatisfy { $0.path == "/v1/embeddings" })
  }

  @Test("With a cache no text is sent twice")
  func cached() throws {
    let server = try ProviderServer { self.answer($0) }
    let folder = NSTemporaryDirectory() + "routerbench-vectors-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let encoder = CachedEncoder(
      try EndpointEncoder(
        http: try HTTPClient(), endpoint: server.address, model: "e", key: nil),
      cache: try EmbeddingCache(path: folder + "/cache.sqlite"))
    let first = try encoder.features(of: ["a", "bb"], view: .head)
    #expect(try encoder.features(of: ["bb", "a"], view: .head)[row: 0] == first[row: 1])
    #expect(server.count == 2)
  }

  @Test("Its address may end in the operation and hold a query; Azure gets a header of its own")
  func addresses() throws {
    let server = try ProviderServer { self.answer($0) }
    let key = try APIKey("k-1", origin: "a test")
    func encoder(_ path: String) throws -> EndpointEncoder {
      try EndpointEncoder(
        http: try HTTPClient(), endpoint: server.address + path, model: "e", key: key)
    }
    #expect(try encoder("/v1/embeddings").identity == encoder("/v1/").identity)
    let azure = try encoder("/openai/deployments/e?api-version=1&code=s3cret")
    #expect(azure.identity == server.address + "/openai/deployments/e#e")
    #expect(
      server.asks.map(\.path) == [
        "/v1/embeddings", "/v1/embeddings",
        "/openai/deployments/e/embeddings?api-version=1&code=s3cret",
      ])
    #expect(server.asks.map { $0.headers["api-key"] } == [nil, nil, "k-1"])
    #expect(
      server.asks.map { $0.headers["authorization"] } == ["Bearer k-1", "Bearer k-1", nil])
  }

  @Test("An error at 200 is one, and a wait in a sentence is kept to")
  func errors() throws {
    let limited = try ProviderServer { ask in
      ask.earlier == 0 ? .refusal(429, "Try again in 5ms.") : self.answer(ask)
    }
    _ = try EndpointEncoder(
      http: try HTTPClient(), endpoint: limited.address, model: "e", key: nil,
      retries: RetryPolicy(attempts: 2, firstDelay: 0.001))
    let wrong = try ProviderServer { _ in
      ProviderReply(200, [], #"{"error":{"message":"Invalid key","code":401}}"#)
    }
    #expect(throws: ProviderFault.self) {
      try EndpointEncoder(http: try HTTPClient(), endpoint: wrong.address, model: "e", key: nil)
    }
    #expect(limited.count == 2 && wrong.count == 1)
  }

  @Test("A busy endpoint is asked again; one that gives too few vectors is refused with a sentence")
  func faults() throws {
    let busy = try ProviderServer { ask in
      ask.earlier == 0 ? .refusal(503) : self.answer(ask)
    }
    let retries = RetryPolicy(attempts: 3, firstDelay: 0.001)
    _ = try EndpointEncoder(
      http: try HTTPClient(), endpoint: busy.address, model: "e", key: nil, retries: retries)
    #expect(busy.count == 2)
    let poor = try ProviderServer { _ in ProviderReply(200, [], #"{"data": []}"#) }
    #expect(throws: ProviderFault.self) {
      try EndpointEncoder(
        http: try HTTPClient(), endpoint: poor.address, model: "e", key: nil, retries: retries)
    }
    #expect(poor.count == 1)
  }
}
