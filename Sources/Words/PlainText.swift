/// Foreign text, such as a model's name, made inert for the place it is printed in.
package enum PlainText {
  /// One line that no terminal acts on, hides a part of, or reorders; honest text of any script stays.
  ///
  /// - Returns: The text itself where nothing of it is harmful; the same for what it returned before.
  package static func line(_ text: String) -> String { InertLine.of(text) }

  /// Whether a character alone is harmless; joiners and selectors are not, since that depends on their neighbours.
  package static func isInert(_ scalar: Unicode.Scalar) -> Bool {
    InertLine.of(String(scalar)).unicodeScalars.elementsEqual([scalar])
  }

  /// The same as `line`, with the middle of a long text left out and counted.
  package static func short(_ text: String, limit: Int) -> String {
    // No character has less than one byte.
    guard text.utf8.count > limit else { return line(text) }
    let scalars = text.unicodeScalars
    let left = scalars.count - limit
    guard left > 0 else { return line(text) }
    let tail = limit / 4
    return line(String(scalars.prefix(limit - tail)))
      + "... (\(left) more characters) ..." + line(String(scalars.suffix(tail)))
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
