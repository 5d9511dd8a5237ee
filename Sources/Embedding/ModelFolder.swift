import Files
import Foundation

/// A model's directory on this machine, read file by file.
struct ModelFolder: Sendable {
  let directory: String

  init(_ directory: String) { self.directory = directory }

  /// Its last part, which names the model.
  var name: String { URL(fileURLWithPath: directory).lastPathComponent }

  /// A folder within it; itself if the name is empty.
  func part(_ name: String) -> ModelFolder {
    name.isEmpty ? self : ModelFolder(directory + "/" + name)
  }

  func has(_ name: String) -> Bool {
    FileManager.default.fileExists(atPath: directory + "/" + name)
  }

  func bytes(_ name: String) throws(EmbeddingError) -> Data {
    do {
      return try MappedFile(path: directory + "/" + name).withUnsafeBytes { Data($0) }
    } catch {
      throw incomplete("\(error)")
    }
  }

  func incomplete(_ reason: String) -> EmbeddingError {
    EmbeddingError(
      "\(directory) is no complete model directory: \(reason) Get the model again with "
        + "`routerbench models pull`.")
  }
}
