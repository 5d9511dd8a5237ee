import Foundation
import Synchronization

/// What a pipe delivers, such as the shell's `<(zcat table.csv.gz)`, read to its end.
///
/// A pipe can be read once; whoever opens it again in this process gets the same bytes.
enum PipeContent {
  /// The most that is read: a larger file is better mapped than held.
  static let greatest = 4 << 30
  /// The share of free memory that a pipe's content may take.
  private static let share = 0.5
  /// Seconds to wait for a first writer; a shell starts both ends of a pipe at once.
  private static let patience = 2.0

  private struct Identity: Hashable {
    let device: UInt
    let number: UInt
    /// When it was last written to: another pipe may get the number of one that is gone.
    let seconds: Int
    let nanoseconds: Int

    init(_ status: stat) {
      device = UInt(status.st_dev)
      number = UInt(status.st_ino)
      seconds = status.st_ctim.tv_sec
      nanoseconds = status.st_ctim.tv_nsec
    }
  }

  private static let known = Mutex<[Identity: KeptBytes]>([:])

  /// Reads a pipe that was opened without blocking.
  static func read(
    _ descriptor: Int32, _ status: stat, path: String
  ) throws(FilesError) -> KeptBytes {
    let before = Identity(status)
    if let bytes = known.withLock({ $0[before] }) { return bytes }
    let bytes = try readToEnd(descriptor, path: path)
    var status = stat()
    if fstat(descriptor, &status) == 0 {
      let after = Identity(status)
      known.withLock { $0[after] = bytes }
    }
    return bytes
  }

  /// Reads a pipe, or a file that has bytes though its size is 0, as those of `/proc` have.
  static func readToEnd(_ descriptor: Int32, path: String) throws(FilesError) -> KeptBytes {
    let limit = min(greatest, FreeMemory.bytes.map { Int(Double($0) * share) } ?? greatest)
    var content = GrowingBytes()
    var hasWriter = false
    let deadline = ProcessInfo.processInfo.systemUptime + patience
    let block = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
    defer { block.deallocate() }
    while true {
      let count = Foundation.read(descriptor, block.baseAddress, block.count)
      if count > 0 {
        hasWriter = true
        let taken = UnsafeRawBufferPointer(rebasing: block[..<count])
        guard content.count + count <= limit, content.append(taken) else {
          throw .tooLongPipe(path, limit: limit)
        }
      } else if count == 0 {
        // Without a writer a pipe is at its end from the start; one may be about to come.
        if hasWriter || !isPipe(descriptor) { return content.finish() }
        if ProcessInfo.processInfo.systemUptime > deadline { throw .noWriter(path) }
        wait(descriptor, milliseconds: 20)
      } else if errno == EAGAIN, isPipe(descriptor) {
        // A writer is there and slow: it takes the time it takes.
        hasWriter = true
        wait(descriptor, milliseconds: -1)
      } else if errno != EINTR {
        throw .cannot("read", path, code: errno)
      }
    }
  }

  private static func wait(_ descriptor: Int32, milliseconds: Int32) {
    var events = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    poll(&events, 1, milliseconds)
  }

  private static func isPipe(_ descriptor: Int32) -> Bool {
    var status = stat()
    return fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFIFO
  }
}
