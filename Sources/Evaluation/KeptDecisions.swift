import CostQuality

/// What one router did with a task's test prompts, at each operating point kept on the first split.
public struct KeptDecisions: Sendable {
  /// The kept parameters, ascending; empty for a router that has none.
  public let parameters: [Parameter]
  private let meanings: [Parameter: String]
  private let decisions: [Decision]

  /// Takes a system's decisions out of an experiment's.
  public init(of system: String, on task: TaskResult, in decisions: [Decision]) {
    let split = task.splits.first
    let kept = split?.systems.first { $0.name == system }?.kept ?? []
    parameters = kept.compactMap(\.parameter).sorted()
    meanings = Dictionary(
      kept.compactMap { point in point.parameter.flatMap { at in point.meaning.map { (at, $0) } } },
      uniquingKeysWith: { first, _ in first })
    self.decisions = decisions.filter {
      $0.task == task.task && $0.seed == split?.seed && $0.system == system
    }
  }

  /// What a parameter stands for; nil where it is a willingness to pay.
  public func meaning(of parameter: Parameter) -> String? { meanings[parameter] }

  /// One decision a test prompt.
  public func at(_ parameter: Parameter) -> [Decision] {
    decisions.filter { $0.holds(at: parameter) }
  }

  /// The parameters at which not all prompts get the same decision.
  public var dividing: [Parameter] {
    parameters.filter { Set(at($0).map(\.model)).count > 1 }
  }

  /// The parameter that spreads prompts over models most evenly, the first of equals; nil where none
  /// divides them.
  public var mostDividing: Parameter? {
    var best: (parameter: Parameter, bits: Double)?
    for parameter in dividing {
      var counts: [String: Int] = [:]
      for decision in at(parameter) { counts[decision.model, default: 0] += 1 }
      let bits = SelectionEntropy.bits(counts.values)
      if best.map({ bits > $0.bits }) ?? true { best = (parameter, bits) }
    }
    return best?.parameter
  }
}
