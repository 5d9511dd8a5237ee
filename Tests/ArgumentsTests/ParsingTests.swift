import Arguments
import Testing

@Suite("Reading arguments")
struct ParsingTests {
  enum Unit: String, CaseIterable { case metre, yard, furlong }

  @Test("Values are read from every way of writing them")
  func spellings() throws {
    let ways = [
      ["measure", "f", "--unit", "yard"], ["measure", "--unit=yard", "f"],
      ["measure", "-u", "yard", "f"], ["measure", "-uyard", "f"], ["measure", "f", "-qu=yard"],
      ["measure", "--unit", "yard", "--", "f"],
    ]
    for way in ways {
      guard case .run(let invocation) = try tool.parse(way) else {
        Issue.record("not a run: \(way)")
        continue
      }
      #expect(try invocation.choice("unit", as: Unit.self) == .yard, "\(way)")
      #expect(invocation.operands == ["f"], "\(way)")
    }
  }

  @Test("Joined flags, lists, ranges, numbers and operands have types")
  func types() throws {
    let invocation = try read(
      "measure", "-qj", "--seeds", "0-3,7", "--seeds=9", "--scale", "-2.5", "--", "-odd", "note"
    ).get()
    #expect(invocation.has("quiet") && invocation.has("json"))
    #expect(try invocation.integers("seeds") == [0, 1, 2, 3, 7, 9])
    #expect(try invocation.list("seeds") == ["0-3", "7", "9"])
    #expect(try invocation.number("scale") == -2.5)
    #expect(invocation.operand("FILE") == "-odd")
    #expect(invocation.operand("NOTE") == "note")
    #expect(invocation.text("unit") == nil)
    #expect(invocation.path == ["tool", "measure"])
  }

  @Test("Help and version are requests, at any depth and in any order")
  func help() throws {
    let askings = [
      ["measure", "--help"], ["measure", "-h"],
      ["measure", "--unit", "yard", "-h", "junk", "junk"],
      ["help", "measure"],
    ]
    for asking in askings {
      guard case .help(let help) = try tool.parse(asking) else {
        Issue.record("no help: \(asking)")
        continue
      }
      #expect(help.path == ["tool", "measure"])
    }
    #expect(try tool.parse(["--version"]) == .version("tool 1.2.3"))
  }

  @Test(
    "Mistakes are refused with one sentence",
    arguments: [
      (["measur", "f"], "'tool' has no command 'measur'; did you mean 'measure'?"),
      (["zzz"], "'tool' has no command 'zzz'."),
      ([], "'tool' needs a command: measure, store."),
      (["store"], "'tool store' needs a command: list, pull."),
      (["store", "pul"], "'store' has no command 'pul'; did you mean 'pull'?"),
      (["help", "stor"], "'tool' has no command 'stor'; did you mean 'store'?"),
      (["measure", "f", "--unti", "yard"], "There is no option --unti; did you mean '--unit'?"),
      (["measure", "f", "--xyzzy"], "There is no option --xyzzy."),
      (["measure", "f", "-x"], "There is no option -x."),
      (["measure", "f", "--out"], "--out needs a value: --out DIR."),
      (
        ["measure", "f", "--out", "--quiet"],
        "--out needs a value, but '--quiet' looks like an option; write --out=--quiet if it is the "
          + "value."
      ),
      (
        ["measure", "f", "--quiet=yes"],
        "--quiet takes no value, but 'yes' was given; write --quiet alone."
      ),
      (["measure", "f", "-q", "--quiet"], "--quiet was given more than once; give it once."),
      (["measure"], "FILE is missing: What to measure."),
      (["measure", "a", "b", "c"], "'c' is one operand too many; this command takes 2 operands."),
      (["store", "list", "c"], "'c' is one operand too many; this command takes no operands."),
      (
        ["measure", "f", "--unit", "yards"],
        "--unit needs one of metre, yard, furlong; 'yards' was given; did you mean 'yard'?"
      ),
    ])
  func mistakes(arguments: [String], sentence: String) {
    #expect(throws: ArgumentsError.self) { try tool.parse(arguments) }
    do { _ = try tool.parse(arguments) } catch { #expect(error.description == sentence) }
  }

  @Test("A mistake knows which command refused it")
  func place() {
    do { _ = try tool.parse(["store", "pul"]) } catch { #expect(error.path == ["tool", "store"]) }
  }

  @Test("Values of the wrong type are refused with what was needed")
  func wrongTypes() throws {
    let invocation = try read("measure", "f", "--scale", "1e999", "--seeds", "9-2,x", "-oa,,b")
      .get()
    #expect(
      sentence { _ = try invocation.number("scale", needed: "a number above 0") }
        == "--scale needs a number above 0; '1e999' was given.")
    #expect(
      sentence { _ = try invocation.integer("scale", in: 1...9) }
        == "--scale needs a whole number from 1 to 9; '1e999' was given.")
    #expect(
      sentence { _ = try invocation.integer("scale", in: 1...Int.max) }
        == "--scale needs a whole number of at least 1; '1e999' was given.")
    #expect(
      sentence { _ = try invocation.integers("seeds") }
        == "--seeds needs whole numbers and ranges, such as 0-9 or 1,4; '9-2' was given.")
    #expect(
      sentence { _ = try invocation.list("out") }
        == "--out needs names with commas between them; 'a,,b' was given.")
  }

  private func sentence(_ body: () throws -> Void) -> String {
    do { try body() } catch { return "\(error)" }
    return ""
  }
}
