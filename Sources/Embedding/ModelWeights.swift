import Files
import Foundation
import Matrices

/// The weights of a network, in one file or in several that an index lists.
struct ModelWeights: Sendable {
  static let single = "model.safetensors"
  static let index = single + ".index.json"

  private let files: [MappedFile]
  private let parts: [Safetensors]
  private let places: [String: Int]
  private let path: String

  /// Maps the weights of a folder.
  ///
  /// - Parameter has: Whether the folder has a file.
  init(folder: String, has: (String) -> Bool) throws {
    let names =
      has(Self.single) || !has(Self.index)
      ? [Self.single]
      : try Self.shards(
        try MappedFile(path: folder + "/" + Self.index).withUnsafeBytes { Data($0) },
        path: folder + "/" + Self.index)
    for name in names where !has(name) {
      if name != Self.single {
        throw EmbeddingError(
          "\(folder) lacks \(name), a part of its weights that \(Self.index) lists. Get the model "
            + "again with `routerbench models pull`.")
      }
      throw Self.refusal(folder, has: has)
    }
    files = try names.map { try MappedFile(path: folder + "/" + $0) }
    parts = try files.map { try Safetensors($0) }
    path = names.count == 1 ? folder + "/" + names[0] : folder + "/" + Self.index
    var places: [String: Int] = [:]
    for (place, part) in parts.enumerated() {
      for name in part.names { places[name] = place }
    }
    self.places = places
  }

  /// The files that an index lists, each once and in order.
  static func shards(_ data: Data, path: String) throws(EmbeddingError) -> [String] {
    let fault = ModelFault(path: path)
    guard let map = ModelJSON(data)?["weight_map"]?.members, !map.isEmpty else {
      throw fault.damaged("lists no weights")
    }
    var names: Set<String> = []
    for member in map {
      guard let name = member.value.text, name.hasSuffix(".safetensors"), !name.hasPrefix("."),
        !name.contains("/"), !name.contains("\\")
      else { throw fault.damaged("lists weights in a file with an impossible name") }
      names.insert(name)
    }
    guard names.count <= 1000 else { throw fault.damaged("lists \(names.count) files") }
    return names.sorted()
  }

  private static func refusal(_ folder: String, has: (String) -> Bool) -> EmbeddingError {
    guard has("pytorch_model.bin") || has("pytorch_model.bin.index.json") else {
      return EmbeddingError(
        "\(folder) has no \(single), the only kind of weights that is read. Get the model again with "
          + "`routerbench models pull`.")
    }
    return EmbeddingError(
      "\(folder) has its weights in pytorch_model.bin only, a pickle, which is not read; needed is "
        + "\(single). Convert it once with transformers: AutoModel.from_pretrained(folder)"
        + ".save_pretrained(folder, safe_serialization=True).")
  }

  /// One tensor as floats; a vector is a matrix of one row.
  func matrix(named name: String) throws(EmbeddingError) -> Matrix {
    guard let place = places[name] else {
      // It says what the file has instead.
      if let only = parts.first, parts.count == 1 { return try only.matrix(named: name) }
      throw EmbeddingError("\(path) has no tensor \(name); is it the model's own weights?")
    }
    return try parts[place].matrix(named: name)
  }

  func has(_ name: String) -> Bool { places[name] != nil }

  /// What stands before a name that all files of a class have, such as `bert.`.
  func prefix(of name: String) throws(EmbeddingError) -> String {
    let found = places.keys.filter { $0.hasSuffix(name) }.map { String($0.dropLast(name.count)) }
      .filter { $0.isEmpty || $0.hasSuffix(".") }.sorted { ($0.count, $0) < ($1.count, $1) }
    guard found.count > 1, !found[0].isEmpty else { return found.first ?? "" }
    throw EmbeddingError(
      "\(path) holds several networks (\(found.prefix(3).joined(separator: ", "))); weights of one "
        + "were needed. Choose another encoder.")
  }

  /// Passes on all bytes, file by file.
  func eachFile(_ body: (UnsafeRawBufferPointer) -> Void) {
    for file in files { file.withUnsafeBytes(body) }
  }
}
