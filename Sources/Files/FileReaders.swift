import Foundation

/// Who may read a file or a folder that is made.
///
/// What is there already keeps its mode: its owner may have opened it to others on purpose.
public enum FileReaders: Sendable {
  /// The owner alone: prompts, answers and reports are nobody else's business until they are shared.
  case owner
  /// Whoever the user's umask lets.
  case everyone

  /// The mode of a new file, before the umask.
  var mode: mode_t { self == .owner ? 0o600 : 0o644 }

  /// The mode of a new folder, before the umask.
  private var folderMode: mode_t { self == .owner ? 0o700 : 0o777 }

  /// Makes a folder, and those that it lies in if they are missing.
  ///
  /// - Throws: `FilesError`, also if something that is no folder is in its place.
  public func makeFolder(_ path: String) throws(FilesError) {
    var status = stat()
    if stat(path, &status) == 0 {
      if status.st_mode & S_IFMT == S_IFDIR { return }
      throw .cannot("make the folder", path, code: EEXIST)
    }
    let above = URL(fileURLWithPath: path).deletingLastPathComponent().path
    if above != path, !above.isEmpty { try makeFolder(above) }
    // Another process may have made it meanwhile.
    guard mkdir(path, folderMode) == 0 || errno == EEXIST else {
      throw .cannot("make the folder", path, code: errno)
    }
  }
}
