import Evaluation
import ForeignRouters
import Outcomes
import Routing

/// The routers from elsewhere of one evaluation, ready to sit its exams.
struct ForeignRun {
  let settings: EvaluationSettings
  let outcomes: PreparedOutcomes

  /// Reads predictions and checks that they cover every test prompt, before the long work starts.
  func sources(_ experiment: InDomainExperiment) throws -> [any PlanSource] {
    let known = KnownPrompts(
      data: outcomes.summary.file, models: outcomes.table.models, allModels: outcomes.allModels,
      sampleIDs: outcomes.allSampleIDs)
    let files = try settings.predictions.map {
      try PredictionsFile(
        contentsOf: $0.value, named: $0.name, seeds: settings.seeds, known: known)
    }
    if files.isEmpty { return [] }
    for division in experiment.divisions(of: outcomes.table) {
      let test = division.test.map { outcomes.table.sampleIDs[$0] }
      for file in files { try file.requireTest(test, task: division.task, seed: division.seed) }
    }
    return files
  }
}
