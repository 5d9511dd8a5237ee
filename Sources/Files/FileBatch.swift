import Foundation

/// Files that take their places together, once all of them are written.
///
/// A full disk is met before any of the old files is gone. End it with `commit` or `discard`; where a signal ends
/// the program first, `TemporaryFiles.removeAll` does.
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
    Self.sweep(beside: target)
    let temporary = "\(target).\(getpid()).\(UInt32.random(in: 0 ... .max)).tmp"
    let descriptor = try TemporaryFiles.create(temporary, for: path, mode: readers.mode)
    defer { close(descriptor) }
    if replaces { fchmod(descriptor, status.st_mode & 0o777) }
    var sink = FileSink(descriptor: descriptor, path: path)
    do {
      try body(&sink)
      try sink.flush()
      guard fsync(descriptor) == 0 else { throw FilesError.cannot("write", path, code: errno) }
    } catch {
      TemporaryFiles.remove(temporary)
      throw error
    }
    staged.append((temporary, target, path))
  }

  /// Puts every file in its place, in the order they were written.
  public mutating func commit() throws(FilesError) {
    let (count, code) = TemporaryFiles.place(staged.map { ($0.temporary, $0.target) })
    staged.removeFirst(count)
    if let file = staged.first { throw .cannot("write", file.path, code: code) }
  }

  /// Removes what was written and not put in its place.
  public mutating func discard() {
    for file in staged { TemporaryFiles.remove(file.temporary) }
    staged = []
  }

  /// Removes what processes that were killed left beside a target: temporary files of its name that are an
  /// hour old and whose process is gone.
  private static func sweep(beside target: String) {
    let (folder, name) = parts(of: target)
    guard let stream = opendir(folder) else { return }
    defer { closedir(stream) }
    while let entry = readdir(stream) {
      let found = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: Int(entry.pointee.d_reclen)) {
          String(cString: $0)
        }
      }
      guard found.hasPrefix(name + "."), found.hasSuffix(".tmp") else { continue }
      let marks = found.dropFirst(name.count + 1).dropLast(4).split(
        separator: ".", omittingEmptySubsequences: false)
      guard marks.count == 2, let process = pid_t(marks[0]), process > 0, UInt32(marks[1]) != nil,
        kill(process, 0) != 0, errno == ESRCH
      else { continue }
      var status = stat()
      let path = folder + "/" + found
      if lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
        time(nil) - status.st_mtim.tv_sec > 3600
      {
        unlink(path)
      }
    }
  }

  private static func parts(of path: String) -> (folder: String, name: String) {
    guard let slash = path.lastIndex(of: "/") else { return (".", path) }
    let folder = String(path[..<slash])
    return (folder.isEmpty ? "/" : folder, String(path[path.index(after: slash)...]))
  }

  /// The file that a symbolic link leads to; the path itself where there is nothing to follow.
  private static func resolved(_ path: String) -> String {
    guard let whole = realpath(path, nil) else { return path }
    defer { free(whole) }
    return String(cString: whole)
  }
}
