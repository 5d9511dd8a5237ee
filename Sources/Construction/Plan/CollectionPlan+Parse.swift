public import Foundation
import Outcomes
import Providers
import Transport

extension CollectionPlan {
  private static let settingGroups = ["limits", "sampling", "timeouts", "retries"]

  /// Reads a plan's text.
  public static func parse(
    _ text: String, file: String, folder: URL, scorers: [String]
  ) throws(ConstructionError) -> CollectionPlan {
    let root = try YAMLParser.parse(text, file: file)
    var reader = PlanReader(file: file)
    func path(_ text: String) -> String {
      text.hasPrefix("/") ? text : folder.appendingPathComponent(text).path
    }
    let fields = reader.group(
      root, of: "the plan",
      known: ["store", "models", "judges", "tasks", "repeats", "budget", "defaults", "prices"],
      required: ["store", "models", "tasks"])
    let budget = reader.group(
      fields["budget"], of: "budget", known: ["max_cost", "max_calls"])
    var plan = CollectionPlan(
      file: file, store: path(reader.text(fields["store"], of: "store") ?? "answers.sqlite"),
      models: [], tasks: [],
      repeats: reader.integer(fields["repeats"], of: "repeats", least: 1, most: 10_000) ?? 1,
      maxCost: reader.number(budget["max_cost"], of: "max_cost"),
      maxCalls: reader.integer(budget["max_calls"], of: "max_calls", least: 0))
    let list = try priceList(&reader, fields["prices"], path: path)
    let defaults = reader.group(fields["defaults"], of: "defaults", known: settingGroups)
    for node in reader.list(fields["models"], of: "models") {
      if let model = model(&reader, node, defaults: defaults, prices: list, path: path) {
        if plan.models.contains(where: { $0.id == model.id }) {
          reader.note(node.line, "There are two models named '\(model.id)'; rename one.")
        }
        plan.models.append(model)
      }
    }
    for node in reader.list(fields["judges"], of: "judges") {
      if let judge = judge(&reader, node, defaults: defaults, prices: list, path: path) {
        if plan.judges.contains(where: { $0.name == judge.name }) {
          reader.note(node.line, "There are two judges named '\(judge.name)'; rename one.")
        }
        if case .compare(.model(let name)) = judge.method,
          !plan.models.contains(where: { $0.id.name == name })
        {
          reader.note(
            node.line,
            "baseline needs 'reference' or the name of a model of this plan; found '\(name)'.")
        }
        plan.judges.append(judge)
      }
    }
    for node in reader.list(fields["tasks"], of: "tasks") {
      if var task = task(&reader, node, scorers: scorers, path: path) {
        assignJudge(&reader, to: &task, among: plan.judges)
        if plan.tasks.contains(where: { $0.name == task.name }) {
          reader.note(node.line, "There are two tasks named '\(task.name)'; rename one.")
        }
        plan.tasks.append(task)
      }
    }
    for (name, node) in [("models", fields["models"]), ("tasks", fields["tasks"])] {
      if let node, case .list(let items) = node.content, items.isEmpty {
        reader.note(node.line, "'\(name)' is empty; name at least one.")
      }
    }
    try reader.finish()
    return plan
  }

  private static func priceList(
    _ reader: inout PlanReader, _ node: PlanNode?, path: (String) -> String
  ) throws(ConstructionError) -> PriceList? {
    guard let node else { return nil }
    let fields = reader.group(
      node, of: "prices", known: ["litellm", "date"], required: ["litellm", "date"])
    guard let file = reader.text(fields["litellm"], of: "litellm"),
      let date = reader.text(fields["date"], of: "date")
    else { return nil }
    do throws(ProvidersError) { return try .importing(liteLLM: path(file), date: date) } catch {
      reader.note(node.line, error.description)
      return nil
    }
  }

