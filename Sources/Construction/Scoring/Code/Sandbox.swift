import Foundation
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
  /// - Parameter python: The path of an interpreter; `nil` tries those in `PATH` and in `/usr/bin`.
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
          path, arguments: ["-c", "import ast, json, types"], limits: limits)
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

  /// Runs a program of tests and a program of an answer, each in a sandbox of its own, which see
  /// nothing of each other but two pipes: descriptors 4 and 5 of the tests, 3 and 0 of the answer.
  ///
  /// - Parameter input: What the tests read; the answer gets what the tests send it.
  /// - Returns: What the tests wrote to descriptor 3, and how both ended.
  func run(
    tests: [String], answer: [String], input: [UInt8]
  ) throws(ConstructionError) -> (tests: SandboxRun, answer: SandboxRun.Ending) {
    var pipes = SandboxPipes()
    let (job, toJob) = try pipes.make()
    let (ofTests, testsOutput) = try pipes.make()
    let (ofAnswer, answerOutput) = try pipes.make()
    let (verdict, toVerdict) = try pipes.make()
    let (requests, toRequests) = try pipes.make()
    let (replies, toReplies) = try pipes.make()
    let answerProcess = try SandboxProcess(
      python, answer, descriptors: [requests, answerOutput, answerOutput, toReplies],
      limits: limits)
    let testsProcess: SandboxProcess
    do throws(ConstructionError) {
      testsProcess = try SandboxProcess(
        python, tests,
        descriptors: [job, testsOutput, testsOutput, toVerdict, toRequests, replies],
        limits: limits)
    } catch {
      _ = answerProcess.end()
      throw error
    }
    pipes.close([
      job, testsOutput, answerOutput, toVerdict, requests, toRequests, replies, toReplies,
    ])
    pipes.give([toJob, ofTests, ofAnswer, verdict])
    var channel = SandboxChannel(
      input: toJob, output: ofTests, other: ofAnswer, verdict: verdict, toWrite: input,
      limit: limits.output)
    let isOver = channel.exchange(until: .now + .seconds(limits.seconds))
    let (testsEnding, answerEnding) = (testsProcess.end(), answerProcess.end())
    let ending = Sandbox.ending(isOver) ?? testsEnding
    return (
      SandboxRun(ending: ending, verdict: channel.verdictBytes),
      Sandbox.ending(isOver) ?? answerEnding
    )
  }

  /// Runs Python alone; returns when all of it is gone.
  private static func run(
    _ python: String, arguments: [String], limits: SandboxLimits
  ) throws(ConstructionError) -> SandboxRun {
    var pipes = SandboxPipes()
    let (reading, toReading) = try pipes.make()
    let (ofOutput, output) = try pipes.make()
    let (verdict, toVerdict) = try pipes.make()
    let process = try SandboxProcess(
      python, arguments, descriptors: [reading, output, output, toVerdict], limits: limits)
    pipes.close([reading, output, toVerdict])
    pipes.give([toReading, ofOutput, verdict])
    var channel = SandboxChannel(
      input: toReading, output: ofOutput, verdict: verdict, toWrite: [], limit: limits.output)
    let isOver = channel.exchange(until: .now + .seconds(limits.seconds))
    let ended = process.end()
    return SandboxRun(ending: ending(isOver) ?? ended, verdict: channel.verdictBytes)
  }

  /// How a run ended that was cut short; `nil` if it was not.
  private static func ending(_ isOver: SandboxChannel.Ending) -> SandboxRun.Ending? {
    switch isOver {
    case .allSaid: nil
    case .outOfTime: .outOfTime
    case .tooMuch: .tooMuchOutput
    }
  }
}

private func realPath(_ path: String) -> String {
  guard let resolved = realpath(path, nil) else { return path }
  defer { free(resolved) }
  return String(cString: resolved)
}
