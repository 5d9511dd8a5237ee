/// The ids that occurred more than once, and what became of them.
public struct DuplicateReport: Codable, Sendable, Hashable {
  /// The rule that was followed.
  public let rule: ReadingOptions.DuplicateRule
  /// The repeated ids, in file order.
  public let sampleIDs: [String]
  /// The task name of each repeated id, where it occurs first.
  public let evalNames: [String]
  /// How many rows (in long form, cells) each repeated id has.
  public let copiesOfSample: [Int]

  /// How many rows (in long form, cells) share an id with others.
  public var copies: Int { copiesOfSample.reduce(0, +) }

  /// How many ids were repeated.
  public var count: Int { sampleIDs.count }

  /// How many ids were repeated in each task name.
  public var countsByEvalName: [String: Int] {
    evalNames.reduce(into: [:]) { $0[$1, default: 0] += 1 }
  }
}
