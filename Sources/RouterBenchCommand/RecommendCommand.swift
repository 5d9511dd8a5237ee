import Arguments
import CostQuality
import Evaluation
import Files
import Matrices
import Outcomes
import Routers
import Routing

/// `routerbench recommend`: which router to serve, and how, for a budget or a quality.
enum RecommendCommand {
  static let definition = Command(
    "recommend", summary: "Name the router to serve for a budget or a quality.",
    discussion: [
      "All prompts count as one stream. Routers and mixtures of single models are taught on one part "
        + "of it, what meets the target best there is chosen, and the other part tells what it really "
        + "costs and achieves, beside the model one would serve without a router."
    ],
    operands: [Operand("DATA", .file, summary: "A file of outcomes.")],
    options: [
      CommandOption(
        "budget", "DOLLARS", summary: "At most that many dollars a prompt, on average.",
        section: "TARGET"),
      CommandOption(
        "min-quality", "QUALITY", summary: "At least that quality, on average.", section: "TARGET"),
      CommandOption(
        "save", "FILE", .file,
        summary: "Teach the recommended router on all rows and save it for 'routerbench route'.",
        section: "OUTPUT"),
    ]
      + EvaluationSettings.options.filter {
        !["design", "select", "folds", "charge-unsolved", "free-when-unsolved"].contains($0.name)
      } + EvaluationSettings.dataOptions
      + EvaluateCommand.workOptions(json: "Print one JSON value, not sentences."),
    examples: [
      .init(
        "What is the best for a tenth of a cent a prompt?",
        "routerbench recommend data.csv --budget 0.001 --routers knn:40,knn:100"),
      .init(
        "And the cheapest way to 0.8?",
        "routerbench recommend data.csv --min-quality 0.8 --save router.rbrouter"),
    ])

  private struct Entry: Encodable {
    let system: String
    let plan: String
    let trainingCost: Double
    let trainingQuality: Double
    let cost: Double
    let costInterval: Interval
    let quality: Double
    let qualityInterval: Interval
    let saving: Double
    let savingInterval: Interval
    let gain: Double
    let gainInterval: Interval
  }

  private struct Answer: Encodable {
    let reference: String
    let referenceCost: Double
    let referenceQuality: Double
    let trainingPrompts: Int
    let testPrompts: Int
    let choices: [Entry]
    let notes: [String]
  }

  static func run(_ invocation: Invocation) throws -> ExitCode {
    let target = try target(invocation)
    let settings = try EvaluateCommand.settings(invocation)
    let input = try EvaluationInput(settings, invocation)
    let table = input.outcomes.table
    var experiment = EvaluationRun.experiment(settings, input.outcomes, threads: input.threads)
    experiment.design = .pooled
    experiment.seeds = Array(settings.seeds.prefix(1))
    guard let division = experiment.divisions(of: table).first else {
      throw CommandError("There are too few prompts to teach on some and examine on others.")
    }
    var exam = try Exam(
      table.selecting(rows: division.test),
      features: input.features.selecting(rows: division.test))
    exam.grid = settings.grid
    exam.overhead = settings.overhead
    exam.leftExtension = settings.left
    let lessons = Lessons(
      table.selecting(rows: division.training),
      features: input.features.selecting(rows: division.training))
    let recipes = try settings.recipes(models: table.models)
    let recommendation = try Recommendation(
      for: target, among: recipes, exam: exam,
      taughtBy: lessons,
      bootstrap: Bootstrap(resamples: max(1, settings.resamples), level: settings.confidence))
    guard let best = recommendation.choices.first else {
      switch target {
      case .budget(let budget):
        throw CommandError(
          "Nothing answers every prompt for \(budget) dollars on average: the cheapest model costs "
            + "\((lessons.meanCosts.min() ?? 0).significant(4)). Raise the budget.")
      case .quality(let quality):
        throw CommandError(
          "No system reaches a quality of \(quality) on the training prompts: the best has "
            + "\(recommendation.bestQuality.fixed(4)). Ask for less, or add a better model.")
      }
    }
    if invocation.has("json") {
      Console.print(try JSONText.text(answer(recommendation)), terminator: "")
    } else {
      Console.print(text(recommendation, settings.confidence))
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
    case (nil, nil):
      throw ArgumentsError("A target is needed: --budget DOLLARS or --min-quality QUALITY.")
    default:
      throw ArgumentsError("--budget and --min-quality exclude each other; give one of them.")
    }
  }

