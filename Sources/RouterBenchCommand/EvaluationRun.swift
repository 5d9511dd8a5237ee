import Evaluation
import Foundation
import Matrices
import Outcomes
import Parallelism
import Prompts
import Reporting

/// One evaluation from its settings to the values that outputs are drawn from.
struct EvaluationRun {
  let settings: EvaluationSettings
  /// Where the data file is now, if not where the settings say.
  var place: String?
  let threads: Threads
  let console: Console
  let usesCache: Bool
  /// How long a router that is a program may be idle, in seconds.
  var idleLimit = ForeignRun.idleLimit
  /// Whether what such programs write to standard error is shown.
  var isVerbose = false
  /// Whether data of which anything would be left out is refused.
  var isStrict = false

  /// What a run gives.
  struct Result {
    let report: ExperimentReport
    let decisions: [Decision]
    /// Prompts for the page; nil where none were asked for.
    let samples: PromptSamples?
    let manifest: Manifest
  }

  /// Runs it.
  ///
  /// - Parameter expected: The manifest of the run to repeat; other inputs are refused before the
  ///   long work starts.
  func run(repeating expected: Manifest? = nil) throws -> Result {
    if case .file(let path) = settings.source {
      try expected?.checkInputs { $0 == path ? place ?? path : $0 }
    }
    var reading = settings
    reading.readsResponses = settings.pagePrompts > 0
    let outcomes = try PreparedOutcomes(reading, at: place, threads: threads, console: console)
    let table = outcomes.table
    try RouterList.check(
      settings.routers, models: outcomes.summary.models, file: outcomes.summary.file)
    for remark in RouterList.remarks(settings.routers, models: outcomes.summary.models) {
      console.note(remark)
    }
    console.note(
      "\(outcomes.summary.file): \(table.count.counted("prompt")) compared on "
        + "\(table.models.count.counted("model"))")
    var experiment = Self.experiment(settings, outcomes, threads: threads)
    experiment.recipes = try settings.recipes(models: table.models)
    if case .file = settings.source, let remark = Self.smallData(experiment, table) {
      console.note(remark)
    }
    let leftOut =
      isStrict
      ? experiment.omissions(of: table).map {
        "\($0.count.counted("prompt")) of \($0.task) not examined: \($0.reason)"
      } : []
    try refuseUnderStrict(outcomes.objections + leftOut, outcomes)
    let sources = try ForeignRun(
      settings: settings, outcomes: outcomes, idleLimit: idleLimit,
      isVerbose: isVerbose
    ).sources(experiment)
    try refuseUnderStrict(sources.gaps, outcomes)
    for gap in sources.gaps { console.warn(gap) }
    experiment.sources = sources.list
    let features = try FeatureSource(
      settings: settings, threads: threads, console: console, usesCache: usesCache
    ).features(of: outcomes)
    let distinct = features.matrix.distinctRowCount(among: 0..<features.matrix.rows)
    console.note(
      "\(distinct.counted("distinct feature vector")) of \(features.matrix.columns) numbers")

    let manifest = try manifest(features)
    try expected?.check(
      version: Program.version, groups: manifest.groups, encoder: manifest.encoder)

    let choice =
      settings.pagePrompts == 0
      ? nil
      : PromptChoice(
        atMost: settings.pagePrompts, of: table, groups: outcomes.groups, in: experiment)
    experiment.watchedSamples = choice?.sampleIDs ?? []

    let progress = console.progress("examining routers")
    let outcome = try experiment.run(on: table, features: features.matrix) {
      progress.update($0.done, of: $0.total, work: "\($0)")
    }
    progress.finish()
    try refuseUnderStrict(outcome.absences, outcomes)
    // An empty report would replace a good one.
    guard !outcome.tasks.isEmpty else { throw Self.nothingExamined(outcome.omissions) }
    let wanted = experiment.recipes.count + experiment.sources.count
    guard wanted == 0 || outcome.tasks.contains(where: { $0.summaries.count > 1 }) else {
      throw CommandError(
        "No router could be examined, and no report is written. "
          + outcome.absences.joined(separator: " "))
    }
    for omission in outcome.omissions {
      console.warn("\(omission.task) was left out: \(omission.reason)")
    }
    return Result(
      report: report(outcomes, outcome, features, experiment.notices), decisions: outcome.decisions,
      samples: choice?.samples(from: outcome, of: table, groups: outcomes.groups),
      manifest: manifest)
  }

  /// Why there is no result at all, and what to do about it.
  static func nothingExamined(_ omissions: [DataSummary.Omission]) -> CommandError {
    let reasons = omissions.filter { $0.model == nil }
    let remedies = [
      ("too few prompts", "Give more prompts, fewer folds or another --train-fraction."),
      ("a training prompt on average", "Allow more."),
      ("no other task", "Give outcomes of several tasks, or choose another --design."),
      ("that could teach", "Give prompts that only one task has, or choose another --design."),
      ("differ in cost", "Trade quality for something in which models differ, with --axis."),
      ("near-duplicates", "Give prompts that differ."),
    ].filter { sign, _ in reasons.contains { $0.reason.contains(sign) } }.map(\.1)
    return CommandError(
      "No task could be examined. "
        + reasons.map { "\($0.task) (\($0.count.counted("prompt"))): \($0.reason)" }
        .joined(separator: "; ") + ". " + remedies.joined(separator: " "))
  }

