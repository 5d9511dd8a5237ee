import CostQuality
public import Evaluation
public import Matrices
public import Outcomes
public import Prompts
import Reporting
import Routers
import Routing

/// The paper's tables and figures, made again from outcomes.
public struct Reproduction: Sendable {
  /// Whose choices are made where the paper's code and we differ.
  public enum Style: Sendable, Hashable {
    /// Ours: hyperparameters chosen on a validation part, thresholds learned on training prompts.
    case ours
    /// The original code's: hyperparameters and thresholds from the test prompts, its budget rule,
    /// its AIQ, an Oracle that pays nothing for unsolved prompts.
    case reference
  }

  /// How prompts are divided and points swept; its routers and design are not used.
  public var experiment: Experiment
  /// Whose choices are made.
  public var style: Style
  /// Sentences that must stand in every picture.
  public var notices: [String]
  /// What the routers saw of a prompt, for the words that go with their decisions.
  public var view: PromptView

  /// Makes a reproduction.
  public init(
    _ experiment: Experiment, style: Style, notices: [String], view: PromptView = .tail
  ) {
    self.experiment = experiment
    self.style = style
    self.notices = notices
    self.view = view
  }

  /// Makes one exhibit.
  ///
  /// - Parameters:
  ///   - table: Complete outcomes.
  ///   - features: One row a prompt.
  ///   - progress: Told of each step before it begins.
  public func make(
    _ kind: PaperExhibit, on table: OutcomeTable, features: Matrix,
    progress: @escaping (ExperimentProgress) -> Void = { _ in }
  ) throws -> Exhibit {
    let data = Material(table: table, features: features, progress: progress)
    let panels = Panels(kind, in: table.taskNames(experiment.groups))
    guard !panels.shown.isEmpty else {
      return Exhibit(kind: kind, missing: panels.missing, table: nil)
    }
    switch kind {
    case .table1: return tableOne(panels, table)
    case .figure3: return try figureThree(panels, data)
    case .figure4: return try predictive(kind, .inDomain, panels, data)
    case .figure5, .figure8: return try cascades(kind, panels, data)
    case .figure6: return try retrieval(panels, data)
    case .figure7: return try figureSeven(panels, data)
    case .figure9: return try predictive(kind, .outOfDomain, panels, data)
    }
  }

  /// What every experiment of an exhibit is made on.
  private struct Material {
    let table: OutcomeTable
    let features: Matrix
    let progress: (ExperimentProgress) -> Void

    /// The same, for one of several experiments.
    func part(_ place: Int, of count: Int) -> Material {
      Material(table: table, features: features) { progress($0.within(place, of: count)) }
    }
  }

  private var selection: SelectionRule { style == .reference ? .test : .validation }

  private var hullAIQ: AIQDefinition { style == .reference ? .originalCode : .sharedRange }

  /// The routers that the paper examines.
  private static let predictive: [any Router] = [
    NearestNeighborsRouter(neighbors: 5), NearestNeighborsRouter(neighbors: 10),
    NearestNeighborsRouter(neighbors: 40), MultilayerPerceptronRouter(hiddenLayers: [100]),
    MultilayerPerceptronRouter(hiddenLayers: [100, 100]),
  ]

