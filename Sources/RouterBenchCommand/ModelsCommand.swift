import Arguments
import Embedding
import Foundation
import Transport

/// `routerbench models`: pulls and lists the sentence encoders.
enum ModelsCommand {
  static let definition = Command(
    "models", summary: "Pull and list the sentence encoders.",
    discussion: [
      "Models live in your cache directory (XDG_CACHE_HOME, or ~/.cache). Files are verified by size "
        + "and hash, and a pull that was broken off goes on where it stopped."
    ],
    commands: [
      Command(
        "list", summary: "List the models that are here.",
        options: [.flag("json", summary: "Write one JSON value.", section: "OUTPUT")],
        examples: [.init("What is here?", "routerbench models list")]),
      Command(
        "pull", summary: "Fetch a model from the hub.",
        operands: [
          Operand(
            "NAME", .suggestions(known), summary: "A model's name, with or without its owner.")
        ],
        options: [
          CommandOption(
            "revision", "NAME", summary: "A branch, tag or commit; main by default."),
          CommandOption(
            "endpoint", "URL",
            summary: "Another hub of the same layout; HF_ENDPOINT or https://huggingface.co by "
              + "default. A token is taken from HF_TOKEN."),
        ] + Console.options,
        examples: [
          .init("The small encoder.", "routerbench models pull all-MiniLM-L6-v2"),
          .init(
            "Any repository of that layout.",
            "routerbench models pull sentence-transformers/all-mpnet-base-v2 --revision main"),
        ]),
      Command(
        "path", summary: "Print the directory of a model.",
        operands: [Operand("NAME", .suggestions(known), summary: "A model's name.")],
        examples: [.init("Where is it?", "routerbench models path all-MiniLM-L6-v2")]),
    ],
    examples: [.init("Fetch the small encoder.", "routerbench models pull all-MiniLM-L6-v2")])

  private static let known = ModelStore.known

  static func run(_ invocation: Invocation) throws -> ExitCode {
    switch invocation.path.last {
    case "list": return try list(invocation)
    case "path":
      Console.print(try ModelStore.directory(of: invocation.required("NAME")))
      return .done
    default: return try pull(invocation)
    }
  }

  private static func pull(_ invocation: Invocation) throws -> ExitCode {
    let name = try invocation.required("NAME")
    let console = Console(invocation)
    let token = setting("HF_TOKEN")
    let hub = try ModelHub(
      endpoint: invocation.text("endpoint") ?? setting("HF_ENDPOINT") ?? ModelHub.standardEndpoint,
      token: token)
    let bars = PullProgress(console)
    defer { bars.finish() }
    let model: ModelHub.PulledModel
    do {
      model = try hub.pull(
        name, revision: invocation.text("revision") ?? "main", into: ModelStore.root,
        tell: { bars.tell($0) })
    } catch let error as TransportError where [401, 403].contains(error.status) && token == nil {
      throw CommandError("\(error) A token is taken from HF_TOKEN, which is not set.")
    }
    bars.finish()
    Console.print(
      model.wasThere
        ? "\(name) is there already, whole: \(model.directory)" : "\(name) is in \(model.directory)"
    )
    return .done
  }

  /// A variable of the environment that says something.
  private static func setting(_ name: String) -> String? {
    let value = ProcessInfo.processInfo.environment[name]?.trimmingCharacters(
      in: .whitespacesAndNewlines)
    return value?.isEmpty == false ? value : nil
  }

  private static func list(_ invocation: Invocation) throws -> ExitCode {
    let names = ModelStore.names
    if invocation.has("json") {
      let entries = names.map { ["name": $0, "path": ModelStore.root + "/" + $0] }
      Console.print(json: try JSONText.text(entries))
      return .done
    }
    if names.isEmpty {
      Console.print(
        "No model is in \(ModelStore.root); get one with 'routerbench models pull "
          + "all-MiniLM-L6-v2'.")
    }
    for name in names { Console.print("\(name)  \(ModelStore.root)/\(name)") }
    return .done
  }
}
