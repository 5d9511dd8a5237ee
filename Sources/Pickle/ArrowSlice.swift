import Files

/// Some rows of an Arrow array: which are valid, and their values in Arrow's columnar layout.
///
/// - Source: https://arrow.apache.org/docs/format/Columnar.html
struct ArrowSlice {
  /// Validity bits (nil: all valid), then values, or offsets and text.
  let buffers: [Octets?]
  let length: Int
  let offset: Int

  /// The bit of each row in a buffer of bits; all true without one.
  private func bits(_ buffer: Octets?) throws(PickleError) -> [Bool] {
    guard let buffer else { return Array(repeating: true, count: length) }
    try check(buffer, (offset + length + 7) / 8)
    return buffer.withBytes { bytes in
      (offset..<(offset + length)).map { bytes[$0 / 8] >> UInt8($0 % 8) & 1 == 1 }
    }
  }

  private func check(_ buffer: Octets, _ needed: Int) throws(PickleError) {
    guard length == 0 || buffer.count >= needed else {
      throw .malformed("A PyArrow buffer of \(needed) bytes holds \(buffer.count)")
    }
  }

  private func valueBuffer(_ place: Int) throws(PickleError) -> Octets {
    if place < buffers.count, let buffer = buffers[place] { return buffer }
    guard length == 0 else { throw .malformed("A PyArrow array has no values") }
    return .owned([])
  }

  /// Numbers that stand for themselves.
  func integers<Stored: FixedWidthInteger>(
    _ type: Stored.Type
  ) throws(PickleError) -> ColumnValues {
    let isValid = try bits(buffers[0])
    let stored = try load(type) { $0 }
    if isValid.allSatisfy({ $0 }) {
      let exact = stored.compactMap { Int64(exactly: $0) }
      if exact.count == stored.count { return .integers(exact) }
    }
    return .doubles(zip(stored, isValid).map { $1 ? Double($0) : .nan })
  }

  /// Floating-point numbers by their bits.
  func doubles<Stored: FixedWidthInteger>(
    _ type: Stored.Type, _ convert: (Stored) -> Double
  ) throws(PickleError) -> ColumnValues {
    let isValid = try bits(buffers[0])
    return .doubles(zip(try load(type, convert), isValid).map { $1 ? $0 : .nan })
  }

  /// Truth values, one bit each.
  func booleans() throws(PickleError) -> ColumnValues {
    let isValid = try bits(buffers[0])
    let values = try bits(try valueBuffer(1))
    if isValid.allSatisfy({ $0 }) { return .booleans(values) }
    return .doubles(zip(values, isValid).map { $1 ? ($0 ? 1 : 0) : .nan })
  }

  /// Text, by offsets of 4 or 8 bytes into one buffer.
  ///
  /// Text that lies in the file is left there; protocol 2 spells buffers so that they must be decoded.
  func text(
    offsetSize: Int, of graph: PickleGraph, in file: KeptBytes
  ) throws(PickleError) -> TextColumn {
    let isValid = try bits(buffers[0])
    let offsets = try valueBuffer(1)
    try check(offsets, (offset + length + 1) * offsetSize)
    let data = try valueBuffer(2)
    let ends = offsets.withBytes { bytes in
      (offset..<(offset + length + 1)).map { row in
        row * offsetSize + offsetSize <= bytes.count ? bound(bytes, row, offsetSize) : 0
      }
    }
    for row in 0..<length {
      guard ends[row] >= 0, ends[row + 1] >= ends[row], ends[row + 1] <= Int64(data.count) else {
        throw .malformed(
          "A PyArrow text runs from byte \(ends[row]) to \(ends[row + 1]) of \(data.count)")
      }
    }
    guard case .borrowed(let buffer) = data, let first = buffer.baseAddress,
      let base = graph.input.baseAddress
    else {
      var column = TextColumn()
      column.reserveCapacity(length)
      data.withBytes { bytes in
        for row in 0..<length {
          if isValid[row] {
            column.append(
              utf8: UnsafeRawBufferPointer(
                rebasing: bytes[Int(ends[row])..<Int(ends[row + 1])]))
          } else {
            column.appendMissing()
          }
        }
      }
      return column
    }
    let start = first - base
    return TextColumn(
      in: file,
      places: (0..<length).map { row in
        isValid[row]
          ? TextPlace(
            offset: start + Int(ends[row]), length: Int(ends[row + 1] - ends[row]),
            spelling: .plain) : .missing
      })
  }

  private func bound(_ bytes: UnsafeRawBufferPointer, _ row: Int, _ size: Int) -> Int64 {
    size == 4
      ? Int64(Int32(littleEndian: bytes.loadUnaligned(fromByteOffset: row * 4, as: Int32.self)))
      : Int64(littleEndian: bytes.loadUnaligned(fromByteOffset: row * 8, as: Int64.self))
  }

  private func load<Stored: FixedWidthInteger, Loaded>(
    _ type: Stored.Type, _ convert: (Stored) -> Loaded
  ) throws(PickleError) -> [Loaded] {
    let size = MemoryLayout<Stored>.size
    let buffer = try valueBuffer(1)
    try check(buffer, (offset + length) * size)
    return buffer.withBytes { bytes in
      (offset..<(offset + length)).map { row in
        convert(
          Stored(
            littleEndian: bytes.loadUnaligned(fromByteOffset: row * size, as: Stored.self)))
      }
    }
  }
}
