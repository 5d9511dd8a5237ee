import Arguments
import Construction
import Files
import Foundation
import Outcomes
import Providers
import Transport

/// `routerbench collect`: asks the models of a plan and keeps their answers.
enum CollectCommand {
  static let definition = Command(
    "collect", summary: "Ask models your prompts and keep every answer.",
    discussion: [
      "PLAN names models, prices, limits and questions, in YAML or JSON; 'collect init' writes one to "
        + "begin with. Answers go into the plan's store as they come: running the same command again "
        + "continues where it was, whatever ended it.",
      "Keys are taken from the environment or from files that only you can read. 'routerbench score' "
        + "grades the answers and 'routerbench export' writes them for 'evaluate'.",
    ],
    operands: [
      Operand(
        "PLAN", .file,
        summary:
          "A plan; or 'init', which writes a commented one; or 'tasks', which lists the public "
          + "tasks."),
      Operand(
        "FILE", .file, summary: "Where 'init' writes it; standard output without it.",
        isOptional: true),
    ],
    options: [
      .flag("dry-run", summary: "Say what it would take; send nothing.", section: "CALLS"),
      CommandOption(
        "max-cost", "DOLLARS",
        summary: "Never let the store come to cost more; the plan's own limit holds too.",
        section: "CALLS"),
      CommandOption(
        "max-calls", "N",
        summary: "Never let the store take more calls, repeated ones included.", section: "CALLS"),
      .flag(
        "retry-errors", summary: "Make calls again that were given up before.", section: "CALLS"),
      .flag("json", summary: "With 'tasks': write one JSON value.", section: "OUTPUT"),
    ] + Console.options,
    examples: [
      .init("A plan to begin with.", "routerbench collect init plan.yaml"),
      .init("Which public tasks are known?", "routerbench collect tasks"),
      .init("What will it take?", "routerbench collect plan.yaml --dry-run"),
      .init("Ask, for five dollars at most.", "routerbench collect plan.yaml --max-cost 5"),
    ])

  static func run(_ invocation: Invocation) throws -> ExitCode {
    let path = try invocation.required("PLAN")
    if path == "init" { return try writePlan(invocation) }
    let isList = path == "tasks"
    if invocation.has("json"), !isList {
      throw ArgumentsError("--json goes with 'collect tasks' alone.")
    }
    if let extra = invocation.operand("FILE") {
      throw ArgumentsError("'\(extra)' is one operand too many; FILE goes with 'init' alone.")
    }
    if isList {
      try TaskList.print(asJSON: invocation.has("json"))
      return .done
    }
    var plan = try CollectionPlan.read(path, scorers: Scorers.cards.map(\.name))
    if let cost = try invocation.number(
      "max-cost", needed: "dollars of at least 0", where: { $0 >= 0 })
    {
      plan.maxCost = min(cost, plan.maxCost ?? cost)
    }
    if let calls = try invocation.integer("max-calls", in: 0...Int.max) {
      plan.maxCalls = min(calls, plan.maxCalls ?? calls)
    }
    let questions = try plan.questions()
    let items = questions.items
    for remark in questions.remarks { Console(invocation).note(remark) }
    if invocation.has("dry-run") {
      try foretell(plan, items)
      return .done
    }
    return try collect(plan, items, invocation)
  }

  private static func writePlan(_ invocation: Invocation) throws -> ExitCode {
    guard let file = invocation.operand("FILE") else {
      Console.print(own: CollectionPlan.example)
      return .done
    }
    guard !FileManager.default.fileExists(atPath: file) else {
      throw CommandError("\(file) is there already; name another file, or remove it.")
    }
    try AtomicFile.write(CollectionPlan.example, to: file)
    Console(invocation).note("\(file) is a plan to begin with; change it and run 'collect' on it.")
    return .done
  }