  private static func save(
    _ recipe: any Router, _ best: Recommendation.Choice, to path: String, _ lessons: Lessons,
    _ input: EvaluationInput, _ settings: EvaluationSettings
  ) throws {
    let saved = try FitCommand.save(recipe, lessons, input, settings)
    try AtomicFile.write(try saved.bytes(), to: path)
    input.console.note(
      "\(path): \(saved.header.router), taught on all \(lessons.count.counted("prompt")); decide "
        + "with 'routerbench route \(path) --budget \(best.training.cost.significant(4))'")
  }

  private static func name(_ point: KeptPoint) -> String {
    point.model ?? "parameter \(point.parameter?.description ?? "-")"
  }

  private static func plan(_ choice: Recommendation.Choice) -> String {
    if choice.shareOfDearer >= 1 { return name(choice.dearer) }
    let share = (choice.shareOfDearer * 100).fixed(1)
    return "\(share)% of prompts at \(name(choice.dearer)), the others at "
      + (choice.cheaper.map(name) ?? "nothing")
  }

  private static func answer(_ recommendation: Recommendation) -> Answer {
    Answer(
      reference: recommendation.reference,
      referenceCost: recommendation.referencePoint.cost,
      referenceQuality: recommendation.referencePoint.quality,
      trainingPrompts: recommendation.counts.training, testPrompts: recommendation.counts.test,
      choices: recommendation.choices.map {
        Entry(
          system: $0.system, plan: plan($0), trainingCost: $0.training.cost,
          trainingQuality: $0.training.quality, cost: $0.test.cost,
          costInterval: $0.intervals.cost, quality: $0.test.quality,
          qualityInterval: $0.intervals.quality, saving: $0.saving,
          savingInterval: $0.savingInterval, gain: $0.gain, gainInterval: $0.gainInterval)
      }, notes: recommendation.notes)
  }

  private static func text(_ recommendation: Recommendation, _ level: Double) -> String {
    guard let best = recommendation.choices.first else { return "" }
    func range(_ interval: Interval, _ digits: Int = 4) -> String {
      "[\(interval.lower.fixed(digits)), \(interval.upper.fixed(digits))]"
    }
    func dollars(_ interval: Interval) -> String {
      "[\(interval.lower.significant(4)), \(interval.upper.significant(4))]"
    }
    func percent(_ value: Double) -> String { "\((value * 100).fixed(1))%" }
    let saving =
      "\(percent(best.saving)) [\(percent(best.savingInterval.lower)), "
      + "\(percent(best.savingInterval.upper))]"
    var lines = [
      "Serve \(best.system): \(plan(best)).",
      "On \(recommendation.counts.test.counted("test prompt")) it costs "
        + "$\(best.test.cost.significant(4)) a prompt \(dollars(best.intervals.cost)) and has a "
        + "quality of \(best.test.quality.fixed(4)) \(range(best.intervals.quality)).",
      "Against always asking \(recommendation.reference) ($"
        + "\(recommendation.referencePoint.cost.significant(4)), "
        + "\(recommendation.referencePoint.quality.fixed(4))): it saves \(saving) of the cost, and "
        + "its quality differs by \(best.gain.fixed(4)) \(range(best.gainInterval)).",
      "Intervals: \((level * 100).significant(2))%, by bootstrap of the test prompts. Chosen on "
        + "\(recommendation.counts.training.counted("training prompt")).", "",
    ]
    var table = TextTable(
      ["system", "promised $", "quality", "on test $", "quality", "interval"],
      rightAligned: [1, 2, 3, 4, 5])
    for choice in recommendation.choices {
      table.add([
        choice.system, choice.training.cost.significant(4), choice.training.quality.fixed(4),
        choice.test.cost.significant(4), choice.test.quality.fixed(4),
        range(choice.intervals.quality),
      ])
    }
    lines.append(table.text())
    lines += recommendation.notes.map { "Note: \($0)" }
    return lines.joined(separator: "\n")
  }
}
