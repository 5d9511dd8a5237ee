import Foundation
import Providers
import Transport

/// What plans may say about where and with which settings of its own a provider is asked.
enum PlannedEndpoint {
  /// Why an address cannot be asked, and what to write; `nil` if it can.
  static func problem(with endpoint: String, of kind: ProviderKind) -> String? {
    let text = endpoint.trimmingCharacters(in: .whitespacesAndNewlines)
    let shown = HTTPRequest.shownAddress(text)
    let needed = "endpoint needs an address that begins with http:// or https:// and holds no "
    guard !text.contains(where: \.isWhitespace) else {
      return needed + "space; found '\(shown)'."
    }
    let lower = text.lowercased()
    guard lower.hasPrefix("http://") || lower.hasPrefix("https://") else {
      let hint = suggestion(for: text).map { "; did you mean '\($0)'?" } ?? "."
      return needed + "password; found '\(shown)'\(hint)"
    }
    guard HTTPRequest.isPlainAddress(text) else {
      return needed + "password; found '\(shown)'"
        + (shown == text ? "." : " with one; give it by key_env or key_file.")
    }
    let service = ServiceAddress(text)
    let isAnthropic = kind == .anthropic
    if !isAnthropic, kind != .you, service.base.hasSuffix("/messages") {
      return "endpoint '\(shown)' is one of Anthropic's protocol; write 'provider: anthropic' for "
        + "it, or the address of the server's OpenAI-compatible service."
    }
    if isAnthropic, service.base.hasSuffix("/chat/completions") {
      return "endpoint '\(shown)' is one of OpenAI's protocol; write 'provider: openai-compatible' "
        + "for it, or the address of Anthropic's service, such as https://api.anthropic.com/v1."
    }
    for path in ["/api/chat", "/api/generate"] where service.base.hasSuffix(path) {
      let root = HTTPRequest.shownAddress(String(service.base.dropLast(path.count)))
      return "endpoint '\(shown)' speaks Ollama's own protocol; write '\(root)/v1', which speaks "
        + "OpenAI's."
    }
    return nil
  }

  /// An address with the scheme that was left out; `nil` if it is no host at all.
  private static func suggestion(for text: String) -> String? {
    guard !text.contains("://"), !text.contains("@"), let first = text.first,
      first.isLetter || first.isNumber || first == "[",
      text.contains(".") || text.contains(":") || text.hasPrefix("localhost")
    else { return nil }
    let host = text.prefix { $0 != "/" && $0 != "?" }
    let isNear =
      host.hasPrefix("localhost") || host.hasPrefix("[") || host.hasPrefix("127.")
      || host.hasPrefix("192.168.") || host.hasPrefix("10.") || host.contains(":")
    let address = (isNear ? "http://" : "https://") + text
    guard HTTPRequest.isPlainAddress(address) else { return nil }
    let hasPath = text.dropFirst(host.count).contains { $0 != "/" }
    return HTTPRequest.shownAddress(ServiceAddress(address).text) + (hasPath ? "" : "/v1")
  }

  /// Why settings by the provider's own names cannot be sent.
  static func problems(
    withExtra members: [String: JSONValue], of kind: ProviderKind
  ) -> [String] {
    SamplingParameters.limitNames.compactMap { name in
      guard let value = members[name] else { return nil }
      if kind == .anthropic {
        return "'\(name)' cannot be set under extra for provider anthropic; set max_tokens of "
          + "sampling."
      }
      if case .integer(1...) = value { return nil }
      if value == .null { return nil }
      return "\(name) needs a whole number of at least 1, or null to leave it out; found "
        + "\(String(decoding: value.bytes, as: UTF8.self))."
    }
  }

  /// Whether a text may be the name of a header.
  static func isHeaderName(_ text: String) -> Bool {
    !text.isEmpty
      && text.utf8.allSatisfy {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0 | 0x20)
          || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || $0 == UInt8(ascii: "-")
          || $0 == UInt8(ascii: "_")
      }
  }
}
