import Arguments
import Testing

@Suite("Help")
struct HelpTextTests {
  @Test("The help of a command is its definition, laid out in 80 columns")
  func snapshot() throws {
    guard case .help(let help) = try tool.parse(["measure", "--help"]) else {
      Issue.record("no help")
      return
    }
    let expected = """
      tool measure: Measure a file.

      USAGE
        tool measure FILE [NOTE] [OPTIONS]

      The file is read once and nothing is written unless --out names a place for it.

      OPERANDS
        FILE  What to measure.
        NOTE  A remark to keep.

      OUTPUT
        -q, --quiet  Say nothing.
        -j, --json   Write JSON: [one] value.

      OPTIONS
        -u, --unit UNIT     The unit of length. One of: metre, yard, furlong.
            --seeds LIST    Seeds: numbers and ranges.
            --scale NUMBER  A factor above 0; it's 1 by default.
        -o, --out DIR       Where results go.
        -h, --help          Show this help.

      EXAMPLES
        # Measure in yards.
        tool measure --unit yard plank.txt

      """
    #expect(help.text() == expected)
    #expect(help.text().split(separator: "\n").allSatisfy { $0.count <= 80 })
  }

  @Test("Colour needs a terminal and no refusal")
  func colour() {
    #expect(TerminalStyle.allows(environment: [:], isTerminal: true).isColored)
    #expect(TerminalStyle.allows(environment: ["NO_COLOR": ""], isTerminal: true).isColored)
    #expect(!TerminalStyle.allows(environment: ["NO_COLOR": "1"], isTerminal: true).isColored)
    #expect(!TerminalStyle.allows(environment: ["TERM": "dumb"], isTerminal: true).isColored)
    #expect(!TerminalStyle.allows(environment: [:], isTerminal: false).isColored)
    #expect(TerminalStyle.plain.bold("x") == "x")
    #expect(TerminalStyle(isColored: true).red("x") == "\u{1B}[31mx\u{1B}[0m")
  }
}
