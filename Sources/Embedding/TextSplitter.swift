/// How a tokenizer cuts a text into words before it looks for tokens.
///
/// - Source: equal to the pre-tokenizers of Hugging Face's tokenizers.
struct TextSplitter: Sendable, Hashable {
  typealias Text = ArraySlice<Unicode.Scalar>

  /// What becomes of the places where a text is cut.
  enum Behavior: String, Sendable, Hashable {
    case removed = "Removed"
    case isolated = "Isolated"
    case mergedWithPrevious = "MergedWithPrevious"
    case mergedWithNext = "MergedWithNext"
    case contiguous = "Contiguous"
  }

  enum Step: Sendable, Hashable {
    /// BERT's own: at white space, and around each sign.
    case bert
    /// Words and runs of signs, without the white space.
    case wordsAndSigns
    /// At signs of punctuation.
    case punctuation(Behavior)
    /// At digits and numbers, each or in runs.
    case numbers(each: Bool)
    case pattern(TextPattern, Behavior, inverted: Bool)
    /// GPT-2's, with a space put before each part and each cut into words, or not.
    case byteLevel(addsSpace: Bool, cutsWords: Bool)
  }

  var steps: [Step]

  /// Passes the words on, until `body` says to stop.
  ///
  /// - Returns: Whether the end was reached.
  @discardableResult
  func split(_ text: Text, _ body: (Text) -> Bool) -> Bool { split(text, steps[...], body) }

  private func split(_ text: Text, _ rest: ArraySlice<Step>, _ body: (Text) -> Bool) -> Bool {
    if text.isEmpty { return true }
    guard let step = rest.first else { return body(text) }
    return Self.apply(step, to: text) { split($0, rest.dropFirst(), body) }
  }

  private static func apply(_ step: Step, to text: Text, _ body: (Text) -> Bool) -> Bool {
    switch step {
    case .bert: return bertWords(text, body)
    case .wordsAndSigns: return wordsAndSigns(text, body)
    case .byteLevel(let addsSpace, let cutsWords):
      let part = addsSpace && text.first != " " ? [" "] + text : text
      if !cutsWords { return body(part) }
      for word in ByteLevelWords(part) where !body(word) { return false }
      return true
    case .punctuation(let behavior):
      let found = text.indices.filter { TextCleaner.isPunctuation(text[$0]) }
      return cut(text, found.map { $0..<($0 + 1) }, behavior, inverted: false, body)
    case .numbers(let each):
      let found = TextPattern.each(.number).matches(in: text)
      return cut(text, found, each ? .isolated : .contiguous, inverted: false, body)
    case .pattern(let pattern, let behavior, let inverted):
      return cut(text, pattern.matches(in: text), behavior, inverted: inverted, body)
    }
  }

  private static func bertWords(_ text: Text, _ body: (Text) -> Bool) -> Bool {
    var start = text.startIndex
    for index in text.indices {
      let isSpace = TextCleaner.isSpace(text[index])
      guard isSpace || TextCleaner.isPunctuation(text[index]) else { continue }
      if start < index, !body(text[start..<index]) { return false }
      if !isSpace, !body(text[index..<(index + 1)]) { return false }
      start = index + 1
    }
    return start < text.endIndex ? body(text[start...]) : true
  }

  private static func wordsAndSigns(_ text: Text, _ body: (Text) -> Bool) -> Bool {
    var index = text.startIndex
    while index < text.endIndex {
      if TextCleaner.isSpace(text[index]) {
        index += 1
        continue
      }
      let isWord = text[index].isWordCharacter
      let end =
        text[index...].firstIndex {
          $0.isWordCharacter != isWord || TextCleaner.isSpace($0)
        } ?? text.endIndex
      if !body(text[index..<end]) { return false }
      index = end
    }
    return true
  }

