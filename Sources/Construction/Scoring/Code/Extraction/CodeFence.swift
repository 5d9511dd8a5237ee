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
    let bytes = line.utf8
    var at = bytes.startIndex
    func isAt(_ place: Substring.Index, _ signs: StaticString) -> Bool {
      place < bytes.endIndex
        && signs.withUTF8Buffer { $0.contains(bytes[place]) }
    }
    while isAt(at, " \t>") { at = bytes.index(after: at) }
    // The sign of a list, or a number with a point.
    var mark = at
    while isAt(mark, "0123456789") { mark = bytes.index(after: mark) }
    if isAt(mark, mark == at ? "-*+" : ".)") {
      mark = bytes.index(after: mark)
      if isAt(mark, " \t") { at = mark }
    }
    while isAt(at, " \t") { at = bytes.index(after: at) }
    guard isAt(at, "`~") else { return nil }
    let end = bytes[at...].firstIndex { $0 != bytes[at] } ?? bytes.endIndex
    length = bytes.distance(from: at, to: end)
    guard length >= 3 else { return nil }
    sign = line[at]
    margin = line[..<at]
    info = PythonCleaning.trimmed(line[end...])
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
