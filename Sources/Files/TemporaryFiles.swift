import Foundation
import Synchronization

/// The files that this process is writing under other names than they will have.
///
/// A program that is ended by a signal calls `removeAll` first. Nothing is left behind then, and what takes
/// its place together does so wholly or not at all, since one lock guards making, placing and removing.
public enum TemporaryFiles {
  private struct State {
    var paths: Set<String> = []
    var isClosed = false
  }

  private static let state = Mutex(State())

  /// Removes every temporary file; from then on, threads that would make or place one wait for the end
  /// of the program.
  ///
  /// Call it from an ordinary thread, not from a signal handler.
  public static func removeAll() {
    state.withLock { state in
      state.isClosed = true
      for path in state.paths { unlink(path) }
      state.paths = []
    }
  }

  /// Creates an empty file that did not exist.
  ///
  /// - Parameter target: The name for the sentence.
  /// - Returns: Its descriptor.
  static func create(
    _ path: String, for target: String, mode: mode_t
  ) throws(FilesError) -> Int32 {
    let (descriptor, code) = whileOpen { state in
      let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
      if descriptor >= 0 { state.paths.insert(path) }
      return (descriptor, errno)
    }
    guard descriptor >= 0 else { throw .cannot("write", target, code: code) }
    return descriptor
  }

  /// Gives temporary files their names, in order, until one cannot have its own.
  ///
  /// - Returns: How many have theirs, and why the next has not.
  static func place(_ files: [(temporary: String, target: String)]) -> (count: Int, code: Int32) {
    whileOpen { state in
      for (index, file) in files.enumerated() {
        guard rename(file.temporary, file.target) == 0 else { return (index, errno) }
        state.paths.remove(file.temporary)
      }
      return (files.count, 0)
    }
  }

  static func remove(_ path: String) {
    whileOpen { state in
      unlink(path)
      state.paths.remove(path)
    }
  }

  private static func whileOpen<R: Sendable>(_ body: (inout sending State) -> sending R) -> R {
    let result = state.withLock { state -> R? in state.isClosed ? nil : body(&state) }
    guard let result else {
      // A signal ends the program at any moment; what it was doing does not matter any more.
      while true { pause() }
    }
    return result
  }
}