  private static func foretell(_ plan: CollectionPlan, _ items: [PromptItem]) throws {
    let forecast = try plan.forecast(items)
    var table = TextTable(
      ["model", "task", "calls", "tokens in", "tokens out", "cost from", "to"],
      rightAligned: [2, 3, 4, 5, 6])
    func dollars(_ cost: Double?) -> String { cost.map { "$" + $0.significant(3) } ?? "unknown" }
    for row in forecast.rows {
      table.add([
        row.isJudge ? "judge " + row.model.name : row.model.name, row.task, row.calls.grouped,
        "about \(row.inputTokens.grouped)",
        row.mostOutputTokens.map { "at most \($0.grouped)" } ?? "no limit",
        dollars(row.leastCost), dollars(row.mostCost),
      ])
    }
    Console.print(lines: table.lines())
    let calls = forecast.rows.reduce(0) { $0 + $1.calls }
    Console.print(
      "\(calls.counted("call")) in all, at most \(dollars(forecast.mostCost)) if none is made "
        + "again; nothing was sent.")
    for model in plan.models + plan.judges.map(\.model) {
      guard let prices = model.prices else {
        Console.print("The price of \(model.id) is unknown; give its 'prices' to limit the cost.")
        continue
      }
      let day = prices.date.isEmpty ? "no date" : prices.date
      Console.print("Prices of \(model.id): \(prices.source), \(day).")
    }
  }

  private static func collect(
    _ plan: CollectionPlan, _ items: [PromptItem], _ invocation: Invocation
  ) throws -> ExitCode {
    let console = Console(invocation)
    let http = try HTTPClient()
    let providers = try plan.models.map { try $0.client(http: http) }
    let store = try AnswerStore(path: plan.store, for: .writing)
    let judges = try plan.judges.map { try $0.model.client(http: http) }
    let collector = try Collector(
      plan, items: items, store: store, providers: providers, judges: judges)
    let stop = StopSignal()
    StopOnSignal.begin(stop, console)
    let display = CollectionDisplay(console)
    let retriesErrors = invocation.has("retry-errors")
    let summary = try Waiting.result {
      try await collector.run(retriesErrors: retriesErrors, stop: stop) { display.update($0) }
    }
    display.finish()
    try report(summary, plan, store, console)
    let isWhole = summary.progress.models.allSatisfy { $0.before + $0.answered == $0.wanted }
    // What judges are asked follows from answers, so a run that was stopped does not know what is left.
    if isWhole, summary.ending != .stopped { return .done }
    return Interruption.number.map(ExitCode.stopped) ?? .faults
  }

  private static func report(
    _ summary: Collector.Summary, _ plan: CollectionPlan, _ store: AnswerStore, _ console: Console
  ) throws {
    var table = TextTable(
      ["model", "answers", "wanted", "new", "errors", "tried again", "cut off", "cost"],
      rightAligned: [1, 2, 3, 4, 5, 6, 7])
    for model in summary.progress.models {
      table.add([
        model.isJudge ? "judge " + model.id.name : model.id.name,
        (model.before + model.answered).grouped, model.wanted.grouped,
        model.answered.grouped, (model.failed + model.leftAlone).grouped, model.retried.grouped,
        model.cutOff.grouped, model.hasPrice ? "$" + model.spent.significant(3) : "unknown",
      ])
    }
    Console.print(lines: table.lines())
    let charged = summary.progress.charged
    var line =
      "\(plan.store): \(charged.calls.counted("call")) and "
      + "$\(charged.spent.dollars.significant(4)) so far"
    if charged.possiblySpent > .zero {
      line +=
        ", and at most $\(charged.possiblySpent.dollars.significant(4)) for calls whose answer "
        + "never came"
    }
    let judging = try store.judgingCost()
    if judging > 0 { line += "; of that, $\(judging.significant(4)) for judges" }
    Console.print(line + ".")
    for model in summary.progress.models {
      if let reason = model.stopped { console.warn("\(model.id) is asked no more: \(reason)") }
    }
    for remark in try store.remarks() {
      console.warn(
        "\(remark.model): \(remark.count.counted("answer")) with estimated tokens. "
          + remark.example)
    }
    for error in try store.errors() {
      console.warn(
        "\(error.model): \(error.count.counted("call")) without an answer. \(error.example)")
    }
    switch summary.ending {
    case .done: break
    case .noDollars: console.warn("The limit on cost is reached; the next call could pass it.")
    case .noCalls: console.warn("The limit on calls is reached.")
    case .stopped: console.note("Stopped; run the same command again to continue.")
    }
    if summary.progress.models.contains(where: { $0.failed + $0.leftAlone > 0 }) {
      console.note("Calls that were given up are made again with --retry-errors.")
    }
  }
}