  private func tableOne(_ panels: Panels, _ table: OutcomeTable) -> Exhibit {
    var made = TableOne()
    var missing = panels.missing
    let divisions = experiment.divisions(of: table)
    for task in panels.shown {
      guard let division = divisions.first(where: { $0.task == task }) else {
        missing.append("\(task): it has too few prompts to divide.")
        continue
      }
      made.add(
        task: task, whole: table.selecting(task: task, groups: experiment.groups),
        test: table.selecting(rows: division.test), oracleIsFree: style == .reference,
        level: experiment.bootstrap?.level ?? 0.95)
    }
    return Exhibit(
      kind: .table1,
      notes: [
        "Perf is the mean quality from 0 to 1, Cost the total in US dollars, both over the test part of "
          + "the first split, as in the paper.",
        "'Expected from' and 'to' tell where the paper's number lies with a confidence of "
          + "\(NumberText.percent(experiment.bootstrap?.level ?? 0.95)) if its rows are a random part of "
          + "rows like all of these, with the paper's numbers of prompts and its rounding; 'below' and "
          + "'above' say on which side of that it lies. 'Cost at the paper's count' is for as many test "
          + "prompts as the paper has.",
        style == .reference
          ? "The Oracle pays nothing for prompts that nobody solves, as in the original code."
          : "The Oracle pays the cheapest model for prompts that nobody solves; the original code "
            + "charges nothing (--as-reference).",
      ], findings: made.findings, missing: missing, table: made.table, printed: made.printed)
  }

  private func figureThree(_ panels: Panels, _ data: Material) throws -> Exhibit {
    let inDomain = try run([], .inDomain, panels.shown, data.part(0, of: 2))
    let pooled = try run([], .pooled, [Experiment.allTasks], data.part(1, of: 2))
    let models = data.table.models.map(\.name)
    var rows: [String] = []
    var shares: [[Double]] = []
    for task in inDomain.tasks + pooled.tasks {
      guard let split = task.splits.first else { continue }
      rows.append(task.task)
      shares.append(split.oracleShares)
    }
    let map = HeatMap(
      title: "Where the Oracle goes", subtitle: "Share of each task's test prompts", rows: rows,
      columns: models, shares: shares, notices: notices)
    var cells = ExhibitTable(
      [.text("task")] + models.map { .number($0) })
    for (row, share) in zip(rows, shares) {
      cells.add([.text(row)] + share.map { .number($0, decimals: 4) })
    }
    let others = data.table.taskNames(experiment.groups).filter {
      !PaperExhibit.figure3.tasks.contains($0)
    }
    let slug = PaperExhibit.figure3.rawValue
    return Exhibit(
      kind: .figure3,
      notes: [
        "Costs are per prompt, where the paper draws totals; test prompts only. The table holds the right "
          + "half, the points file the left."
      ]
        + (others.isEmpty
          ? []
          : [
            "All tasks together are those of the file, and with them "
              + "\(others.joined(separator: ", ")), which the paper's figure does not have."
          ]) + notes(inDomain), missing: panels.missing + inDomain.missing, table: cells,
      tasks: pooled.tasks,
      pictures: pictures(slug + "-left", pooled.tasks)
        + [(slug + "-right", map.svg(slug: slug + "-right"))])
  }

  private func figureSeven(_ panels: Panels, _ data: Material) throws -> Exhibit {
    let found = try run([], .inDomain, panels.shown, data)
    var cells = ExhibitTable([
      .text("task"), .text("system"), .number("quality"), .number("quality from"),
      .number("quality to"), .number("cost per prompt ($)"), .number("cost from ($)"),
      .number("cost to ($)"),
    ])
    for task in found.tasks {
      for reference in task.splits.first?.references ?? []
      where reference.role == .model || reference.role == .oracle {
        let (quality, cost) = (reference.intervals?.quality, reference.intervals?.cost)
        func end(_ value: Double?) -> ExhibitTable.Cell {
          value.map { .number($0, decimals: 3) } ?? .none
        }
        func price(_ value: Double?) -> ExhibitTable.Cell { value.map { .cost($0) } ?? .none }
        cells.add([
          .text(task.task), .text(reference.role == .oracle ? "Oracle" : reference.name),
          .number(reference.point.quality, decimals: 3), end(quality?.lower), end(quality?.upper),
          .cost(reference.point.cost), price(cost?.lower), price(cost?.upper),
        ])
      }
    }
    return Exhibit(
      kind: .figure7,
      notes: ["Costs are per prompt, where the paper draws totals."] + notes(found),
      missing: panels.missing + found.missing, table: cells, tasks: found.tasks,
      pictures: pictures(PaperExhibit.figure7.rawValue, found.tasks))
  }

