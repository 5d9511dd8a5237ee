import Foundation

/// Writes whole files: a reader sees the old content or the new, never a part.
public enum AtomicFile {
  /// Writes text as UTF-8.
  public static func write(
    _ text: String, to path: String, readers: FileReaders = .owner
  ) throws(FilesError) {
    try write(Array(text.utf8), to: path, readers: readers)
  }

  /// Writes bytes.
  public static func write(
    _ bytes: [UInt8], to path: String, readers: FileReaders = .owner
  ) throws(FilesError) {
    do {
      try write(to: path, readers: readers) { sink in try sink.append(bytes) }
    } catch let error as FilesError {
      throw error
    } catch {
      // The body above throws nothing else.
      throw .cannot("write", path, code: EIO)
    }
  }

  /// Writes what `body` appends, to a temporary file beside the target that is renamed at the end.
  ///
  /// When `body` throws, the target stays as it was and the temporary file is removed. A symbolic link
  /// stays, and the file that it leads to is written. A device or a pipe is written to as it is:
  /// a rename would put a file in its place, for every program of the machine.
  ///
  /// - Parameter readers: Who may read a file that is new; one that is replaced keeps its readers.
  public static func write(
    to path: String, readers: FileReaders = .owner, _ body: (inout FileSink) throws -> Void
  ) throws {
    var status = stat()
    if stat(path, &status) == 0 {
      let kind = status.st_mode & S_IFMT
      if kind != S_IFREG && kind != S_IFDIR { return try writeThrough(to: path, body) }
    }
    var batch = FileBatch()
    do {
      try batch.write(to: path, readers: readers, body)
      try batch.commit()
    } catch {
      batch.discard()
      throw error
    }
  }

  private static func writeThrough(
    to path: String, _ body: (inout FileSink) throws -> Void
  ) throws {
    let descriptor = open(path, O_WRONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FilesError.cannot("write", path, code: errno) }
    defer { close(descriptor) }
    var sink = FileSink(descriptor: descriptor, path: path)
    try body(&sink)
    try sink.flush()
  }
}

/// A buffered end of a file being written.
public struct FileSink {
  private let descriptor: Int32
  private let path: String
  private var buffer: [UInt8] = []

  init(descriptor: Int32, path: String) {
    self.descriptor = descriptor
    self.path = path
    buffer.reserveCapacity(1 << 17)
  }

  /// Appends text as UTF-8.
  public mutating func append(_ text: String) throws(FilesError) {
    buffer.append(contentsOf: text.utf8)
    if buffer.count >= 1 << 16 { try flush() }
  }

  /// Appends bytes.
  public mutating func append(_ bytes: some Sequence<UInt8>) throws(FilesError) {
    buffer.append(contentsOf: bytes)
    if buffer.count >= 1 << 16 { try flush() }
  }

  mutating func flush() throws(FilesError) {
    var written = 0
    while written < buffer.count {
      let count = buffer.withUnsafeBytes { bytes in
        Foundation.write(
          descriptor, UnsafeRawBufferPointer(rebasing: bytes[written...]).baseAddress,
          bytes.count - written)
      }
      if count < 0 {
        if errno == EINTR { continue }
        throw .cannot("write", path, code: errno)
      }
      written += count
    }
    buffer.removeAll(keepingCapacity: true)
  }
}