  /// Says which tasks and training prompts an experiment leaves out, before other work on its divisions.
  ///
  /// - Throws: When nothing is left.
  static func tellOmissions(
    of experiment: Experiment, on table: OutcomeTable, _ console: Console
  ) throws -> [Division] {
    let omissions = experiment.omissions(of: table)
    let divisions = experiment.divisions(of: table).filter {
      Exam.canBeSet(on: table, rows: $0.test)
    }
    if divisions.isEmpty { throw nothingExamined(omissions) }
    for omission in omissions {
      console.warn("\(omission.task) was left out: \(omission.reason)")
    }
    for note in experiment.teachingNotes(of: table) { console.warn(note) }
    return divisions
  }

  /// - Throws: Under `--strict`, where there is anything to object to.
  private func refuseUnderStrict(
    _ objections: [String], _ outcomes: PreparedOutcomes
  ) throws(StrictRefusal) {
    guard isStrict, !objections.isEmpty else { return }
    throw StrictRefusal(
      description:
        "\(outcomes.summary.file) is refused under --strict, and no report is written: "
        + objections.map { $0.hasSuffix(".") ? String($0.dropLast()) : $0 }
        .joined(separator: "; ") + ".")
  }

  /// Tests of fewer prompts than this call for folds.
  private static let fewTestPrompts = 30

  /// A sentence on tasks of which one split tests few prompts; nil where folds or several seeds were
  /// asked for.
  private static func smallData(_ experiment: Experiment, _ table: OutcomeTable) -> String? {
    guard experiment.folds == nil, experiment.seeds.count == 1 else { return nil }
    let small = experiment.divisions(of: table)
      .filter { $0.test.count < fewTestPrompts }
      .map {
        "\($0.task): \($0.test.count)"
          + (experiment.design == .inDomain ? " of \($0.training.count + $0.test.count)" : "")
      }
    if small.isEmpty { return nil }
    return "one split tests few prompts (\(small.joined(separator: ", "))); with --folds 5 each "
      + "prompt is tested once, and intervals are narrower"
  }

  /// The experiment that the settings describe, without its routers.
  static func experiment(
    _ settings: EvaluationSettings, _ outcomes: PreparedOutcomes, threads: Threads
  ) -> Experiment {
    var experiment = Experiment([])
    experiment.method = settings.split
    experiment.seeds = settings.seeds
    experiment.trainingFraction = settings.trainFraction
    experiment.groups = outcomes.groups
    experiment.grid = settings.grid
    experiment.overhead = settings.overhead
    experiment.leftExtension = settings.left
    experiment.ceiling = settings.ceiling
    experiment.sampling = settings.sampling
    experiment.design = settings.design
    experiment.folds = settings.folds
    experiment.selection = settings.selection
    experiment.bootstrap =
      settings.resamples == 0
      ? nil
      : Bootstrap(
        resamples: settings.resamples, level: settings.confidence, difference: settings.detect)
    experiment.keepingTogether = nearDuplicateKeys(outcomes.table.prompts, threads: threads)
    return experiment
  }

  /// Prompts whose whole text or whose question is the same but for case, spacing and form.
  private static func nearDuplicateKeys(_ prompts: Texts, threads: Threads) -> [[String]] {
    [
      threads.map(count: prompts.count) { normalisedPrompt(PromptText(prompts[$0]).text) },
      threads.map(count: prompts.count) {
        normalisedPrompt(PromptView.question.text(of: prompts[$0]))
      },
    ]
  }

  private func report(
    _ outcomes: PreparedOutcomes, _ outcome: Experiment.Outcome,
    _ features: FeatureSource.Features, _ notices: [String]
  ) -> ExperimentReport {
    let read = outcomes.summary
    let data = DataSummary(
      file: read.file, sha256: read.sha256, rows: read.rows, compared: read.compared,
      models: read.models, omissions: read.omissions + outcome.omissions, faults: read.faults)
    return ExperimentReport(
      version: Program.version, title: "Routers on \(read.file)",
      notices: outcomes.notices + notices,
      data: data, options: settings.reportOptions, axis: settings.axis.unit,
      tasks: settings.charging == .chargeUnsolved
        ? outcome.tasks : outcome.tasks.map(\.withOracleFreeWhenUnsolved))
  }

  private func manifest(_ features: FeatureSource.Features) throws -> Manifest {
    var inputs: [Manifest.Input] = []
    if case .file(let path) = settings.source {
      inputs.append(try input(path, at: place ?? path))
    }
    if let path = settings.features { inputs.append(try input(path, at: path)) }
    for path in [settings.prices, settings.tokenPrices].compactMap({ $0 }) {
      let found = try input(path, at: path)
      if !inputs.contains(found) { inputs.append(found) }
    }
    for source in settings.predictions {
      let found = try input(source.value, at: source.value)
      if !inputs.contains(found) { inputs.append(found) }
    }
    let groups = try settings.groups.map { try Manifest.Input(measuring: $0).sha256 }
    return Manifest(
      version: Program.version, options: settings.manifestOptions, inputs: inputs,
      seeds: settings.seeds, groups: groups, encoder: features.encoder)
  }

  /// A file under the name that it was first given.
  private func input(_ path: String, at place: String) throws -> Manifest.Input {
    let found = try Manifest.Input(measuring: place)
    return Manifest.Input(path: path, sha256: found.sha256, bytes: found.bytes)
  }
}
