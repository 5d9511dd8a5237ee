import Evaluation
import ForeignRouters
import Outcomes
import Routing

/// The routers from elsewhere of one evaluation, ready to sit its exams.
struct ForeignRun {
  let settings: EvaluationSettings
  let outcomes: PreparedOutcomes
  /// How long a program may be idle, in seconds.
  let idleLimit: Double
  /// Whether what programs write to standard error is shown.
  let isVerbose: Bool

  /// How long a program may be idle unless told.
  static let idleLimit = 600.0

  /// Reads predictions and checks that they cover every test prompt, before the long work starts.
  ///
  /// - Returns: The sources, and sentences on predictions for training prompts that are there in vain.
  func sources(_ experiment: Experiment) throws -> (list: [any PlanSource], gaps: [String]) {
    let known = KnownPrompts(
      data: outcomes.summary.file, models: outcomes.table.models, allModels: outcomes.allModels,
      sampleIDs: outcomes.allSampleIDs)
    let files = try settings.predictions.map {
      try PredictionsFile(
        contentsOf: $0.value, named: $0.name, seeds: settings.seeds, known: known)
    }
    var gaps: [String] = []
    for division in files.isEmpty ? [] : experiment.divisions(of: outcomes.table) {
      let ids = outcomes.table.sampleIDs
      for file in files {
        try file.requireTest(
          division.test.map { ids[$0] }, task: division.task, seed: division.seed)
        let gap = try file.trainingGap(
          division.training.map { ids[$0] }, task: division.task, seed: division.seed)
        if let gap { gaps.append(gap) }
      }
    }
    return (files + commands(), gaps)
  }

  private func commands() -> [any PlanSource] {
    return settings.commands.map { command -> any PlanSource in
      let name = command.name
      var heard: (@Sendable (String) -> Void)?
      if isVerbose { heard = { Console.remark("\(name): \($0)") } }
      return ChildRouter(
        command: command.value, named: name, idleLimit: idleLimit, heard: heard)
    }
  }
}
