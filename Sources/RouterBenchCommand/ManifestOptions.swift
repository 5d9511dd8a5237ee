import Arguments
import CostQuality
import Evaluation
import Foundation
import Outcomes
import Prompts
import Reporting

/// A manifest holds the options as they would be typed, so the parser that reads a command line also
/// reads a manifest, with the same checks.
extension EvaluationSettings {
  /// The options by name, with every default spelt out.
  var manifestOptions: [String: OptionValue] {
    func list(_ items: [String]) -> OptionValue { .list(items.map { .text($0) }) }
    var options: [String: OptionValue] = [
      "view": .text(view.rawValue), "routers": list(routers), "split": .text(split.rawValue),
      "train-fraction": .number(trainFraction), "grid": .text(Self.spelling(of: grid)),
      "left": .text(left.rawValue), "design": .text(design.rawValue),
      "resamples": .number(Double(resamples)), "confidence": .number(confidence),
      "detect": .number(detect),
      "seeds": list(seeds.map(String.init)), "page-prompts": .number(Double(pagePrompts)),
      charging.rawValue: .flag(true),
    ]
    options.merge(routingManifest) { $1 }
    if let features {
      options["features"] = .text(features)
    } else {
      options["encoder"] = .text(encoder)
    }
    if let folds {
      options["folds"] = .number(Double(folds))
      options["train-fraction"] = nil
      options["split"] = nil
    }
    if let sampling { options["sampled"] = .text("\(sampling)") }
    if let maxCost { options["max-cost"] = .number(maxCost) }
    if let maxLatency { options["max-latency"] = .number(maxLatency) }
    if let selection { options["select"] = .text(selection.rawValue) }
    if !predictions.isEmpty { options["predictions"] = list(predictions.map(\.typed)) }
    if !commands.isEmpty { options["commands"] = list(commands.map(\.typed)) }
    if let tasks { options["tasks"] = list(tasks) }
    if let models { options["models"] = list(models) }
    switch source {
    case .standIn(let prompts, let seed), .retrievalStandIn(let prompts, let seed):
      if case .retrievalStandIn = source { options["retrieval"] = .flag(true) }
      options["command"] = .text("demo")
      options["prompts"] = .number(Double(prompts))
      options["seed"] = .text("\(seed)")
    case .file(let path):
      options["command"] = .text("evaluate")
      options["data"] = .text(path)
      options["duplicates"] = .text(duplicates.rawValue)
      if axis != .dollars { options["axis"] = .text(axis.typed) }
      if let prices { options["prices"] = .text(prices) }
      if let groups { options["groups"] = .text(groups) }
      if let evalName { options["eval-name"] = .text(evalName) }
      if qualityScale != 0...1 {
        options["quality-scale"] = .text(Self.spelling(of: qualityScale))
      }
      if numbersRows { options["number-rows"] = .flag(true) }
    }
    return options
  }

  /// The settings that a manifest holds.
  init(_ manifest: Manifest, from path: String) throws {
    guard case .text(let command)? = manifest.options["command"] else {
      throw CommandError("The manifest \(path) names no command; give one that evaluate wrote.")
    }
    var arguments = [command]
    var operand: String?
    for (name, value) in manifest.options.sorted(by: { $0.key < $1.key }) where name != "command" {
      switch value {
      case .text(let text) where name == "data": operand = text
      case .list(let values) where name == "predictions":
        // A path may hold a comma, so each is an option of its own.
        arguments += values.map { "--\(name)=\(Self.spelling(of: $0))" }
      // "command" is evaluate or demo itself.
      case .list(let values) where name == "commands":
        arguments += values.map { "--command=\(Self.spelling(of: $0))" }
      case .flag(true): arguments.append("--\(name)")
      case .flag(false): break
      default: arguments.append("--\(name)=\(Self.spelling(of: value))")
      }
    }
    if let operand { arguments += ["--", operand] }
    do {
      guard case .run(let invocation) = try Program.definition.parse(arguments) else {
        throw ArgumentsError("It asks for help.")
      }
      self =
        try command == "demo"
        ? DemoCommand.settings(invocation) : EvaluateCommand.settings(invocation)
    } catch let error as ArgumentsError {
      throw CommandError("The manifest \(path) cannot be repeated. \(error)")
    }
  }

  private static func spelling(of value: OptionValue) -> String {
    switch value {
    case .text(let text): text
    case .number(let number): Int(exactly: number).map(String.init) ?? "\(number)"
    case .flag(let flag): "\(flag)"
    case .list(let values): values.map(spelling).joined(separator: ",")
    }
  }
}
