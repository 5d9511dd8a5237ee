import Foundation

/// What the files that sentence-transformers puts around a network say about its use.
///
/// A folder without `modules.json` is a plain network, whose tokens' mean is taken.
struct SentenceLayout {
  /// A module behind the pooling.
  enum HeadModule: Sendable, Hashable {
    case normalize
    case dense(folder: String, DenseModule)
    case layerNorm(folder: String)
  }

  /// Where the network's own files are, within the directory; empty where they are in its root.
  private(set) var network = ""
  private(set) var pooling = Pooling()
  private(set) var head: [HeadModule] = []
  /// How many tokens are read, if a file of sentence-transformers says so.
  private(set) var longestSequence: Int?
  /// Whether texts are lowercased although the tokenizer does not.
  private(set) var lowercases = false
  /// What the tokenizer is told in the place of its own settings.
  private(set) var wishes: ModelJSON?
  /// What is put before every text.
  private(set) var prompt = ""
  /// How many of a vector's numbers are kept.
  private(set) var keptWidth: Int?

  static let supported = "Transformer, Pooling, Dense, LayerNorm, Dropout and Normalize"

  /// Reads `modules.json`, the settings of each module, and `config_sentence_transformers.json`.
  init(
    directory: String, has: (String) throws -> Bool, bytes: (String) throws -> Data
  ) throws {
    guard try has("modules.json") else { return }
    func read(_ name: String) throws -> ModelJSON? {
      guard try has(name) else { return nil }
      guard let json = ModelJSON(try bytes(name)), json.members != nil else {
        throw ModelFault(path: directory + "/" + name).damaged("is no JSON object")
      }
      return json
    }
    let modules = try Self.modules(try bytes("modules.json"), directory: directory)
    network = modules[0].folder
    try readNetwork(directory, read)
    var hasPooling = false
    for module in modules.dropFirst() {
      let name = Self.join(module.folder, "config.json")
      let path = directory + "/" + name
      switch module.type {
      case "Dropout": break
      case "Pooling" where !hasPooling:
        pooling = try Pooling(try bytes(name), path: path)
        hasPooling = true
      case "Normalize" where hasPooling:
        if !module.folder.isEmpty, let json = try read(name) {
          try DenseModule.requireSentence(json, ModelFault(path: path))
        }
        head.append(.normalize)
      case "Dense" where hasPooling:
        head.append(.dense(folder: module.folder, try DenseModule(try bytes(name), path: path)))
      case "LayerNorm" where hasPooling: head.append(.layerNorm(folder: module.folder))
      default:
        throw ModelFault(path: directory + "/modules.json").unsupported(
          "the module \(module.type) " + (hasPooling ? "behind a Pooling" : "before any Pooling"),
          known: Self.supported)
      }
    }
    guard hasPooling else {
      throw ModelFault(path: directory + "/modules.json").damaged("names no Pooling module")
    }
    try readUse(directory, read)
  }

  private struct Module {
    let folder: String
    let type: String
  }

  private static func modules(_ data: Data, directory: String) throws(EmbeddingError) -> [Module] {
    let fault = ModelFault(path: directory + "/modules.json")
    guard let items = ModelJSON(data)?.items, !items.isEmpty else {
      throw fault.damaged("is no list of modules")
    }
    var modules: [Module] = []
    for item in items {
      guard let folder = item["path"]?.text, let type = item["type"]?.text else {
        throw fault.damaged("has a module without a path or a type")
      }
      let parts = folder.split(separator: "/", omittingEmptySubsequences: false)
      guard !folder.hasPrefix("/"), !parts.contains(".."), !folder.contains("\\"),
        !folder.contains("\0")
      else {
        throw EmbeddingError("\(directory) keeps a module outside of the folder; fetch it again.")
      }
      // A class of another package may bear the same name and do something else.
      let name = type.split(separator: ".").last.map(String.init) ?? type
      let known = ["Transformer", "Pooling", "Dense", "LayerNorm", "Dropout", "Normalize"]
      guard type.hasPrefix("sentence_transformers."), known.contains(name) else {
        throw fault.unsupported("a module of the type \(type)", known: supported)
      }
      let plain = parts.filter { !$0.isEmpty && $0 != "." }.joined(separator: "/")
      modules.append(Module(folder: plain, type: name))
    }
    guard modules[0].type == "Transformer" else {
      throw fault.unsupported(
        "\(modules[0].type) as the first module", known: "Transformer as the first one")
    }
    return modules
  }

  /// The file's place in a module's folder.
  static func join(_ folder: String, _ name: String) -> String {
    folder.isEmpty ? name : folder + "/" + name
  }

  /// The names that older versions have for the network's settings, by class.
  private static let settings = ["bert", "roberta", "distilbert", "camembert", "xlm-roberta"].map {
    "sentence_\($0)_config.json"
  }

  private mutating func readNetwork(
    _ directory: String, _ read: (String) throws -> ModelJSON?
  ) throws {
    for name in Self.settings {
      let path = Self.join(network, name)
      guard let json = try read(path) else { continue }
      let fault = ModelFault(path: directory + "/" + path)
      if let task = json["transformer_task"]?.text, task != "feature-extraction" {
        throw fault.unsupported("the task \(fault.quoted(task))", known: "feature-extraction")
      }
      let harmless = ["trust_remote_code", "revision", "cache_dir", "local_files_only", "token"]
      for key in ["config_args", "config_kwargs"] {
        for member in json[key]?.members ?? [] where !harmless.contains(member.key) {
          throw fault.unsupported(
            "\(member.key) in its \(key)", known: "settings in the network's own config.json")
        }
      }
      wishes = json["processor_kwargs"] ?? json["tokenizer_args"] ?? json["tokenizer_kwargs"]
      longestSequence = wishes?["model_max_length"]?.integer ?? json["max_seq_length"]?.integer
      lowercases = json["do_lower_case"]?.bool ?? false
      return
    }
  }

  private mutating func readUse(
    _ directory: String, _ read: (String) throws -> ModelJSON?
  ) throws {
    let name = "config_sentence_transformers.json"
    guard let json = try read(name) else { return }
    let fault = ModelFault(path: directory + "/" + name)
    if let type = json["model_type"]?.text, type != "SentenceTransformer" {
      throw fault.unsupported(
        "the kind of encoder \(fault.quoted(type))", known: "SentenceTransformer")
    }
    keptWidth = json["truncate_dim"]?.integer.flatMap { $0 > 0 ? $0 : nil }
    guard let wanted = json["default_prompt_name"]?.text else { return }
    let prompts = json["prompts"]
    guard let found = prompts?[wanted] else {
      // These two are there, and empty, in every model.
      if ["query", "document"].contains(wanted) { return }
      let names = (prompts?.members ?? []).map(\.key).joined(separator: ", ")
      throw fault.damaged(
        "has no prompt \(fault.quoted(wanted)), its default_prompt_name; it has: \(names)")
    }
    prompt = found.text ?? ""
  }
}
