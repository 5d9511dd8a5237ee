import Arguments
import Evaluation
import Foundation
import Outcomes

extension EvaluationSettings {
  /// How a file is read.
  var readingOptions: ReadingOptions {
    ReadingOptions(
      duplicateRule: duplicates.rule,
      includeResponses: readsResponses || RouterList.needs(routers).contains(.response),
      evalName: evalName,
      generatesSampleIDs: numbersRows, qualityScale: qualityScale)
  }

  /// A scale as it is typed: `0..10`, or `0-10`.
  static func scale(_ typed: String) throws(ArgumentsError) -> ClosedRange<Double> {
    let ends: [Substring]
    if let dots = typed.range(of: "..") {
      ends = [typed[..<dots.lowerBound], typed[dots.upperBound...].drop { $0 == "." }]
    } else if let dash = typed.dropFirst().firstIndex(of: "-") {
      ends = [typed[..<dash], typed[typed.index(after: dash)...]]
    } else {
      ends = []
    }
    let numbers = ends.compactMap { Double($0) }
    guard numbers.count == 2, numbers[0].isFinite, numbers[1].isFinite, numbers[0] < numbers[1]
    else {
      throw ArgumentsError(
        "--quality-scale needs the scores of the worst and the best answer, such as 0..10; "
          + "'\(typed)' was given.")
    }
    return numbers[0]...numbers[1]
  }

  /// The scale as it is typed.
  static func spelling(of scale: ClosedRange<Double>) -> String {
    [scale.lowerBound, scale.upperBound]
      .map { Int(exactly: $0).map(String.init) ?? "\($0)" }.joined(separator: "..")
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
