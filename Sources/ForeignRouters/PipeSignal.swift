import Foundation

/// Writes to pipes whose reader may be gone, without the signal that would end this process.
///
/// The signal is held back on this thread alone, so the process keeps its own way with it.
enum PipeSignal {
  /// Runs one system call; its `errno` is kept from what follows.
  static func held(_ body: () -> Int) -> (result: Int, code: Int32) {
    var pipe = sigset_t()
    var before = sigset_t()
    var pending = sigset_t()
    sigemptyset(&pipe)
    sigaddset(&pipe, SIGPIPE)
    sigpending(&pending)
    let wasPending = sigismember(&pending, SIGPIPE) == 1
    pthread_sigmask(SIG_BLOCK, &pipe, &before)
    let result = body()
    let code = errno
    if result < 0, code == EPIPE, !wasPending {
      var received: Int32 = 0
      sigpending(&pending)
      if sigismember(&pending, SIGPIPE) == 1 { sigwait(&pipe, &received) }
    }
    pthread_sigmask(SIG_SETMASK, &before, nil)
    return (result, code)
  }
}
