import Matrices
import Outcomes
import Routing

/// Writes down what a router does with every test prompt, one decision a stretch of parameters.
struct DecisionRecord {
  let task: String
  let seed: UInt64
  let table: OutcomeTable
  var sampling: UInt64?

  /// What a system predicted for some samples; nothing for one that does not predict.
  func estimates(of examination: Examination, watched: Set<String>) -> [PromptEstimates] {
    guard let estimates = examination.estimates, !watched.isEmpty else { return [] }
    return table.sampleIDs.indices.filter { watched.contains(table.sampleIDs[$0]) }.map { row in
      PromptEstimates(
        task: task, system: examination.result.name, sampleID: table.sampleIDs[row],
        quality: table.models.indices.map { estimates.quality[row, $0] },
        cost: table.models.indices.map { estimates.cost.dollars(row: row, model: $0) })
    }
  }

  /// The decisions of a system at its kept operating points; none for one without parameters.
  func decisions(of examination: Examination) -> [Decision] {
    let replay = Replay(table, overhead: examination.overhead, sampling: sampling)
    let kept = examination.plans
    var decisions: [Decision] = []
    for row in 0..<table.count {
      var start = 0
      for (index, (parameter, plans)) in kept.enumerated() {
        let plan = plans[row]
        if index + 1 < kept.count, kept[index + 1].plans[row] == plan { continue }
        let expected = replay.outcome(of: plan, row: row)
        var expectedQuality: Double?
        if case .call(let model) = plan {
          expectedQuality = examination.estimates?.quality[row, model]
        }
        decisions.append(
          Decision(
            task: task, seed: seed, system: examination.result.name,
            sampleID: table.sampleIDs[row], from: kept[start].parameter, through: parameter,
            model: plan.label(table.models), expectedQuality: expectedQuality,
            quality: expected.quality, cost: expected.cost))
        start = index + 1
      }
    }
    return decisions
  }
}
