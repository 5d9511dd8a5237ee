/// Brings the ways of writing numbers to one, so that a scanner of bytes can read them.
///
/// Typographic minus signs and spaces, the commands of TeX, and the calculator notes of GSM8K
/// (`<<3*5=15>>`) go; what is left has the same numbers in the same order.
enum NumberNotation {
  static func plain(_ text: String) -> [UInt8] {
    var scalars: [UnicodeScalar] = []
    scalars.reserveCapacity(text.unicodeScalars.count)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\u{2212}", "\u{FE63}", "\u{FF0D}": scalars.append("-")
      case "\u{2009}", "\u{202F}": continue
      case "\u{00A0}", "\u{2002}"..."\u{2008}": scalars.append(" ")
      case "\u{FF10}"..."\u{FF19}":
        scalars.append(UnicodeScalar(UInt8(scalar.value - 0xFF10 + 0x30)))
      case "¼": scalars += " 1/4".unicodeScalars
      case "½": scalars += " 1/2".unicodeScalars
      case "¾": scalars += " 3/4".unicodeScalars
      case "≈", "≃", "≅": scalars.append("=")
      case "€", "£", "¥", "₹": scalars.append("$")
      default: scalars.append(scalar)
      }
    }
    var plain = String(String.UnicodeScalarView(scalars))
    if plain.contains("<<") {
      plain = plain.replacing(/<<[^<>\n]*(>>|$)/.anchorsMatchLineEndings(), with: "")
    }
    guard plain.contains("\\") else { return Array(plain.utf8) }
    plain = plain.replacing(
      /\\[dt]?frac\s*\{\s*(-?[\d.,]+)\s*\}\s*\{\s*([\d.,]+)\s*\}/, with: { " \($0.1)/\($0.2)" })
    for (command, meaning) in commands { plain = plain.replacing(command, with: meaning) }
    plain = plain.replacing(/\\(?:text|textbf|mathrm|mathbf|mbox)\s*\{([^{}]*)\}/, with: { $0.1 })
    return Array(plain.utf8)
  }

  private static let commands = [
    ("{,}", ","), ("\\,", ""), ("\\!", ""), ("\\ ", " "), ("\\;", " "), ("\\$", "$"),
    ("\\%", "%"), ("\\*", "*"), ("\\#", "#"), ("\\approx", "="), ("\\times", "×"),
    ("\\cdot", "×"), ("\\(", " "), ("\\)", " "), ("\\[", " "), ("\\]", " "),
  ]
}
