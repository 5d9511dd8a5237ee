import Foundation
import Transport

/// The address of a provider's service as people write it, and the addresses below it.
///
/// A query stays behind the path, a slash at the end makes no difference, and the whole address of
/// an operation, as documents show it, stands for the service that it belongs to.
public struct ServiceAddress: Sendable, Hashable {
  /// Scheme, host and path, without a slash at the end.
  public let base: String
  /// What follows the question mark; `nil` if nothing does.
  public let query: String?

  /// Operations that people paste where the service's address is wanted.
  private static let operations = [
    "/chat/completions", "/completions", "/embeddings", "/messages", "/responses",
  ]

  /// Takes an address apart; spaces around it and a fragment are left out.
  public init(_ text: String) {
    let trimmed = text.trimmingCharacters(in: .whitespacesAndNewlines)
    let whole = trimmed.prefix { $0 != "#" }
    let halves = whole.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    base = Self.withoutSlashes(halves.first.map(String.init) ?? "")
    let query = halves.count > 1 ? String(halves[1]) : ""
    self.query = query.isEmpty ? nil : query
  }

  /// The address as one text.
  public var text: String { query.map { "\(base)?\($0)" } ?? base }

  /// The address of an operation of the service.
  ///
  /// - Parameter path: Such as `/chat/completions`.
  public func adding(_ path: String) -> String {
    let service = service(with: path)
    return query.map { "\(service)\(path)?\($0)" } ?? service + path
  }

  /// The service's own address, without an operation that was pasted with it.
  public func service(with path: String) -> String {
    let operation = ([path] + Self.operations).first { base.hasSuffix($0) }
    return operation.map { Self.withoutSlashes(String(base.dropLast($0.count))) } ?? base
  }

  /// Whether Azure serves it, which takes keys in a header of its own.
  public var isAzure: Bool {
    let host = URL(string: base)?.host()?.lowercased() ?? ""
    let domains = [
      ".openai.azure.com", ".openai.azure.us", ".openai.azure.cn", ".cognitiveservices.azure.com",
      ".services.ai.azure.com",
    ]
    return domains.contains { host.hasSuffix($0) } || base.contains("/openai/deployments/")
  }

  /// What to do when nothing is found at an address.
  static func advice(onMissing asked: String, isModel: Bool) -> String {
    let address = ServiceAddress(asked)
    let service = address.service(with: "/chat/completions")
    let place = "The address asked is \(HTTPRequest.shownAddress(asked))"
    if isModel { return "\(place). Check 'model'." }
    if address.isAzure, !service.contains("/openai/"), let root = root(of: service) {
      return "\(place). Azure's endpoints are \(root)/openai/v1, or "
        + "\(root)/openai/deployments/NAME?api-version=2024-10-21."
    }
    if address.isAzure, address.query?.contains("api-version=") != true,
      !service.contains("/openai/v1")
    {
      return "\(place). Azure needs '?api-version=...' at the end of the endpoint, such as "
        + "\(HTTPRequest.shownAddress(service))?api-version=2024-10-21."
    }
    let path = URL(string: service)?.path() ?? ""
    let hasVersion = path.split(separator: "/").contains { part in
      part.first == "v" && part.dropFirst().first?.isNumber == true
    }
    if !hasVersion, !address.isAzure {
      return
        "\(place). Most servers need /v1 in it: write \(HTTPRequest.shownAddress(service))/v1 as the endpoint."
    }
    return "\(place). Check the endpoint and 'model'."
  }

  /// Scheme, host and port, without a name and password.
  private static func root(of address: String) -> String? {
    let shown = HTTPRequest.shownAddress(address)
    guard let start = shown.range(of: "://")?.upperBound else { return nil }
    return String(shown[..<(shown[start...].firstIndex(of: "/") ?? shown.endIndex)])
  }

  private static func withoutSlashes(_ text: String) -> String {
    var text = text
    while text.hasSuffix("/") { text.removeLast() }
    return text
  }
}

extension APIKey {
  /// The header that carries the key to a service which speaks OpenAI's protocol.
  func header(for service: ServiceAddress) -> HTTPRequest.Header {
    // Azure takes its keys in a header of its own, but a token of a sign-in as all others do.
    let isToken = headerValue().hasPrefix("eyJ") && headerValue().count { $0 == "." } == 2
    return service.isAzure && !isToken
      ? HTTPRequest.Header("api-key", headerValue())
      : HTTPRequest.Header("Authorization", headerValue("Bearer "))
  }
}
