import Arguments
import CostQuality
import Evaluation
import Matrices
import Outcomes
import Parallelism
import Routing

/// `routerbench pool`: what each model is worth to the pool, and how few would do.
enum PoolCommand {
  static let definition = Command(
    "pool", summary: "Tell what each model is worth to the pool, and which few would do.",
    discussion: [
      "For every task: the AIQ that is lost when one model leaves, to mixtures of single models (zero), "
        + "to a router that knew every answer (clairvoyant: the most that routing could reach), and to "
        + "each router given, whose estimates leave out the prompt itself. Then the smallest pool that "
        + "keeps a share of the whole pool's AIQ, chosen on training prompts and measured on the rest. "
        + "Intervals are by paired bootstrap of the test prompts. All AIQs here are of hulls on the prompts that "
        + "they are measured on, as the paper draws them: optimistic, differences and shares by less."
    ],
    operands: [Operand("DATA", .file, summary: "A file of outcomes.")],
    options: [
      CommandOption(
        "keep", "SHARE",
        summary: "The share of the AIQ that a smaller pool must keep; 0.99 by default.",
        section: "POOL")
    ]
      + EvaluationSettings.options.filter {
        !["detect", "select", "folds", "grid", "left", "charge-unsolved", "free-when-unsolved"]
          .contains($0.name)
      } + EvaluationSettings.dataOptions
      + EvaluateCommand.workOptions(json: "Print one JSON value, not tables."),
    examples: [
      .init(
        "Which models earn their place?", "routerbench pool routerbench_0shot.pkl --routers knn:40")
    ])

  private struct Loss: Encodable {
    let model: String
    let quality: Double
    let cost: Double
    /// By system.
    let loss: [String: Double]
    /// By system, the lower and the upper end; empty where nothing was resampled.
    let lossIntervals: [String: [Double]]
  }

  private struct Pool: Encodable {
    let system: String
    let models: [String]
    let shareOnTraining: Double
    let shareOnTest: Double
    let shareInterval: [Double]?
    let isSmallest: Bool
  }

  private struct Answer: Encodable {
    let task: String
    let prompts: Int
    let models: [Loss]
    let pools: [Pool]
    let notes: [String]
  }

  static func run(_ invocation: Invocation) throws -> ExitCode {
    var settings = try EvaluateCommand.settings(invocation)
    if !invocation.has("routers") { settings.routers = [] }
    let keep =
      try invocation.number(
        "keep", needed: "a share above 0 and at most 1", where: { $0 > 0 && $0 <= 1 }) ?? 0.99
    if settings.seeds.count > 1 {
      throw ArgumentsError(
        "pool values models on one split, and --seeds names \(settings.seeds.count); give one seed."
      )
    }
    let input = try EvaluationInput(settings, invocation)
    let table = input.outcomes.table
    let experiment = EvaluationRun.experiment(settings, input.outcomes, threads: input.threads)
    let recipes = try settings.recipes(models: table.models)
    let divisions = try EvaluationRun.tellOmissions(of: experiment, on: table, input.console)
      .filter { division in
        let canChoose = Exam.canBeSet(on: table, rows: division.training)
        if !canChoose {
          input.console.warn(
            "\(division.task) was left out: models do not differ in cost on its training prompts")
        }
        return canChoose
      }
    let progress = input.console.progress("valuing models")
    var answers: [Answer] = []
    for (done, division) in divisions.enumerated() {
      answers.append(
        try answer(division, input, recipes, experiment, keep: keep))
      progress.update(done + 1, of: divisions.count)
    }
    progress.finish()
    if invocation.has("json") {
      Console.print(json: try JSONText.text(answers))
    } else {
      for answer in answers {
        Console.print(lines: lines(answer, keep: keep, unit: settings.axis.unit))
      }
    }
    return .done
  }

