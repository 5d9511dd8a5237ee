/// The beginning of a function in a question, which an answer may go on with.
struct ProgramContinuation {
  private let beginning: String
  private let margin: String

  /// `nil` if the question begins none of the functions that are wanted.
  init?(question: String, wanted: [String]) {
    let lines = question.replacing("\r\n", with: "\n")
      .split(separator: "\n", omittingEmptySubsequences: false)
    let fenced = FencedBlocks(lines) { _ in false }.blocks
    let blocks = fenced + LooseProgram(lines, wanted: wanted).blocks
    let begun = blocks.first { block in
      !block.outline.doesSomething && wanted.contains(where: block.outline.defined.contains)
    }
    guard let begun else { return nil }
    var kept = begun.text.split(separator: "\n", omittingEmptySubsequences: false)
    while let last = kept.last, PythonCleaning.isBlank(last) { kept.removeLast() }
    beginning = kept.joined(separator: "\n")
    let indented = kept.last.map { String($0.prefix { $0 == " " || $0 == "\t" }) } ?? ""
    margin = indented.isEmpty ? "    " : indented
  }

  /// The function with a body; `nil` if the text is none.
  func program(with text: String) -> String? {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    while let first = lines.first, PythonCleaning.isBlank(first) { lines.removeFirst() }
    guard let first = lines.first, !LooseProgram.isProse(first),
      lines.contains(where: { $0.contains("return") || $0.contains("yield") })
    else { return nil }
    // The first line has often lost its margin, and the others have not.
    let rest = lines.dropFirst().filter { !PythonCleaning.isBlank($0) }
    let isStripped =
      !first.hasPrefix(" ") && !rest.isEmpty && !PythonCleaning.trimmed(first).hasSuffix(":")
      && rest.allSatisfy { $0.hasPrefix(" ") }
    if isStripped { lines[0] = rest[rest.startIndex].prefix { $0 == " " } + first }
    if let end = lines.firstIndex(where: LooseProgram.isProse) { lines = Array(lines[..<end]) }
    lines = PythonCleaning.withoutMargin(lines)
    let body = lines.map { PythonCleaning.isBlank($0) ? "" : margin + $0 }
    return beginning + "\n" + body.joined(separator: "\n")
  }
}
