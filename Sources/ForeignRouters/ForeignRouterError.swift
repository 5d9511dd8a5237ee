/// Why a router from elsewhere could not be examined.
public struct ForeignRouterError: Error, Hashable, CustomStringConvertible {
  /// The sentence for the user.
  public let description: String

  init(_ description: String) { self.description = description }

  /// A fault of a row, with how many rows share it.
  static func row(_ row: Int, of file: String, _ fault: String, count: Int) -> ForeignRouterError {
    ForeignRouterError(
      "\(file), row \(row): \(fault)" + (count > 1 ? "; \(count) rows have this fault." : "."))
  }
}

/// Names for a sentence, cut where there are too many.
func listed(_ names: [String], limit: Int = 20) -> String {
  names.prefix(limit).joined(separator: ", ") + (names.count > limit ? ", ..." : "")
}
