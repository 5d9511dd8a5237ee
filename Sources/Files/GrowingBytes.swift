import Foundation

/// Bytes that grow in place, so that a large file is never held twice.
struct GrowingBytes: ~Copyable {
  private var base: UnsafeMutableRawPointer?
  private(set) var count = 0
  private var capacity = 0

  init() {}

  deinit { free(base) }

  /// Adds bytes.
  ///
  /// - Returns: false if there is no memory for them.
  mutating func append(_ block: UnsafeRawBufferPointer) -> Bool {
    guard let source = block.baseAddress, block.count > 0 else { return true }
    if count + block.count > capacity {
      let wanted = max(capacity + capacity / 2, count + block.count)
      guard let grown = realloc(base, wanted) else { return false }
      base = grown
      capacity = wanted
    }
    base?.advanced(by: count).copyMemory(from: source, byteCount: block.count)
    count += block.count
    return true
  }

  /// Hands the bytes on.
  mutating func finish() -> KeptBytes {
    let bytes = UnsafeRawBufferPointer(start: base, count: count)
    base = nil
    return KeptBytes(bytes) { free(UnsafeMutableRawPointer(mutating: $0.baseAddress)) }
  }
}
