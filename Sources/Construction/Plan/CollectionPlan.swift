import Files
import Foundation

/// What to ask whom, at what price, and where the answers go.
public struct CollectionPlan: Sendable, Hashable {
  /// The file that it was read from.
  public var file: String
  /// The file of answers.
  public var store: String
  /// The models.
  public var models: [PlannedModel]
  /// The models that judge answers.
  public var judges: [PlannedJudge] = []
  /// The tasks.
  public var tasks: [PlannedTask]
  /// How often each model is asked each question.
  public var repeats: Int
  /// The most dollars that the store may come to cost; nil for no limit.
  public var maxCost: Double?
  /// The most calls that the store may come to take, repeated ones included; nil for no limit.
  public var maxCalls: Int?

  /// Reads a plan in YAML or JSON; paths in it are taken from its own folder.
  ///
  /// - Parameter scorers: The names that a task's scorer may have.
  /// - Throws: All that is wrong with it, one sentence a line, each with its line number.
  public static func read(
    _ path: String, scorers: [String]
  ) throws(ConstructionError) -> CollectionPlan {
    let bytes: [UInt8]
    do throws(FilesError) {
      bytes = try MappedFile(path: path).withUnsafeBytes { [UInt8]($0) }
    } catch { throw ConstructionError(error.description) }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw ConstructionError("\(path) is not text in UTF-8; save it as that.")
    }
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
    return try parse(text, file: path, folder: folder, scorers: scorers)
  }
}
