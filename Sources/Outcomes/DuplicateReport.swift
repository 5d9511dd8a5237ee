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

  /// What to say where leaving out all copies leaves nothing; `nil` if something is left.
  ///
  /// Ids that begin again in each task are the usual cause.
  public func refusal(of table: OutcomeTable, file: String) -> String? {
    guard rule == .drop, table.count == 0, count > 0 else { return nil }
    return
      "\(file): every sample_id occurs more than once, such as '\(sampleIDs[0])', so all rows are "
      + "left out. Give each prompt an id of its own, such as the task's name and a number, or choose "
      + "--duplicates first or merge if these are copies of the same prompts."
  }

  /// How many ids were repeated in each task name.
  public var countsByEvalName: [String: Int] {
    evalNames.reduce(into: [:]) { $0[$1, default: 0] += 1 }
  }
}
