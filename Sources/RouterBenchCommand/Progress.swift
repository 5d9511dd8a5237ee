import Foundation
import Synchronization

/// How far some long work is: a bar on a terminal, a line every tenth elsewhere.
final class Progress: Sendable {
  private struct State {
    var done = 0
    var total = 0
    var tenth = -1
    var drawn = ContinuousClock.now - .seconds(1)
    var isDrawn = false
  }

  private let label: String
  private let isShown: Bool
  private let isTerminal: Bool
  private let start = ContinuousClock.now
  private let state = Mutex(State())

  init(_ label: String, isShown: Bool) {
    self.label = label
    self.isShown = isShown
    isTerminal =
      isatty(STDERR_FILENO) == 1 && ProcessInfo.processInfo.environment["TERM"] != "dumb"
  }

  /// Tells how much is done; from any thread.
  func update(_ done: Int, of total: Int) {
    guard isShown, total > 0 else { return }
    state.withLock { state in
      state.done = done
      state.total = total
      if isTerminal { draw(&state) } else { line(&state) }
    }
  }

  /// Ends it; the bar is wiped away.
  func finish() {
    state.withLock { state in
      if state.isDrawn { Console.write("\r\u{1B}[K") }
      state.isDrawn = false
    }
  }

  private func draw(_ state: inout State) {
    let now = ContinuousClock.now
    guard state.done >= state.total || now - state.drawn > .milliseconds(100) else { return }
    state.drawn = now
    state.isDrawn = true
    let share = min(1, Double(state.done) / Double(state.total))
    let width = 30
    let filled = Int(share * Double(width))
    let bar = String(repeating: "#", count: filled) + String(repeating: ".", count: width - filled)
    Console.write("\r\u{1B}[K\(label) [\(bar)] \(Int(share * 100))%\(left(share, now))")
  }

  /// The time that is left, once there is something to judge it by.
  private func left(_ share: Double, _ now: ContinuousClock.Instant) -> String {
    let spent = Double((now - start).components.seconds)
    guard spent >= 3, share > 0.01, share < 1 else { return "" }
    let seconds = Int(spent * (1 - share) / share)
    return seconds >= 60 ? ", \(seconds / 60) min left" : ", \(seconds) s left"
  }

  private func line(_ state: inout State) {
    let tenth = state.done * 10 / state.total
    guard tenth > state.tenth else { return }
    state.tenth = tenth
    // Work that is over at once needs no lines.
    guard tenth == 10 ? ContinuousClock.now - start > .seconds(2) : tenth > 0 else { return }
    if ContinuousClock.now - start > .milliseconds(500) {
      Console.write("\(label): \(tenth * 10)%\n")
    }
  }
}
