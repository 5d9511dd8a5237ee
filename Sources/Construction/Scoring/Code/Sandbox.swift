import Foundation
import SandboxShim
import Synchronization

/// Runs Python that a model wrote, where it can do no harm.
///
/// The program is a process of its own in new namespaces (user, processes, mounts, network, and
/// messages): it has no network but a loopback of its own that is down, sees no other process, finds
/// all files read-only and homes hidden, writes to a folder in memory, belongs to a user without
/// rights and cannot gain any, and has limits on time, memory, processes, files and output. When it
/// ends, or its time does, everything that it started is killed with it.
///
/// Where the system does not permit any part of this, the sandbox refuses: nothing runs unprotected.
public struct Sandbox: Sendable {
  /// What a person should read before saying yes.
  public static let warning =
    "Scoring runs programs that models wrote, on this machine. They run in a sandbox without network, "
    + "as a user without rights and within limits, but no sandbox is perfect: use a machine that holds "
    + "nothing of worth."

  /// The limits of each program.
  public internal(set) var limits: SandboxLimits
  /// The Python that runs them.
  public let python: String

  /// Finds a Python that runs in the sandbox, by running it.
  ///
  /// - Parameter python: The path of an interpreter; nil tries those in `PATH` and in `/usr/bin`.
  /// - Throws: Where the system does not permit the sandbox, or no Python runs in it.
  public init(
    limits: SandboxLimits = SandboxLimits(), python: String? = nil
  ) throws(ConstructionError) {
    precondition(
      limits.seconds > 0 && limits.processorSeconds > 0 && limits.memory > 0
        && limits.processes > 0 && limits.files > 0 && limits.output > 0,
      "Each limit of the sandbox must be above zero.")
    self.limits = limits
    let candidates = python.map { [$0] } ?? Sandbox.candidates()
    var last: ConstructionError?
    for candidate in candidates {
      let path = realPath(candidate)
      do throws(ConstructionError) {
        let run = try Sandbox.run(
          path, arguments: ["-c", "import json, types"], input: [], limits: limits)
        if run.ending == .exited(0) {
          self.python = path
          return
        }
        last = ConstructionError(
          "\(candidate) does not run in the sandbox (\(run.ending)); name another Python 3.")
      } catch {
        last = error
      }
    }
    throw last
      ?? ConstructionError(
        "No python3 was found in PATH or /usr/bin; scoring programs needs one. Install Python 3.")
  }

  private static func candidates() -> [String] {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    let folders = path.split(separator: ":").map(String.init) + ["/usr/bin", "/usr/local/bin"]
    var seen: Set<String> = []
    return folders.map { $0 + "/python3" }.filter {
      access($0, X_OK) == 0 && seen.insert($0).inserted
    }
  }

  /// Runs Python with arguments and gives it bytes to read; returns when all of it is gone.
  func run(arguments: [String], input: [UInt8]) throws(ConstructionError) -> SandboxRun {
    try Sandbox.run(python, arguments: arguments, input: input, limits: limits)
  }

