import Foundation

/// Why a file could not be read, written or locked.
public struct FilesError: Error, Hashable, CustomStringConvertible {
  /// The sentence for the user.
  public let description: String

  /// Whether the file is there but its content is not what such a file holds.
  public let isDamage: Bool

  /// Whether another process holds the lock that was asked for.
  public let isLocked: Bool

  private init(_ description: String, isDamage: Bool = false, isLocked: Bool = false) {
    self.description = description
    self.isDamage = isDamage
    self.isLocked = isLocked
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

  static func notAFile(_ path: String, _ kind: String) -> FilesError {
    FilesError("\(path) is \(kind); give a file.")
  }

  static func noWriter(_ path: String) -> FilesError {
    FilesError(
      "\(path) is a pipe that holds nothing and that nobody writes to; start its writer first, or "
        + "give a file.")
  }

  static func tooLongPipe(_ path: String, limit: Int) -> FilesError {
    FilesError(
      "\(path) delivers more than \(megabytes(limit)), the most that is read from a pipe; write it to "
        + "a file and give that.")
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

  static func bomb(_ form: Compression, packed: Int, unpacked: Int) -> FilesError {
    FilesError(
      "The \(form.rawValue) data of \(packed) bytes unpacks to more than \(megabytes(unpacked)), as "
        + "only files that are made to exhaust memory do. If you trust the file, \(advice(form)).")
  }

  static func noMemory(_ form: Compression, limit: Int) -> FilesError {
    FilesError(
      "The \(form.rawValue) data unpacks to more than \(megabytes(limit)), which the free memory does "
        + "not hold. End other programs, or \(advice(form)): a file that is not compressed takes "
        + "less memory.")
  }

  static func wideWindow(_ form: Compression) -> FilesError {
    FilesError(
      "The \(form.rawValue) data needs more memory to unpack than its size or the free memory lets "
        + "expect. If you trust the file, \(advice(form)).")
  }

  private static func advice(_ form: Compression) -> String {
    "unpack it yourself (\(form.rawValue) -dk FILE) and give the result"
  }

  private static func megabytes(_ bytes: Int) -> String { "\(bytes >> 20) MiB" }

  static func linked(_ path: String) -> FilesError {
    FilesError(
      "\(path) is a symbolic link, which somebody else may have put there, so nothing is written "
        + "through it; remove it, or choose another folder.")
  }

  static func locked(_ path: String) -> FilesError {
    FilesError(
      "\(path) is in use by another process; wait for it to end, or choose another.",
      isLocked: true)
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
