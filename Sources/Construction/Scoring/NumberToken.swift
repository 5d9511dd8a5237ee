/// A number that was found in text.
struct NumberToken: Hashable {
  /// Where it stands in the bytes that were scanned, currency and sign included.
  let range: Range<Int>
  /// What it stands for, and what else it may: 50 and 0.5 for "50%", 2 and 2,000,000 for "2 million".
  let values: [Double]
  /// Whether it is written as a fraction, whose decimals nobody writes out.
  var isFraction = false
  /// Whether it names a place in a row, as "3rd" does.
  var isOrdinal = false

  /// Whether it stands for a number, but for the rounding of decimals.
  func stands(for value: Double) -> Bool {
    values.contains { abs($0 - value) <= 1e-9 * max(1, abs(value)) }
  }
}
