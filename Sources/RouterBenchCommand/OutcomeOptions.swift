import Evaluation
import Outcomes

extension EvaluationSettings {
  /// How a file is read.
  var readingOptions: ReadingOptions {
    ReadingOptions(
      duplicateRule: duplicates.rule,
      includeResponses: readsResponses || RouterList.needs(routers).contains(.response),
      evalName: evalName,
      generatesSampleIDs: numbersRows)
  }
}

/// The duplicate rules as they are spelt on the command line.
enum DuplicateChoice: String, CaseIterable {
  /// Leave out every copy.
  case drop
  /// Make one row of what the copies say.
  case merge
  /// Keep the first copy.
  case first

  var rule: ReadingOptions.DuplicateRule {
    switch self {
    case .drop: .drop
    case .merge: .mergeDuplicates
    case .first: .keepFirst
    }
  }

  /// What became of the copies, for people.
  var outcome: String {
    switch self {
    case .drop: "all copies are left out (--duplicates drop)"
    case .merge: "each was merged into one row (--duplicates merge)"
    case .first: "the first copies were kept (--duplicates first)"
    }
  }
}
