import Arguments
import CostQuality
import Embedding
import Files
import Foundation
import Matrices
import Outcomes
import Parallelism
import Prompts
import Routers
import Routing

/// `routerbench route`: decides for prompts on standard input with a saved router.
enum RouteCommand {
  static let definition = Command(
    "route", summary: "Decide for prompts on standard input with a saved router.",
    discussion: [
      "One prompt a line, as text, or as JSON Lines with a field prompt and, if you like, an id. One "
        + "decision a line comes out as JSON: the model (or the plan, where it has several steps), the "
        + "operating point and what the router expects of every model. Lines are decided as they come, each "
        + "gets its decision, and a blank one before others is refused.",
      "A budget between two operating points is met by drawing one of them for each prompt, by the "
        + "prompt's text and the seed alone.",
    ],
    operands: [Operand("ROUTER", .file, summary: "A file that 'routerbench fit' wrote.")],
    options: [
      CommandOption(
        "point", "N", summary: "One of the router's operating points; the last by default.",
        section: "DECISION"),
      CommandOption(
        "budget", "AMOUNT",
        summary: "At most that much a prompt, in expectation, in the unit of the router's costs "
          + "(--show tells it): dollars, or seconds or calls where it was fitted on another --axis.",
        section: "DECISION"),
      CommandOption(
        "willingness", "AMOUNT",
        summary: "The same unit for each unit of quality, in place of a kept point.",
        section: "DECISION"),
      CommandOption(
        "seed", "N", summary: "Seeds the draws of a budget; 0 by default.", section: "DECISION"),
      CommandOption(
        "format", "FORMAT", .oneOf(["auto", "text", "jsonl"]),
        summary: "What comes in; by default a line that begins with { is JSON.", section: "INPUT"),
      CommandOption(
        "encoder", "NAME", summary: "Where the encoder is now, if not where it was fitted with.",
        section: "INPUT"),
      .flag("show", summary: "Show the router's operating points and end.", section: "OUTPUT"),
      EvaluateCommand.threadsOption,
    ] + Console.options,
    examples: [
      .init("One decision.", "echo 'What is 2 + 2?' | routerbench route knn.rbrouter"),
      .init(
        "At a tenth of a cent a prompt.",
        "routerbench route knn.rbrouter --budget 0.001 < prompts.jsonl > decisions.jsonl"),
    ])

  /// One of the kept points, or a mixture of two.
  private struct Setting {
    var parameter: Double
    var other: Double?
    /// The share of prompts that go to `other`.
    var share = 0.0
  }

  private struct Decision: Encodable {
    struct Expectation: Encodable {
      let quality: Double
      /// The estimated cost of the prompt; nil where the estimate is a price, or not of dollars.
      let dollars: Double?
      /// The same where the router counts seconds, or calls of a dear model.
      let seconds: Double?
      let calls: Double?
      /// The price of a token; nil where the estimate is of the prompt.
      let dollarsPerToken: Double?
    }

    let id: Identifier?
    /// One model, or the steps of a plan.
    let model: String
    /// The plan to execute, where it is more than one call.
    let plan: NamedPlan?
    let parameter: String
    /// What the parameter stands for; nil where it is a willingness to pay.
    let meaning: String?
    let estimates: [String: Expectation]?
  }

