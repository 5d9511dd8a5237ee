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
}
