import Foundation
import Providers
import Transport

/// An encoder behind an endpoint, as it is spelt: `https://api.openai.com/v1#text-embedding-3-small`.
struct EndpointSpelling {
  /// The variable that a key is taken from, where it is set.
  static let keyVariable = "EMBEDDING_API_KEY"

  private let endpoint: String
  private let model: String

  /// `nil` for what is no address.
  ///
  /// - Throws: If an address names no model or cannot be asked.
  init?(_ text: String) throws {
    guard ["http://", "https://"].contains(where: text.lowercased().hasPrefix) else { return nil }
    let parts = text.split(separator: "#", maxSplits: 1).map(String.init)
    let shown = HTTPRequest.shownAddress(parts[0])
    guard HTTPRequest.isPlainAddress(parts[0]) else {
      throw CommandError(
        "--encoder needs an address without a name and password, such as "
          + "https://api.openai.com/v1#text-embedding-3-small; found '\(shown)'. A key is taken from "
          + "\(Self.keyVariable).")
    }
    // Manifests and saved routers keep the spelling.
    if let name = Self.secretName(in: parts[0]) {
      throw CommandError(
        "--encoder holds '\(name)' in its query, which files would keep; leave it out and set "
          + "\(Self.keyVariable).")
    }
    guard parts.count == 2, !parts[1].isEmpty else {
      throw CommandError(
        "--encoder needs the model's name behind the address and a '#', such as "
          + "\(shown)#text-embedding-3-small; found '\(shown)'.")
    }
    (endpoint, model) = (parts[0], parts[1])
  }

  private static let secretNames: Set<String> = [
    "key", "apikey", "api_key", "api-key", "access_key", "access_token", "token", "secret", "code",
    "sig", "signature", "password", "subscription-key",
  ]

  /// The first name in an address's query that keys have.
  private static func secretName(in address: String) -> String? {
    (ServiceAddress(address).query ?? "").split(separator: "&")
      .map { String($0.prefix { $0 != "=" }) }.first { secretNames.contains($0.lowercased()) }
  }

  /// A client of it; asks once, to learn the width of its vectors.
  func encoder() throws -> EndpointEncoder {
    let isSet = ProcessInfo.processInfo.environment[Self.keyVariable]?.isEmpty == false
    let key = isSet ? try APIKey(variable: Self.keyVariable) : nil
    return try EndpointEncoder(http: HTTPClient(), endpoint: endpoint, model: model, key: key)
  }
}
