import Foundation

/// Lines to and from a child process, both ways at once, so that full pipes stop nobody.
final class Conversation {
  /// Why nothing more will be said.
  enum Failure: Error {
    /// The child ended or closed its output.
    case ended
    /// Nothing moved for the idle limit.
    case idle
    /// A line went on for longer than any answer.
    case hugeLine
    /// A pipe broke in a way that has no better name.
    case broken(Int32)
  }

  /// How long an ended child's output is listened to, in seconds.
  private static let graceAfterEnd = 1.0

  let child: ChildProcess
  private let idleLimit: Double
  private let lineLimit: Int
  private let heard: ((String) -> Void)?
  private var received: [UInt8] = []
  /// Where in `received` the next line starts, and how far line ends have been looked for.
  private var start = 0
  private var searched = 0
  private var stderr = StandardErrorTail()

  init(
    _ child: ChildProcess, idleLimit: Double, lineLimit: Int = 1 << 26,
    heard: ((String) -> Void)? = nil
  ) {
    self.child = child
    self.idleLimit = idleLimit
    self.lineLimit = lineLimit
    self.heard = heard
  }

  /// The last lines of standard error.
  var lastWords: [String] { stderr.last }

  /// Sends bytes and takes lines, until `take` says that it has heard enough and all is sent.
  ///
  /// A child that closes its input is not sent the rest; what it answers decides.
  func exchange(_ bytes: [UInt8], take: ([UInt8]) throws -> Bool) throws {
    var sent = 0
    var isHeard = false
    var lastMove = ContinuousClock.now
    while true {
      while !isHeard, let line = nextLine() { isHeard = try take(line) }
      let isSending = sent < bytes.count && child.input.isOpen
      if isHeard && !isSending { return }
      var watched = [
        pollfd(fd: isHeard ? -1 : child.output.descriptor, events: Int16(POLLIN), revents: 0),
        pollfd(fd: child.errors.descriptor, events: Int16(POLLIN), revents: 0),
        pollfd(fd: isSending ? child.input.descriptor : -1, events: Int16(POLLOUT), revents: 0),
      ]
      // After enough is heard, the rest is still read: a child that says more must not block.
      if isHeard { watched[0].fd = child.output.descriptor }
      let still = Self.seconds(since: lastMove)
      let left = idleLimit - still
      if left <= 0 { throw Failure.idle }
      let ready = poll(&watched, 3, Int32(min(left, Self.graceAfterEnd) * 1000) + 1)
      if ready < 0 {
        if errno == EINTR { continue }
        throw Failure.broken(errno)
      }
      // What it started may hold its output open after its end.
      if ready == 0, still > Self.graceAfterEnd, child.hasEnded {
        isHeard = try takeLast(take) || isHeard
        if !isHeard || isSending { throw Failure.ended }
      }
      if watched[1].revents != 0 { readErrors() }
      if watched[2].revents != 0 {
        let count = try write(bytes, from: sent)
        if count > 0 { lastMove = .now }
        sent += count
      }
      if watched[0].revents != 0 {
        switch try readOutput() {
        case .some(true): lastMove = .now
        case .some(false): break
        case nil:
          if !isHeard { isHeard = try takeLast(take) }
          if !isHeard || isSending { throw Failure.ended }
        }
      }
    }
  }

  /// Hears the last line of an output that has ended, which counts without its end; false where there is none.
  private func takeLast(_ take: ([UInt8]) throws -> Bool) rethrows -> Bool {
    guard start < received.count else { return false }
    let line = Array(received[start...])
    received.removeAll()
    (start, searched) = (0, 0)
    return try take(line)
  }

  /// Reads what is left on standard error, once the child has ended.
  func drainErrors() { readErrors() }

  private func nextLine() -> [UInt8]? {
    guard let end = received[searched...].firstIndex(of: 0x0A) else {
      searched = received.count
      if start > 0 {
        received.removeFirst(start)
        searched -= start
        start = 0
      }
      return nil
    }
    defer {
      start = end + 1
      searched = start
    }
    return Array(received[start..<end])
  }

  /// True where something came, false where nothing did yet, nil at the end.
  private func readOutput() throws -> Bool? {
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    let count = read(child.output.descriptor, &buffer, buffer.count)
    if count < 0 {
      if errno == EAGAIN || errno == EINTR { return false }
      throw Failure.broken(errno)
    }
    if count == 0 { return nil }
    received.append(contentsOf: buffer[..<count])
    if received.count - start > lineLimit, received[searched...].firstIndex(of: 0x0A) == nil {
      throw Failure.hugeLine
    }
    return true
  }

  private func readErrors() {
    var buffer = [UInt8](repeating: 0, count: 1 << 14)
    while child.errors.isOpen {
      let count = read(child.errors.descriptor, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      if count == 0 {
        child.errors.close()
        for line in stderr.finish() { heard?(line) }
      }
      if count <= 0 { return }
      for line in stderr.take(buffer[..<count]) { heard?(line) }
    }
  }

  /// Writes what fits; a closed input is closed here too.
  private func write(_ bytes: [UInt8], from start: Int) throws -> Int {
    let count = PipeSignal.held {
      bytes.withUnsafeBytes {
        Foundation.write(
          child.input.descriptor, UnsafeRawBufferPointer(rebasing: $0[start...]).baseAddress,
          min(bytes.count - start, 1 << 16))
      }
    }
    if count.result >= 0 { return count.result }
    if count.code == EAGAIN || count.code == EINTR { return 0 }
    if count.code == EPIPE {
      child.input.close()
      return 0
    }
    throw Failure.broken(count.code)
  }

  private static func seconds(since instant: ContinuousClock.Instant) -> Double {
    let passed = (ContinuousClock.now - instant).components
    return Double(passed.seconds) + Double(passed.attoseconds) / 1e18
  }
}