  private func predictive(
    _ kind: PaperExhibit, _ design: Experiment.Design, _ panels: Panels, _ data: Material
  ) throws -> Exhibit {
    let found = try run(Self.predictive, design, panels.shown, data)
    return Exhibit(
      kind: kind,
      notes: [
        style == .reference
          ? "The KNN and MLP drawn are the best of their kind on the test prompts by the original code's AIQ, "
            + "as there: optimistic."
          : "The KNN and MLP drawn are chosen on a validation part of the training prompts; the paper "
            + "draws the best on the test prompts. The table has every candidate.",
        aiqNote,
      ] + notes(found), missing: panels.missing + found.missing, table: scores(found.tasks),
      tasks: found.tasks, pictures: pictures(kind.rawValue, found.tasks.map(chosen)))
  }

  /// Zero and the chosen ones, as the paper draws.
  private func chosen(_ task: TaskResult) -> TaskResult {
    task.showing { name in !Self.predictive.contains { $0.name == name } }
  }

  private func cascades(
    _ kind: PaperExhibit, _ panels: Panels, _ data: Material
  ) throws -> Exhibit {
    var found = Found()
    for (place, task) in panels.shown.enumerated() {
      let recipes = CascadeGrid.paperErrors.map {
        cascade(error: $0, threshold(task, data.table))
      }
      found.add(
        try run(recipes, .inDomain, [task], data.part(place, of: panels.shown.count)))
    }
    return Exhibit(
      kind: kind, notes: [cascadeNote, aiqNote] + notes(found),
      missing: panels.missing + found.missing, table: scores(found.tasks), tasks: found.tasks,
      pictures: pictures(kind.rawValue, found.tasks))
  }

  private func retrieval(_ panels: Panels, _ data: Material) throws -> Exhibit {
    var found = Found()
    for (place, task) in panels.shown.enumerated() {
      let recipes: [any Router] =
        Self.predictive + [cascade(error: 0.2, threshold(task, data.table))]
      found.add(
        try run(recipes, .inDomain, [task], data.part(place, of: panels.shown.count)))
    }
    return Exhibit(
      kind: .figure6,
      notes: [
        cascadeNote, aiqNote,
        "The words are those that go with the decisions of the chosen KNN and MLP at the kept point that "
          + "spreads prompts over models most evenly, where they hold with the confidence shared by all "
          + "that were tried; 'routerbench explain' lists them for any router and point.",
      ] + notes(found), findings: words(found, data.table), missing: panels.missing + found.missing,
      table: scores(found.tasks),
      tasks: found.tasks,
      pictures: pictures(PaperExhibit.figure6.rawValue, found.tasks.map(chosen)))
  }

  /// Which words send prompts to which model, as section 5.4 tells it of "2024".
  private func words(_ found: Found, _ table: OutcomeTable) -> [String] {
    let texts = Dictionary(
      zip(table.sampleIDs, table.prompts.map(view.text(of:))),
      uniquingKeysWith: { first, _ in first })
    let selected = Set(
      Self.predictive.map { "\(type(of: $0).card.name), \(selection.systemName)" })
    return found.tasks.flatMap { task in
      let systems = task.splits.first?.systems ?? []
      return systems.filter { selected.contains($0.name) }.compactMap { chosen in
        // Told under the name of the recipe that was chosen, which says more.
        systems.first {
          $0.name != chosen.name && $0.kept == chosen.kept && $0.swept == chosen.swept
        }
      }.map { router in
        DecisiveWords.sentence(
          for: router.name, on: task, in: found.decisions, texts: texts,
          level: experiment.bootstrap?.level ?? 0.95)
      }
    }
  }

  private func cascade(error: Double, _ threshold: Double?) -> CascadeRouter {
    CascadeRouter(
      judge: JudgeRecipe(.quality(error: error)), order: .meanCost, threshold: threshold,
      rule: style == .reference ? .reference : .paper, budgets: CascadeRouter.paperBudgets)
  }

