import Arguments
import ForeignRouters
import Foundation

/// The outermost command: reads the arguments, runs one subcommand, and says how it went.
enum Program {
  static let name = "routerbench"
  static let version = "0.1.0"

  static let definition = Command(
    name, summary: "Tells whether a router of language models is worth having.",
    discussion: [
      "Recorded outcomes in (who answered what, how well, for how many dollars), curves of quality "
        + "over cost out, for routers and for the plain alternatives to them."
    ],
    commands: [
      InspectCommand.definition, EvaluateCommand.definition, ConvertCommand.definition,
      CollectCommand.definition, ScoreCommand.definition, ExportCommand.definition,
      RecommendCommand.definition, FitCommand.definition, RouteCommand.definition,
      ReportCommand.definition, CompareCommand.definition, PoolCommand.definition,
      ExplainCommand.definition,
      CurveCommand.definition, ReproduceCommand.definition,
      SplitCommand.definition, FeaturesCommand.definition, ModelsCommand.definition,
      DemoCommand.definition,
      CompletionsCommand.definition,
    ],
    examples: [
      .init("See everything work on synthetic outcomes.", "routerbench demo"),
      .init("See what a file holds.", "routerbench inspect routerbench_0shot.pkl"),
      .init(
        "Examine routers on it.",
        "routerbench evaluate routerbench_0shot.pkl --view question --out report"),
    ],
    version: version)

  /// Runs the command that the arguments name.
  static func run(_ arguments: [String]) -> ExitCode {
    do {
      let request = try definition.parse(arguments)
      switch request {
      case .help(let help):
        Console.print(own: help.text(style: .of(.standardOutput)))
        try Console.requireOutput()
        return .done
      case .version(let version):
        Console.print(version)
        return .done
      case .run(let invocation):
        let code = try dispatch(invocation)
        try Console.requireOutput()
        return code
      }
    } catch  where LivingChildren.areEnding {
      // The signal that ended the children is about to end this program; their end is no fault.
      while true { pause() }
    } catch let error as ArgumentsError {
      let path = (error.path.isEmpty ? [name] : error.path).joined(separator: " ")
      Console.fail("\(error)", hint: "'\(path) --help' explains it.")
      return .usage
    } catch let error as StrictRefusal {
      Console.fail("\(error)", hint: nil)
      return .faults
    } catch {
      Console.fail("\(error)", hint: nil)
      return .unusable
    }
  }

  private static func dispatch(_ invocation: Invocation) throws -> ExitCode {
    do {
      switch Array(invocation.path.dropFirst()) {
      case ["inspect"]: return try InspectCommand.run(invocation)
      case ["evaluate"]: return try EvaluateCommand.run(invocation)
      case ["convert"]: return try ConvertCommand.run(invocation)
      case ["collect"]: return try CollectCommand.run(invocation)
      case ["score"]: return try ScoreCommand.run(invocation)
      case ["export"]: return try ExportCommand.run(invocation)
      case ["recommend"]: return try RecommendCommand.run(invocation)
      case ["fit"]: return try FitCommand.run(invocation)
      case ["route"]: return try RouteCommand.run(invocation)
      case ["report"]: return try ReportCommand.run(invocation)
      case ["compare"]: return try CompareCommand.run(invocation)
      case ["pool"]: return try PoolCommand.run(invocation)
      case ["explain"]: return try ExplainCommand.run(invocation)
      case ["curve"]: return try CurveCommand.run(invocation)
      case ["reproduce"]: return try ReproduceCommand.run(invocation)
      case ["features"]: return try FeaturesCommand.run(invocation)
      case ["split"]: return try SplitCommand.run(invocation)
      case ["demo"]: return try DemoCommand.run(invocation)
      case ["completions"]: return try CompletionsCommand.run(invocation)
      case let path where path.first == "models": return try ModelsCommand.run(invocation)
      default: preconditionFailure("'\(invocation.path)' is defined but has no code.")
      }
    } catch let error as ArgumentsError {
      throw error.located(at: invocation.path)
    }
  }
}
