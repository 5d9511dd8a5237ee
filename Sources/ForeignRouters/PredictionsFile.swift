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

  /// A sentence on training predictions that are there in vain, since others are missing; nil where a
  /// split has all of them or none.
  ///
  /// - Parameter sampleIDs: The split's training prompts.
  public func trainingGap(
    _ sampleIDs: [String], task: String, seed: UInt64
  ) throws(ForeignRouterError) -> String? {
    let coverage = Coverage(of: sampleIDs, in: try samples(seed))
    guard coverage.isPartial else { return nil }
    return "\(path) predicts \(coverage.words) of \(task) (seed \(seed)); they "
      + "count only where all are there, so these are not used"
  }

  /// The file's plans for the test prompts, and for the training prompts where it has them all.
  public func plans(for request: PlanRequest) throws -> PlanAnswer {
    try requireTest(request.test.sampleIDs, task: request.task, seed: request.seed)
    let training = request.lessons.table.sampleIDs
    let samples = try samples(request.seed)
    let coverage = Coverage(of: training, in: samples)
    var notes: [String] = []
    if isForSeveralSplits, !rows.hasSeeds {
      notes.append(
        "\(name) has one prediction a prompt for all splits; that is fair only for a router that "
          + "was taught on none of these prompts, or whose file has a column seed.")
    }
    let isWholeTraining = coverage.whole == training.count
    if !isWholeTraining, !hasOneStop {
      notes.append(
        "\(name) predicts \(coverage.words), so nothing was chosen there: its "
          + "deployable curve follows all of its parameters in order.")
    } else if coverage.isPartial {
      notes.append(
        "\(name) predicts \(coverage.words); they count only where all are there, "
          + "so these are not used.")
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

  /// What a file says of the training prompts of one split.
  private struct Coverage {
    let total: Int
    /// Prompts that are predicted in full.
    let whole: Int
    /// Prompts of which a parameter or a score is missing.
    let broken: Int

    init(of sampleIDs: [String], in samples: [String: PredictionRows.Sample]) {
      let found = sampleIDs.compactMap { samples[$0] }
      total = sampleIDs.count
      whole = found.count { sample in
        !sample.choices.contains { $0 < 0 } && !sample.scores.contains { $0.isNaN }
      }
      broken = found.count - whole
    }

    /// Whether some of them are predicted, and so in vain.
    var isPartial: Bool { whole < total && whole + broken > 0 }

    var words: String {
      (whole == 0 ? "none" : "\(whole)") + " of the \(total) training prompts"
        + (broken > 0 ? " in full and \(broken) in part" : "")
    }
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