  /// Cuts a text at some places; what is between them is kept.
  private static func cut(
    _ text: Text, _ matches: [Range<Int>], _ behavior: Behavior, inverted: Bool,
    _ body: (Text) -> Bool
  ) -> Bool {
    var parts: [(range: Range<Int>, isMatch: Bool)] = []
    var start = text.startIndex
    for match in matches {
      if start < match.lowerBound { parts.append((start..<match.lowerBound, inverted)) }
      parts.append((match, !inverted))
      start = match.upperBound
    }
    if start < text.endIndex { parts.append((start..<text.endIndex, inverted)) }
    for range in joined(parts, behavior) where !body(text[range]) { return false }
    return true
  }

  private static func joined(
    _ parts: [(range: Range<Int>, isMatch: Bool)], _ behavior: Behavior
  ) -> [Range<Int>] {
    var kept: [Range<Int>] = []
    var wasMatch = false
    func join(_ range: Range<Int>) {
      guard let last = kept.popLast() else { return kept.append(range) }
      kept.append(min(last.lowerBound, range.lowerBound)..<max(last.upperBound, range.upperBound))
    }
    switch behavior {
    case .isolated: return parts.map(\.range)
    case .removed: return parts.filter { !$0.isMatch }.map(\.range)
    case .contiguous:
      for (range, isMatch) in parts {
        if isMatch == wasMatch { join(range) } else { kept.append(range) }
        wasMatch = isMatch
      }
      return kept
    case .mergedWithPrevious, .mergedWithNext:
      let isReversed = behavior == .mergedWithNext
      for (range, isMatch) in isReversed ? parts.reversed() : parts {
        if isMatch, !wasMatch { join(range) } else { kept.append(range) }
        wasMatch = isMatch
      }
      return isReversed ? kept.reversed() : kept
    }
  }
}

extension TextSplitter {
  static let supported =
    "BertPreTokenizer, Whitespace, WhitespaceSplit, Punctuation, Digits, CharDelimiterSplit, Split, "
    + "ByteLevel as the last one, and Sequence"

  /// The pre-tokenizer of a `tokenizer.json`; none leaves texts whole.
  init(_ json: ModelJSON?, _ fault: ModelFault) throws(EmbeddingError) {
    steps = []
    guard let json, !json.isNull else { return }
    func behavior(_ usual: Behavior) throws(EmbeddingError) -> Behavior {
      guard let name = json["behavior"]?.text else { return usual }
      guard let behavior = Behavior(rawValue: name) else {
        throw fault.damaged("cuts texts in the unknown way \(fault.quoted(name))")
      }
      return behavior
    }
    switch try fault.kind(of: json, "pre-tokenizer") {
    case "Sequence":
      for part in json["pretokenizers"]?.items ?? [] {
        steps += try TextSplitter(part, fault).steps
      }
    case "BertPreTokenizer": steps = [.bert]
    case "Whitespace": steps = [.wordsAndSigns]
    case "WhitespaceSplit": steps = [.pattern(.each(.space), .removed, inverted: false)]
    case "Punctuation": steps = [.punctuation(try behavior(.isolated))]
    case "Digits": steps = [.numbers(each: json["individual_digits"]?.bool ?? false)]
    case "CharDelimiterSplit":
      guard let delimiter = json["delimiter"]?.text?.unicodeScalars.first else {
        throw fault.damaged("has a CharDelimiterSplit without a delimiter")
      }
      steps = [.pattern(.each(.only(delimiter)), .removed, inverted: false)]
    case "Split":
      steps = [
        .pattern(
          try TextPattern(json["pattern"], fault), try behavior(.removed),
          inverted: json["invert"]?.bool ?? false)
      ]
    case "ByteLevel":
      steps = [
        .byteLevel(
          addsSpace: json["add_prefix_space"]?.bool ?? true,
          cutsWords: json["use_regex"]?.bool ?? true)
      ]
    case let kind:
      throw fault.unsupported("the pre-tokenizer \(kind)", known: Self.supported)
    }
  }
}