  private static func run(
    _ python: String, arguments: [String], input: [UInt8], limits: SandboxLimits
  ) throws(ConstructionError) -> SandboxRun {
    var ends: [Int32] = []
    defer { for end in ends { close(end) } }
    for _ in 0..<3 {
      var pair: [Int32] = [-1, -1]
      guard rb_sandbox_pipe(&pair) == 0 else {
        throw ConstructionError(
          "The sandbox got no pipe (\(String(cString: strerror(errno)))); close other programs.")
      }
      ends += pair
    }
    let pid = try start(python, arguments, ends: ends, limits)
    for end in [ends[0], ends[3], ends[5]] { close(end) }
    ends = [ends[1], ends[2], ends[4]]
    var channel = SandboxChannel(
      input: ends[0], output: ends[1], verdict: ends[2], toWrite: input, limit: limits.output)
    let isOver = channel.exchange(until: .now + .seconds(limits.seconds))
    ends = []
    kill(pid, SIGKILL)
    var status: Int32 = 0
    var usage = rusage()
    while wait4(pid, &status, 0, &usage) < 0, errno == EINTR {}
    let used = [usage.ru_utime, usage.ru_stime].reduce(0) {
      $0 + Double($1.tv_sec) + Double($1.tv_usec) / 1e6
    }
    let signal = status & 0x7F
    let ending: SandboxRun.Ending =
      switch isOver {
      case .allSaid where signal == 0: .exited((status >> 8) & 0xFF)
      // The limit counts whole ticks of the clock and the usage what was run of each: beside many
      // short processes a tenth and more lies between them. Nothing else but a lack of memory ends
      // the first process of its own world by this signal.
      case .allSaid where signal == SIGKILL && used > 0.5 * limits.processorSeconds: .outOfTime
      case .allSaid: .signalled(signal)
      case .outOfTime: .outOfTime
      case .tooMuch: .tooMuchOutput
      }
    return SandboxRun(
      ending: ending, output: String(decoding: channel.tail, as: UTF8.self),
      verdict: channel.verdictBytes)
  }

  private static func start(
    _ python: String, _ arguments: [String], ends: [Int32], _ limits: SandboxLimits
  ) throws(ConstructionError) -> pid_t {
    let environment = [
      "PATH=/usr/local/bin:/usr/bin:/bin", "HOME=/tmp", "LANG=C.UTF-8", "PYTHONHASHSEED=0",
      "PYTHONDONTWRITEBYTECODE=1", "PYTHONNOUSERSITE=1", "OPENBLAS_NUM_THREADS=1",
    ]
    let words = ([python] + arguments).map { strdup($0) }
    let variables = environment.map { strdup($0) }
    defer { for word in words + variables { free(word) } }
    var fault = rb_sandbox_fault()
    let prefix = installation(of: python).flatMap { strdup($0) }
    defer { free(prefix) }
    let pid = python.withCString { program in
      (words.map { UnsafePointer($0) } + [nil]).withUnsafeBufferPointer { words in
        (variables.map { UnsafePointer($0) } + [nil]).withUnsafeBufferPointer { variables in
          var box = rb_sandbox()
          box.program = program
          box.prefix = UnsafePointer(prefix)
          box.arguments = words.baseAddress
          box.environment = variables.baseAddress
          (box.input, box.output, box.verdict) = (ends[0], ends[3], ends[5])
          box.cpu_seconds = UInt64(limits.processorSeconds.rounded(.up))
          box.memory_bytes = UInt64(limits.memory)
          box.processes = UInt64(limits.processes)
          box.file_bytes = UInt64(limits.files)
          box.scratch_bytes = UInt64(limits.files)
          return rb_sandbox_start(&box, &fault)
        }
      }
    }
    guard pid > 0 else { throw refusal(python, fault) }
    return pid
  }

  /// The folder that holds an interpreter's `bin` and `lib`; nil where that is the system's.
  private static func installation(of python: String) -> String? {
    let folder = URL(fileURLWithPath: python).deletingLastPathComponent()
      .deletingLastPathComponent().path
    return ["/", "/usr", "/usr/local"].contains(folder) ? nil : folder
  }

  private static func refusal(_ python: String, _ fault: rb_sandbox_fault) -> ConstructionError {
    let step = fault.step.map { String(cString: $0) } ?? "starting"
    let reason = String(cString: strerror(fault.code))
    if step == "starting the program" {
      return ConstructionError(
        "\(python) cannot be started by a user without rights (\(reason)); install Python 3 for all "
          + "users, or name one that they may run.")
    }
    return ConstructionError(
      "The sandbox was refused at \(step) (\(reason)). Programs of models run only in it: use Linux "
        + "5.12 or later where user namespaces are permitted (sysctl user.max_user_namespaces and, on "
        + "Ubuntu, kernel.apparmor_restrict_unprivileged_userns), or leave this task unscored.")
  }
}

private func realPath(_ path: String) -> String {
  guard let resolved = realpath(path, nil) else { return path }
  defer { free(resolved) }
  return String(cString: resolved)
}
