import Matrices
import Outcomes
import Routing

/// Where one router sends one test prompt over a stretch of its kept operating points.
public struct Decision: Sendable, Hashable {
  /// The task.
  public let task: String
  /// The split's seed.
  public let seed: UInt64
  /// The router's name.
  public let system: String
  /// The prompt.
  public let sampleID: String
  /// The first kept parameter at which the prompt goes to `model`.
  public let from: Parameter
  /// The last kept parameter at which it does.
  public let through: Parameter
  /// The model asked.
  public let model: String
  /// The quality the router expected of it.
  public let expectedQuality: Double
  /// The recorded quality.
  public let quality: Double
  /// The recorded price, in dollars.
  public let cost: Double

  /// Makes a decision.
  public init(
    task: String, seed: UInt64, system: String, sampleID: String, from: Parameter,
    through: Parameter, model: String, expectedQuality: Double, quality: Double, cost: Double
  ) {
    self.task = task
    self.seed = seed
    self.system = system
    self.sampleID = sampleID
    self.from = from
    self.through = through
    self.model = model
    self.expectedQuality = expectedQuality
    self.quality = quality
    self.cost = cost
  }
}

extension Decision {
  /// All decisions of a system at its kept operating points.
  static func all(
    of examination: Examination, on table: OutcomeTable, task: String, seed: UInt64
  ) -> [Decision] {
    guard let estimates = examination.estimates else { return [] }
    var decisions: [Decision] = []
    for row in 0..<table.count {
      var run: (plan: Plan, from: Parameter, through: Parameter)?
      func close() {
        guard let run, case .call(let model) = run.plan else { return }
        decisions.append(
          Decision(
            task: task, seed: seed, system: examination.result.name,
            sampleID: table.sampleIDs[row], from: run.from, through: run.through,
            model: table.models[model].name, expectedQuality: estimates.quality[row, model],
            quality: table.quality[row, model], cost: table.cost[row, model]))
      }
      for (parameter, plans) in examination.plans {
        if let open = run, open.plan == plans[row] {
          run = (open.plan, open.from, parameter)
        } else {
          close()
          run = (plans[row], parameter, parameter)
        }
      }
      close()
    }
    return decisions
  }
}
