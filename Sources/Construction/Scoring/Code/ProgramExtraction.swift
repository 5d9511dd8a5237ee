import Foundation

/// Takes the program out of an answer, which often has words around it.
struct ProgramExtraction {
  private let lines: [Substring]
  private let name: String?

  /// - Parameter tests: Name the function that is wanted.
  init(answer: String, tests: CodeTests) {
    lines = answer.replacing("\r\n", with: "\n").split(
      separator: "\n", omittingEmptySubsequences: false)
    name =
      tests.assertions.lazy.compactMap {
        $0.firstMatch(of: /\bassert\s+(?:not\s+)?(?:\w+\()*?\s*([A-Za-z_]\w*)\(/).map {
          String($0.1)
        }
      }.first
  }

  /// The program and the rule that found it.
  func find() -> Extraction {
    let blocks = fencedBlocks()
    if !blocks.isEmpty {
      let wanted = blocks.last { block in name.map { defines($0, in: block.text) } ?? false }
      if let block = wanted ?? blocks.first {
        return Extraction(
          rule: block.isClosed ? "fenced-block" : "unclosed-block", text: block.text)
      }
    }
    let whole = lines.joined(separator: "\n")
    if let begin = whole.range(of: "[BEGIN]") {
      let rest = whole[begin.upperBound...]
      let end = rest.range(of: "[DONE]")?.lowerBound ?? rest.endIndex
      return Extraction(rule: "begin-done", text: String(rest[..<end]))
    }
    guard let first = lines.firstIndex(where: isStart) else {
      return Extraction(rule: "whole-answer", text: whole)
    }
    let end = lines[first...].firstIndex(where: isProse) ?? lines.endIndex
    return Extraction(
      rule: "first-statement", text: lines[first..<end].joined(separator: "\n"))
  }

  private func defines(_ name: String, in text: String) -> Bool {
    text.contains("def \(name)(") || text.contains("def \(name) (") || text.contains("\(name) =")
      || text.contains("class \(name)")
  }

  private func fencedBlocks() -> [(text: String, isClosed: Bool)] {
    var blocks: [(String, Bool)] = []
    var inside: [Substring]?
    for line in lines {
      let mark = line.drop { $0 == " " }
      guard mark.hasPrefix("```") || mark.hasPrefix("~~~") else {
        inside?.append(line)
        continue
      }
      if let text = inside {
        blocks.append((text.joined(separator: "\n"), true))
        inside = nil
      } else {
        inside = []
      }
    }
    if let text = inside, !text.isEmpty { blocks.append((text.joined(separator: "\n"), false)) }
    return blocks
  }

  private func isStart(_ line: Substring) -> Bool {
    ["def ", "import ", "from ", "class ", "async def ", "@"].contains { line.hasPrefix($0) }
  }

  /// A line at the margin that begins with a capital and goes on in words.
  private func isProse(_ line: Substring) -> Bool {
    line.prefixMatch(of: /[A-Z][a-z']*(?: [A-Za-z'`]+)+[^=(]*[.:!?]?\s*$/) != nil
  }
}
