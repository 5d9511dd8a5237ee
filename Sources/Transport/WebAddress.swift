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

extension String {
  /// The same of an address as text.
  var isPlainWebAddress: Bool { URL(string: self)?.isPlainWebAddress ?? false }
}
