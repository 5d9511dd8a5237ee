import Foundation

/// The parent's ends of a sandboxed program's pipes.
struct SandboxChannel {
  enum Ending {
    /// Both of its pipes are closed: it and all that it started are gone, or said all they will.
    case allSaid
    case outOfTime
    case tooMuch
  }

  private var input: Int32
  private var output: Int32
  private var verdict: Int32
  private let toWrite: [UInt8]
  private var written = 0
  private let limit: Int
  private var seen = 0
  /// The end of what was printed.
  private(set) var tail: [UInt8] = []
  /// What came through the channel for verdicts, up to its limit.
  private(set) var verdictBytes: [UInt8] = []

  private static let tailLimit = 4096
  private static let verdictLimit = 1 << 16

  /// Takes over the descriptors.
  init(input: Int32, output: Int32, verdict: Int32, toWrite: [UInt8], limit: Int) {
    (self.input, self.output, self.verdict) = (input, output, verdict)
    self.toWrite = toWrite
    self.limit = limit
    for end in [input, output, verdict] {
      _ = fcntl(end, F_SETFL, fcntl(end, F_GETFL) | O_NONBLOCK)
    }
  }

  /// Writes and reads until all is said, time is over or too much was printed; closes all.
  mutating func exchange(until deadline: ContinuousClock.Instant) -> Ending {
    defer {
      for end in [input, output, verdict] where end >= 0 { close(end) }
      (input, output, verdict) = (-1, -1, -1)
    }
    while output >= 0 || verdict >= 0 {
      let left = deadline - .now
      if left <= .zero { return .outOfTime }
      let events = Int16(POLLIN)
      var polls = [
        pollfd(fd: output, events: events, revents: 0),
        pollfd(fd: verdict, events: events, revents: 0),
        pollfd(fd: input, events: Int16(POLLOUT), revents: 0),
      ]
      let milliseconds = Int32(clamping: Int(left / .milliseconds(1)) + 1)
      if poll(&polls, 3, milliseconds) <= 0 { continue }
      if polls[0].revents != 0, let bytes = take(&output) {
        seen += bytes.count
        tail = Array((tail + bytes).suffix(SandboxChannel.tailLimit))
        if seen > limit { return .tooMuch }
      }
      if polls[1].revents != 0, let bytes = take(&verdict) {
        verdictBytes += bytes.prefix(SandboxChannel.verdictLimit - verdictBytes.count)
      }
      if polls[2].revents != 0 { give() }
    }
    return .allSaid
  }

  /// Reads what is there; closes the pipe at its end.
  private func take(_ end: inout Int32) -> [UInt8]? {
    var block = [UInt8](repeating: 0, count: 1 << 16)
    let count = read(end, &block, block.count)
    if count > 0 { return Array(block[..<count]) }
    if count == 0 || (errno != EAGAIN && errno != EINTR) {
      close(end)
      end = -1
    }
    return nil
  }

  private mutating func give() {
    let rest = toWrite[written...]
    let end = input
    let (count, code) = rest.withUnsafeBytes { bytes in
      PipeWriting.write(end, bytes)
    }
    if count > 0 { written += count }
    let isBroken = count < 0 && code != EAGAIN && code != EINTR
    if written == toWrite.count || isBroken {
      close(input)
      input = -1
    }
  }
}
