import Foundation
import Providers
import Transport

/// An encoder behind an endpoint, as it is spelt: `https://api.openai.com/v1#text-embedding-3-small`.
struct EndpointSpelling {
  /// The variable that a key is taken from, where it is set.
  static let keyVariable = "EMBEDDING_API_KEY"

  private let endpoint: String
  private let model: String

  /// Nil for what is no address with a model behind a `#`.
  init?(_ text: String) {
    let parts = text.split(separator: "#", maxSplits: 1).map(String.init)
    guard parts.count == 2, HTTPRequest.isPlainAddress(parts[0]) else { return nil }
    (endpoint, model) = (parts[0], parts[1])
  }

  /// A client of it; asks once, to learn the width of its vectors.
  func encoder() throws -> EndpointEncoder {
    let isSet = ProcessInfo.processInfo.environment[Self.keyVariable]?.isEmpty == false
    let key = isSet ? try APIKey(variable: Self.keyVariable) : nil
    return try EndpointEncoder(http: HTTPClient(), endpoint: endpoint, model: model, key: key)
  }
}
