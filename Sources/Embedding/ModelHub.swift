import Files
import Foundation
import Transport

/// A place on the web that has sentence encoders, in the layout that Hugging Face's hub made usual.
///
/// Files are at `<endpoint>/<owner>/<name>/resolve/<revision>/<file>`. A model's directory is put in
/// place whole or not at all, and a pull that was broken off goes on where it stopped.
public struct ModelHub: Sendable {
  /// The hub that people usually mean.
  public static let standardEndpoint = "https://huggingface.co"

  /// The address that all others begin with.
  public let endpoint: String

  let token: String?
  /// Changes how files are fetched.
  var prepare: @Sendable (inout Download) -> Void = { _ in }

  /// What a pull is doing.
  public enum Stage: Hashable, Sendable {
    /// Another process pulls the same model; its end is waited for.
    case waiting
    /// Some bytes of a file are there, of so many where that is known.
    case fetching(file: String, bytes: Int, of: Int?)
  }

  /// A model that is on this machine now.
  public struct PulledModel: Hashable, Sendable {
    /// Where it is.
    public let directory: String
    /// Whether it was there, whole, before.
    public let wasThere: Bool
  }

  /// Takes a hub's address, and a token for it where it asks for one.
  ///
  /// - Throws: A sentence when one of them cannot be used.
  public init(endpoint: String = ModelHub.standardEndpoint, token: String? = nil) throws {
    self.endpoint = endpoint.hasSuffix("/") ? String(endpoint.dropLast()) : endpoint
    self.token = token
    _ = try Download(from: self.endpoint, token: token)
  }

  /// Makes sure that a model is in a folder, in a directory of its name without the owner.
  ///
  /// A model that was pulled before is looked over, without asking the hub, and pulled again when a
  /// file is damaged. Files are verified by the size and hash that the hub vouches for.
  ///
  /// - Parameters:
  ///   - name: The repository; without an owner, one of sentence-transformers.
  ///   - revision: A branch, tag or commit.
  ///   - folder: Where models are; made when it is not there.
  ///   - tell: Told about each stage.
  public func pull(
    _ name: String, revision: String = "main", into folder: String,
    tell: @escaping (Stage) -> Void = { _ in }
  ) throws -> PulledModel {
    let repository = try HubRepository(name, revision: revision)
    try Self.makeFolder(folder)
    let lock = try Self.lock("\(folder)/.\(repository.name).lock", tell)
    defer { withExtendedLifetime(lock) {} }
    let directory = "\(folder)/\(repository.name)"
    if try Self.has(repository, in: directory) {
      return PulledModel(directory: directory, wasThere: true)
    }
    // Hidden, so that nobody takes it for a model.
    let part = "\(folder)/.\(repository.name).part"
    try ModelPull.requireOwn(part)
    let pull = ModelPull(repository, from: self, into: part, tell: tell)
    do { try pull.run() } catch {
      if !pull.canGoOn { try? FileManager.default.removeItem(atPath: part) }
      throw error
    }
    try Self.place(part, at: directory, old: "\(folder)/.\(repository.name).old")
    return PulledModel(directory: directory, wasThere: false)
  }

  /// Whether the model is there and whole; throws when something else is in its place.
  private static func has(_ repository: HubRepository, in directory: String) throws -> Bool {
    guard FileManager.default.fileExists(atPath: directory) else { return false }
    if let record = ModelRecord.read(from: directory) {
      guard record.repository == repository.fullName else {
        throw EmbeddingError(
          "\(directory) holds \(record.repository), and \(repository.fullName) needs the same place; "
            + "move the directory away and pull again.")
      }
      return [record.revision, record.commit].contains(repository.revision)
        && record.isWhole(in: directory)
    }
    // Not from a pull, so not ours to replace.
    let isUsual = repository.owner == HubRepository.standardOwner && repository.revision == "main"
    do {
      _ = try SentenceEncoder(directory: directory)
      if isUsual { return true }
    } catch {
      throw EmbeddingError(
        "\(directory) is there and is no whole model: \(error) Move the directory away and pull "
          + "again.")
    }
    throw EmbeddingError(
      "\(directory) holds a model that was not pulled, so whether it is \(repository.fullName) at "
        + "\(repository.revision) is not known; move the directory away and pull again.")
  }

  static func makeFolder(_ path: String) throws(EmbeddingError) {
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw EmbeddingError(
        "The folder \(path) cannot be made: \(error.localizedDescription) Choose a place that is "
          + "yours to write.")
    }
  }

  private static func lock(_ path: String, _ tell: (Stage) -> Void) throws(FilesError) -> FileLock {
    do { return try FileLock(path: path) } catch {
      guard error.isLocked else { throw error }
    }
    tell(.waiting)
    return try FileLock(path: path, waits: true)
  }

  /// Renames the whole directory, so that readers see the old model, none or the new one.
  private static func place(_ part: String, at directory: String, old: String) throws {
    try? FileManager.default.removeItem(atPath: old)
    let makesRoom = rename(directory, old) == 0
    guard rename(part, directory) == 0 else {
      let reason = String(cString: strerror(errno))
      if makesRoom { rename(old, directory) }
      throw EmbeddingError("The model cannot be put in place at \(directory): \(reason).")
    }
    try? FileManager.default.removeItem(atPath: old)
  }
}
