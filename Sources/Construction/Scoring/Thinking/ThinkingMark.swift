/// A tag that opens or closes thinking, such as `<think>`, `[/THINK]` or `◁/think▷`.
struct ThinkingMark {
  /// The brackets that a tag stands in; a block is closed in the brackets that it was opened in.
  enum Brackets: Hashable {
    case angle, square, triangle, escaped
  }

  /// What a name stands for.
  private enum Meaning {
    /// A tag that can open or close; a slash decides.
    case block
    /// A name that is used for other things too, so a block needs its end and an answer behind it.
    case weakBlock
    case opening, closing
  }

  /// The name in lower case; names that open and close apart share one.
  let name: String
  let brackets: Brackets
  let range: Range<Int>
  let isClosing: Bool
  /// Whether the name is also used for other things than thinking.
  let isWeak: Bool

  /// Decides which openings a closing tag can end.
  var key: String { "\(brackets) \(name)" }

  private static let blocks: Set<String> = [
    "think", "thinking", "thought", "thoughts", "reasoning", "scratchpad", "antthinking",
    "redacted_reasoning", "redacted_thinking", "inner_thought", "inner_thoughts",
    "internal_thoughts", "inner_monologue", "internal_monologue", "thought_process",
    "thinking_process", "reasoning_process", "chain_of_thought", "cot", "think_fast",
  ]
  private static let weakBlocks: Set<String> = ["analysis", "reflection", "rationale"]
  private static let pairs: [String: (name: String, meaning: Meaning)] = {
    var pairs: [String: (String, Meaning)] = [
      "inner_prefix": ("inner", .opening), "inner_suffix": ("inner", .closing),
      "unused94": ("unused", .opening), "unused95": ("unused", .closing),
    ]
    for word in ["think", "thinking", "thought", "reasoning"] {
      for start in ["begin_of_\(word)", "start_of_\(word)", "start_\(word)", "\(word)_start"] {
        pairs[start] = (word, .opening)
      }
      for end in ["end_of_\(word)", "end_\(word)", "\(word)_end"] {
        pairs[end] = (word, .closing)
      }
    }
    return pairs
  }()

  /// The tags in a text, in order.
  ///
  /// - Complexity: O(*n*); a tag is at most 160 bytes long.
  static func all(in bytes: [UInt8]) -> [ThinkingMark] {
    var marks: [ThinkingMark] = []
    var index = 0
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: "<"), UInt8(ascii: "["), UInt8(ascii: "&"), 0xE2:
        if let mark = ThinkingMark(at: index, in: bytes) {
          marks.append(mark)
          index = mark.range.upperBound
          continue
        }
      default: break
      }
      index += 1
    }
    return marks
  }

  private static let styles: [(open: [UInt8], close: [UInt8], brackets: Brackets)] = [
    (Array("<".utf8), Array(">".utf8), .angle), (Array("[".utf8), Array("]".utf8), .square),
    (Array("◁".utf8), Array("▷".utf8), .triangle),
    (Array("&lt;".utf8), Array("&gt;".utf8), .escaped),
  ]

  private init?(at start: Int, in bytes: [UInt8]) {
    func has(_ text: [UInt8], at index: Int) -> Bool {
      index + text.count <= bytes.count
        && bytes[index..<(index + text.count)].elementsEqual(text)
    }
    func skip(_ byte: UInt8, from index: Int) -> Int {
      index < bytes.count && bytes[index] == byte ? index + 1 : index
    }
    guard let style = Self.styles.first(where: { has($0.open, at: start) }) else { return nil }
    var index = skip(0x20, from: start + style.open.count)
    let first = index
    index = skip(UInt8(ascii: "/"), from: skip(UInt8(ascii: "|"), from: index))
    let hasSlash = bytes[first..<index].contains(UInt8(ascii: "/"))
    let hasBar = bytes[first..<index].contains(UInt8(ascii: "|"))
    let nameStart = skip(0x20, from: index)
    index = nameStart
    while index < bytes.count, index - nameStart < 80, Self.isNamePart(bytes[index]) { index += 1 }
    let word = String(decoding: bytes[nameStart..<index], as: UTF8.self).lowercased()
    let nameEnd = index
    // Attributes, on the same line and without another tag.
    while index < bytes.count, index - start < 160, !has(style.close, at: index),
      bytes[index] != 0x0A, !has(style.open, at: index)
    {
      index += 1
    }
    guard nameEnd > nameStart, has(style.close, at: index) else { return nil }
    var end = index + style.close.count
    let attributes = String(decoding: bytes[nameEnd..<index], as: UTF8.self)
    guard let first = attributes.first.map({ " =/|".contains($0) }) ?? Optional(true), first
    else { return nil }
    // Gemma opens with "<|channel>thought" and closes with "<channel|>".
    if word == "channel" {
      let thought = Array("thought".utf8)
      guard hasBar != (attributes == "|"), attributes.isEmpty || attributes == "|",
        !hasBar || has(thought, at: end)
      else { return nil }
      if hasBar { end += thought.count }
      self.init("channel", style.brackets, start..<end, isClosing: !hasBar, isWeak: false)
      return
    }
    guard let (name, meaning) = Self.meaning(of: word, attributes: attributes) else { return nil }
    if style.brackets != .angle, style.brackets != .escaped, meaning != .block { return nil }
    self.init(
      name, style.brackets, start..<end,
      isClosing: hasSlash || meaning == .closing || attributes.hasSuffix("/"),
      isWeak: meaning == .weakBlock)
  }

  private init(
    _ name: String, _ brackets: Brackets, _ range: Range<Int>, isClosing: Bool, isWeak: Bool
  ) {
    self.name = name
    self.brackets = brackets
    self.range = range
    self.isClosing = isClosing
    self.isWeak = isWeak
  }

  private static func meaning(
    of word: String, attributes: String
  ) -> (name: String, meaning: Meaning)? {
    if blocks.contains(word) { return (word, .block) }
    if weakBlocks.contains(word) { return (word, .weakBlock) }
    if let pair = pairs[word] { return pair }
    if word.hasPrefix("think_never_used_") { return (word, .block) }
    // Vendors put their name before the word, as in <seed:think> and <mm:think>.
    if let colon = word.lastIndex(of: ":") {
      let own = word[word.index(after: colon)...]
      return ["think", "thinking"].contains(own) ? (word, .block) : nil
    }
    // Chat pages fold thinking away in <details type="reasoning">.
    if word == "details", attributes.isEmpty || attributes.contains("reasoning") {
      return (word, .weakBlock)
    }
    return nil
  }

  private static func isNamePart(_ byte: UInt8) -> Bool {
    (0x41...0x5A).contains(byte & 0xDF) || (0x30...0x39).contains(byte)
      || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ":")
  }
}
