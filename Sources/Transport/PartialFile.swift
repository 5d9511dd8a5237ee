import Foundation

/// A file that grows at its end while it is fetched.
final class PartialFile {
  let path: String
  private(set) var count: Int
  private let descriptor: Int32

  init(path: String) throws(TransportError) {
    // In a folder that others write to, a planted link would lead to a file of somebody else's choice.
    descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0o644)
    guard descriptor >= 0 else {
      throw errno == ELOOP ? .linked(path) : .cannotWrite(path, code: errno)
    }
    var status = stat()
    // Nor is a file appended to that has another name elsewhere, or is no file.
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
      status.st_nlink == 1
    else {
      close(descriptor)
      throw .linked(path)
    }
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
