public import Embedding
import Dispatch
import Foundation
public import Matrices
public import Parallelism
public import Prompts
public import Transport

/// An encoder behind an OpenAI-compatible `/embeddings`, asked in batches.
///
/// Wrap it in a `CachedEncoder` and no text is sent twice.
public struct EndpointEncoder: PromptEncoder {
  /// The endpoint and the model.
  public let identity: String
  /// The width of a vector, as the endpoint's first answer had it.
  public let dimensions: Int

  private static let path = "/embeddings"
  private let source: Source
  private let batch: Int

  /// Asks once, to learn the width of a vector.
  ///
  /// - Parameter batch: The texts in one request.
  public init(
    http: HTTPClient, endpoint: String, model: String, key: APIKey?, batch: Int = 64,
    timeouts: HTTPTimeouts = HTTPTimeouts(), retries: RetryPolicy = RetryPolicy()
  ) throws(ProviderFault) {
    precondition(batch >= 1, "A batch holds at least one text.")
    let service = ServiceAddress(endpoint)
    source = Source(
      http: http, service: service, model: model, key: key, timeouts: timeouts, retries: retries)
    self.batch = batch
    // A query holds versions and keys, which are no part of what a vector is.
    identity = "\(service.service(with: Self.path))#\(model)"
    dimensions = try source.vectors(of: ["a"], dimensions: nil).first?.count ?? 0
  }

  /// One vector a prompt, in order.
  public func features(
    of prompts: [String], view: PromptView, threads: Threads, progress: ((Int, Int) -> Void)?
  ) throws -> Matrix {
    let texts = prompts.map { view.text(of: $0) }
    var values: [Float] = []
    values.reserveCapacity(texts.count * dimensions)
    for start in stride(from: 0, to: texts.count, by: batch) {
      let part = Array(texts[start..<min(texts.count, start + batch)])
      for vector in try source.vectors(of: part, dimensions: dimensions) { values += vector }
      progress?(start + part.count, texts.count)
    }
    return Matrix(rows: texts.count, columns: dimensions, values: values)
  }

  private struct Source: Sendable {
    let http: HTTPClient
    let service: ServiceAddress
    let model: String
    let key: APIKey?
    let timeouts: HTTPTimeouts
    let retries: RetryPolicy

    /// A vector and the place that the answer gives it.
    struct Entry {
      var index: Int?
      var embedding: [Float]

      init?(_ value: JSONValue) {
        guard case .array(let numbers)? = value["embedding"] else { return nil }
        index = value["index"]?.double.flatMap { Int(exactly: $0) }
        // What is no number is none to calculate with, which is said when it is looked at.
        embedding = numbers.map { Float($0.double ?? .nan) }
      }
    }

    func vectors(of texts: [String], dimensions: Int?) throws(ProviderFault) -> [[Float]] {
      let start = DispatchTime.now()
      var failures = 0
      while true {
        let fault: ProviderFault
        do throws(ProviderFault) { return try attempt(texts, dimensions) } catch {
          fault = error.scrubbed(of: key)
        }
        failures += 1
        let elapsed =
          Double(DispatchTime.now().uptimeNanoseconds - start.uptimeNanoseconds) / 1e9
        guard fault.isRetryable,
          let delay = retries.delay(
            afterFailures: failures, asked: fault.retryAfter, elapsed: elapsed,
            chance: .random(in: 0..<1))
        else { throw fault }
        Thread.sleep(forTimeInterval: delay)
      }
    }

    private func attempt(_ texts: [String], _ dimensions: Int?) throws(ProviderFault) -> [[Float]] {
      var headers = [HTTPRequest.Header("Content-Type", "application/json")]
      if let key { headers.append(key.header(for: service)) }
      var request = HTTPRequest(
        method: "POST", address: service.adding(EndpointEncoder.path), headers: headers,
        body: JSONValue.object([
          // An empty text is refused by most; a space is as empty as they take.
          "model": .string(model), "input": .array(texts.map { .string($0.isEmpty ? " " : $0) }),
          "encoding_format": .string("float"),
        ]).bytes)
      request.timeouts = timeouts
      request.sizeLimit = 1 << 28
      let response: HTTPResponse
      switch http.waitForAnswer(to: request) {
      case .failure(let fault): throw ProviderFault(fault)
      case .success(let got): response = got
      }
      guard (200..<300).contains(response.status) else {
        throw FaultReading(response, ErrorBody(response), address: request.address).fault
      }
      if let error = SuccessError.find(in: response) {
        throw FaultReading(response, error, address: request.address).fault
      }
      guard case .array(let data)? = JSONValue(reading: response.body)?["data"] else {
        throw WireError.unreadable(response)
      }
      return try ordered(data.compactMap(Entry.init), texts.count, dimensions)
    }

    private func ordered(
      _ entries: [Entry], _ count: Int, _ dimensions: Int?
    ) throws(ProviderFault) -> [[Float]] {
      var vectors = [[Float]](repeating: [], count: count)
      for (position, entry) in entries.enumerated() {
        let index = entry.index ?? position
        if vectors.indices.contains(index) { vectors[index] = entry.embedding }
      }
      let width = dimensions ?? vectors.first?.count ?? 0
      guard entries.count == count, width > 0,
        vectors.allSatisfy({ $0.count == width && $0.allSatisfy(\.isFinite) })
      else {
        throw ProviderFault(
          .badReply, isRetryable: false, mayBeBilled: true,
          "\(service.base) gave \(entries.count) vectors for \(count) texts, or vectors of other widths; "
            + "needed is one a text, all of one width.")
      }
      return vectors
    }
  }
}
