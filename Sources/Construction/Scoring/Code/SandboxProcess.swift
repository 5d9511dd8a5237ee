import Foundation
import SandboxShim

/// A process that was started in a sandbox of its own.
struct SandboxProcess {
  private let pid: pid_t
  private let limits: SandboxLimits

  /// Starts a program.
  ///
  /// - Parameter descriptors: Become 0, 1, 2 and so on inside.
  init(
    _ python: String, _ arguments: [String], descriptors: [Int32], limits: SandboxLimits
  ) throws(ConstructionError) {
    let environment = [
      "PATH=/usr/local/bin:/usr/bin:/bin", "HOME=/tmp", "LANG=C.UTF-8", "PYTHONHASHSEED=0",
      "PYTHONDONTWRITEBYTECODE=1", "PYTHONNOUSERSITE=1", "OPENBLAS_NUM_THREADS=1",
    ]
    let words = ([python] + arguments).map { strdup($0) }
    let variables = environment.map { strdup($0) }
    defer { for word in words + variables { free(word) } }
    var fault = rb_sandbox_fault()
    let prefix = SandboxProcess.installation(of: python).flatMap { strdup($0) }
    defer { free(prefix) }
    var box = rb_sandbox()
    box.prefix = UnsafePointer(prefix)
    box.descriptor_count = Int32(descriptors.count)
    box.cpu_seconds = UInt64(limits.processorSeconds.rounded(.up))
    box.memory_bytes = UInt64(limits.memory)
    box.processes = UInt64(limits.processes)
    box.file_bytes = UInt64(limits.files)
    box.scratch_bytes = UInt64(limits.files)
    pid = python.withCString { program in
      (words.map { UnsafePointer($0) } + [nil]).withUnsafeBufferPointer { words in
        (variables.map { UnsafePointer($0) } + [nil]).withUnsafeBufferPointer { variables in
          descriptors.withUnsafeBufferPointer { descriptors in
            box.program = program
            box.arguments = words.baseAddress
            box.environment = variables.baseAddress
            box.descriptors = descriptors.baseAddress
            return rb_sandbox_start(&box, &fault)
          }
        }
      }
    }
    guard pid > 0 else { throw SandboxProcess.refusal(python, fault) }
    self.limits = limits
  }

  /// Kills the process and all that it started, unless it has ended, and returns how it ended.
  func end() -> SandboxRun.Ending {
    kill(pid, SIGKILL)
    var status: Int32 = 0
    var usage = rusage()
    while wait4(pid, &status, 0, &usage) < 0, errno == EINTR {}
    let used = [usage.ru_utime, usage.ru_stime].reduce(0) {
      $0 + Double($1.tv_sec) + Double($1.tv_usec) / 1e6
    }
    let signal = status & 0x7F
    if signal == 0 { return .exited((status >> 8) & 0xFF) }
    // The limit counts whole ticks of the clock and the usage what was run of each: beside many
    // short processes a tenth and more lies between them. Nothing else but a lack of memory ends
    // the first process of its own world by this signal.
    return signal == SIGKILL && used > 0.5 * limits.processorSeconds
      ? .outOfTime : .signalled(signal)
  }

  /// The folder that holds an interpreter's `bin` and `lib`; `nil` if that is the system's.
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
