extension Int {
  /// The sum; the greatest or least integer if there is none.
  package func plus(_ other: Int) -> Int {
    let (sum, isTooGreat) = addingReportingOverflow(other)
    return isTooGreat ? (other > 0 ? .max : .min) : sum
  }

  /// The product; the greatest or least integer if there is none.
  package func times(_ other: Int) -> Int {
    let (product, isTooGreat) = multipliedReportingOverflow(by: other)
    return isTooGreat ? ((self < 0) == (other < 0) ? .max : .min) : product
  }
}