  private static func answer(
    _ division: Division, _ input: EvaluationInput, _ recipes: [any Router],
    _ experiment: Experiment, keep: Double
  ) throws -> Answer {
    let whole = input.outcomes.table
    let training = whole.selecting(rows: division.training)
    let test = whole.selecting(rows: division.test)
    let lessons = Lessons(
      training, features: input.features.selecting(rows: division.training))
    let questions = input.features.selecting(rows: division.test)
    var systems: [(name: String, training: PoolValue.System, test: PoolValue.System)] = [
      ("zero", .zero, .zero), ("clairvoyant", .clairvoyant, .clairvoyant),
    ]
    var notes: [String] = []
    for recipe in recipes {
      let name = recipe.name
      do {
        if let (there, here) = try PoolValue.estimates(of: recipe, lessons, for: questions) {
          systems.append((name, .estimates(there), .estimates(here)))
        } else {
          notes.append("\(name) predicts no qualities, so its pool cannot be valued.")
        }
      } catch let error as RoutingError {
        notes.append("\(name) was left out: \(error)")
      }
    }
    var losses: [[String: PoolWorth.Measure]] = Array(repeating: [:], count: test.models.count)
    var pools: [Pool] = []
    for system in systems {
      let measured = try PoolValue(test, system: system.test, overhead: experiment.overhead)
      let chosen = try PoolValue(
        training, system: system.training, overhead: experiment.overhead
      ).smallest(keeping: keep)
      let worth = try PoolWorth(
        measured, keeping: chosen.models, groups: experiment.groups,
        bootstrap: experiment.bootstrap, threads: input.threads)
      for (model, loss) in worth.losses.enumerated() { losses[model][system.name] = loss }
      pools.append(
        Pool(
          system: system.name, models: chosen.models.map { test.models[$0].name },
          shareOnTraining: chosen.share, shareOnTest: worth.share.value,
          shareInterval: worth.share.interval.map { [$0.lower, $0.upper] },
          isSmallest: chosen.isSmallest))
    }
    let means = zip(test.quality.columnMeans(), test.cost.columnMeans())
    return Answer(
      task: division.task, prompts: test.count,
      models: zip(test.models, zip(means, losses)).map { model, rest in
        Loss(
          model: model.name, quality: rest.0.0, cost: rest.0.1, loss: rest.1.mapValues(\.value),
          lossIntervals: rest.1.compactMapValues { $0.interval.map { [$0.lower, $0.upper] } })
      }, pools: pools, notes: notes)
  }

  private static func lines(_ answer: Answer, keep: Double, unit: CostUnit) -> [String] {
    let systems = answer.pools.map(\.system)
    var table = TextTable(
      ["model", "quality", "\(unit.symbol) a prompt"] + systems.map { "lost to \($0)" },
      rightAligned: Set(1..<(3 + systems.count)))
    for model in answer.models {
      table.add(
        [model.model, model.quality.fixed(4), model.cost.significant(4)]
          + systems.map {
            (model.loss[$0] ?? .nan).fixed(4)
              + (model.lossIntervals[$0].map { " [\($0[0].fixed(4)), \($0[1].fixed(4))]" } ?? "")
          })
    }
    var lines = [
      "\(answer.task): AIQ lost without each model, on \(answer.prompts.counted("test prompt"))"
    ]
    lines += table.lines()
    for pool in answer.pools {
      lines.append(
        "  \(pool.system): at least \((keep * 100).significant(3))% is kept by "
          + pool.models.joined(separator: ", ")
          + " (\((pool.shareOnTraining * 100).fixed(2))% on training prompts, "
          + "\((pool.shareOnTest * 100).fixed(2))% on test prompts"
          + (pool.shareInterval.map {
            " [\(($0[0] * 100).fixed(2)), \(($0[1] * 100).fixed(2))]"
          } ?? "")
          + (pool.isSmallest ? ")" : "; models dropped one by one, too many to try all)"))
    }
    lines += answer.notes.map { "  Note: \($0)" }
    return lines + [""]
  }
}
