/// The names that tests expect a program to define.
struct WantedNames {
  /// In the order in which tests use them.
  let names: [String]

  init(_ tests: CodeTests) {
    let setUp = WantedNames.read(tests.setUp)
    let asserted = WantedNames.read(tests.assertions.joined(separator: "\n"))
    let own = asserted.used.filter { !asserted.defined.contains($0) }
    let foreign = own.filter { !PythonWords.builtins.contains($0) }
    let wanted = foreign.filter { !setUp.defined.contains($0) }
    // A set-up may hold the function that an answer is to mend, and a function may be called `sum`.
    let chosen = wanted.isEmpty ? foreign : wanted
    names = chosen.isEmpty ? own : chosen
  }

  private static func read(_ text: String) -> (used: [String], defined: Set<String>) {
    var (used, seen): ([String], Set<String>) = ([], [])
    var quotes: UInt8?
    var defined: Set<String> = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      let isWithin = quotes != nil
      let tokens = PythonTokens(line, within: quotes)
      quotes = tokens.openQuotes
      if isWithin { continue }
      for place in tokens.tokens.indices {
        guard let word = tokens.word(place), !PythonWords.keywords.contains(word),
          !tokens.isSign(place - 1, ".")
        else { continue }
        let before = place == 0 ? nil : tokens.word(place - 1)
        if tokens.isAssigned(place) || ["def", "class", "as", "import", "for"].contains(before) {
          defined.insert(word)
        } else if seen.insert(word).inserted {
          used.append(word)
        }
      }
    }
    return (used, defined)
  }
}
