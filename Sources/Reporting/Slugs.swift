/// File names made from task names: lower-case ASCII letters, digits and dashes, all different.
package enum Slugs {
  /// One slug a name, in order; a slug that is taken gets the next free number.
  package static func make(_ names: [String]) -> [String] {
    var taken: Set<String> = []
    return names.map { name in
      let base = slug(name)
      var result = base
      var number = 2
      while !taken.insert(result).inserted {
        result = "\(base)-\(number)"
        number += 1
      }
      return result
    }
  }

  private static func slug(_ name: String) -> String {
    var result = ""
    for byte in name.utf8.prefix(400) {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"):
        result.unicodeScalars.append(Unicode.Scalar(byte))
      case UInt8(ascii: "A")...UInt8(ascii: "Z"):
        result.unicodeScalars.append(Unicode.Scalar(byte + 32))
      default:
        if !result.isEmpty && !result.hasSuffix("-") { result += "-" }
      }
    }
    result = String(result.prefix(60))
    while result.hasSuffix("-") { result.removeLast() }
    return result.isEmpty ? "task" : result
  }
}
