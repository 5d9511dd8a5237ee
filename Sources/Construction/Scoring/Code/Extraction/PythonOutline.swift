/// What a piece of Python defines and what it needs, as far as its lines show.
struct PythonOutline {
  /// Names that it gives at the margin: functions, classes, imports, and variables.
  private(set) var defined: Set<String> = []
  /// Functions and classes within others.
  private(set) var nested: Set<String> = []
  /// Names that it uses, and that it neither defines nor gives a value within a function.
  var needed: Set<String> { used.subtracting(defined).subtracting(nested).subtracting(given) }
  /// Whether some statement does more than define or stand for a body that is missing.
  private(set) var doesSomething = false

  private var used: Set<String> = []
  private var given: Set<String> = []
  /// Whether brackets of an import or of parameters are open.
  private var openBracket: Bracket?

  private enum Bracket { case imports, parameters }

  init(_ text: String) {
    var quotes: UInt8?
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      let isWithin = quotes != nil
      let tokens = PythonTokens(line, within: quotes)
      quotes = tokens.openQuotes
      guard !tokens.tokens.isEmpty else { continue }
      let isAtMargin = !isWithin && line.first != " " && line.first != "\t"
      read(tokens, isAtMargin: isAtMargin)
    }
  }

  private mutating func read(_ line: PythonTokens, isAtMargin: Bool) {
    if openBracket == nil { readStatement(line, isAtMargin: isAtMargin) }
    let targets = PythonOutline.targets(of: line)
    var isInFor = false
    for place in line.tokens.indices {
      guard let word = line.word(place) else { continue }
      if word == "for" { isInFor = true } else if word == "in" { isInFor = false }
      guard !PythonWords.keywords.contains(word) else { continue }
      switch openBracket {
      case .imports: defined.insert(word)
      case .parameters
      where place == 0 || [",", "(", "*"].contains(where: { line.isSign(place - 1, $0) }):
        given.insert(word)
      default:
        let isNamed = place > 0 && line.word(place - 1) == "as"
        if isInFor || isNamed || place < targets || line.isAssigned(place) { given.insert(word) }
      }
      if !line.isSign(place - 1, "."), !PythonWords.builtins.contains(word) { used.insert(word) }
    }
    if openBracket != nil, line.tokens.contains(.sign(UInt8(ascii: ")"))) { openBracket = nil }
  }

  private mutating func readStatement(_ line: PythonTokens, isAtMargin: Bool) {
    let isAsync = line.word(0) == "async"
    switch line.word(isAsync ? 1 : 0) {
    case "def", "class":
      guard let name = line.word(isAsync ? 2 : 1) else { return }
      if isAtMargin { defined.insert(name) } else { nested.insert(name) }
      openBracket = line.word(isAsync ? 1 : 0) == "def" ? .parameters : nil
    case "import", "from":
      let start = line.tokens.firstIndex(of: .word("import")) ?? line.tokens.count
      for place in line.tokens.indices.dropFirst(start + 1) {
        guard let word = line.word(place), word != "as", !line.isSign(place - 1, ".") else {
          continue
        }
        defined.insert(word)
      }
      let isOpen = line.tokens.contains(.sign(UInt8(ascii: "(")))
      openBracket = isOpen ? .imports : nil
    case "pass", "raise": break
    case nil where line.tokens.allSatisfy({ $0 == .string || $0 == .sign(UInt8(ascii: ".")) }):
      break
    default:
      if !line.isSign(0, "@") { doesSomething = true }
      guard isAtMargin, line.word(0) != nil else { return }
      for case .word(let name) in line.tokens.prefix(PythonOutline.targets(of: line))
      where !PythonWords.keywords.contains(name) {
        defined.insert(name)
      }
    }
  }

  /// How many tokens at the start of a line are names that it gives values: `a, b =` or `a: int`.
  private static func targets(of line: PythonTokens) -> Int {
    let names = line.tokens.prefix { token in
      if case .word(let word) = token { return !PythonWords.keywords.contains(word) }
      return token == .sign(UInt8(ascii: ","))
    }
    let isGiven = line.isAssigned(names.count - 1) || line.isSign(names.count, ":")
    return isGiven ? names.count : 0
  }
}
