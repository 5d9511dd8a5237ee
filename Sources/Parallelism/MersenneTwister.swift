/// The generator behind `numpy.random.seed` and `numpy.random.shuffle`, so that splits can be shared.
///
/// - Source: Matsumoto and Nishimura, "Mersenne Twister", 1998; numpy's legacy interface.
public struct MersenneTwister: RandomNumberGenerator, Sendable {
  private var words = [UInt32](repeating: 0, count: 624)
  private var position = 624

  /// Seeds as `numpy.random.seed(s)` does for an integer.
  public init(numpySeed seed: UInt32) {
    words[0] = seed
    for index in 1..<624 {
      let previous = words[index - 1]
      words[index] = 1_812_433_253 &* (previous ^ (previous >> 30)) &+ UInt32(index)
    }
  }

  /// The next 32 bits.
  public mutating func next32() -> UInt32 {
    if position == 624 { twist() }
    var word = words[position]
    position += 1
    word ^= word >> 11
    word ^= (word << 7) & 0x9d2c_5680
    word ^= (word << 15) & 0xefc6_0000
    return word ^ (word >> 18)
  }

  /// The next 64 bits, the high half first.
  public mutating func next() -> UInt64 {
    let high = UInt64(next32())
    return high << 32 | UInt64(next32())
  }

  /// Shuffles as `numpy.random.shuffle` does: from the end, by masked rejection.
  public mutating func shuffle<Element>(_ elements: inout [Element]) {
    for last in stride(from: elements.count - 1, to: 0, by: -1) {
      elements.swapAt(last, interval(through: last))
    }
  }

  /// A whole number in 0...limit.
  private mutating func interval(through limit: Int) -> Int {
    var mask = UInt64(limit)
    for shift in [1, 2, 4, 8, 16, 32] { mask |= mask >> UInt64(shift) }
    while true {
      let drawn = limit <= Int(UInt32.max) ? UInt64(next32()) & mask : next() & mask
      if drawn <= UInt64(limit) { return Int(drawn) }
    }
  }

  private mutating func twist() {
    for index in 0..<624 {
      let joined = (words[index] & 0x8000_0000) | (words[(index + 1) % 624] & 0x7fff_ffff)
      let mixed = words[(index + 397) % 624] ^ (joined >> 1)
      words[index] = joined & 1 == 0 ? mixed : mixed ^ 0x9908_b0df
    }
    position = 0
  }
}
