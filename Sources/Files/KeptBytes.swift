import Foundation

extension UnsafeRawBufferPointer {
  /// Whether both hold the same bytes.
  package func isSame(as other: UnsafeRawBufferPointer) -> Bool {
    guard count == other.count else { return false }
    guard let mine = baseAddress, let theirs = other.baseAddress else { return true }
    return memcmp(mine, theirs, count) == 0
  }
}

/// Bytes that stay where they are and as they are while this value, or a copy of it, lives.
public struct KeptBytes: Sendable {
  private let storage: Storage

  /// Copies bytes.
  public init(_ bytes: some Collection<UInt8>) {
    let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 16)
    copy.copyBytes(from: bytes)
    storage = Storage(UnsafeRawBufferPointer(copy), unload: nil) { $0.deallocate() }
  }

  /// Takes over bytes that others no longer write to, and gives them back with `release`.
  ///
  /// - Parameter unload: Gives back the memory of some of them, which can be had again from a file.
  init(
    _ bytes: UnsafeRawBufferPointer, unload: ((UnsafeRawBufferPointer) -> Void)? = nil,
    release: @escaping (UnsafeRawBufferPointer) -> Void
  ) {
    storage = Storage(bytes, unload: unload, release: release)
  }

  /// Gives back the memory of bytes that are not needed soon; a file's bytes are read again when they
  /// are touched, and others stay.
  public func unload(_ range: Range<Int>) {
    if range.isEmpty { return }
    storage.unload?(UnsafeRawBufferPointer(rebasing: storage.bytes[range]))
  }

  /// The number of bytes.
  public var count: Int { storage.bytes.count }

  /// Calls `body` with the bytes, which stay valid while this value, or a copy, lives.
  public func withUnsafeBytes<R: ~Copyable, E: Error>(
    _ body: (UnsafeRawBufferPointer) throws(E) -> R
  ) throws(E) -> R {
    defer { withExtendedLifetime(storage) {} }
    return try body(storage.bytes)
  }

  /// Whether both are the same bytes in the same place.
  func isSame(as other: KeptBytes) -> Bool { storage === other.storage }

  /// Unchecked because a pointer is not Sendable; safe because nobody writes to the bytes.
  private final class Storage: @unchecked Sendable {
    let bytes: UnsafeRawBufferPointer
    let unload: ((UnsafeRawBufferPointer) -> Void)?
    private let release: (UnsafeRawBufferPointer) -> Void

    init(
      _ bytes: UnsafeRawBufferPointer, unload: ((UnsafeRawBufferPointer) -> Void)?,
      release: @escaping (UnsafeRawBufferPointer) -> Void
    ) {
      self.bytes = bytes
      self.unload = unload
      self.release = release
    }

    deinit { release(bytes) }
  }
}
