import Foundation

extension URL {
  /// Whether it is one of HTTP without a name and password, which would go round the rule for tokens.
  var isPlainWebAddress: Bool {
    ["http", "https"].contains(origin[0]) && !origin[1].isEmpty && user == nil
  }

  /// The scheme, host and port.
  var origin: [String] {
    let scheme = scheme?.lowercased() ?? ""
    let port = port ?? (scheme == "https" ? 443 : 80)
    return [scheme, host(percentEncoded: true)?.lowercased() ?? "", String(port)]
  }
}

extension HTTPRequest {
  /// Whether an address is one of HTTP without a name and password, which would end up in messages.
  public static func isPlainAddress(_ address: String) -> Bool { address.isPlainWebAddress }

  /// An address for people: without a name and password, and without the values of its query, which
  /// may be keys.
  public static func shownAddress(_ address: String) -> String {
    var text = address
    let start = text.range(of: "://")?.upperBound ?? text.startIndex
    let end = text[start...].firstIndex { "/?#".contains($0) } ?? text.endIndex
    if let at = text[start..<end].lastIndex(of: "@") { text.removeSubrange(start...at) }
    guard let mark = text.firstIndex(of: "?") else { return text }
    let parts = text[text.index(after: mark)...].split(separator: "&").map { part in
      let name = part.prefix { $0 != "=" }
      if name.count == part.count { return "..." }
      return name == "api-version" ? String(part) : "\(name)=..."
    }
    return text[..<mark] + "?" + parts.joined(separator: "&")
  }
}

extension String {
  /// The same of an address as text.
  var isPlainWebAddress: Bool { URL(string: self)?.isPlainWebAddress ?? false }
}
