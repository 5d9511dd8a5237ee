import Foundation

/// An exclusive lock between processes, held while the value lives; a crash lets go of it.
public final class FileLock: Sendable {
  private let descriptor: Int32

  /// Takes the lock, or refuses when another process holds it.
  ///
  /// - Parameter waits: Whether to wait for the other process instead.
  public init(path: String, waits: Bool = false) throws(FilesError) {
    // In a folder that others write to, a planted link would make a file elsewhere.
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0o600)
    guard descriptor >= 0 else {
      throw errno == ELOOP ? .linked(path) : .cannot("lock", path, code: errno)
    }
    while flock(descriptor, waits ? LOCK_EX : LOCK_EX | LOCK_NB) != 0 {
      if errno == EINTR { continue }
      let code = errno
      close(descriptor)
      throw code == EWOULDBLOCK ? .locked(path) : .cannot("lock", path, code: code)
    }
  }

  deinit {
    // Closing alone would leave the lock to a child that was forked meanwhile and has not begun its program.
    _ = flock(descriptor, LOCK_UN)
    close(descriptor)
  }
}