  /// The original code's threshold: the 95th percentile of all test qualities, interpolated linearly.
  private func threshold(_ task: String, _ table: OutcomeTable) -> Double? {
    guard style == .reference,
      let division = experiment.divisions(of: table).first(where: { $0.task == task })
    else { return nil }
    let qualities = table.quality.selecting(rows: division.test).values.sorted()
    let place = 0.95 * Double(qualities.count - 1)
    let lower = Int(place)
    let upper = min(lower + 1, qualities.count - 1)
    return qualities[lower] + (place - Double(lower)) * (qualities[upper] - qualities[lower])
  }

  private var cascadeNote: String {
    let draws =
      experiment.sampling.map {
        "A judge's errors are drawn once a prompt (seed \($0)), as the paper does. "
      } ?? "Expectations over a judge's errors are exact, where the paper draws at random. "
    return draws
      + (style == .reference
        ? "The threshold is the 95th percentile of the test qualities, and the budget ends when the next "
          + "call costs at least what is left, as in the original code."
        : "The threshold is learned on the training prompts (the original code takes a quantile of the test "
          + "qualities), and a cascade goes on while it has spent less than its budget.")
  }

  private var aiqNote: String {
    style == .reference
      ? "'AIQ, original code' is the one to compare with earlier numbers: it starts at each hull's own "
        + "cheapest point and divides by the system's own greatest cost, so systems are averaged over different "
        + "ranges, and one that spends less can come out lower. It is taken on the test prompts: optimistic, and "
        + "its interval is biased upwards. 'AIQ, deployable' and the verdict are ours: over the range from the "
        + "cheapest to the dearest single model, with points chosen on training prompts."
      : "AIQ is over the range from the cheapest to the dearest single model; 'AIQ, original code' is "
        + "there to compare with published numbers. Curves on the test hull are optimistic."
  }
}

// MARK: - Running

extension Reproduction {
  /// What an experiment gave.
  private struct Found {
    var tasks: [TaskResult] = []
    var missing: [String] = []
    var decisions: [Decision] = []

    mutating func add(_ other: Found) {
      tasks += other.tasks
      decisions += other.decisions
      missing += other.missing
    }
  }

  private func run(
    _ recipes: [any Router], _ design: Experiment.Design, _ tasks: [String], _ data: Material
  ) throws -> Found {
    var experiment = experiment
    experiment.recipes = recipes
    experiment.sources = []
    experiment.design = design
    experiment.examinedTasks = Set(tasks)
    experiment.selectsWithinKinds = true
    experiment.testChoice = hullAIQ
    // Cascades of several errors are no candidates for one another.
    let isPredictive = recipes.contains { $0 is NearestNeighborsRouter }
    experiment.selection = isPredictive ? selection : nil
    let outcome = try experiment.run(
      on: data.table, features: data.features, progress: data.progress)
    let results = tasks.compactMap { name in outcome.tasks.first { $0.task == name } }
    return Found(
      tasks: style == .reference ? results.map(\.withOracleFreeWhenUnsolved) : results,
      missing: outcome.omissions.filter { tasks.contains($0.task) }.map {
        "\($0.task): \($0.reason)."
      }, decisions: outcome.decisions)
  }

  private func notes(_ found: Found) -> [String] {
    found.tasks.flatMap { task in
      ((task.featureWarning.map { [$0] } ?? []) + task.notes).map { "\(task.task): \($0)" }
    }
  }

  private func pictures(_ slug: String, _ tasks: [TaskResult]) -> [(name: String, svg: String)] {
    zip(tasks, Slugs.make(tasks.map(\.task))).compactMap { task, name in
      let file = task.task == Experiment.allTasks ? slug : "\(slug)-\(name)"
      return TaskPicture.plane(
        of: task, axis: .dollars, hullAIQ: hullAIQ, notices: notices, slug: file
      ).map { (file, $0) }
    }
  }
}
