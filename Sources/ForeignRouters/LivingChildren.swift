import Foundation
import Synchronization

/// The process groups that this process has started and not yet ended.
public enum LivingChildren {
  private struct State {
    var groups: Set<pid_t> = []
    var isClosed = false
  }

  private static let state = Mutex(State())

  /// Ends every group, and starts no other: for a program that is being interrupted.
  ///
  /// They are asked to end, and killed after a second. Call it from an ordinary thread, not from a
  /// signal handler.
  public static func endAll() {
    let groups = state.withLock { state in
      state.isClosed = true
      return state.groups
    }
    for group in groups { kill(-group, SIGTERM) }
    let deadline = ContinuousClock.now + .seconds(1)
    while ContinuousClock.now < deadline, groups.contains(where: isRunning) { usleep(5000) }
    for group in groups { kill(-group, SIGKILL) }
  }

  /// Whether the program is being interrupted: how a child ends from now on says nothing about it.
  public static var areEnding: Bool { state.withLock { $0.isClosed } }

  /// Starts a group under the lock, so that an interruption cannot miss it; nil where it could not
  /// be, or the program is ending.
  static func start(_ body: () -> pid_t?) -> pid_t? {
    state.withLock { state in
      guard !state.isClosed, let group = body() else { return nil }
      state.groups.insert(group)
      return group
    }
  }

  static func forget(_ group: pid_t) {
    state.withLock { state in _ = state.groups.remove(group) }
  }

  /// Whether the group's first process has not ended.
  private static func isRunning(_ group: pid_t) -> Bool {
    var info = siginfo_t()
    return waitid(P_PID, id_t(group), &info, WEXITED | WNOHANG | WNOWAIT) == 0 && info.si_code == 0
  }
}
