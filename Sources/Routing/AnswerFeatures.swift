/// What a learned scorer sees of a prompt and an answer: a few numbered features with values.
///
/// Words and pairs of words of the answer, the prompt's last words, the answer's length, how much of
/// it repeats the prompt, words of refusal, and the model, each hashed to one of a number of buckets.
public struct AnswerFeatures: Sendable, Hashable {
  /// The buckets, in a fixed order; one may occur twice.
  public private(set) var buckets: [Int32] = []
  /// One value a bucket.
  public private(set) var values: [Float] = []

  /// Bytes of an answer that are read, from its beginning.
  private static let answerBytes = 1000
  /// Bytes of a prompt that are read, from its end, where the question is.
  private static let promptBytes = 300
  /// Bytes of an answer in which words of refusal are looked for.
  private static let openingBytes = 300

  /// What an answer says that declines to answer.
  private static let refusals = [
    "i cannot", "i can't", "i can not", "i'm sorry", "i am sorry", "as an ai", "i am unable",
    "i'm unable", "i don't know", "i do not know", "i'm not sure", "not possible to determine",
    "cannot be determined", "unclear",
  ].map { Array($0.utf8) }

  /// Reads a text.
  ///
  /// - Precondition: `count >= 1`.
  public init(of text: AnswerText, buckets count: Int) {
    precondition(count >= 1, "Features need at least 1 bucket.")
    let answer = Self.words(text.answer.utf8.prefix(Self.answerBytes))
    let prompt = Self.words(text.prompt.utf8.suffix(Self.promptBytes))
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
    let repeated = answer.reduce(0) { $0 + (prompt.contains($1) ? 1 : 0) }
    add(0, 10, Float(repeated) / Float(max(1, answer.count)))
    if Self.refuses(text.answer) {
      add(0, 11, 1)
      add(model, 12, 1)
    }
  }

  /// The hashes of a text's words, without regard to the case of Latin letters (FNV-1a).
  private static func words(_ text: some Sequence<UInt8>) -> [UInt64] {
    let start: UInt64 = 0xcbf2_9ce4_8422_2325
    var words: [UInt64] = []
    var hash = start
    for byte in text {
      let low = lowered(byte)
      if low >= 0x80 || (0x30...0x39).contains(low) || (0x61...0x7A).contains(low) {
        hash = (hash ^ UInt64(low)) &* 0x0000_0100_0000_01b3
      } else if hash != start {
        words.append(hash)
        hash = start
      }
    }
    if hash != start { words.append(hash) }
    return words
  }

  private static func refuses(_ answer: String) -> Bool {
    let opening = answer.utf8.prefix(openingBytes).map(lowered)
    return refusals.contains { phrase in
      guard opening.count >= phrase.count else { return false }
      return (0...(opening.count - phrase.count)).contains { start in
        phrase.indices.allSatisfy { opening[start + $0] == phrase[$0] }
      }
    }
  }

  private static func lowered(_ byte: UInt8) -> UInt8 {
    (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
  }

  private static func mix(_ word: UInt64) -> UInt64 {
    let first = (word ^ (word >> 33)) &* 0xff51_afd7_ed55_8ccd
    let second = (first ^ (first >> 33)) &* 0xc4ce_b9fe_1a85_ec53
    return second ^ (second >> 33)
  }
}
