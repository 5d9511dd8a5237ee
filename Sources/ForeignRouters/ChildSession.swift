import Foundation
import Matrices
import Outcomes
import Routing

/// One child's whole talk: the greeting, then teaching and asking in turn.
struct ChildSession {
  /// What the child is doing, for sentences and to know which replies fit.
  enum Stage: String {
    case greeting = "before it said that it is ready"
    case fitting = "while it was to learn"
    case routing = "while it was to route"
  }

  private let child: ChildProcess
  private let name: String
  private let command: String
  private let idleLimit: Double
  private let lineLimit: Int
  private let conversation: Conversation
  private var stage = Stage.greeting

  init(
    child: ChildProcess, name: String, command: String, idleLimit: Double, lineLimit: Int,
    heard: ((String) -> Void)?
  ) {
    self.child = child
    self.name = name
    self.command = command
    self.idleLimit = idleLimit
    self.lineLimit = lineLimit
    conversation = Conversation(child, idleLimit: idleLimit, lineLimit: lineLimit, heard: heard)
  }

  /// Reads what an ended child has left on standard error.
  func drainErrors() { conversation.drainErrors() }

  /// Teaches and asks the child for every part of a request.
  mutating func plans(for request: PlanRequest) throws -> PlanAnswer {
    let table = request.lessons.table
    let ready = try expect(
      "ready",
      after: ChildMessages.hello(
        models: table.models, task: request.task, seed: request.seed,
        dimensions: request.lessons.features.columns))
    guard let version = ready.version, version == ChildMessages.version else {
      throw ChildFault(
        "speaks \(ready.version.map { "version \($0)" } ?? "no version") of the protocol; needed is "
          + "\(ChildMessages.version)")
    }
    let wantsFeatures = ready.features ?? false
    let costs = request.lessons.meanCosts
    var parts: [(rows: [Int], table: PlanTable)] = []
    if ready.learns ?? true {
      for fold in request.folds {
        let held = Set(fold)
        let rest = request.lessons.selecting(
          rows: table.sampleIDs.indices.filter { !held.contains($0) })
        try fit(rest, wantsFeatures)
        let inside = request.lessons.selecting(rows: fold)
        let sheet = PromptSheet(inside.table, features: inside.features)
        parts.append((fold, try route(sheet, table.models, rest.meanCosts, wantsFeatures)))
      }
      try fit(request.lessons, wantsFeatures)
    } else {
      let sheet = PromptSheet(table, features: request.lessons.features)
      parts.append((Array(0..<table.count), try route(sheet, table.models, costs, wantsFeatures)))
    }
    let test = try route(request.test, table.models, costs, wantsFeatures)
    for part in parts where part.table.parameters != test.parameters {
      throw ChildFault(
        "answered with \(Self.words(part.table)) for training prompts and with \(Self.words(test)) "
          + "for test prompts; needed is the same for all")
    }
    return PlanAnswer(
      test: test,
      training: PlanTable(joining: parts, sampleIDs: table.sampleIDs, models: table.models.count))
  }

  private static func words(_ table: PlanTable) -> String {
    guard let parameters = table.parameters else { return "qualities" }
    if parameters == [nil] { return "a model" }
    return "choices at \(listed(parameters.map { $0.map { "\($0)" } ?? "" }, limit: 5))"
  }

  private mutating func fit(_ lessons: Lessons, _ withFeatures: Bool) throws {
    stage = .fitting
    _ = try expect("fitted", after: ChildMessages.fit(lessons, withFeatures: withFeatures))
  }

  private mutating func route(
    _ sheet: PromptSheet, _ models: [ModelID], _ meanCosts: [Double], _ withFeatures: Bool
  ) throws -> PlanTable {
    stage = .routing
    var answers = ChildAnswers(to: sheet.sampleIDs, models: models)
    _ = try expect("routed", after: ChildMessages.route(sheet, withFeatures: withFeatures)) {
      try answers.take($0, id: $1)
    }
    return try answers.table(meanCosts: meanCosts)
  }

  /// Sends a message and hears answers until the reply of that type.
  private func expect(
    _ type: String, after message: [UInt8], answer: ((ChildReply, String) throws -> Void)? = nil
  ) throws -> ChildReply {
    var found: ChildReply?
    try conversation.exchange(message) { line in
      let reply: ChildReply
      do {
        guard let read = try ChildReply.read(line) else { return false }
        reply = read
      } catch {
        throw ChildFault(ChildLine(line).complaint(about: error, stage: stage.rawValue))
      }
      switch reply.type {
      case type:
        found = reply
        return true
      case "progress": return false
      case "error": throw ChildFault("gave up: \(reply.message ?? "it did not say why")")
      case nil, "answer":
        guard let id = reply.id else {
          throw ChildFault("answered without saying for which id")
        }
        guard let answer else { throw ChildFault("answered for '\(id)' before it was asked") }
        try answer(reply, id)
        return false
      case let other?:
        throw ChildFault("said '\(other)' \(stage.rawValue); needed is '\(type)'")
      }
    }
    guard let found else { throw Conversation.Failure.ended }
    return found
  }

  /// Ends the child and says what went wrong, with its last words.
  func sentence(for error: any Error) -> any Error {
    let subject = "The router \(name)"
    var sentence: String
    switch error {
    case let fault as ChildFault: sentence = "\(subject) \(fault.predicate)."
    case Conversation.Failure.ended: sentence = "\(subject) \(ending())."
    case Conversation.Failure.idle:
      let seconds = idleLimit == idleLimit.rounded() ? "\(Int(idleLimit))" : "\(idleLimit)"
      sentence =
        "\(subject) neither read nor answered for \(seconds) seconds \(stage.rawValue); it must read "
        + "every line and flush its answers, or be given a longer --command-timeout."
    case Conversation.Failure.hugeLine:
      sentence = "\(subject) wrote a line of more than \(lineLimit) bytes \(stage.rawValue)."
    case Conversation.Failure.broken(let code):
      sentence = "\(subject) could not be talked to: \(String(cString: strerror(code)))."
    default:
      child.end(grace: 0)
      return error
    }
    child.end(grace: 0)
    conversation.drainErrors()
    if !conversation.lastWords.isEmpty {
      sentence += " Its last words: \(conversation.lastWords.joined(separator: " | "))"
    }
    return ForeignRouterError(sentence)
  }

  /// How a child that fell silent ended.
  private func ending() -> String {
    switch child.wait(seconds: 2) {
    case .exited(127): "was not found: the shell knows no such command ('\(command)')"
    case .exited(126): "could not be run: it is not a program ('\(command)')"
    // What a shell says of a program that it ran.
    case .exited(let status) where (129...159).contains(status):
      "was ended by signal \(status - 128) \(stage.rawValue)"
    case .exited(let status): "ended with exit status \(status) \(stage.rawValue)"
    case .signalled(let signal): "was ended by signal \(signal) \(stage.rawValue)"
    case nil: "closed its standard output \(stage.rawValue)"
    }
  }
}
