import Foundation
import Synchronization
import Words

/// How far some long work is: a bar on a terminal; elsewhere a line every tenth, and whenever nothing
/// was said for half a minute.
final class Progress: Sendable {
  private struct State {
    var done = 0
    var total = 0
    /// What is done now, and since when.
    var work: String?
    var begun = ContinuousClock.now
    var tenth = -1
    var drawn = ContinuousClock.now - .seconds(1)
    var told = ContinuousClock.now
    var isDrawn = false
    var isWatched = false
    var isOver = false
  }

  /// How long single steps may take before they are told again.
  private static let patience = Duration.seconds(30)

  private let label: String
  private let isShown: Bool
  private let isTerminal: Bool
  private let start = ContinuousClock.now
  private let state = Mutex(State())

  init(_ label: String, isShown: Bool) {
    self.label = PlainText.short(label, limit: 200)
    self.isShown = isShown
    isTerminal =
      isatty(STDERR_FILENO) == 1 && ProcessInfo.processInfo.environment["TERM"] != "dumb"
  }

  /// Tells how much is done; from any thread.
  ///
  /// - Parameter work: What begins now, in a few words.
  func update(_ done: Int, of total: Int, work: String? = nil) {
    guard isShown, total > 0 else { return }
    let work = work.map { PlainText.short($0, limit: 200) }
    state.withLock { state in
      state.done = done
      state.total = total
      if work != state.work { state.begun = .now }
      state.work = work
      if isTerminal { draw(&state) } else { line(&state) }
      if work != nil && !state.isWatched {
        state.isWatched = true
        watch()
      }
    }
  }

  /// Ends it; the bar is wiped away.
  func finish() {
    state.withLock { state in
      state.isOver = true
      if state.isDrawn { Console.draw("\r\u{1B}[K") }
      state.isDrawn = false
    }
  }

  /// Tells of a step that takes long, from a thread of its own: the work itself is busy.
  private func watch() {
    Thread.detachNewThread { [weak self] in
      while self?.beat() == true { Thread.sleep(forTimeInterval: 1) }
    }
  }

  /// - Returns: Whether there is more to watch.
  private func beat() -> Bool {
    state.withLock { state in
      if state.isOver { return false }
      let now = ContinuousClock.now
      if isTerminal {
        draw(&state)
      } else if now - state.told >= Self.patience {
        let seconds = (now - state.begun).components.seconds
        tell(&state, seconds < 10 ? "" : " for \(seconds) s")
      }
      return true
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
    let start = "\(label) [\(bar)] \(Int(share * 100))%\(left(share, now))"
    // A line that wraps could not be wiped away.
    let room = max(0, Console.width - start.count - 4)
    let work = state.work.map { room < 8 ? "" : " (" + String($0.prefix(room)) + ")" } ?? ""
    Console.draw("\r\u{1B}[K" + start + work)
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
    if ContinuousClock.now - start > .milliseconds(500) { tell(&state, "") }
  }

  private func tell(_ state: inout State, _ time: String) {
    state.told = .now
    let work = state.work.map { ", \($0)\(time)" } ?? ""
    Console.remark("\(label): \(state.done * 100 / max(1, state.total))%\(work)")
  }
}
