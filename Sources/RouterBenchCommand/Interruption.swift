import Files
import ForeignRouters
import Foundation
import Synchronization

/// Ends the program as a signal asks: its children first, then its temporary files, then itself.
///
/// Children live in process groups of their own, so a Ctrl-C at the terminal reaches this one alone.
/// The signal handler only writes to a pipe; a thread does what no handler may.
enum Interruption {
  /// What a first signal asks of a program that can stop in good order.
  private struct Stop {
    var action: (@Sendable (Int32) -> Void)?
    var number: Int32?
    var time = ContinuousClock.now
  }

  private static let stop = Mutex(Stop())

  /// Written once, before any handler can read it.
  nonisolated(unsafe) private static var alarm: Int32 = -1

  /// The signals that end a program and can be waited for: those of people, of a terminal that closes, and of
  /// batch systems before they kill.
  private static let numbers = [
    SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGXCPU, SIGUSR1, SIGUSR2, SIGALRM,
  ]

  /// A wrapper that passes on what the terminal has sent to all is no second request.
  private static let echo = Duration.milliseconds(200)

  /// Starts to listen; call it before anything else starts.
  static func begin() {
    // Writing says what is wrong: that the reader left, or that a file is as large as it may be.
    for number in [SIGPIPE, SIGXFSZ] { signal(number, SIG_IGN) }
    var ends: [Int32] = [-1, -1]
    guard alarm < 0, pipe(&ends) == 0 else { return }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    alarm = ends[1]
    let listening = ends[0]
    Thread.detachNewThread {
      // A parent may have blocked them, and all threads inherit that: this one at least takes them.
      var taken = sigset_t()
      sigemptyset(&taken)
      for number in numbers { sigaddset(&taken, number) }
      pthread_sigmask(SIG_UNBLOCK, &taken, nil)
      while true {
        var number: UInt8 = 0
        if read(listening, &number, 1) == 1 {
          take(Int32(number))
        } else if errno != EINTR {
          return
        }
      }
    }
    // Under nohup a closed terminal ends nothing, and a script's background work knows no Ctrl-C.
    for number in numbers where !isIgnored(number) { listen(to: number) }
  }

  /// Has the first signal call `action` instead; the second one ends the program as usual.
  static func stopping(_ action: @escaping @Sendable (Int32) -> Void) {
    stop.withLock { $0.action = action }
    for number in [SIGINT, SIGTERM] { listen(to: number) }
  }

  /// The signal that asked to stop, if one did.
  static var number: Int32? { stop.withLock { $0.number } }

  private static func listen(to number: Int32) {
    signal(number) { number in
      let code = errno
      var byte = UInt8(truncatingIfNeeded: number)
      _ = write(Interruption.alarm, &byte, 1)
      errno = code
    }
  }

  private static func isIgnored(_ number: Int32) -> Bool {
    var action = sigaction()
    guard sigaction(number, nil, &action) == 0 else { return false }
    return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == 1
  }

  private static func take(_ number: Int32) {
    let first = stop.withLock { stop -> (@Sendable (Int32) -> Void)?? in
      // Ctrl-\ is for a program that does not heed Ctrl-C.
      guard let action = stop.action, number != SIGQUIT else { return .none }
      if stop.number == nil {
        (stop.number, stop.time) = (number, .now)
        return .some(action)
      }
      // A terminal that closes says so more than once: its shell does, and the system does.
      let isEcho = number == SIGHUP || .now - stop.time < echo
      return isEcho ? .some(nil) : .none
    }
    guard let first else { end(by: number) }
    first?(number)
  }

  private static func end(by number: Int32) -> Never {
    // Whatever hinders what follows, the next signal ends the program at once.
    for number in numbers where !isIgnored(number) { signal(number, SIG_DFL) }
    LivingChildren.endAll()
    TemporaryFiles.removeAll()
    if number == SIGXCPU {
      Console.fail("The limit on processor time is used up (see 'ulimit -t').", hint: nil)
    }
    // The parent learns which signal it was.
    kill(getpid(), number)
    while true { pause() }
  }
}
