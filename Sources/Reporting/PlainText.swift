/// Foreign text, such as a model's name, made inert for the place it is printed in.
package enum PlainText {
  /// One line without control, line-separating or direction-changing characters.
  package static func line(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x09, 0x0A, 0x0D, 0x2028, 0x2029, 0x85: result.append(" ")
      case 0..<0x20, 0x7F..<0xA0, 0x200B, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069, 0xFEFF,
        0xFFFE, 0xFFFF:
        result.append("\u{FFFD}")
      default: result.append(scalar)
      }
    }
    return String(result)
  }

  /// Text and attribute values of XML.
  package static func xml(_ text: String) -> String {
    var result = ""
    for character in line(text).unicodeScalars {
      switch character {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      default: result.unicodeScalars.append(character)
      }
    }
    return result
  }

  /// Text of GitHub's Markdown, table cells included.
  package static func markdown(_ text: String) -> String {
    let scalars = Array(line(text).unicodeScalars)
    var result = ""
    for (index, scalar) in scalars.enumerated() {
      let isEscaped =
        switch scalar {
        case "\\", "`", "*", "[", "]", "<", ">", "|", "~", "&", "$", "@": true
        case "_": !isWord(scalars, index - 1) || !isWord(scalars, index + 1)
        case ":": index + 1 < scalars.count && scalars[index + 1] == "/"
        case ".": index >= 3 && scalars[(index - 3)..<index].allSatisfy { $0 == "w" || $0 == "W" }
        case "#", "+", "-", "=": index == 0
        default: false
        }
      if isEscaped { result += "\\" }
      result.unicodeScalars.append(scalar)
    }
    return result
  }

  private static func isWord(_ scalars: [Unicode.Scalar], _ index: Int) -> Bool {
    scalars.indices.contains(index) && scalars[index].properties.isAlphabetic
      || scalars.indices.contains(index) && ("0"..."9").contains(scalars[index])
  }
}
