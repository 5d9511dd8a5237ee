import Foundation

/// Why a file could not be read, written or locked.
public struct FilesError: Error, Hashable, CustomStringConvertible {
  /// The sentence for the user.
  public let description: String

  private init(_ description: String) { self.description = description }

  static func cannot(_ action: String, _ path: String, code: Int32) -> FilesError {
    FilesError("Cannot \(action) \(path): \(String(cString: strerror(code))).")
  }

  static func notAFile(_ path: String) -> FilesError {
    FilesError("\(path) is a folder or a device; a regular file was needed.")
  }

  static func corrupt(_ kind: String) -> FilesError {
    FilesError("The \(kind) data is corrupt; fetch or write the file again.")
  }

  static func truncated(_ kind: String) -> FilesError {
    FilesError("The \(kind) data ends too early; the file was cut off. Fetch or write it again.")
  }

  static func tooLarge(_ kind: String, limit: Int) -> FilesError {
    FilesError("The \(kind) data unpacks to more than \(limit) bytes, the limit given.")
  }

  static func locked(_ path: String) -> FilesError {
    FilesError("\(path) is in use by another process; wait for it to end, or choose another.")
  }

  static func database(_ path: String, _ message: String) -> FilesError {
    FilesError("The database \(path) reports: \(message).")
  }
}
