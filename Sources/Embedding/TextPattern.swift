/// What a step of a tokenizer looks for in a text.
enum TextPattern: Sendable, Hashable {
  /// The characters themselves.
  case literal([Unicode.Scalar])
  /// Neighbouring characters of one kind, as many as there are but at least `least`.
  case run(Kind, least: Int)
  /// Each character of a kind by itself.
  case each(Kind)
  /// The words of GPT-2's own pattern.
  case words

  /// Kinds of characters that regular expressions have a sign for.
  enum Kind: Sendable, Hashable {
    case only(Unicode.Scalar)
    case space, notSpace, digit, letter, number, punctuation, word

    func holds(_ scalar: Unicode.Scalar) -> Bool {
      switch self {
      case .only(let other): scalar == other
      case .space: TextCleaner.isSpace(scalar)
      case .notSpace: !TextCleaner.isSpace(scalar)
      case .digit: scalar.isInUnicode16 && scalar.properties.generalCategory == .decimalNumber
      case .letter: scalar.isLetter
      case .number: scalar.isNumber
      case .punctuation: TextCleaner.isUnicodePunctuation(scalar)
      // Other than in Rust's expressions all numbers are words, and joiners are not.
      case .word: scalar.isWordCharacter && !scalar.properties.isJoinControl || scalar.isNumber
      }
    }
  }

  private static let gpt2 =
    #"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"#

  private static let kinds: [(sign: String, kind: Kind)] = [
    (#"\s"#, .space), (#"\S"#, .notSpace), (#"\d"#, .digit),
    (#"\p{L}"#, .letter), (#"\p{N}"#, .number), (#"\p{P}"#, .punctuation), (#"\w"#, .word),
  ]

  /// The pattern of a step, `{"String": ...}` or `{"Regex": ...}`; of expressions only plain text,
  /// one kind of character with a count, and GPT-2's own.
  init(_ json: ModelJSON?, _ fault: ModelFault) throws(EmbeddingError) {
    if let text = json?["String"]?.text, !text.isEmpty {
      self = .literal(Array(text.unicodeScalars))
      return
    }
    guard let expression = json?["Regex"]?.text, !expression.isEmpty else {
      throw fault.damaged("has a step without a pattern")
    }
    guard let pattern = Self.simple(expression) else {
      throw fault.unsupported(
        "the regular expression \(fault.quoted(expression))",
        known: #"plain text, one of \s \S \d \w \p{L} \p{N} \p{P} with + or {n,}, and GPT-2's"#)
    }
    self = pattern
  }

  private static func simple(_ expression: String) -> TextPattern? {
    if expression == gpt2 { return .words }
    for (sign, kind) in kinds where expression.hasPrefix(sign) {
      return counted(kind, String(expression.dropFirst(sign.count)))
    }
    let signs = "\\.+*?()[]{}^$|"
    let scalars = Array(expression.unicodeScalars)
    if !scalars.contains(where: { signs.unicodeScalars.contains($0) }) { return .literal(scalars) }
    guard let first = scalars.first, !signs.unicodeScalars.contains(first) else { return nil }
    return counted(
      .only(first), String(String.UnicodeScalarView(scalars.dropFirst())))
  }

  private static func counted(_ kind: Kind, _ count: String) -> TextPattern? {
    if count.isEmpty { return .each(kind) }
    if count == "+" { return .run(kind, least: 1) }
    guard count.hasPrefix("{"), count.hasSuffix(",}"), count.count < 8,
      let least = Int(count.dropFirst().dropLast(2)), least > 0
    else { return nil }
    return .run(kind, least: least)
  }

  /// Where the pattern is found, from the left and without overlaps.
  func matches(in text: ArraySlice<Unicode.Scalar>) -> [Range<Int>] {
    var found: [Range<Int>] = []
    var index = text.startIndex
    switch self {
    case .literal(let wanted):
      while index < text.endIndex {
        if text[index] == wanted.first, text[index...].starts(with: wanted) {
          found.append(index..<(index + wanted.count))
          index += wanted.count
        } else {
          index += 1
        }
      }
    case .each(let kind):
      for place in text.indices where kind.holds(text[place]) { found.append(place..<(place + 1)) }
    case .run(let kind, let least):
      while index < text.endIndex {
        let end = text[index...].firstIndex { !kind.holds($0) } ?? text.endIndex
        if end - index >= least { found.append(index..<end) }
        index = max(end, index + 1)
      }
    case .words:
      for word in ByteLevelWords(text) { found.append(word.startIndex..<word.endIndex) }
    }
    return found
  }
}
