import Construction
import Foundation
import Outcomes
import Synchronization
import Words

/// Draws how far collecting is: a line a model on a terminal, now and then one line elsewhere.
final class CollectionDisplay: Sendable {
  private struct State {
    var lines = 0
    var told = 0.0
  }

  private let isShown: Bool
  private let isTerminal: Bool
  private let state = Mutex(State())
  /// Seconds between lines where there is no terminal.
  private static let interval = 30.0

  init(_ console: Console) {
    isShown = !console.isQuiet
    isTerminal =
      isatty(STDERR_FILENO) == 1 && ProcessInfo.processInfo.environment["TERM"] != "dumb"
  }

  func update(_ progress: CollectionProgress) {
    guard isShown else { return }
    state.withLock { state in
      if isTerminal {
        let lines = progress.models.map { line($0, of: progress) } + [Self.sum(progress)]
        Console.draw(
          Self.wipe(state.lines) + lines.map { "\u{1B}[K" + PlainText.line($0) + "\n" }.joined())
        state.lines = lines.count
      } else if progress.seconds - state.told >= Self.interval {
        state.told = progress.seconds
        Console.remark(Self.sum(progress))
      }
    }
  }

  func finish() {
    state.withLock { state in
      if state.lines > 0 { Console.draw(Self.wipe(state.lines) + "\u{1B}[J") }
      state.lines = 0
    }
  }

  private static func wipe(_ lines: Int) -> String { lines > 0 ? "\u{1B}[\(lines)A\r" : "" }

  private func line(_ model: CollectionProgress.Model, of progress: CollectionProgress) -> String {
    let done = model.before + model.answered + model.failed + model.leftAlone
    let width = 20
    let filled = model.wanted == 0 ? width : done * width / model.wanted
    let bar = String(repeating: "#", count: filled) + String(repeating: ".", count: width - filled)
    var parts = [
      "\(model.isJudge ? "judge " : "")\(model.id) [\(bar)] \(done.grouped) of \(model.wanted.grouped)",
      "\(progress.rate(of: model).significant(3))/s",
    ]
    if model.failed > 0 { parts.append(model.failed.counted("error")) }
    if model.retried > 0 { parts.append("\(model.retried.grouped) tried again") }
    parts.append(model.hasPrice ? "$\(model.spent.significant(3))" : "price unknown")
    if model.stopped != nil { parts.append("stopped") }
    return parts.joined(separator: ", ")
  }

  private static func sum(_ progress: CollectionProgress) -> String {
    let wanted = progress.models.reduce(0) { $0 + $1.wanted }
    let done = progress.models.reduce(0) { $0 + $1.before + $1.answered }
    let failed = progress.models.reduce(0) { $0 + $1.failed + $1.leftAlone }
    let rate = progress.models.reduce(0) { $0 + progress.rate(of: $1) }
    var text =
      "\(done.grouped) of \(wanted.counted("answer")), \(rate.significant(3))/s, "
      + "\(failed.counted("error")), $\(progress.charged.spent.dollars.significant(3)) so far"
    if let left = progress.secondsLeft, left > 0 {
      text += left >= 90 ? ", about \(Int(left / 60)) min left" : ", about \(Int(left)) s left"
    }
    return text
  }
}
