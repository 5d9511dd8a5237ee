import Foundation
import Outcomes
public import Routing

/// A router that is a command line: a child process that is taught and asked over JSON Lines.
///
/// Each task and split gets a process of its own, which sees no test outcome: it learns from the
/// training prompts without a fold and routes the fold, five times over, then learns from all of them
/// and routes the test prompts.
public struct ChildRouter: PlanSource {
  /// The name in reports.
  public let name: String
  /// The command line, run by `/bin/sh -c`.
  public let command: String
  /// How long the child may neither read nor answer, in seconds.
  public let idleLimit: Double
  /// How long a line of its output may be, in bytes.
  let lineLimit: Int
  private let heard: (@Sendable (String) -> Void)?

  /// Describes a child; it is started when it is asked for plans.
  ///
  /// - Parameter heard: Told every line that the child writes to standard error.
  public init(
    command: String, named name: String, idleLimit: Double = 600,
    heard: (@Sendable (String) -> Void)? = nil
  ) {
    self.init(
      command: command, named: name, idleLimit: idleLimit, lineLimit: 1 << 24, heard: heard)
  }

  init(
    command: String, named name: String, idleLimit: Double, lineLimit: Int,
    heard: (@Sendable (String) -> Void)?
  ) {
    self.name = name
    self.command = command
    self.idleLimit = idleLimit
    self.lineLimit = lineLimit
    self.heard = heard
  }

  /// Starts the child, teaches and asks it, and ends it.
  ///
  /// - Throws: `ForeignRouterError` with a sentence; the child is not running then.
  public func plans(for request: PlanRequest) throws -> PlanAnswer {
    guard request.folds.count >= 2 else {
      throw ForeignRouterError(
        "The router \(name) cannot be asked about \(request.task): it has "
          + "\(request.lessons.count) training prompts, and folds need at least 2.")
    }
    let child = try ChildProcess(command: command)
    var session = ChildSession(
      child: child, name: name, command: command, idleLimit: idleLimit, lineLimit: lineLimit,
      heard: heard)
    do {
      let answer = try session.plans(for: request)
      // What it still writes is of no interest, but it may tidy up.
      child.output.close()
      child.end(grace: 5)
      session.drainErrors()
      return answer
    } catch {
      throw session.sentence(for: error)
    }
  }
}
