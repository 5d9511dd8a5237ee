import Providers

extension CollectionPlan {
  private static let ownFields = ["method", "scale", "baseline", "rubric"]

  /// A judge of a plan: a model, and what it is asked.
  static func judge(
    _ reader: inout PlanReader, _ node: PlanNode, defaults: [String: PlanNode],
    prices: PriceList?, path: (String) -> String
  ) -> PlannedJudge? {
    guard
      var model = model(
        &reader, node, defaults: defaults, prices: prices, path: path, what: "a judge",
        besides: ownFields)
    else { return nil }
    guard case .map(let entries) = node.content else { return nil }
    let fields = Dictionary(entries.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
    // The same answer should be judged the same way again, unless the plan wants otherwise.
    // Models that take their limit by its newer name take no temperature.
    let extra = model.sampling.extra
    if model.sampling.temperature == nil, extra["temperature"] == nil,
      extra["max_completion_tokens"] == nil
    {
      model.sampling.temperature = 0
    }
    let word = reader.word(fields["method"], of: "method", among: ["grade", "compare"])
    var method = JudgeMethod.grade(least: 1, most: 10)
    if word == "compare" {
      let name = reader.text(fields["baseline"], of: "baseline")
      if fields["baseline"] == nil {
        reader.note(
          node.line,
          "A judge that compares needs 'baseline': 'reference', or the name of a model of this plan."
        )
      }
      method = .compare(name.map { $0 == "reference" ? .reference : .model($0) } ?? .reference)
      if let extra = fields["scale"] {
        reader.note(extra.line, "'scale' goes with method grade alone; remove it.")
      }
    } else {
      if let extra = fields["baseline"] {
        reader.note(extra.line, "'baseline' goes with method compare alone; remove it.")
      }
      if let scale = fields["scale"] {
        let ends = reader.list(scale, of: "scale").map {
          reader.integer($0, of: "scale", least: 0, most: 1_000_000)
        }
        if ends.count == 2, let least = ends[0], let most = ends[1], least < most {
          method = .grade(least: least, most: most)
        } else {
          reader.note(
            scale.line, "scale needs the worst and the best rating, such as [1, 10].")
        }
      }
    }
    return PlannedJudge(
      model: model, method: method,
      rubric: reader.text(fields["rubric"], of: "rubric") ?? PlannedJudge.standardRubric)
  }

  /// Finds the judge of a task that wants one: the one it names, or the only one.
  static func assignJudge(
    _ reader: inout PlanReader, to task: inout PlannedTask, among judges: [PlannedJudge]
  ) {
    guard task.scorer == JudgeScore.card.name else {
      if task.judge != nil {
        reader.note(task.line, "'judge' goes with scorer judge alone; remove it, or set 'scorer'.")
      }
      return
    }
    if let name = task.judge {
      if !judges.contains(where: { $0.name == name }) {
        let known = judges.map(\.name).joined(separator: ", ")
        reader.note(
          task.line,
          "Task \(task.name) names the judge '\(name)', which is not among 'judges'"
            + (judges.isEmpty ? "; add it." : " (\(known))."))
      }
    } else if judges.count == 1 {
      task.judge = judges[0].name
    } else if judges.count > 1 {
      reader.note(
        task.line,
        "Task \(task.name) needs 'judge', one of \(judges.map(\.name).joined(separator: ", ")).")
    }
  }
}
