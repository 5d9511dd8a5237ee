/// Finds programs that stand among words without fences.
struct LooseProgram {
  /// The programs, each up to the next line of prose.
  let blocks: [ProgramBlock]

  /// - Parameter wanted: Names whose definition begins a program too.
  init(_ lines: [Substring], wanted: [String]) {
    var blocks: [ProgramBlock] = []
    var start: Int?
    var quotes: UInt8?
    func end(at place: Int) {
      guard let first = start else { return }
      start = nil
      var from = first
      while from > 0, LooseProgram.isPreface(lines[from - 1]) { from -= 1 }
      while from < first, PythonCleaning.isBlank(lines[from]) { from += 1 }
      blocks.append(ProgramBlock(rule: "first-statement", lines: Array(lines[from..<place])))
    }
    let isClosed = LooseProgram.closesStrings(lines)
    for (place, line) in lines.enumerated() {
      if start == nil {
        if LooseProgram.isStart(line, wanted: wanted) { start = place } else { continue }
      } else if quotes == nil, LooseProgram.isProse(line) {
        end(at: place)
        continue
      }
      quotes = isClosed ? PythonTokens(line, within: quotes).openQuotes : nil
    }
    end(at: lines.count)
    self.blocks = blocks
  }

  private static func closesStrings(_ lines: [Substring]) -> Bool {
    var quotes: UInt8?
    for line in lines { quotes = PythonTokens(line, within: quotes).openQuotes }
    return quotes == nil
  }

  static func isStart(_ line: Substring, wanted: [String]) -> Bool {
    let tokens = PythonTokens(line)
    guard !isProse(line), let first = line.first, first != " ", first != "\t" else { return false }
    if line.hasPrefix(">>> ") { return true }
    switch tokens.word(0) {
    case "def", "import", "from", "class": return tokens.word(1) != nil
    case "async": return tokens.word(1) == "def"
    case let word?: return tokens.isAssigned(0) && wanted.contains(word)
    case nil: return tokens.isSign(0, "@") && tokens.word(1) != nil
    }
  }

  /// A variable, a remark or an empty line, which belong to the program that they precede.
  private static func isPreface(_ line: Substring) -> Bool {
    if PythonCleaning.isBlank(line) || line.hasPrefix("#") { return true }
    let tokens = PythonTokens(line)
    guard let first = line.first, first != " ", first != "\t" else { return false }
    return tokens.isAssigned(0) && !tokens.isProse
  }

  /// A line at the margin that no Python reads.
  static func isProse(_ line: Substring) -> Bool {
    guard let first = line.first, first != " ", first != "\t" else { return false }
    switch first {
    case "A"..."Z":
      if line.wholeMatch(of: /[A-Z][A-Za-z]*:\s*/) != nil { return true }
      if line.prefixMatch(of: /[A-Z][a-z']*(?: [A-Za-z'`]+)+[^=(]*[.:!?]?\s*$/) != nil {
        return true
      }
    case "0"..."9", "*", "•", "-", "_", "=":
      if line.hasPrefix("**"), line.dropFirst(2).contains("**") { return true }
      if line.count > 2, line.allSatisfy({ "-*_=".contains($0) }) { return true }
      if line.prefixMatch(of: /(?:\d{1,3}[.)]|[*•])\s+[A-Za-z`*]/) != nil { return true }
    case "<":
      if line.hasPrefix("<|") || line.hasPrefix("</") { return true }
    default: break
    }
    return PythonTokens(line).isProse
  }
}
