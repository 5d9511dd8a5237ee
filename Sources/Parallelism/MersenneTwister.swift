/// The generator behind `numpy.random.seed`, so that splits made in Python can be made again here.
///
/// MT19937, seeded as numpy's legacy interface seeds it from one 32-bit integer. Use
/// `SeededGenerator` for anything that needs no such agreement.
public struct MersenneTwister: RandomNumberGenerator, Sendable {
  private var state: [UInt32]
  private var position = 624

  /// Starts the sequence that `numpy.random.seed(seed)` starts.
  public init(seed: UInt32) {
    state = [UInt32](repeating: 0, count: 624)
    var value = seed
    for index in 0..<624 {
      state[index] = value
      value = 1_812_433_253 &* (value ^ value >> 30) &+ UInt32(index + 1)
    }
  }

  /// Starts the sequence of a key of several words, as the authors' `init_by_array` does.
  ///
  /// - Precondition: The key has at least one word.
  public init(key: [UInt32]) {
    precondition(!key.isEmpty, "A key has at least one word.")
    self.init(seed: 19_650_218)
    var (index, word) = (1, 0)
    for _ in 0..<max(624, key.count) {
      mix(&index, by: 1_664_525, adding: key[word] &+ UInt32(truncatingIfNeeded: word))
      word = (word + 1) % key.count
    }
    for _ in 0..<623 { mix(&index, by: 1_566_083_941, adding: 0 &- UInt32(index)) }
    state[0] = 0x8000_0000
  }

  private mutating func mix(_ index: inout Int, by factor: UInt32, adding term: UInt32) {
    let before = state[index - 1]
    state[index] = (state[index] ^ (before ^ before >> 30) &* factor) &+ term
    index += 1
    if index == 624 {
      state[0] = state[623]
      index = 1
    }
  }

  /// The next 32 random bits.
  public mutating func next32() -> UInt32 {
    if position == 624 { refill() }
    var value = state[position]
    position += 1
    value ^= value >> 11
    value ^= value << 7 & 0x9D2C_5680
    value ^= value << 15 & 0xEFC6_0000
    return value ^ value >> 18
  }

  /// The next 64 random bits, the high half first, as numpy joins them.
  public mutating func next() -> UInt64 {
    let high = UInt64(next32())
    return high << 32 | UInt64(next32())
  }

  /// A random integer from 0 to `greatest`, by numpy's legacy masked rejection.
  public mutating func interval(upTo greatest: UInt64) -> UInt64 {
    if greatest == 0 { return 0 }
    let mask = UInt64.max >> UInt64(greatest.leadingZeroBitCount)
    while true {
      let value = (greatest <= UInt64(UInt32.max) ? UInt64(next32()) : next()) & mask
      if value <= greatest { return value }
    }
  }

  /// Shuffles in place as `numpy.random.shuffle` does.
  public mutating func shuffle<Element>(_ values: inout [Element]) {
    for last in stride(from: values.count - 1, to: 0, by: -1) {
      values.swapAt(last, Int(interval(upTo: UInt64(last))))
    }
  }

  private mutating func refill() {
    for index in 0..<624 {
      let joined = state[index] & 0x8000_0000 | state[(index + 1) % 624] & 0x7FFF_FFFF
      let twist: UInt32 = joined & 1 == 0 ? 0 : 0x9908_B0DF
      state[index] = state[(index + 397) % 624] ^ joined >> 1 ^ twist
    }
    position = 0
  }
}
