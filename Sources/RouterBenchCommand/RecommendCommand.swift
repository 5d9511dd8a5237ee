import Arguments
import CostQuality
import Evaluation
import Files
import Matrices
import Outcomes
import Routers
import Routing

/// `routerbench recommend`: which router to serve, and how, for a budget, a quality or a latency.
enum RecommendCommand {
  static let definition = Command(
    "recommend", summary: "Name the router to serve for a budget, a quality or a latency.",
    discussion: [
      "All prompts count as one stream. Routers and mixtures of single models are taught on one part "
        + "of it, what meets the target best there is chosen, and the other part tells what it really "
        + "costs and achieves, beside the model one would serve without a router.",
      "A bound on latency goes with either target, or stands alone for the best quality at any price. "
        + "Only operating points that keep it on average on the training prompts count. Latencies are "
        + "those recorded, one call after another in a cascade, and what --router-latency and "
        + "--judge-latency add.",
    ],
    operands: [Operand("DATA", .file, summary: "A file of outcomes.")],
    options: [
      CommandOption(
        "budget", "DOLLARS", summary: "At most that many dollars a prompt, on average.",
        section: "TARGET"),
      CommandOption(
        "min-quality", "QUALITY", summary: "At least that quality, on average.", section: "TARGET"),
      CommandOption(
        "max-latency", "SECONDS", summary: "At most that many seconds a prompt, on average.",
        section: "TARGET"),
      CommandOption(
        "max-cost", "DOLLARS",
        summary: "With another --axis: at most that many dollars a prompt, on average.",
        section: "TARGET"),
      CommandOption(
        "save", "FILE", .file,
        summary: "Teach the recommended router on all rows and save it for 'routerbench route'.",
        section: "OUTPUT"),
    ]
      + EvaluationSettings.options.filter {
        ![
          "design", "select", "folds", "detect", "charge-unsolved", "free-when-unsolved",
          "left",
        ].contains($0.name)
      } + EvaluationSettings.dataOptions
      + EvaluateCommand.workOptions(json: "Print one JSON value, not sentences."),
    examples: [
      .init(
        "What is the best for a tenth of a cent a prompt?",
        "routerbench recommend data.csv --budget 0.001 --routers knn:40,knn:100"),
      .init(
        "And the cheapest way to 0.8?",
        "routerbench recommend data.csv --min-quality 0.8 --save router.rbrouter"),
      .init(
        "The best within two seconds and a tenth of a cent.",
        "routerbench recommend data.csv --max-latency 2 --budget 0.001"),
    ])

  /// Fewer leave the ends of an interval to chance.
  private static let fewestResamples = 100

  private struct Entry: Encodable {
    let system: String
    let plan: String
    let trainingCost: Double
    let trainingQuality: Double
    let trainingSeconds: Double?
    let cost: Double
    let costInterval: Interval
    let quality: Double
    let qualityInterval: Interval
    let dollars: Double?
    let seconds: Double?
    let secondsInterval: Interval?
    let saving: Double
    let savingInterval: Interval
    let gain: Double
    let gainInterval: Interval
  }

  private struct Answer: Encodable {
    let reference: String
    let referenceCost: Double
    let referenceQuality: Double
    let referenceSeconds: Double?
    let trainingPrompts: Int
    let testPrompts: Int
    let choices: [Entry]
    let notes: [String]
  }

  static func run(_ invocation: Invocation) throws -> ExitCode {
    let target = try target(invocation)
    let settings = try EvaluateCommand.settings(invocation)
    if settings.resamples < fewestResamples {
      throw ArgumentsError(
        "recommend tells intervals, for which --resamples is at least \(fewestResamples); "
          + "\(settings.resamples) was given.")
    }
    if settings.seeds.count > 1 {
      throw ArgumentsError(
        "recommend examines one split, and --seeds names \(settings.seeds.count); give one seed.")
    }
    let input = try EvaluationInput(settings, invocation)
    let table = input.outcomes.table
    var experiment = EvaluationRun.experiment(settings, input.outcomes, threads: input.threads)
    experiment.design = .pooled
    let division = try EvaluationRun.tellOmissions(of: experiment, on: table, input.console)[0]
    var exam = try Exam(
      table.selecting(rows: division.test),
      features: input.features.selecting(rows: division.test))
    exam.grid = settings.grid
    exam.overhead = settings.overhead
    exam.ceiling = settings.ceiling
    let lessons = Lessons(
      table.selecting(rows: division.training),
      features: input.features.selecting(rows: division.training))
    let recipes = try settings.recipes(models: table.models)
    let recommendation = try Recommendation(
      for: target, among: recipes, exam: exam, taughtBy: lessons, groups: experiment.groups,
      bootstrap: Bootstrap(resamples: settings.resamples, level: settings.confidence))
    guard let best = recommendation.choices.first else {
      throw refusal(target, settings.ceiling, recommendation, lessons, settings.axis.unit)
    }
    let text = RecommendationText(
      recommendation: recommendation, notices: input.outcomes.notices, unit: settings.axis.unit,
      level: settings.confidence,
      target: target, ceiling: settings.ceiling)
    if invocation.has("json") {
      Console.print(
        json: try JSONText.text(answer(recommendation, settings.axis.unit, notes: text.notes)))
    } else {
      Console.print(lines: text.lines)
    }
    if let path = invocation.text("save") {
      try save(
        recipes.first { $0.name == best.system } ?? ZeroRouter(), best, to: path,
        Lessons(table, features: input.features), input, settings)
    }
    return .done
  }

