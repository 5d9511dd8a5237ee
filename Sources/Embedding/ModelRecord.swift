import Files
import Foundation

/// What a pull leaves in a model's directory, to tell later whether all is there still.
struct ModelRecord: Codable {
  static let fileName = "pulled.json"

  /// The repository's name with its owner.
  let repository: String
  /// The revision that was asked for.
  let revision: String
  /// The commit that it was, where the hub told.
  let commit: String?
  /// The SHA-256 of each file by its path.
  let files: [String: String]

  /// The record of a directory, if it has one that can be read.
  static func read(from directory: String) -> ModelRecord? {
    guard let file = try? MappedFile(path: directory + "/" + fileName) else { return nil }
    return try? JSONDecoder().decode(
      ModelRecord.self, from: file.withUnsafeBytes { Data($0) })
  }

  func write(to directory: String) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let bytes = [UInt8](try encoder.encode(self)) + [UInt8(ascii: "\n")]
    try AtomicFile.write(bytes, to: directory + "/" + Self.fileName, readers: .everyone)
  }

  /// Whether every file is as it was pulled.
  func isWhole(in directory: String) -> Bool {
    files.allSatisfy { (try? SHA256.hexDigest(ofFile: directory + "/" + $0.key)) == $0.value }
  }
}
