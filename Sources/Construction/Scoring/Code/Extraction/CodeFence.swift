/// A line that opens or closes a block of code in Markdown.
struct CodeFence {
  let sign: Character
  let length: Int
  /// What stands before the fence: spaces, and the signs of lists and quotations.
  let margin: Substring
  /// What stands behind it, trimmed.
  let info: Substring

  /// Whether nothing stands behind it, as is so of every fence that closes.
  var isBare: Bool { info.isEmpty }

  init?(_ line: Substring) {
    guard line.contains("```") || line.contains("~~~"),
      let match = line.prefixMatch(of: /[ \t>]*(?:(?:[-*+]|\d{1,3}[.)])[ \t]+)?(`{3,}|~{3,})/)
    else { return nil }
    let mark = match.1
    sign = mark.first ?? "`"
    length = mark.count
    margin = line[..<mark.startIndex]
    info = PythonCleaning.trimmed(line[mark.endIndex...])
  }

  /// The language that the fence names, in lower case, and code that stands on its line.
  var opening: (language: String, code: Substring?) {
    if let match = info.prefixMatch(
      of: /(?i)(?:python3?|py)?\s*(?=(?:async\s+)?def\s|import\s|from\s|class\s|@)/)
    {
      return (match.output.isEmpty ? "" : "python", info[match.range.upperBound...])
    }
    let word = info.drop { "{. ".contains($0) }
      .prefix { $0.isLetter || $0.isNumber || "+#_-".contains($0) }
    return (word.lowercased(), nil)
  }

  /// Whether it closes a block that another fence opened.
  func closes(_ other: CodeFence) -> Bool {
    isBare && sign == other.sign && length >= other.length
  }
}
