import Arguments
import CostQuality
import Evaluation
import Files
import Matrices
import Outcomes
import Prompts
import Routers
import Routing

/// `routerbench fit`: teaches a router on all outcomes and saves it.
enum FitCommand {
  static let definition = Command(
    "fit", summary: "Teach a router on all outcomes and save it to one file.",
    discussion: [
      "Examine a router with 'routerbench evaluate' first; this teaches it once more on every complete "
        + "row, and keeps the operating points on the hull over these, each prompt predicted without "
        + "itself. 'routerbench route' then decides with it."
    ],
    operands: [Operand("DATA", .file, summary: "A file of outcomes.")],
    options: [
      CommandOption(
        "router", "NAME", .suggestions(RouterList.examples),
        summary: "The router; knn:40 by default. Known: \(RouterList.known).", section: "ROUTER"),
      CommandOption(
        "out", short: "o", "FILE", .file,
        summary: "The file to write; router.rbrouter by default.", section: "OUTPUT"),
    ] + EvaluationSettings.options.filter { ["view", "encoder"].contains($0.name) }
      + EvaluationSettings.routingOptions + [
        EvaluationSettings.latencyOption, EvaluationSettings.costOption,
      ]
      + EvaluationSettings.dataOptions
      + EvaluateCommand.workOptions(json: "Print the saved router's header as JSON."),
    examples: [
      .init(
        "A router to serve.",
        "routerbench fit data.csv --router knn:40 --encoder all-MiniLM-L6-v2 -o knn.rbrouter")
    ])

  static func run(_ invocation: Invocation) throws -> ExitCode {
    var settings = EvaluationSettings(source: .file(try invocation.required("DATA")))
    try settings.readFile(invocation)
    try settings.readChoice(invocation)
    settings.view = try invocation.choice("view") ?? settings.view
    settings.encoder = invocation.text("encoder") ?? settings.encoder
    let name = invocation.text("router") ?? "knn:40"
    _ = try RouterList.router(name)
    settings.routers = [name]
    try settings.readRouting(invocation)
    try settings.readBounds(invocation)
    let input = try EvaluationInput(settings, invocation)
    let recipe = try settings.recipes(models: input.outcomes.table.models).first
    let out = invocation.text("out") ?? "router.rbrouter"
    let lessons = Lessons(input.outcomes.table, features: input.features)
    let saved =
      if let recipe {
        try save(recipe, lessons, input, settings)
      } else {
        try save(ZeroRouter(), lessons, input, settings)
      }
    try AtomicFile.write(try saved.bytes(), to: out, readers: .everyone)
    if invocation.has("json") {
      Console.print(json: try JSONText.text(saved.header))
    } else {
      Console.print(
        "\(out): \(saved.header.router), taught on \(lessons.count.counted("prompt")) and "
          + "\(saved.header.models.count.counted("model")); operating points:")
      Console.print(lines: points(saved.header))
      Console.print("Decide with it: echo 'a prompt' | routerbench route \(out)")
    }
    return .done
  }

  static func save<Recipe: Router>(
    _ recipe: Recipe, _ lessons: Lessons, _ input: EvaluationInput, _ settings: EvaluationSettings
  ) throws -> SavedRouter {
    let rehearsal = try Rehearsal(
      recipe, taughtBy: lessons, grid: settings.grid, overhead: settings.overhead,
      within: settings.ceiling)
    let first = lessons.features.selecting(rows: [0])
    let needsRecordedQuality = try rehearsal.kept.contains { point in
      try rehearsal.fitted.plans(for: first, at: point.parameter?.value ?? 0)
        .contains(where: \.needsRecordedQuality)
    }
    if needsRecordedQuality {
      input.console.warn(
        "\(recipe.name) cannot serve: its judge knows the recorded quality, which a server does not. "
          + "Name another judge, such as judge=confidence or judge=scorer.")
    }
    let header = SavedRouter.Header(
      router: recipe.name, kind: Recipe.card.name,
      models: lessons.table.models.map(\.name), encoderName: settings.encoder,
      encoder: input.encoder ?? "", view: settings.view.rawValue,
      dimensions: lessons.features.columns,
      operatingPoints: rehearsal.kept.map {
        .init(
          parameter: $0.parameter?.value ?? 0, cost: $0.point.cost, quality: $0.point.quality,
          seconds: $0.seconds,
          meaning: $0.parameter.flatMap { rehearsal.fitted.meaning(of: $0.value) })
      }, version: Program.version, data: input.outcomes.summary.sha256,
      costEstimate: (recipe as? any PredictiveRouter)?.costEstimation.name,
      costUnit: settings.axis == .dollars ? nil : settings.axis.unit)
    return SavedRouter(
      header: header, payload: try RouterCatalogue.payload(of: rehearsal.fitted))
  }

  static func points(_ header: SavedRouter.Header) -> [String] {
    let unit = header.costUnit ?? .dollars
    let points = header.operatingPoints
    // Where costs are seconds, they are not said twice.
    let hasSeconds = unit != .seconds && points.contains { $0.seconds != nil }
    let hasMeaning = points.contains { $0.meaning != nil }
    var table = TextTable(
      ["point", hasMeaning ? "parameter" : "\(unit.rawValue) per unit of quality"]
        + ["\(unit.symbol) a prompt", "quality"] + (hasSeconds ? ["seconds"] : [])
        + (hasMeaning ? ["parameter stands for"] : []),
      rightAligned: hasSeconds ? [0, 1, 2, 3, 4] : [0, 1, 2, 3])
    for (index, point) in points.enumerated() {
      table.add(
        [
          "\(index)",
          point.parameter == .infinity ? "unlimited" : "\(point.parameter)",
          point.cost.significant(4), point.quality.fixed(4),
        ] + (hasSeconds ? [point.seconds?.significant(4) ?? ""] : [])
          + (hasMeaning ? [point.meaning ?? "a willingness to pay"] : []))
    }
    return table.lines()
  }
}
