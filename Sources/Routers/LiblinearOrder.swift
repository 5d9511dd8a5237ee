import Parallelism

/// The order in which scikit-learn's liblinear visits prompts, so that both stop at the same weights.
///
/// Coordinate descent that stops before its optimum ends where its order led it, and AIQ answers sharply to
/// small changes of estimates; with the same order there is nothing to explain.
///
/// - Source: scikit-learn's `newrand.h`, whose bounded draws are Lemire's ("Fast random integer generation in
///   an interval", 2019), started by one draw of numpy's legacy generator.
struct LiblinearOrder {
  private var generator: MersenneTwister

  /// The order under `random_state=seed`; numpy has no seed beyond 32 bits, and here both words count then.
  init(randomState seed: UInt64) {
    var numpy =
      UInt32(exactly: seed).map { MersenneTwister(seed: $0) }
      ?? MersenneTwister(key: [UInt32(truncatingIfNeeded: seed), UInt32(seed >> 32)])
    // `randint(2**31 - 1)`.
    generator = MersenneTwister(
      seed: UInt32(numpy.interval(upTo: UInt64(Int32.max) - 1)))
  }

  /// A random integer from 0 to below `bound`.
  ///
  /// - Precondition: `bound` lies in 1...2^32 - 1.
  mutating func integer(below bound: Int) -> Int {
    let range = UInt32(bound)
    var product = UInt64(generator.next32()) * UInt64(range)
    if UInt32(truncatingIfNeeded: product) < range {
      let least = (0 &- range) % range
      while UInt32(truncatingIfNeeded: product) < least {
        product = UInt64(generator.next32()) * UInt64(range)
      }
    }
    return Int(product >> 32)
  }
}
