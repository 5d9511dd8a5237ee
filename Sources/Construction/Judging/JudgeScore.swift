/// The worth of an answer by what a judge said of it.
enum JudgeScore {
  /// What plans and stores call it.
  static let card = ScorerCard(
    name: "judge",
    summary: "What a model says of the answer, on a scale or beside another answer.",
    source: "Zheng et al., arXiv:2306.05685; ratings are brought to [0, 1] by their scale.")

  /// One verdict: of which turn, in which order, and the judge's words.
  struct Verdict: Hashable {
    let turn: Int
    let isSwapped: Bool
    let text: String
  }

  /// The mean over all turns and both orders; none until all are there.
  static func score(
    _ verdicts: [Verdict], turns: Int, method: JudgeMethod, judge: String
  ) -> Score {
    let needed = turns * method.passes
    guard verdicts.count == needed else {
      return .unscorable(
        "\(judge) has not judged them all yet; run 'collect' again, or with --retry-errors.")
    }
    var (sum, words, isSteady) = (0.0, [String](), true)
    for turn in 0..<turns {
      var own: [Double] = []
      for verdict in verdicts where verdict.turn == turn {
        guard let reply = JudgeReply(verdict.text, method: method) else {
          return Score(
            .unscorable("\(judge) gave no verdict that can be read."),
            extraction: Extraction(rule: "none", text: String(verdict.text.suffix(80))))
        }
        words.append(reply.word)
        own.append(value(reply, isSwapped: verdict.isSwapped, method: method))
      }
      sum += own.reduce(0, +) / Double(method.passes)
      isSteady = isSteady && Set(own).count == 1
    }
    let rule =
      switch method {
      case .grade: "rating"
      case .compare: isSteady ? "comparison" : "comparison-unsteady"
      }
    return Score(
      .value(sum / Double(turns)),
      extraction: Extraction(rule: rule, text: words.joined(separator: " ")))
  }

  private static func value(
    _ reply: JudgeReply, isSwapped: Bool, method: JudgeMethod
  ) -> Double {
    switch reply {
    case .rating(let rating):
      guard case .grade(let least, let most) = method else { return 0 }
      return (rating - Double(least)) / Double(most - least)
    case .first: return isSwapped ? 0 : 1
    case .second: return isSwapped ? 1 : 0
    case .neither: return 0.5
    }
  }
}
