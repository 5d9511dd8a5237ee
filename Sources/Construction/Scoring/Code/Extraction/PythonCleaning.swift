/// Takes out of a program what never is Python, and what no one meant to be in it.
enum PythonCleaning {
  private static let shells = ["pip install ", "pip3 install ", "python -m pip ", "$ ", "!pip "]

  /// The lines without a common indentation, lines of shells and notebooks, and odd spaces.
  static func cleaned(_ lines: [Substring]) -> [Substring] {
    var lines = lines.map(withPlainSpaces)
    // A fence's language on a line of its own.
    if let first = lines.firstIndex(where: { !isBlank($0) }),
      ["python", "python3", "py"].contains(trimmed(lines[first]).lowercased())
    {
      lines[first] = ""
    }
    // A fence at the end of the last line.
    if let last = lines.lastIndex(where: { !isBlank($0) }), lines[last].hasSuffix("```") {
      lines[last] = lines[last].dropLast(3)
    }
    lines = withoutMargin(lines)
    return lines.filter { line in
      if shells.contains(where: line.hasPrefix) { return false }
      guard let first = line.first, first == "!" || first == "%" else { return true }
      return line.prefixMatch(of: /!=|%%?[^a-z]|[!%]$/) != nil
    }
  }

  /// The lines moved left together, so that the first stands at the margin.
  static func withoutMargin(_ lines: [Substring]) -> [Substring] {
    guard let first = lines.first(where: { !isBlank($0) }) else { return lines }
    let margin = first.prefix { $0 == " " || $0 == "\t" }
    if margin.isEmpty { return lines }
    var quotes: UInt8?
    for line in lines {
      let isWithin = quotes != nil
      quotes = PythonTokens(line, within: quotes).openQuotes
      // A line that stands further left is no part of the same block, and nothing is moved.
      if !isWithin, !isBlank(line), !line.hasPrefix(margin), !trimmed(line).hasPrefix("#") {
        return lines
      }
    }
    return lines.map { $0.hasPrefix(margin) ? $0.dropFirst(margin.count) : $0 }
  }

  static func isBlank(_ line: Substring) -> Bool { line.allSatisfy { $0 == " " || $0 == "\t" } }

  static func trimmed(_ line: Substring) -> Substring {
    var line = line.drop { $0 == " " || $0 == "\t" }
    while let last = line.last, last == " " || last == "\t" { line.removeLast() }
    return line
  }

  /// Spaces that do not break and marks of no width become spaces and nothing, outside of strings.
  private static func withPlainSpaces(_ line: Substring) -> Substring {
    guard line.utf8.contains(where: { $0 >= 0x80 }) else { return line }
    var scalars = String.UnicodeScalarView()
    var isQuoted = false
    for scalar in line.unicodeScalars {
      if scalar == "\"" || scalar == "'" { isQuoted = true }
      switch scalar.value {
      case 0xA0, 0x2000...0x200A, 0x202F,
        0x3000 where !isQuoted:
        scalars.append(" ")
      case 0x200B...0x200D, 0x2060,
        0xFEFF where !isQuoted:
        break
      default: scalars.append(scalar)
      }
    }
    return Substring(String(scalars))
  }
}
