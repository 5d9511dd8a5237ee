import ForeignRouters
import Foundation

/// Ends the children of a program that is told to end, and then the program itself.
///
/// Children live in process groups of their own, so a Ctrl-C at the terminal reaches this one alone.
/// The signal handler only writes to a pipe; a thread does what no handler may.
enum Interruption {
  /// Written once, before any handler can read it.
  nonisolated(unsafe) private static var alarm: Int32 = -1

  /// Starts to listen; call it before the first child starts.
  static func endsChildren() {
    var ends: [Int32] = [-1, -1]
    guard alarm < 0, pipe(&ends) == 0 else { return }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    alarm = ends[1]
    let listening = ends[0]
    Thread.detachNewThread {
      // A parent may have blocked them, and all threads inherit that: this one at least takes them.
      var numbers = sigset_t()
      sigemptyset(&numbers)
      for number in [SIGINT, SIGTERM, SIGHUP] { sigaddset(&numbers, number) }
      pthread_sigmask(SIG_UNBLOCK, &numbers, nil)
      var number: UInt8 = 0
      while read(listening, &number, 1) != 1 { if errno != EINTR { return } }
      LivingChildren.endAll()
      // The parent learns which signal it was.
      signal(Int32(number), SIG_DFL)
      kill(getpid(), Int32(number))
    }
    for number in [SIGINT, SIGTERM, SIGHUP] {
      let before = signal(number) { number in
        let code = errno
        var byte = UInt8(truncatingIfNeeded: number)
        _ = write(Interruption.alarm, &byte, 1)
        errno = code
      }
      // Under nohup a closed terminal ends nothing, children included.
      if number == SIGHUP, unsafeBitCast(before, to: Int.self) == 1 { signal(number, SIG_IGN) }
    }
  }
}
