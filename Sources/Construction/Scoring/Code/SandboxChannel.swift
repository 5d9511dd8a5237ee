import Foundation

/// This process's ends of the pipes of sandboxed programs.
struct SandboxChannel {
  enum Ending {
    /// The output and the verdict are closed: the program and all that it started are gone, or
    /// said all they will.
    case allSaid
    case outOfTime
    case tooMuch
  }

  private var input: Int32
  private var output: Int32
  private var other: Int32
  private var verdict: Int32
  private let toWrite: [UInt8]
  private var written = 0
  private let limit: Int
  private var seen = 0
  private var otherSeen = 0
  /// What came through the channel for verdicts, up to its limit.
  private(set) var verdictBytes: [UInt8] = []

  private static let verdictLimit = 1 << 16

  /// Takes over the descriptors.
  ///
  /// - Parameters:
  ///   - other: The output of a second program, whose end is not awaited; -1 if there is none.
  ///   - limit: Bytes that each may print.
  init(
    input: Int32, output: Int32, other: Int32 = -1, verdict: Int32, toWrite: [UInt8], limit: Int
  ) {
    (self.input, self.output, self.other, self.verdict) = (input, output, other, verdict)
    self.toWrite = toWrite
    self.limit = limit
    for end in [input, output, other, verdict] where end >= 0 {
      _ = fcntl(end, F_SETFL, fcntl(end, F_GETFL) | O_NONBLOCK)
    }
  }

  /// Writes and reads until all is said, time is over or too much was printed; closes all.
  mutating func exchange(until deadline: ContinuousClock.Instant) -> Ending {
    defer {
      for end in [input, output, other, verdict] where end >= 0 { close(end) }
      (input, output, other, verdict) = (-1, -1, -1, -1)
    }
    while output >= 0 || verdict >= 0 {
      let left = deadline - .now
      if left <= .zero { return .outOfTime }
      let events = Int16(POLLIN)
      var polls = [
        pollfd(fd: output, events: events, revents: 0),
        pollfd(fd: verdict, events: events, revents: 0),
        pollfd(fd: input, events: Int16(POLLOUT), revents: 0),
        pollfd(fd: other, events: events, revents: 0),
      ]
      let milliseconds = Int32(clamping: Int(left / .milliseconds(1)) + 1)
      if poll(&polls, 4, milliseconds) <= 0 { continue }
      if polls[0].revents != 0, let bytes = take(&output) {
        seen += bytes.count
        if seen > limit { return .tooMuch }
      }
      if polls[3].revents != 0, let bytes = take(&other) {
        otherSeen += bytes.count
        if otherSeen > limit { return .tooMuch }
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
