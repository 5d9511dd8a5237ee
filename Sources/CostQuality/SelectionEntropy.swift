import Foundation

/// How evenly a router spreads prompts over models.
///
/// - Source: RouterEval, arXiv:2503.10657 (classifier bias, E_p).
public enum SelectionEntropy {
  /// The entropy of the models' shares in bits: 0 when one gets all, log2 of their number when even.
  ///
  /// - Parameter counts: Prompts that each model gets.
  public static func bits(_ counts: some Sequence<Int>) -> Double {
    let counts = counts.filter { $0 > 0 }
    let total = Double(counts.reduce(0, +))
    return counts.sorted().reduce(0.0) { sum, count in
      let share = Double(count) / total
      return sum - share * log2(share)
    }
  }
}