  private static func target(_ invocation: Invocation) throws(ArgumentsError)
    -> Recommendation.Target
  {
    let budget = try invocation.number(
      "budget", needed: "dollars above 0", where: { $0 > 0 })
    let quality = try invocation.number(
      "min-quality", needed: "a quality above 0 and at most 1", where: { $0 > 0 && $0 <= 1 })
    switch (budget, quality) {
    case (let budget?, nil): return .budget(budget)
    case (nil, let quality?): return .quality(quality)
    case (nil, nil) where invocation.has("max-latency") || invocation.has("max-cost"):
      return .budget(.infinity)
    case (nil, nil):
      throw ArgumentsError(
        "A target is needed: --budget DOLLARS, --min-quality QUALITY or --max-latency SECONDS, which "
          + "goes with either.")
    default:
      throw ArgumentsError("--budget and --min-quality exclude each other; give one of them.")
    }
  }

  /// Why nothing can be recommended, and what could be had.
  private static func refusal(
    _ target: Recommendation.Target, _ ceiling: Ceiling, _ recommendation: Recommendation,
    _ lessons: Lessons, _ unit: CostUnit
  ) -> CommandError {
    let bounds = [
      ceiling.seconds.map { "\($0) seconds" }, ceiling.dollars.map { "\($0) dollars" },
    ].compactMap(\.self)
    let within = bounds.isEmpty ? "" : " within \(bounds.joined(separator: " and "))"
    guard let leastCost = recommendation.leastCost else {
      let least = [
        ceiling.seconds.flatMap { _ in lessons.table.completeLatency }.map {
          "the fastest model takes \(($0.columnMeans().min() ?? .nan).significant(4)) seconds"
        },
        ceiling.dollars.flatMap { _ in lessons.table.completeDollars }.map {
          "the cheapest model takes \(($0.columnMeans().min() ?? .nan).significant(4)) dollars"
        },
      ].compactMap(\.self)
      return CommandError(
        "Nothing answers\(within) on average: \(least.joined(separator: ", and ")). Allow more.")
    }
    switch target {
    case .budget(let budget):
      return CommandError(
        "Nothing answers every prompt for \(RecommendationText.cost(budget, unit)) on average"
          + "\(within): the least is \(RecommendationText.cost(leastCost, unit)). Raise the budget."
      )
    case .quality(let quality):
      return CommandError(
        "No system reaches a quality of \(quality) on the training prompts\(within): the best has "
          + "\(recommendation.bestQuality.fixed(4)). Ask for less, or add a better model.")
    }
  }

  private static func save(
    _ recipe: any Router, _ best: Recommendation.Choice, to path: String, _ lessons: Lessons,
    _ input: EvaluationInput, _ settings: EvaluationSettings
  ) throws {
    let saved = try FitCommand.save(recipe, lessons, input, settings)
    try AtomicFile.write(try saved.bytes(), to: path, readers: .everyone)
    input.console.note(
      "\(path): \(saved.header.router), taught on all \(lessons.count.counted("prompt")); decide "
        + "with 'routerbench route \(path) --budget \(best.training.cost.significant(4))'")
  }

  private static func answer(
    _ recommendation: Recommendation, _ unit: CostUnit, notes: [String]
  ) -> Answer {
    Answer(
      reference: recommendation.reference,
      referenceCost: recommendation.referencePoint.cost,
      referenceQuality: recommendation.referencePoint.quality,
      referenceSeconds: recommendation.referenceSeconds,
      trainingPrompts: recommendation.counts.training, testPrompts: recommendation.counts.test,
      choices: recommendation.choices.map {
        Entry(
          system: $0.system, plan: RecommendationText.plan($0, unit),
          trainingCost: $0.training.cost,
          trainingQuality: $0.training.quality, trainingSeconds: $0.trainingSeconds,
          cost: $0.test.cost,
          costInterval: $0.intervals.cost, quality: $0.test.quality,
          qualityInterval: $0.intervals.quality, dollars: $0.testDollars, seconds: $0.testSeconds,
          secondsInterval: $0.intervals.seconds, saving: $0.saving,
          savingInterval: $0.savingInterval, gain: $0.gain, gainInterval: $0.gainInterval)
      }, notes: notes)
  }
}
