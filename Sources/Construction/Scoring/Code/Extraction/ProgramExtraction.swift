/// Takes the program out of an answer, which often has words around it.
struct ProgramExtraction {
  private let lines: [Substring]
  private let wanted: [String]
  private let question: String

  /// More blocks than anyone splits a program into.
  private static let mostPieces = 32

  /// - Parameters:
  ///   - tests: Name the functions that are wanted.
  ///   - question: May begin the function that the answer goes on with.
  init(answer: String, tests: CodeTests, question: String = "") {
    lines = ProgramExtraction.lines(of: answer)
    wanted = WantedNames(tests).names
    self.question = question
  }

  /// The program and the rule that found it.
  func find() -> Extraction {
    let whole = lines.joined(separator: "\n")
    let fenced = blocks(between: lines)
    let marked = markedBlocks(in: whole)
    let loose = LooseProgram(lines, wanted: wanted).blocks
    for blocks in [fenced, marked, loose] {
      if let program = program(among: blocks) { return program }
    }
    if let continued = ProgramContinuation(question: question, wanted: wanted) {
      let bodies = fenced.filter(\.mayBePython) + marked
      for body in bodies.isEmpty ? [ProgramBlock(rule: "", lines: lines)] : bodies {
        if let text = continued.program(with: body.text) {
          return Extraction(rule: "continued-function", text: text)
        }
      }
    }
    let python = fenced.filter(\.mayBePython)
    let block =
      python.first { !$0.outline.defined.isEmpty } ?? python.first ?? fenced.first
      ?? marked.first ?? loose.first
    guard let block else { return Extraction(rule: "whole-answer", text: whole) }
    return Extraction(rule: block.rule, text: block.text)
  }

  private static func lines(of answer: String) -> [Substring] {
    var text = answer.replacing("\r\n", with: "\n").replacing("\r", with: "\n")
    // Words of a chat's template that a server left at the end.
    while let end = text.firstMatch(of: /\s*(?:<\|[a-z_]+\|>|<\/s>)\s*$/) {
      text.removeSubrange(end.range)
    }
    return text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      var line = line
      while let first = line.unicodeScalars.first, first == "\u{FEFF}" || first == "\u{200B}" {
        line.unicodeScalars.removeFirst()
      }
      return line
    }
  }

  private func blocks(between lines: [Substring]) -> [ProgramBlock] {
    FencedBlocks(lines) { before in
      let block = ProgramBlock(rule: "", lines: before)
      if !block.outline.defined.isDisjoint(with: wanted) { return true }
      guard let first = before.first(where: { !PythonCleaning.isBlank($0) }) else { return false }
      return first.first == " " || first.first == "\t"
        || LooseProgram.isStart(first, wanted: wanted)
    }.blocks.map { block in
      guard block.outline.defined.isDisjoint(with: wanted) else { return block }
      if block.rule == "closing-fence" {
        let loose = LooseProgram(lines, wanted: wanted).blocks.first
        if let loose, !loose.outline.defined.isDisjoint(with: wanted) { return block }
      }
      return block.withoutPrompts ?? block
    }
  }

  private func markedBlocks(in whole: String) -> [ProgramBlock] {
    MarkedPrograms.texts(in: whole).flatMap { rule, isClosed, text in
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
      let within = blocks(between: lines)
      return within.isEmpty
        ? [ProgramBlock(rule: rule, isClosed: isClosed, lines: lines)] : within
    }
  }

  /// The last complete block that defines what is wanted, with the blocks whose names it needs.
  private func program(among blocks: [ProgramBlock]) -> Extraction? {
    guard let chosen = choose(among: blocks) else { return nil }
    let main = blocks[chosen]
    var taken: Set<Int> = [chosen]
    var defined = main.outline.defined
    var needed = main.outline.needed.union(wanted).subtracting(defined)
    while taken.count < ProgramExtraction.mostPieces {
      let next = blocks.indices.last { place in
        !taken.contains(place) && blocks[place].mayBePython && blocks[place].isComplete
          && !blocks[place].outline.defined.isDisjoint(with: needed)
          && (place < chosen || blocks[place].outline.defined.isDisjoint(with: wanted)
            || main.outline.defined.isDisjoint(with: blocks[place].outline.defined))
      }
      guard let next else { break }
      taken.insert(next)
      defined.formUnion(blocks[next].outline.defined)
      needed.formUnion(blocks[next].outline.needed)
      needed.subtract(defined)
    }
    if taken.count == 1 { return Extraction(rule: main.rule, text: main.text) }
    let text = taken.sorted().map { blocks[$0].text }.joined(separator: "\n\n")
    return Extraction(rule: "joined-blocks", text: text)
  }

  private func choose(among blocks: [ProgramBlock]) -> Int? {
    for isAtMargin in [true, false] {
      for name in wanted {
        let defining = blocks.indices.filter { place in
          let outline = blocks[place].outline
          return (isAtMargin ? outline.defined : outline.nested).contains(name)
        }
        if defining.isEmpty { continue }
        return defining.last { blocks[$0].isComplete && blocks[$0].outline.doesSomething }
          ?? defining.last { blocks[$0].isComplete } ?? defining.last
      }
    }
    return nil
  }
}
