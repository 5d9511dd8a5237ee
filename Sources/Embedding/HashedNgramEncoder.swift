public import Matrices
public import Parallelism
public import Prompts

/// A built-in encoder that needs no download: hashed n-grams of words and characters.
///
/// Words, pairs of words, and runs of three to five characters are counted in buckets by a fixed hash
/// with a sign, damped by a square root, and scaled to length 1. It sees wording, not meaning.
///
/// - Source: Weinberger et al., "Feature Hashing for Large Scale Multitask Learning", 2009.
public struct HashedNgramEncoder: PromptEncoder {
  /// The number of buckets.
  public let dimensions: Int

  /// Makes an encoder.
  ///
  /// - Precondition: `dimensions >= 1`.
  public init(dimensions: Int = 512) {
    precondition(dimensions >= 1, "An encoder needs at least 1 dimension.")
    self.dimensions = dimensions
  }

  /// The scheme, its version and width.
  public var identity: String { "hashed-ngrams-1-\(dimensions)" }

  /// Hashes each distinct text once.
  public func features(
    of prompts: [String], view: PromptView, threads: Threads, progress: ((Int, Int) -> Void)?
  ) throws -> Matrix {
    let texts = DistinctTexts(prompts.map { view.text(of: $0) })
    let vectors = threads.map(count: texts.distinct.count) { vector(of: texts.distinct[$0]) }
    progress?(texts.distinct.count, texts.distinct.count)
    return Matrix(rows: prompts.count, columns: dimensions) { values in
      for (row, text) in texts.index.enumerated() {
        for column in 0..<dimensions { values[row * dimensions + column] = vectors[text][column] }
      }
    }
  }

  private func vector(of text: String) -> [Float] {
    var counts = [Float](repeating: 0, count: dimensions)
    func count(_ hash: UInt64) {
      // The top bit gives the sign, so that collisions cancel on average.
      counts[Int(hash % UInt64(dimensions))] += hash >> 63 == 0 ? 1 : -1
    }
    var previous: UInt64?
    for word in text.lowercased().split(whereSeparator: { !$0.isLetter && !$0.isNumber }) {
      let bytes = Array(word.utf8)
      let hash = Self.hash(bytes[...], kind: 1)
      count(hash)
      if let previous { count(Self.mix(previous &* 31 &+ hash)) }
      previous = hash
      let padded = [UInt8(ascii: "<")] + bytes + [UInt8(ascii: ">")]
      for length in 3...5 where padded.count > length {
        for start in 0...(padded.count - length) {
          count(Self.hash(padded[start..<(start + length)], kind: UInt64(length)))
        }
      }
    }
    var square: Float = 0
    for column in counts.indices {
      let value = counts[column]
      counts[column] = value < 0 ? -Self.damped(-value) : Self.damped(value)
      square += counts[column] * counts[column]
    }
    guard square > 0 else { return counts }
    let scale = 1 / square.squareRoot()
    return counts.map { $0 * scale }
  }

  /// The square root damps repeated n-grams and is rounded alike everywhere.
  private static func damped(_ count: Float) -> Float { count.squareRoot() }

  /// FNV-1a, finished so that low and high bits are both usable.
  private static func hash(_ bytes: ArraySlice<UInt8>, kind: UInt64) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325 ^ kind
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
    return mix(hash)
  }

  private static func mix(_ word: UInt64) -> UInt64 {
    let first = (word ^ (word >> 33)) &* 0xff51_afd7_ed55_8ccd
    let second = (first ^ (first >> 33)) &* 0xc4ce_b9fe_1a85_ec53
    return second ^ (second >> 33)
  }
}
