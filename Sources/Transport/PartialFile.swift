import Foundation

/// A file that grows at its end while it is fetched.
final class PartialFile {
  let path: String
  private(set) var count: Int
  private let descriptor: Int32

  init(path: String) throws(TransportError) {
    descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw .cannotWrite(path, code: errno) }
    self.path = path
    count = 0
    let end = lseek(descriptor, 0, Int32(SEEK_END))
    guard end >= 0 else { throw .cannotWrite(path, code: errno) }
    count = Int(end)
  }

  deinit { close(descriptor) }

  func append(_ bytes: UnsafeRawBufferPointer) throws(TransportError) {
    var rest = bytes
    while !rest.isEmpty {
      let written = write(descriptor, rest.baseAddress, rest.count)
      if written < 0 {
        if errno == EINTR { continue }
        throw .cannotWrite(path, code: errno)
      }
      count += written
      rest = UnsafeRawBufferPointer(rebasing: rest[written...])
    }
  }

  func truncate() throws(TransportError) {
    guard ftruncate(descriptor, 0) == 0, lseek(descriptor, 0, Int32(SEEK_SET)) == 0 else {
      throw .cannotWrite(path, code: errno)
    }
    count = 0
  }

  /// Waits until the bytes are on the disk.
  func synchronize() throws(TransportError) {
    guard fsync(descriptor) == 0 else { throw .cannotWrite(path, code: errno) }
  }
}
