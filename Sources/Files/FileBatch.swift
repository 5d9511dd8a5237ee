import Foundation

/// Files that take their places together, once all of them are written.
///
/// A full disk is met before any of the old files is gone. End it with `commit` or `discard`.
public struct FileBatch {
  private var staged: [(temporary: String, target: String, path: String)] = []

  /// Begins with no files.
  public init() {}

  /// Writes what `body` appends to a temporary file beside the target.
  ///
  /// - Parameter readers: Who may read a file that is new; one that is replaced keeps its readers.
  /// - Throws: What `body` throws, or `FilesError`; the temporary file is removed then.
  public mutating func write(
    to path: String, readers: FileReaders = .owner, _ body: (inout FileSink) throws -> Void
  ) throws {
    let target = Self.resolved(path)
    // Found here, and not when other files have taken their places.
    var status = stat()
    let replaces = stat(target, &status) == 0
    if replaces, status.st_mode & S_IFMT == S_IFDIR {
      throw FilesError.cannot("write", path, code: EISDIR)
    }
    let temporary = "\(target).\(getpid()).\(UInt32.random(in: 0 ... .max)).tmp"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, readers.mode)
    guard descriptor >= 0 else { throw FilesError.cannot("write", path, code: errno) }
    defer { close(descriptor) }
    if replaces { fchmod(descriptor, status.st_mode & 0o777) }
    var sink = FileSink(descriptor: descriptor, path: path)
    do {
      try body(&sink)
      try sink.flush()
      guard fsync(descriptor) == 0 else { throw FilesError.cannot("write", path, code: errno) }
    } catch {
      unlink(temporary)
      throw error
    }
    staged.append((temporary, target, path))
  }

  /// Puts every file in its place, in the order they were written.
  public mutating func commit() throws(FilesError) {
    while let file = staged.first {
      guard rename(file.temporary, file.target) == 0 else {
        throw .cannot("write", file.path, code: errno)
      }
      staged.removeFirst()
    }
  }

  /// Removes what was written and not put in its place.
  public mutating func discard() {
    for file in staged { unlink(file.temporary) }
    staged = []
  }

  /// The file that a symbolic link leads to; the path itself where there is nothing to follow.
  private static func resolved(_ path: String) -> String {
    guard let whole = realpath(path, nil) else { return path }
    defer { free(whole) }
    return String(cString: whole)
  }
}
