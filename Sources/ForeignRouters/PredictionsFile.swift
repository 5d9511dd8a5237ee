import Matrices
import Outcomes
public import Routing

/// A router that has written down what it would do: a CSV or JSON Lines file of choices or scores.
///
/// Columns are `sample_id` and `model`, with `parameter` for a sweep of choices, or `score` and
/// perhaps `cost` for estimates; `seed` where the rows of one file are for several splits.
public struct PredictionsFile: PlanSource {
  /// The name in reports.
  public let name: String
  /// The path, as it was given.
  public let path: String
  private let known: KnownPrompts
  private let rows: PredictionRows
  private let isForSeveralSplits: Bool

  /// Reads and checks a file.
  ///
  /// - Parameters:
  ///   - seeds: The seeds of the splits it will be examined on.
  ///   - known: What it may speak of.
  /// - Throws: `OutcomesError` or `ForeignRouterError` with file, row and count.
  public init(contentsOf path: String, named name: String, seeds: [UInt64], known: KnownPrompts)
    throws
  {
    self.name = name
    self.path = path
    self.known = known
    rows = try PredictionRows(
      RecordFile.read(path, wanted: PredictionRows.columns), named: path, known: known)
    isForSeveralSplits = seeds.count > 1
  }

  /// Refuses a file that does not predict every test prompt of a split.
  public func requireTest(
    _ sampleIDs: [String], task: String, seed: UInt64
  ) throws(ForeignRouterError) {
    let samples = try samples(seed)
    let total = "\(sampleIDs.count) test prompts of \(task) (seed \(seed))"
    func refuse(_ missing: [String], _ what: String) throws(ForeignRouterError) {
      guard let first = missing.first else { return }
      throw ForeignRouterError(
        "\(path) has no \(what) for \(missing.count) of the \(total), '\(first)' the first; every "
          + "test prompt must be predicted ('routerbench split' lists them).")
    }
    try refuse(sampleIDs.filter { samples[$0] == nil }, "prediction")
    switch rows.form {
    case .choices(let parameters):
      for (place, parameter) in parameters.enumerated() {
        let missing = sampleIDs.filter { samples[$0]?.choices[place] ?? -1 < 0 }
        try refuse(missing, "choice at parameter \(parameter.map { "\($0)" } ?? "")")
      }
    case .estimates:
      for (model, id) in known.models.enumerated() {
        try refuse(
          sampleIDs.filter { samples[$0]?.scores[model].isNaN ?? true }, "score of model '\(id)'")
      }
    }
  }

  /// The file's plans for the test prompts, and for the training prompts where it has them all.
  public func plans(for request: PlanRequest) throws -> PlanAnswer {
    try requireTest(request.test.sampleIDs, task: request.task, seed: request.seed)
    let training = request.lessons.table.sampleIDs
    let samples = try samples(request.seed)
    let predicted = training.filter { samples[$0].map(isWhole) ?? false }.count
    var notes: [String] = []
    if isForSeveralSplits, !rows.hasSeeds {
      notes.append(
        "\(name) has one prediction a prompt for all splits; that is fair only for a router that "
          + "was taught on none of these prompts, or whose file has a column seed.")
    }
    let isWholeTraining = predicted == training.count
    if !isWholeTraining, !hasOneStop {
      notes.append(
        "\(name) predicts \(predicted == 0 ? "none" : "\(predicted)") of the \(training.count) "
          + "training prompts, so nothing was chosen there: its deployable curve follows all of its "
          + "parameters in order.")
    }
    return PlanAnswer(
      test: table(request.test.sampleIDs, samples, request.lessons),
      training: isWholeTraining ? table(training, samples, request.lessons) : nil, notes: notes)
  }

  private var hasOneStop: Bool {
    if case .choices(let parameters) = rows.form { return parameters.count == 1 }
    return false
  }

  private func samples(_ seed: UInt64) throws(ForeignRouterError) -> [String: PredictionRows.Sample]
  {
    if let found = rows.samples[rows.hasSeeds ? seed : nil] { return found }
    throw ForeignRouterError(
      "\(path) has a column seed and no row for seed \(seed); predict every split that is examined, "
        + "or choose with --seeds.")
  }

  private func isWhole(_ sample: PredictionRows.Sample) -> Bool {
    !sample.choices.contains { $0 < 0 } && !sample.scores.contains { $0.isNaN }
  }

  /// - Precondition: Every id is predicted in full.
  private func table(
    _ ids: [String], _ samples: [String: PredictionRows.Sample], _ lessons: Lessons
  ) -> PlanTable {
    let found = ids.compactMap { samples[$0] }
    switch rows.form {
    case .choices(let parameters):
      return PlanTable(
        sampleIDs: ids,
        content: .stops(
          parameters.enumerated().map { place, parameter in
            PlanTable.Stop(
              parameter: parameter, plans: found.map { .call(model: $0.choices[place]) })
          }))
    case .estimates(let hasCosts):
      func grid(_ values: [Double]) -> Grid {
        Grid(rows: found.count, columns: known.models.count, values: values)
      }
      return PlanTable(
        sampleIDs: ids,
        content: .estimates(
          Estimates(
            quality: grid(found.flatMap(\.scores)),
            cost: hasCosts
              ? .perPrompt(grid(found.flatMap(\.costs))) : .perModel(lessons.meanCosts))))
    }
  }
}
