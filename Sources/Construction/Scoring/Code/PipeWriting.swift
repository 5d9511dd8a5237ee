import Foundation

/// Writes to a pipe whose reader may be gone, without the signal that would end this process.
enum PipeWriting {
  /// The count written, or -1 with the error's number.
  static func write(_ end: Int32, _ bytes: UnsafeRawBufferPointer) -> (count: Int, code: Int32) {
    var pipe = sigset_t()
    var before = sigset_t()
    var pending = sigset_t()
    sigemptyset(&pipe)
    sigaddset(&pipe, SIGPIPE)
    sigpending(&pending)
    let wasPending = sigismember(&pending, SIGPIPE) == 1
    pthread_sigmask(SIG_BLOCK, &pipe, &before)
    let count = Foundation.write(end, bytes.baseAddress, bytes.count)
    let code = errno
    if count < 0, code == EPIPE, !wasPending {
      var received: Int32 = 0
      sigpending(&pending)
      if sigismember(&pending, SIGPIPE) == 1 { sigwait(&pipe, &received) }
    }
    pthread_sigmask(SIG_SETMASK, &before, nil)
    return (count, code)
  }
}