  /// A prompt's id, said back as it came: a number stays a number.
  private enum Identifier: Codable {
    case number(Int)
    case text(String)

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let number = try? container.decode(Int.self) {
        self = .number(number)
      } else {
        self = .text(try container.decode(String.self))
      }
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      switch self {
      case .number(let number): try container.encode(number)
      case .text(let text): try container.encode(text)
      }
    }
  }

  static func run(_ invocation: Invocation) throws -> ExitCode {
    let path = try invocation.required("ROUTER")
    let bytes = try MappedFile(path: path).withUnsafeBytes { [UInt8]($0) }
    let saved = try SavedRouter(bytes, name: path)
    if invocation.has("show") {
      Console.print(
        "\(path): \(saved.header.router), \(saved.header.models.count) models, "
          + "\(saved.header.encoderName), view \(saved.header.view)"
          + (saved.header.costEstimate.map { ", cost estimate \($0)" } ?? ""))
      Console.print(lines: FitCommand.points(saved.header))
      return .done
    }
    if let threads = try invocation.integer("threads", in: 1...1024) {
      Threads.setMachine(Threads(threads))
    }
    let router = try RouterCatalogue.router(in: saved, name: path)
    let setting = try setting(invocation, saved.header, path)
    let seed = try invocation.integer("seed", in: 0...Int.max) ?? 0
    var settings = EvaluationSettings(source: .file(path))
    settings.encoder = invocation.text("encoder") ?? saved.header.encoderName
    let encoder = try FeatureSource(
      settings: settings, threads: .machine, console: Console(invocation), usesCache: false
    ).encoder()
    guard encoder.identity == saved.header.encoder else {
      throw CommandError(
        "\(path) was fitted with the encoder \(saved.header.encoder) and '\(settings.encoder)' is "
          + "\(encoder.identity); name the right one with --encoder.")
    }
    guard let view = PromptView(rawValue: saved.header.view) else {
      throw CommandError("\(path) names the view '\(saved.header.view)', which is unknown here.")
    }
    let blankPrompt = Matrix(
      rows: 1, columns: saved.header.dimensions,
      values: [Float](repeating: 0, count: saved.header.dimensions))
    if try router.plans(for: blankPrompt, at: setting.parameter)
      .contains(where: \.needsRecordedQuality)
    {
      Console(invocation).warn(
        "The plans of \(saved.header.router) need the recorded quality of answers, which a server does not know."
      )
    }
    let format = invocation.text("format") ?? "auto"
    var lines = InputLines(descriptor: STDIN_FILENO)
    var number = 0
    // Blank lines may end the input; before another line, one would shift all decisions after it.
    var blank: Int?
    while let batch = lines.next() {
      var queries: [(id: Identifier?, prompt: String)] = []
      var fault: (any Error)?
      for line in batch {
        number += 1
        if line.isEmpty {
          blank = blank ?? number
          continue
        }
        do {
          if let blank {
            throw CommandError(
              "Line \(blank) of the input is blank, so lines and decisions would no longer pair; "
                + "remove it, or write {\"prompt\": \"\"}.")
          }
          queries.append(try query(line, format: format, number: number))
        } catch {
          fault = error
          break
        }
      }
      if !queries.isEmpty {
        let features = try encoder.features(of: queries.map(\.prompt), view: view)
        let texts = try decide(
          queries, features, router, saved.header, setting, seed: UInt64(seed))
        Console.print(json: texts.map { $0 + "\n" }.joined())
        try Console.requireOutput()
        // Whoever wanted the decisions has left.
        if Console.isLeft { return .done }
      }
      // What stood before a bad line has been decided, however the lines came.
      if let fault { throw fault }
    }
    return .done
  }

  private static func setting(
    _ invocation: Invocation, _ header: SavedRouter.Header, _ path: String
  ) throws -> Setting {
    let points = header.operatingPoints
    let given = ["point", "budget", "willingness"].filter { invocation.has($0) }
    if given.count > 1 {
      throw ArgumentsError("--\(given[0]) and --\(given[1]) exclude each other; give one of them.")
    }
    if let willingness = try invocation.number(
      "willingness", needed: "an amount of at least 0", where: { $0 >= 0 })
    {
      return Setting(parameter: willingness)
    }
    guard let last = points.last, let first = points.first else {
      throw CommandError("\(path) has no operating points; give --willingness.")
    }
    if let point = try invocation.integer("point", in: 0...(points.count - 1)) {
      return Setting(parameter: points[point].parameter)
    }
    guard
      let budget = try invocation.number(
        "budget", needed: "an amount of at least 0", where: { $0 >= 0 })
    else { return Setting(parameter: last.parameter) }
    if budget < first.cost {
      let unit = header.costUnit ?? .dollars
      throw CommandError(
        "\(path) takes at least \(RecommendationText.cost(first.cost, unit)) a prompt, more than the "
          + "budget of \(RecommendationText.cost(budget, unit)); raise the budget.")
    }
    guard let index = points.indices.dropFirst().first(where: { budget < points[$0].cost }) else {
      return Setting(parameter: last.parameter)
    }
    let (left, right) = (points[index - 1], points[index])
    return Setting(
      parameter: left.parameter, other: right.parameter,
      share: (budget - left.cost) / (right.cost - left.cost))
  }

  private static func query(
    _ line: String, format: String, number: Int
  ) throws -> (id: Identifier?, prompt: String) {
    let isObject = line.drop { $0.isWhitespace || $0 == "\u{FEFF}" }.hasPrefix("{")
    guard format == "jsonl" || (format == "auto" && isObject) else { return (nil, line) }
    struct Query: Decodable {
      let prompt: String
      let id: Identifier?
    }
    guard
      let query = try? JSONDecoder().decode(
        Query.self, from: Data(line.drop { $0 == "\u{FEFF}" }.utf8))
    else {
      throw CommandError(
        "Line \(number) of the input is no JSON object with a text as prompt; give one prompt a line, "
          + "or --format text.")
    }
    return (query.id, query.prompt)
  }

  private static func decide(
    _ queries: [(id: Identifier?, prompt: String)], _ features: Matrix, _ router: any FittedRouter,
    _ header: SavedRouter.Header, _ setting: Setting, seed: UInt64
  ) throws -> [String] {
    let estimates = try (router as? any EstimatingRouter)?.estimates(for: features)
    func plans(_ parameter: Double) throws -> [Plan] {
      try estimates?.plans(at: WillingnessToPay(dollars: parameter))
        ?? router.plans(for: features, at: parameter)
    }
    let first = try plans(setting.parameter)
    let second = try setting.other.map(plans)
    let models = header.models.map { ModelID($0) }
    let isPrice = header.costEstimate == EvaluationSettings.CostChoice.tokenPrice.rawValue
    let unit = header.costUnit ?? .dollars
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return try queries.indices.map { row in
      var plan = first[row]
      var parameter = setting.parameter
      if let second, let other = setting.other {
        let text = Array(queries[row].prompt.utf8)
        var generator = SeededGenerator(
          seed: seed, stream: text.withUnsafeBytes { Checksum.of($0) })
        if generator.unit() < setting.share {
          plan = second[row]
          parameter = other
        }
      }
      let decision = Decision(
        id: queries[row].id, model: plan.label(models),
        plan: plan.isCall ? nil : NamedPlan(plan, models: models),
        parameter: parameter == .infinity ? "unlimited" : "\(parameter)",
        meaning: router.meaning(of: parameter),
        estimates: estimates.map { estimates in
          Dictionary(
            uniqueKeysWithValues: header.models.indices.map { model in
              let cost = estimates.cost.dollars(row: row, model: model)
              return (
                header.models[model],
                Decision.Expectation(
                  quality: estimates.quality[row, model],
                  dollars: unit == .dollars && !isPrice ? cost : nil,
                  seconds: unit == .seconds ? cost : nil, calls: unit == .calls ? cost : nil,
                  dollarsPerToken: isPrice ? cost : nil)
              )
            })
        })
      return String(decoding: try encoder.encode(decision), as: UTF8.self)
    }
  }
}

extension Plan {
  /// Whether one model is asked, and nothing else.
  fileprivate var isCall: Bool {
    if case .call = self { true } else { false }
  }
}
