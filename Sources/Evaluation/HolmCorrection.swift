/// P-values of several comparisons made at once, adjusted so that all claims together hold.
///
/// - Source: Holm, "A simple sequentially rejective multiple test procedure", 1979.
public enum HolmCorrection {
  /// The adjusted p-values, in the order given.
  public static func adjusted(_ values: [Double]) -> [Double] {
    let order = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
    var result = values
    var floor = 0.0
    for (rank, index) in order.enumerated() {
      floor = max(floor, min(1, values[index] * Double(values.count - rank)))
      result[index] = floor
    }
    return result
  }

  /// How many resamples it takes for the smallest of several p-values to reach a level after the
  /// correction.
  ///
  /// A bootstrap of *R* resamples has no p-value below 2 / (*R* + 1), which the correction multiplies
  /// by the number of claims.
  ///
  /// - Parameter level: The confidence, such as 0.95.
  static func resamplesNeeded(claims: Int, level: Double) -> Int {
    let estimate = 2 * Double(claims) / (1 - level)
    guard estimate < 1e15 else { return Int(1e15) }
    var resamples = max(1, Int(estimate) - 2)
    while Double(claims) * BootstrapSample.leastPValue(resamples: resamples) > 1 - level {
      resamples += 1
    }
    return resamples
  }

  /// The adjusted p-values where some claims are one: those that come from equal numbers count once.
  ///
  /// - Parameters:
  ///   - values: The p-values; equal claims have equal ones.
  ///   - claims: What each claim rests on, such as a difference's value on every resample; equal to
  ///     the bit means the same claim.
  static func adjusted(_ values: [Double], sameClaims claims: [[Double]]) -> [Double] {
    precondition(values.count == claims.count, "Each p-value needs its claim.")
    var places: [[Double]: Int] = [:]
    var distinct: [Double] = []
    let place = zip(values, claims).map { value, claim in
      if let known = places[claim] { return known }
      places[claim] = distinct.count
      distinct.append(value)
      return distinct.count - 1
    }
    let result = adjusted(distinct)
    return place.map { result[$0] }
  }
}
