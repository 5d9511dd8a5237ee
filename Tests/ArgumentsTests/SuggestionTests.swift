import Arguments
import Testing

@Suite("Suggestions")
struct SuggestionTests {
  @Test(
    "Edit distance counts swaps of neighbours once",
    arguments: [
      ("", "", 0), ("", "abc", 3), ("abc", "", 3), ("kitten", "sitting", 3), ("pull", "plul", 1),
      ("evaluate", "evaulate", 1), ("größe", "grosse", 3),
    ])
  func distance(first: String, second: String, expected: Int) {
    #expect(Suggestion.editDistance(first, second) == expected)
    #expect(Suggestion.editDistance(second, first) == expected)
  }

  @Test("Near names are found, far ones are not, beginnings count")
  func nearest() {
    let names = ["inspect", "convert", "evaluate", "models"]
    #expect(Suggestion.nearest(to: "Insepct", among: names) == "inspect")
    #expect(Suggestion.nearest(to: "eval", among: names) == "evaluate")
    #expect(Suggestion.nearest(to: "model", among: names) == "models")
    #expect(Suggestion.nearest(to: "xyz", among: names) == nil)
    #expect(Suggestion.nearest(to: "", among: names) == nil)
  }
}
