import Foundation

/// A file's bytes, mapped into memory: pages are read when touched and cost nothing otherwise.
public struct MappedFile: Sendable {
  /// The path it was opened by.
  public let path: String
  private let mapping: Mapping

  /// Maps a regular file.
  public init(path: String) throws(FilesError) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .cannot("read", path, code: errno) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .cannot("read", path, code: errno) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw .notAFile(path) }
    self.path = path
    let size = Int(status.st_size)
    guard size > 0 else {
      mapping = Mapping(bytes: UnsafeRawBufferPointer(start: nil, count: 0))
      return
    }
    guard let base = mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor, 0), base != MAP_FAILED
    else { throw .cannot("map", path, code: errno) }
    mapping = Mapping(bytes: UnsafeRawBufferPointer(start: base, count: size))
  }

  /// The number of bytes.
  public var count: Int { mapping.bytes.count }

  /// Calls `body` with the bytes, which stay valid while this value, or a copy, lives.
  public func withUnsafeBytes<R, E: Error>(
    _ body: (UnsafeRawBufferPointer) throws(E) -> R
  ) throws(E) -> R {
    let result = try body(mapping.bytes)
    withExtendedLifetime(mapping) {}
    return result
  }

  /// Unmaps at the end. Unchecked because a pointer is not Sendable; safe because pages are read-only.
  private final class Mapping: @unchecked Sendable {
    let bytes: UnsafeRawBufferPointer

    init(bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    deinit {
      if let base = bytes.baseAddress {
        munmap(UnsafeMutableRawPointer(mutating: base), bytes.count)
      }
    }
  }
}
