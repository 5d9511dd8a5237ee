import Foundation
import Synchronization

/// A command line running in a process group of its own, with pipes to its three standard streams.
///
/// The group, not the process alone, is ended: a shell's or a script's own children go with it.
final class ChildProcess: Sendable {
  /// How a process ended.
  enum Ending: Equatable {
    case exited(Int32)
    case signalled(Int32)
  }

  let pid: pid_t
  /// Ends of pipes: what the child reads, writes, and complains to; none of them blocks.
  let input: Pipe
  let output: Pipe
  let errors: Pipe
  private let ending = Mutex<Ending?>(nil)

  /// One end of a pipe, closed once.
  final class Pipe: Sendable {
    private let state: Mutex<Int32>

    init(_ descriptor: Int32) {
      state = Mutex(descriptor)
      _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
    }

    /// The descriptor; -1 once it is closed.
    var descriptor: Int32 { state.withLock { $0 } }
    var isOpen: Bool { descriptor >= 0 }

    func close() {
      state.withLock { descriptor in
        if descriptor >= 0 { Foundation.close(descriptor) }
        descriptor = -1
      }
    }

    deinit { close() }
  }

  /// Starts `/bin/sh -c COMMAND` in the current directory.
  init(command: String) throws(ForeignRouterError) {
    var ends: [Int32] = []
    var started: pid_t?
    let code = Self.spawning.withLock { _ in
      ends = Self.pipes()
      return ends.count == 6 ? Self.spawn(command, ends, into: &started) : errno
    }
    guard let started else {
      for end in ends { close(end) }
      throw ForeignRouterError(
        "The command '\(command)' could not be started: \(String(cString: strerror(code))).")
    }
    for end in [ends[0], ends[3], ends[5]] { close(end) }
    pid = started
    input = Pipe(ends[1])
    output = Pipe(ends[2])
    errors = Pipe(ends[4])
  }

  /// One start at a time, so that no child inherits the pipes of another.
  private static let spawning = Mutex(())

  /// Three pipes, each as its reading and its writing end; fewer where the system has no more.
  private static func pipes() -> [Int32] {
    var ends: [Int32] = []
    for _ in 0..<3 {
      var pair: [Int32] = [-1, -1]
      guard pipe(&pair) == 0 else { break }
      for end in pair { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
      ends += pair
    }
    return ends
  }

  /// Starts the shell with the child's ends of the pipes; gives the error's number.
  private static func spawn(_ command: String, _ ends: [Int32], into started: inout pid_t?) -> Int32
  {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for (end, stream) in [
      (ends[0], STDIN_FILENO), (ends[3], STDOUT_FILENO), (ends[5], STDERR_FILENO),
    ] {
      posix_spawn_file_actions_adddup2(&actions, end, stream)
    }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    posix_spawnattr_setflags(
      &attributes,
      Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    posix_spawnattr_setpgroup(&attributes, 0)
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    var ordinary = sigset_t()
    sigemptyset(&ordinary)
    for signal in [SIGINT, SIGTERM, SIGHUP, SIGPIPE, SIGXFSZ, SIGCHLD] {
      sigaddset(&ordinary, signal)
    }
    posix_spawnattr_setsigdefault(&attributes, &ordinary)
    var words: [UnsafeMutablePointer<CChar>?] = []
    for word in ["/bin/sh", "-c", replacingShell(command)] { words.append(strdup(word)) }
    words.append(nil)
    defer { for word in words { free(word) } }
    var code = ECANCELED
    started = LivingChildren.start {
      var pid: pid_t = 0
      code = posix_spawn(&pid, "/bin/sh", &actions, &attributes, words, environ)
      return code == 0 ? pid : nil
    }
    return code
  }

  /// The line with `exec` where it is one plain command, so that no shell stands in between: then its
  /// streams are closed when it closes them, and its signal is its own.
  static func replacingShell(_ command: String) -> String {
    let isPlain = !command.contains { "|&;<>(){}$`\n#!".contains($0) }
    let first = command.split(whereSeparator: \.isWhitespace).first ?? ""
    let builtins = ["exec", ".", ":", "cd", "eval", "exit", "set", "trap", "command", "time"]
    guard isPlain, !first.contains("="), !builtins.contains(String(first)) else { return command }
    return "exec " + command
  }

  deinit { end(grace: 0) }

  /// Whether it has ended; asking changes nothing.
  var hasEnded: Bool {
    if ending.withLock({ $0 }) != nil { return true }
    var info = siginfo_t()
    // The process stays a zombie, so that its group's number cannot be given to another.
    return waitid(P_PID, id_t(pid), &info, WEXITED | WNOHANG | WNOWAIT) == 0 && info.si_code != 0
  }

  /// How it ended, if it has within `seconds`; asking does not end it.
  func wait(seconds: Double) -> Ending? {
    let deadline = ContinuousClock.now + .seconds(seconds)
    while true {
      if let known = ending.withLock({ $0 }) { return known }
      if hasEnded { return reap() }
      if ContinuousClock.now >= deadline { return nil }
      usleep(2000)
    }
  }

  /// Ends the whole group: waits for `grace` seconds, asks it to end, and kills it after two more.
  func end(grace: Double) {
    input.close()
    if wait(seconds: grace) == nil {
      kill(-pid, SIGTERM)
      if wait(seconds: 2) == nil {
        kill(-pid, SIGKILL)
        _ = wait(seconds: 5)
      }
    }
  }

  /// Kills what is left of the group of an ended process, and lets the process go.
  private func reap() -> Ending? {
    ending.withLock { ending in
      if let ending { return ending }
      kill(-pid, SIGKILL)
      var status: Int32 = 0
      while waitpid(pid, &status, 0) < 0, errno == EINTR {}
      // The rest of the group ends in its own time, which is short; nothing is left when this returns.
      let deadline = ContinuousClock.now + .seconds(0.5)
      while kill(-pid, 0) == 0, ContinuousClock.now < deadline { usleep(1000) }
      LivingChildren.forget(pid)
      let signal = status & 0x7F
      ending = signal == 0 ? .exited((status >> 8) & 0xFF) : .signalled(signal)
      return ending
    }
  }
}
