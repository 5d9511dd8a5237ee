/// What a published mean over part of a population may be, given rows that are believed to be of it.
///
/// The rows at hand are a sample of *N* of the population's *P* prompts, or all of them; the published
/// number is the mean over a random part of *n* of the *P*. The two differ by chance with variance
/// s² (1/n - 1/P + 1/N - 1/P), the finite population correction for both draws.
public struct PublishedMean: Sendable, Hashable {
  /// The mean over the rows at hand.
  public let mean: Double
  /// Where the published number lies with the given confidence.
  public let interval: Interval

  /// Predicts the published number.
  ///
  /// - Parameters:
  ///   - values: One a row at hand.
  ///   - population: How many prompts the publishers had; no fewer than the rows count as all.
  ///   - part: How many of them the published number is a mean over.
  ///   - rounding: Half a unit of the published number's last place, by which the interval is widened.
  ///   - level: The confidence.
  /// - Precondition: There is at least one value, and the part is not empty.
  public init(
    of values: [Double], population: Int, part: Int, rounding: Double, level: Double = 0.95
  ) {
    precondition(!values.isEmpty && part > 0, "A published mean needs rows, and a part of them.")
    var sum = ExactSum()
    for value in values { sum.add(value) }
    let count = Double(values.count)
    let mean = sum.value / count
    var squares = ExactSum()
    for value in values { squares.add((value - mean) * (value - mean)) }
    let variance = values.count > 1 ? squares.value / (count - 1) : 0
    let all = Double(max(population, values.count, part))
    let error = (variance * (1 / Double(part) - 1 / all + 1 / count - 1 / all)).squareRoot()
    let reach = Normal.quantile(1 - (1 - level) / 2) * error + rounding
    self.mean = mean
    interval = Interval(lower: mean - reach, upper: mean + reach)
  }
}
