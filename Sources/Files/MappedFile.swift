import Foundation

/// A file's bytes, mapped into memory: pages are read when touched and cost nothing otherwise.
///
/// A pipe's bytes are read whole.
public struct MappedFile: Sendable {
  /// The path it was opened by.
  public let path: String
  /// The bytes, for values that outlive this one.
  public let bytes: KeptBytes
  private let descriptor: Descriptor
  /// `nil` for a pipe, which is read once.
  private let stamp: Stamp?

  /// Maps a regular file, or reads a pipe to its end.
  ///
  /// - Throws: `FilesError` for a folder, a device or a socket, and for a pipe without a writer.
  public init(path: String) throws(FilesError) {
    // Looked at first, since to open a device may do something.
    var status = stat()
    guard stat(path, &status) == 0 else { throw .cannot("read", path, code: errno) }
    try Self.requireReadable(status, path)
    // A pipe without a writer would otherwise be waited for, for ever.
    let descriptor = Descriptor(open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK))
    guard descriptor.number >= 0, fstat(descriptor.number, &status) == 0 else {
      throw .cannot("read", path, code: errno)
    }
    try Self.requireReadable(status, path)
    self.path = path
    self.descriptor = descriptor
    guard status.st_mode & S_IFMT == S_IFREG else {
      stamp = nil
      bytes = try PipeContent.read(descriptor.number, status, path: path)
      return
    }
    stamp = Stamp(status)
    let size = Int(status.st_size)
    guard size > 0 else {
      bytes = try PipeContent.readToEnd(descriptor.number, path: path)
      return
    }
    guard let base = mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor.number, 0),
      base != MAP_FAILED
    else { throw .cannot("map", path, code: errno) }
    let mapped = UnsafeRawBufferPointer(start: base, count: size)
    let place = CutFiles.add(mapped, path: path)
    bytes = KeptBytes(mapped, unload: Self.unload) {
      CutFiles.remove(place)
      munmap(UnsafeMutableRawPointer(mutating: $0.baseAddress), $0.count)
    }
  }

  private static func requireReadable(_ status: stat, _ path: String) throws(FilesError) {
    switch status.st_mode & S_IFMT {
    case S_IFREG, S_IFIFO: return
    case S_IFDIR: throw .notAFile(path, "a folder")
    case S_IFSOCK: throw .notAFile(path, "a socket")
    default: throw .notAFile(path, "a device")
    }
  }

  /// Gives back whole pages within some mapped bytes.
  private static func unload(_ bytes: UnsafeRawBufferPointer) {
    guard let base = bytes.baseAddress else { return }
    let page = sysconf(Int32(_SC_PAGESIZE))
    let start = (Int(bitPattern: base) + page - 1) / page * page
    let end = (Int(bitPattern: base) + bytes.count) / page * page
    guard start < end else { return }
    madvise(UnsafeMutableRawPointer(bitPattern: start), end - start, MADV_DONTNEED)
  }

  /// The number of bytes.
  public var count: Int { bytes.count }

  /// Whether the file has the size and the times of change that it had when it was opened.
  public var isUnchanged: Bool {
    guard let stamp else { return true }
    var status = stat()
    return fstat(descriptor.number, &status) == 0 && Stamp(status) == stamp
  }

  /// Calls `body` with the bytes, which stay valid while this value, or a copy, lives.
  public func withUnsafeBytes<R, E: Error>(
    _ body: (UnsafeRawBufferPointer) throws(E) -> R
  ) throws(E) -> R {
    try bytes.withUnsafeBytes(body)
  }

  /// Stays open, since the path may name another file by the time that a change is looked for.
  private final class Descriptor: Sendable {
    let number: Int32

    init(_ number: Int32) { self.number = number }

    deinit { if number >= 0 { close(number) } }
  }

  private struct Stamp: Equatable {
    let size: Int
    let times: [Int]

    init(_ status: stat) {
      size = Int(status.st_size)
      times = [status.st_mtim, status.st_ctim].flatMap { [Int($0.tv_sec), Int($0.tv_nsec)] }
    }
  }
}
