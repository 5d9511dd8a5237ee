import Foundation

/// A small generator that starts anywhere: each prompt and each cell has its own stream.
///
/// So the numbers do not depend on who draws first, and thus not on threads.
struct StandInGenerator: RandomNumberGenerator {
  private var state: UInt64

  /// The stream that belongs to a seed and a place.
  init(_ seed: UInt64, _ place: [Int]) {
    state = seed
    for part in place {
      state ^= UInt64(bitPattern: Int64(part)) &* 0x9E37_79B9_7F4A_7C15
      _ = next()
      state ^= next()
    }
  }

  /// SplitMix64.
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// A number in [0, 1).
  mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// A number below `count`.
  mutating func below(_ count: Int) -> Int {
    Int(next().multipliedFullWidth(by: UInt64(count)).high)
  }

  /// A draw from the standard normal distribution.
  mutating func normal() -> Double {
    let radius = (-2 * log(1 - uniform())).squareRoot()
    return radius * cos(2 * .pi * uniform())
  }

  /// One of the words.
  mutating func pick(_ words: [String]) -> String { words[below(words.count)] }
}
