package import Evaluation

extension Spread {
  /// The mean, with its standard deviation when there are several values.
  package var text: String {
    NumberText.fixed(mean) + (standardDeviation.map { " ± " + NumberText.fixed($0) } ?? "")
  }

  /// As `text`, with the mean's sign.
  package var signedText: String {
    NumberText.signed(mean) + (standardDeviation.map { " ± " + NumberText.fixed($0) } ?? "")
  }
}

extension Interval {
  /// "[-0.0213, +0.0004]"; the ends carry their signs.
  package var text: String { "[\(NumberText.signed(lower)), \(NumberText.signed(upper))]" }
}

extension SystemSummary {
  /// The verdict of one system, or nothing where no interval was made.
  package var findingText: String {
    // What cannot serve is no better than anything, whatever its numbers.
    if needsRecordedQuality == true { return "not servable: its judge knows the recorded quality" }
    return switch intervals?.comparison?.finding {
    case .better: "better than zero"
    case .worse: "worse"
    case .noEvidence: "no evidence"
    case nil: ""
    }
  }
}

extension TaskResult {
  /// "10 splits, seeds 0 to 9" and the like.
  package var splitsText: String {
    let seeds = splits.map(\.seed)
    guard seeds.count > 1, let first = seeds.first, let last = seeds.last else {
      return seeds.first.map { "1 split, seed \($0)" } ?? "no split"
    }
    let isRun = zip(seeds, seeds.dropFirst()).allSatisfy { $0 < $1 && $1 - $0 == 1 }
    let list =
      if isRun && seeds.count > 2 { "\(first) to \(last)" } else if seeds.count <= 6 {
        seeds.map(String.init).joined(separator: ", ")
      } else { "\(first), \(seeds[1]), ..., \(last)" }
    return "\(seeds.count) splits, seeds \(list)"
  }

  /// "886 for training and 381 for the test", of the first split.
  package var partsText: String? {
    splits.first.map {
      "\(NumberText.count($0.trainingCount)) for training, \(NumberText.count($0.testCount)) "
        + "for the test"
    }
  }
}
