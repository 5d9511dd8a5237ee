/// A fast generator of random numbers that gives the same sequence for a seed everywhere.
///
/// xoshiro256** (Blackman and Vigna), its state filled by SplitMix64 as its authors advise. Not for
/// secrets. Drawing integers, unit doubles and shuffles is defined here too, because the standard
/// library does not promise to draw the same from one version to the next.
public struct SeededGenerator: RandomNumberGenerator, Sendable, Hashable {
  private var s0: UInt64
  private var s1: UInt64
  private var s2: UInt64
  private var s3: UInt64

  /// Starts the sequence of a seed.
  public init(seed: UInt64) {
    var filler = SplitMix64(seed: seed)
    s0 = filler.next()
    s1 = filler.next()
    s2 = filler.next()
    s3 = filler.next()
  }

  /// Starts a sequence for one part of a larger task, independent of the other parts.
  public init(seed: UInt64, stream: UInt64) {
    var mixer = SplitMix64(seed: stream)
    self.init(seed: seed ^ mixer.next())
  }

  /// The number of a name's own stream: a hash of it (FNV-1a).
  ///
  /// A name and not a position, so that leaving out others changes nothing.
  public static func stream(of name: String) -> UInt64 {
    name.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  }

  /// The next 64 random bits.
  public mutating func next() -> UInt64 {
    let result = rotate(s1 &* 5, by: 7) &* 9
    let shifted = s1 << 17
    s2 ^= s0
    s3 ^= s1
    s1 ^= s2
    s0 ^= s3
    s2 ^= shifted
    s3 = rotate(s3, by: 45)
    return result
  }

  /// A random integer below `bound`, without bias.
  ///
  /// - Precondition: `bound >= 1`.
  public mutating func integer(below bound: Int) -> Int {
    precondition(bound >= 1, "A random integer needs a bound of at least 1; got \(bound).")
    // Lemire's method: the high word of the product, with the few biased low words drawn again.
    let range = UInt64(bound)
    var product = next().multipliedFullWidth(by: range)
    if product.low < range {
      let threshold = (0 &- range) % range
      while product.low < threshold { product = next().multipliedFullWidth(by: range) }
    }
    return Int(product.high)
  }

  /// A random double in [0, 1), of 53 random bits.
  public mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// Shuffles in place (Fisher and Yates, from the end).
  public mutating func shuffle<Element>(_ values: inout [Element]) {
    for last in stride(from: values.count - 1, to: 0, by: -1) {
      values.swapAt(last, integer(below: last + 1))
    }
  }

  /// Shuffles row numbers in place: the same order as for other elements, without their generic price.
  public mutating func shuffle(_ values: inout [Int]) {
    values.withUnsafeMutableBufferPointer { values in
      for last in stride(from: values.count - 1, to: 0, by: -1) {
        values.swapAt(last, integer(below: last + 1))
      }
    }
  }

  private func rotate(_ value: UInt64, by bits: UInt64) -> UInt64 {
    value << bits | value >> (64 - bits)
  }
}