  static func model(
    _ reader: inout PlanReader, _ node: PlanNode, defaults: [String: PlanNode],
    prices list: PriceList?, path: (String) -> String, what: String = "a model",
    besides: [String] = []
  ) -> PlannedModel? {
    let fields = reader.group(
      node, of: what,
      known: [
        "name", "provider", "model", "endpoint", "key_env", "key_file", "key_header", "prices",
      ] + settingGroups + besides, required: ["name", "provider"])
    let name = reader.text(fields["name"], of: "name")
    let kinds = ProviderKind.allCases.map(\.rawValue)
    let word = reader.word(fields["provider"], of: "provider", among: kinds)
    guard let name, let kind = word.flatMap(ProviderKind.init(rawValue:)) else { return nil }
    let told = reader.text(fields["endpoint"], of: "endpoint")
    guard let endpoint = told ?? kind.endpoint else {
      reader.note(
        node.line,
        "A model of provider \(kind.rawValue) needs an 'endpoint', such as http://127.0.0.1:8080/v1."
      )
      return nil
    }
    if let problem = PlannedEndpoint.problem(with: endpoint, of: kind) {
      reader.note(fields["endpoint"]?.line ?? node.line, problem)
    }
    var key = kind.keyVariable.map { PlannedModel.KeySource.variable($0) } ?? .none
    if let variable = reader.text(fields["key_env"], of: "key_env") {
      key = variable == "none" ? .none : .variable(variable)
    }
    if let file = reader.text(fields["key_file"], of: "key_file") {
      if fields["key_env"] != nil {
        reader.note(node.line, "key_env and key_file exclude each other; give one of them.")
      }
      key = .file(path(file))
    }
    let keyHeader = reader.text(fields["key_header"], of: "key_header")
    if let keyHeader, !PlannedEndpoint.isHeaderName(keyHeader) {
      reader.note(
        node.line,
        "key_header needs the name of a header, such as api-key; found '\(keyHeader)'.")
    }
    let remote = reader.text(fields["model"], of: "model") ?? name
    var model = PlannedModel(
      id: ModelID(name), provider: kind, remoteName: remote,
      endpoint: ServiceAddress(endpoint).text, key: key, prices: nil, line: node.line)
    model.keyHeader = keyHeader
    if let node = fields["prices"] {
      model.prices = prices(&reader, node)
    } else {
      // Our own table speaks of the providers themselves, not of servers with the same names.
      model.prices =
        list?[remote] ?? list?["\(kind.rawValue)/\(remote)"]
        ?? (told == nil ? PriceList.builtIn[remote] : nil)
    }
    for groups in [defaults, fields] { settings(&reader, groups, into: &model) }
    return model
  }

  private static func settings(
    _ reader: inout PlanReader, _ groups: [String: PlanNode], into model: inout PlannedModel
  ) {
    let limits = reader.group(
      groups["limits"], of: "limits",
      known: ["concurrency", "requests_per_minute", "tokens_per_minute"])
    let positive = "a number above 0"
    func positiveNumber(
      _ fields: [String: PlanNode], _ name: String, most: Double = .greatestFiniteMagnitude
    ) -> Double? {
      reader.number(fields[name], of: name, most: most, needed: positive) { $0 > 0 }
    }
    // Eleven days: curl counts milliseconds in 31 bits.
    let longest = 1e6
    if let count = reader.integer(limits["concurrency"], of: "concurrency", least: 1, most: 10_000)
    {
      model.limits.concurrency = count
    }
    if let rate = positiveNumber(limits, "requests_per_minute") {
      model.limits.requestsPerMinute = rate
    }
    if let rate = positiveNumber(limits, "tokens_per_minute") {
      model.limits.tokensPerMinute = rate
    }
    let sampling = reader.group(
      groups["sampling"], of: "sampling",
      known: ["max_tokens", "temperature", "top_p", "seed", "stop", "extra"])
    if let count = reader.integer(
      sampling["max_tokens"], of: "max_tokens", least: 1, most: 1_000_000_000)
    {
      model.sampling.maxTokens = count
    }
    if let value = reader.number(sampling["temperature"], of: "temperature") {
      model.sampling.temperature = value
    }
    if let value = reader.number(
      sampling["top_p"], of: "top_p", needed: "a share above 0 and up to 1",
      where: { $0 > 0 && $0 <= 1 })
    {
      model.sampling.topP = value
    }
    if let value = reader.integer(sampling["seed"], of: "seed", least: 0) {
      model.sampling.seed = value
    }
    if let node = sampling["stop"] { model.sampling.stop = reader.texts(node, of: "stop") }
    if let extra = sampling["extra"], case .object(let members) = reader.value(extra) {
      for name in ["messages", "model", "stream", "n"] where members[name] != nil {
        reader.note(extra.line, "'\(name)' cannot be set under extra; the collector sets it.")
      }
      for problem in PlannedEndpoint.problems(withExtra: members, of: model.provider) {
        reader.note(extra.line, problem)
      }
      model.sampling.extra.merge(members) { $1 }
    }
    let timeouts = reader.group(
      groups["timeouts"], of: "timeouts", known: ["connect", "first_byte", "idle", "total"])
    if let value = positiveNumber(timeouts, "connect", most: longest) {
      model.timeouts.connect = value
    }
    if let value = positiveNumber(timeouts, "first_byte", most: longest) {
      model.timeouts.firstByte = value
    }
    if let value = positiveNumber(timeouts, "idle", most: longest) { model.timeouts.idle = value }
    if let value = positiveNumber(timeouts, "total", most: longest) { model.timeouts.total = value }
    let retries = reader.group(
      groups["retries"], of: "retries",
      known: ["attempts", "first_delay", "longest_delay", "deadline"])
    if let count = reader.integer(retries["attempts"], of: "attempts", least: 1, most: 1_000_000) {
      model.retries.attempts = count
    }
    if let value = reader.number(retries["first_delay"], of: "first_delay") {
      model.retries.firstDelay = value
    }
    if let value = reader.number(retries["longest_delay"], of: "longest_delay") {
      model.retries.longestDelay = value
    }
    if let value = positiveNumber(retries, "deadline") { model.retries.deadline = value }
  }
}
