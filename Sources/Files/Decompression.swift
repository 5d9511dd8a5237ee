import CBzip2
import CLzma
import CZlib
import CZstd
import Foundation

/// Unpacks whole compressed files, of one member or several in a row.
public enum Decompression {
  private static let chunk = 1 << 18
  /// LZMA_CONCATENATED, a macro that Swift does not import.
  private static let concatenated: UInt32 = 0x08

  /// Unpacks bytes.
  ///
  /// - Parameter limit: Refuse to unpack to more bytes than this; nil for no limit.
  public static func decompress(
    _ bytes: UnsafeRawBufferPointer, as form: Compression, limit: Int? = nil
  ) throws(FilesError) -> KeptBytes {
    guard bytes.count > 0 else { throw .truncated(form.rawValue) }
    var output = Output(form: form, limit: limit)
    switch form {
    case .gzip: try gunzip(bytes, &output)
    case .bzip2: try bunzip2(bytes, &output)
    case .xz: try unxz(bytes, &output)
    case .zstd: try unzstd(bytes, &output)
    }
    return output.finish()
  }

  /// Bytes that grow in place, so that a large file is never held twice.
  private struct Output: ~Copyable {
    let form: Compression
    let limit: Int?
    private var base: UnsafeMutableRawPointer?
    private var count = 0
    private var capacity = 0

    init(form: Compression, limit: Int?) {
      self.form = form
      self.limit = limit
    }

    deinit { free(base) }

    mutating func take(_ block: UnsafeRawBufferPointer) throws(FilesError) {
      if let limit, count + block.count > limit { throw .tooLarge(form.rawValue, limit: limit) }
      guard let source = block.baseAddress, block.count > 0 else { return }
      if count + block.count > capacity {
        capacity = max(capacity + capacity / 2, count + block.count)
        guard let grown = realloc(base, capacity) else {
          throw .tooLarge(form.rawValue, limit: count)
        }
        base = grown
      }
      base?.advanced(by: count).copyMemory(from: source, byteCount: block.count)
      count += block.count
    }

    /// Hands the bytes on.
    mutating func finish() -> KeptBytes {
      let bytes = UnsafeRawBufferPointer(start: base, count: count)
      base = nil
      return KeptBytes(bytes) { free(UnsafeMutableRawPointer(mutating: $0.baseAddress)) }
    }
  }

  /// What a decoder's step made of its input.
  private enum Step {
    case more
    case ended
    case corrupt
  }

  private static func gunzip(
    _ bytes: UnsafeRawBufferPointer, _ output: inout Output
  ) throws(FilesError) {
    var stream = z_stream()
    // 15 + 16: the largest window, with a gzip header.
    guard
      inflateInit2_(&stream, 31, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else { throw .corrupt("gzip") }
    defer { inflateEnd(&stream) }
    let block = UnsafeMutableRawBufferPointer.allocate(byteCount: chunk, alignment: 16)
    defer { block.deallocate() }
    var position = 0
    while true {
      let size = min(bytes.count - position, 1 << 30)
      stream.next_in = UnsafeMutablePointer(
        mutating: bytes.baseAddress?.advanced(by: position).assumingMemoryBound(to: UInt8.self))
      stream.avail_in = UInt32(size)
      stream.next_out = block.baseAddress?.assumingMemoryBound(to: UInt8.self)
      stream.avail_out = UInt32(chunk)
      let code = inflate(&stream, Z_NO_FLUSH)
      position += size - Int(stream.avail_in)
      let made = chunk - Int(stream.avail_out)
      try output.take(UnsafeRawBufferPointer(rebasing: block[..<made]))
      if code == Z_STREAM_END {
        // Some writers pad the end with zeros; another member starts with the magic number.
        guard bytes[position...].contains(where: { $0 != 0 }) else { return }
        guard inflateReset(&stream) == Z_OK else { throw .corrupt("gzip") }
        continue
      }
      if code != Z_OK && code != Z_BUF_ERROR { throw .corrupt("gzip") }
      if made == 0 && position == bytes.count { throw .truncated("gzip") }
    }
  }

  private static func bunzip2(
    _ bytes: UnsafeRawBufferPointer, _ output: inout Output
  ) throws(FilesError) {
    let block = UnsafeMutableRawBufferPointer.allocate(byteCount: chunk, alignment: 16)
    defer { block.deallocate() }
    var position = 0
    while position < bytes.count {
      var stream = bz_stream()
      guard BZ2_bzDecompressInit(&stream, 0, 0) == BZ_OK else { throw .corrupt("bzip2") }
      defer { BZ2_bzDecompressEnd(&stream) }
      var step = Step.more
      while case .more = step {
        let size = min(bytes.count - position, 1 << 30)
        stream.next_in = UnsafeMutablePointer(
          mutating: bytes.baseAddress?.advanced(by: position).assumingMemoryBound(to: CChar.self))
        stream.avail_in = UInt32(size)
        stream.next_out = block.baseAddress?.assumingMemoryBound(to: CChar.self)
        stream.avail_out = UInt32(chunk)
        let code = BZ2_bzDecompress(&stream)
        position += size - Int(stream.avail_in)
        let made = chunk - Int(stream.avail_out)
        step = code == BZ_STREAM_END ? .ended : code == BZ_OK ? .more : .corrupt
        if case .corrupt = step { throw .corrupt("bzip2") }
        try output.take(UnsafeRawBufferPointer(rebasing: block[..<made]))
        if case .more = step, made == 0, position == bytes.count { throw .truncated("bzip2") }
      }
    }
  }

  private static func unxz(
    _ bytes: UnsafeRawBufferPointer, _ output: inout Output
  ) throws(FilesError) {
    var stream = lzma_stream()
    guard lzma_stream_decoder(&stream, .max, concatenated) == LZMA_OK else {
      throw .corrupt("xz")
    }
    defer { lzma_end(&stream) }
    let block = UnsafeMutableRawBufferPointer.allocate(byteCount: chunk, alignment: 16)
    defer { block.deallocate() }
    stream.next_in = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
    stream.avail_in = bytes.count
    while true {
      stream.next_out = block.baseAddress?.assumingMemoryBound(to: UInt8.self)
      stream.avail_out = chunk
      let code = lzma_code(&stream, LZMA_FINISH)
      let made = chunk - stream.avail_out
      try output.take(UnsafeRawBufferPointer(rebasing: block[..<made]))
      if code == LZMA_STREAM_END { return }
      if code == LZMA_BUF_ERROR { throw .truncated("xz") }
      if code != LZMA_OK { throw .corrupt("xz") }
    }
  }

  private static func unzstd(
    _ bytes: UnsafeRawBufferPointer, _ output: inout Output
  ) throws(FilesError) {
    guard let stream = ZSTD_createDStream() else { throw .corrupt("zstd") }
    defer { ZSTD_freeDStream(stream) }
    let block = UnsafeMutableRawBufferPointer.allocate(byteCount: chunk, alignment: 16)
    defer { block.deallocate() }
    var input = ZSTD_inBuffer(src: bytes.baseAddress, size: bytes.count, pos: 0)
    while true {
      var target = ZSTD_outBuffer(dst: block.baseAddress, size: chunk, pos: 0)
      let left = ZSTD_decompressStream(stream, &target, &input)
      if ZSTD_isError(left) != 0 { throw .corrupt("zstd") }
      try output.take(UnsafeRawBufferPointer(rebasing: block[..<target.pos]))
      if input.pos == input.size && target.pos < chunk {
        if left != 0 { throw .truncated("zstd") }
        return
      }
    }
  }
}
