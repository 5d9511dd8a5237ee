/// One of the seven tasks of the paper's Table 1.
public enum StandInTask: String, CaseIterable, Sendable {
  /// Knowledge in 57 subjects, four choices.
  case mmlu
  /// Two-turn conversations, graded.
  case mtBench = "mtbench"
  /// Short Python programs.
  case mbpp
  /// The likeliest end of a small story.
  case hellaswag
  /// Who a pronoun means.
  case winogrande
  /// Grade school sums in words.
  case gsm8k = "grade-school-math"
  /// Grade school science, four choices.
  case arc = "arc-challenge"

  var place: Int { Self.allCases.firstIndex(of: self) ?? 0 }

  /// How many prompts of the task were published.
  public var publishedCount: Int {
    switch self {
    case .mmlu: 14_042
    case .mtBench: 80
    case .mbpp: 427
    case .hellaswag: 10_042
    case .winogrande: 1_267
    case .gsm8k: 7_450
    case .arc: 1_470
    }
  }

  /// How far models fail together, for reasons that no prompt shows.
  ///
  /// Chosen so that the Oracle reaches the quality that Table 1 gives it (0.957, 0.996, 0.899, 0.994,
  /// 1.0, 0.748 and 0.977): on GSM8K what one model cannot do hardly any can.
  var togetherness: Double {
    switch self {
    case .mmlu: 2.1
    case .mtBench: 0.4
    case .mbpp: 2.1
    case .hellaswag: 1.65
    case .winogrande: 0
    case .gsm8k: 7.5
    case .arc: 3.1
    }
  }

  /// How much of a prompt's cost comes from its own length; the rest from the answers'.
  var promptShare: Double {
    switch self {
    case .mmlu, .hellaswag, .winogrande, .arc: 0.95
    case .gsm8k: 0.4
    case .mtBench, .mbpp: 0.2
    }
  }

  /// The characters of the worked examples that the published prompts start with; they are not
  /// written here, but they are paid for.
  var exampleCharacters: Double {
    switch self {
    case .mmlu: 2_500
    case .hellaswag: 3_200
    case .winogrande: 900
    case .gsm8k: 2_600
    case .arc: 2_200
    case .mtBench, .mbpp: 0
    }
  }

  /// How many prompts each task gets out of `total`, in proportion to the published numbers.
  ///
  /// The published files have 36,497 prompts, of which 34,778 belong to these seven tasks. A
  /// stand-in of the same size spreads the other 1,719 over the seven in proportion. No task gets
  /// fewer than 20, so that each can be split.
  static func counts(total: Int) -> [Int] {
    let published = allCases.map(\.publishedCount)
    let sum = published.reduce(0, +)
    let least = 20
    var counts = published.map { max(least, $0 * total / sum) }
    // The largest remainders get what rounding left over; the largest task pays what is too much.
    let order = published.indices.sorted {
      let (a, b) = (published[$0] * total % sum, published[$1] * total % sum)
      return a == b ? $0 < $1 : a > b
    }
    var left = total - counts.reduce(0, +)
    for place in order where left > 0 {
      counts[place] += 1
      left -= 1
    }
    counts[0] += left
    return counts
  }
}
