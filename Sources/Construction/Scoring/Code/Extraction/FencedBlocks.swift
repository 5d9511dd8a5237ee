/// Finds the blocks of code between fences, as models write them.
///
/// Markdown's rules are followed where a model follows them. It does not where a block is closed by
/// a shorter fence, where one opens before the last was closed, where a fence stands at the end of a
/// line, and where the prompt opened the first block, so that its closing fence comes alone.
struct FencedBlocks {
  private(set) var blocks: [ProgramBlock] = []
  private let lines: [Substring]
  private var inside: (fence: CodeFence, language: String, lines: [Substring])?

  /// The line in which a string ends that holds fences.
  private var stringEnd = 0
  /// The quotes of strings that never end.
  private var endless: Set<UInt8> = []

  /// - Parameter isProgram: Tells whether lines before the first fence are a program that the
  ///   prompt's fence opened.
  init(_ lines: [Substring], isProgram: ([Substring]) -> Bool) {
    self.lines = lines
    let fences = lines.reduce(0) { $0 + (CodeFence($1) == nil ? 0 : 1) }
    var start = 0
    var quotes: UInt8?
    for (place, line) in lines.enumerated() {
      if let fence = CodeFence(line) {
        if inside != nil, isString(quotes, from: place) {
          inside?.lines.append(line)
        } else if inside == nil, start == 0, fence.isBare, !fences.isMultiple(of: 2),
          isProgram(Array(lines[..<place]))
        {
          blocks.append(ProgramBlock(rule: "closing-fence", lines: Array(lines[..<place])))
          start = place + 1
        } else {
          take(fence, line)
          start = place + 1
          quotes = nil
        }
      } else if inside != nil {
        quotes = PythonTokens(line, within: quotes).openQuotes
        if line.utf8.last == UInt8(ascii: "`"), line.hasSuffix("```"), quotes == nil {
          inside?.lines.append(line.dropLast(3))
          close(isClosed: true)
        } else {
          inside?.lines.append(line)
        }
      } else {
        quotes = nil
        openAtEnd(of: line)
      }
    }
    if inside != nil { close(isClosed: false) }
  }

  /// Whether a fence lies in a string of the program that ends behind it, such as a docstring.
  private mutating func isString(_ quotes: UInt8?, from place: Int) -> Bool {
    guard let quotes else { return false }
    if place < stringEnd { return true }
    if endless.contains(quotes) { return false }
    var state: UInt8? = quotes
    for (end, line) in zip(place..., lines[place...]) {
      state = PythonTokens(line, within: state).openQuotes
      if state == nil {
        stringEnd = end
        return true
      }
    }
    endless.insert(quotes)
    return false
  }

  private mutating func take(_ fence: CodeFence, _ line: Substring) {
    guard let open = inside else { return begin(fence) }
    if fence.closes(open.fence) {
      close(isClosed: true)
    } else if fence.sign != open.fence.sign || fence.length < open.fence.length {
      inside?.lines.append(line)
    } else {
      // A fence with a language begins a block; the one before it was never closed.
      close(isClosed: true)
      begin(fence)
    }
  }

  private mutating func begin(_ fence: CodeFence) {
    if fence.sign == "`", let end = fence.info.firstRange(of: "```") {
      let code = fence.info[..<end.lowerBound]
      let line = code.replacing(/^(?i)python3?\s+/, with: "", maxReplacements: 1)
      blocks.append(ProgramBlock(rule: "fenced-block", lines: [Substring(line)]))
      return
    }
    let (language, code) = fence.opening
    inside = (fence, language, code.map { [$0] } ?? [])
  }

  /// A fence with a language behind other words opens a block too.
  private mutating func openAtEnd(of line: Substring) {
    guard line.utf8.contains(UInt8(ascii: "`")),
      let match = line.firstMatch(of: /\S\s*(```(?i:python3?|py))\s*$/),
      let fence = CodeFence(match.1)
    else { return }
    begin(fence)
  }

  private mutating func close(isClosed: Bool) {
    guard let (fence, language, found) = inside else { return }
    inside = nil
    let lines = found.map { Self.line($0, without: fence.margin) }
    let isWrapped = fence.length > 3 || language == "markdown" || language == "md"
    if isWrapped, lines.contains(where: { CodeFence($0) != nil }) {
      let within = FencedBlocks(lines) { _ in false }
      if !isClosed, fence.length > 3,
        let end = lines.firstIndex(where: { CodeFence($0)?.isBare == true }),
        within.blocks.allSatisfy({ !$0.isClosed })
      {
        blocks.append(
          ProgramBlock(rule: "fenced-block", language: language, lines: Array(lines[..<end])))
      }
      blocks += within.blocks
      return
    }
    if !isClosed, lines.allSatisfy(PythonCleaning.isBlank) { return }
    blocks.append(
      ProgramBlock(
        rule: isClosed ? "fenced-block" : "unclosed-block", language: language, isClosed: isClosed,
        lines: lines))
  }

  /// A line of a block without what its fence is indented by.
  private static func line(_ line: Substring, without margin: Substring) -> Substring {
    if margin.contains(">") {
      guard let sign = line.firstIndex(of: ">"), line[..<sign].allSatisfy({ " \t".contains($0) })
      else { return line }
      let rest = line[line.index(after: sign)...]
      return rest.hasPrefix(" ") ? rest.dropFirst() : rest
    }
    if line.hasPrefix(margin) { return line.dropFirst(margin.count) }
    let width = line.prefix { $0 == " " }.count
    return line.dropFirst(min(width, margin.count))
  }
}
