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

  /// Unpacks bytes, as far as their size and the free memory let expect.
  ///
  /// - Parameter limit: Refuse to unpack to more bytes than this; `nil` for no limit of the caller's.
  public static func decompress(
    _ bytes: UnsafeRawBufferPointer, as form: Compression, limit: Int? = nil
  ) throws(FilesError) -> KeptBytes {
    try decompress(
      bytes, as: form,
      limit: UnpackingLimit(packed: bytes.count, free: FreeMemory.bytes, given: limit))
  }

  static func decompress(
    _ bytes: UnsafeRawBufferPointer, as form: Compression, limit: UnpackingLimit
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

  /// What was unpacked so far, within its limit.
  private struct Output: ~Copyable {
    private let form: Compression
    let limit: UnpackingLimit
    private var bytes = GrowingBytes()

    init(form: Compression, limit: UnpackingLimit) {
      self.form = form
      self.limit = limit
    }

    mutating func take(_ block: UnsafeRawBufferPointer) throws(FilesError) {
      guard bytes.count + block.count <= limit.bytes else { throw limit.refusal(of: form) }
      guard bytes.append(block) else { throw .noMemory(form, limit: bytes.count) }
    }

    /// Hands the bytes on.
    mutating func finish() -> KeptBytes { bytes.finish() }
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
    // A header may claim a dictionary of 4 GB; its memory is taken only as far as it is filled.
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
      if code == LZMA_MEM_ERROR { throw .wideWindow(.xz) }
      if code != LZMA_OK { throw .corrupt("xz") }
    }
  }

  private static func unzstd(
    _ bytes: UnsafeRawBufferPointer, _ output: inout Output
  ) throws(FilesError) {
    guard let stream = ZSTD_createDStream() else { throw .corrupt("zstd") }
    defer { ZSTD_freeDStream(stream) }
    // As `zstd --long=31` writes. The window's memory is taken only as far as something is unpacked.
    ZSTD_DCtx_setParameter(stream, ZSTD_d_windowLogMax, 31)
    let block = UnsafeMutableRawBufferPointer.allocate(byteCount: chunk, alignment: 16)
    defer { block.deallocate() }
    var input = ZSTD_inBuffer(src: bytes.baseAddress, size: bytes.count, pos: 0)
    while true {
      var target = ZSTD_outBuffer(dst: block.baseAddress, size: chunk, pos: 0)
      let left = ZSTD_decompressStream(stream, &target, &input)
      if ZSTD_isError(left) != 0 {
        switch ZSTD_getErrorCode(left) {
        case ZSTD_error_frameParameter_windowTooLarge, ZSTD_error_memory_allocation:
          throw .wideWindow(.zstd)
        default: throw .corrupt("zstd")
        }
      }
      try output.take(UnsafeRawBufferPointer(rebasing: block[..<target.pos]))
      if input.pos == input.size && target.pos < chunk {
        if left != 0 { throw .truncated("zstd") }
        return
      }
    }
  }
}
