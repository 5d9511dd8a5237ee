import Files
import Foundation

/// The sentence encoders in the user's cache directory.
enum ModelStore {
  /// Where they are.
  static var root: String { UserDirectories.cache + "/models" }

  /// Names of models that people are likely to want.
  static let known = [
    "all-MiniLM-L6-v2", "all-MiniLM-L12-v2", "all-mpnet-base-v2", "all-distilroberta-v1",
  ]

  /// The models that are here, in order of name.
  static var names: [String] {
    let found = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
    return found.filter { isModel(root + "/" + $0) && !$0.hasPrefix(".") }.sorted()
  }

  /// The directory of a model: one in the cache, or a directory anywhere.
  ///
  /// - Throws: A sentence that says how to get the model.
  static func directory(of name: String) throws -> String {
    if isModel(name) { return name }
    // A hub's name has an owner; the directory has not.
    let short = name.split(separator: "/").last.map(String.init) ?? name
    let place = root + "/" + short
    if isModel(place) { return place }
    if name.contains("/"), FileManager.default.fileExists(atPath: name) {
      throw CommandError(
        "\(name) is not a model's directory; needed is one with modules.json or config.json, as "
          + "sentence-transformers writes it.")
    }
    throw CommandError(
      "The model '\(name)' is not here; get it with 'routerbench models pull \(name)', give a "
        + "model's directory, or use --encoder builtin, which needs no download.")
  }

  /// Whether a directory claims to be a model; reading it says what it lacks.
  private static func isModel(_ directory: String) -> Bool {
    ["config.json", "modules.json"].contains {
      FileManager.default.fileExists(atPath: directory + "/" + $0)
    }
  }
}
