/// What a learned scorer sees of a prompt and an answer: a few numbered features with values.
///
/// Words and pairs of words of the answer, the prompt's last words, the answer's length, how much of
/// it repeats the prompt, words of refusal, and the model, each hashed to one of a number of buckets.
public struct AnswerFeatures: Sendable, Hashable {
  /// The buckets, in a fixed order; one may occur twice.
  public private(set) var buckets: [Int32] = []
  /// One value a bucket.
  public private(set) var values: [Float] = []

  /// Words of an answer that are read, from its beginning.
  static let answerWords = 160
  /// Words of a prompt that are read, from its end, where the question is.
  static let promptWords = 48

  /// Openings of an answer that declines to answer.
  static let refusals = [
    "i cannot", "i can't", "i can not", "i'm sorry", "i am sorry", "as an ai", "i am unable",
    "i'm unable", "i don't know", "i do not know", "i'm not sure", "not possible to determine",
    "cannot be determined", "unclear",
  ]

  /// Reads a text.
  ///
  /// - Precondition: `count >= 1`.
  public init(of text: AnswerText, buckets count: Int) {
    precondition(count >= 1, "Features need at least 1 bucket.")
    let answer = Self.words(text.answer).prefix(Self.answerWords).map { Self.hash($0) }
    let prompt = Self.words(text.prompt).suffix(Self.promptWords).map { Self.hash($0) }
    let model = Self.mix(UInt64(text.model) &+ 1)
    func add(_ hash: UInt64, _ kind: UInt64, _ value: Float) {
      buckets.append(Int32(Self.mix(hash ^ kind &* 0x9E37_79B9_7F4A_7C15) % UInt64(count)))
      values.append(value)
    }
    add(0, 1, 1)
    add(model, 2, 1)
    // Each group of words has length 1 together, so that long answers do not outweigh short ones.
    let share = 1 / Float(max(1, answer.count)).squareRoot()
    for word in answer { add(word, 3, share) }
    for (first, second) in zip(answer, answer.dropFirst()) { add(first &* 31 &+ second, 4, share) }
    if let first = answer.first {
      add(first, 5, 1)
      add(first ^ model, 6, 1)
    }
    let asked = 1 / Float(max(1, prompt.count)).squareRoot()
    for word in prompt { add(word, 7, asked) }
    let length = UInt64(UInt64.bitWidth - UInt64(text.answer.utf8.count).leadingZeroBitCount)
    add(length, 8, 1)
    add(length ^ model, 9, 1)
    let known = Set(prompt)
    let repeated = answer.reduce(0) { $0 + (known.contains($1) ? 1 : 0) }
    add(0, 10, Float(repeated) / Float(max(1, answer.count)))
    let opening = String(text.answer.prefix(400)).lowercased()
    if Self.refusals.contains(where: opening.contains) {
      add(0, 11, 1)
      add(model, 12, 1)
    }
  }

  private static func words(_ text: String) -> [Substring.UTF8View] {
    text.utf8.split { byte in
      !(byte >= 0x80 || (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
        || (0x61...0x7A).contains(byte))
    }
  }

  /// FNV-1a without regard to the case of Latin letters.
  private static func hash(_ word: Substring.UTF8View) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in word {
      let low = (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
      hash = (hash ^ UInt64(low)) &* 0x0000_0100_0000_01b3
    }
    return hash
  }

  private static func mix(_ word: UInt64) -> UInt64 {
    let first = (word ^ (word >> 33)) &* 0xff51_afd7_ed55_8ccd
    let second = (first ^ (first >> 33)) &* 0xc4ce_b9fe_1a85_ec53
    return second ^ (second >> 33)
  }
}
