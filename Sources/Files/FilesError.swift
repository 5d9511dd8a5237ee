import Foundation

/// Why a file could not be read, written or locked.
public struct FilesError: Error, Hashable, CustomStringConvertible {
  /// The sentence for the user.
  public let description: String

  /// Whether the file is there but its content is not what such a file holds.
  public let isDamage: Bool

  private init(_ description: String, isDamage: Bool = false) {
    self.description = description
    self.isDamage = isDamage
  }

  static func cannot(_ action: String, _ path: String, code: Int32) -> FilesError {
    FilesError("Cannot \(action) \(path): \(reason(code)).")
  }

  /// What a code of the system means, and what to do where one can tell.
  package static func reason(_ code: Int32) -> String {
    let words = String(cString: strerror(code))
    switch code {
    case ENOSPC: return "\(words); make room, or write elsewhere"
    case EDQUOT: return "\(words); remove files of yours, or write elsewhere"
    case EFBIG:
      return "it would be larger than files may be here (see 'ulimit -f'); raise the limit, or "
        + "write elsewhere"
    default: return words
    }
  }

  static func notAFile(_ path: String) -> FilesError {
    FilesError("\(path) is a folder or a device; a regular file was needed.")
  }

  static func corrupt(_ kind: String) -> FilesError {
    FilesError("The \(kind) data is corrupt; fetch or write the file again.", isDamage: true)
  }

  static func truncated(_ kind: String) -> FilesError {
    FilesError(
      "The \(kind) data ends too early; the file was cut off. Fetch or write it again.",
      isDamage: true)
  }

  static func tooLarge(_ kind: String, limit: Int) -> FilesError {
    FilesError("The \(kind) data unpacks to more than \(limit) bytes, the limit given.")
  }

  static func locked(_ path: String) -> FilesError {
    FilesError("\(path) is in use by another process; wait for it to end, or choose another.")
  }

  static func database(
    _ path: String, _ message: String, isDamage: Bool = false
  ) -> FilesError {
    FilesError("The database \(path) reports: \(message).", isDamage: isDamage)
  }

  /// A database whose pages contradict each other.
  public static func damaged(database path: String) -> FilesError {
    .database(path, "its content is damaged", isDamage: true)
  }
}
