import Files

extension FrameReader {
  /// One column of a NumPy array.
  mutating func values(
    of array: NumpyArray, row: Int, name: String = ""
  ) throws(PickleError) -> ColumnValues {
    let strip = array.strip(row)
    guard case .raw(let octets) = array.storage else {
      guard case .objects(let cells) = array.storage else { return .doubles([]) }
      return try objectColumn(cells, strip, name: name)
    }
    try charge(strip.count, 16)
    let isSwapped = array.dtype.isBigEndian
    switch (array.dtype.kind, array.dtype.size) {
    case (.float, 8):
      return .doubles(
        load(octets, strip, isSwapped, UInt64.self) { Double(bitPattern: $0) })
    case (.float, 4):
      return .doubles(
        load(octets, strip, isSwapped, UInt32.self) { Double(Float(bitPattern: $0)) })
    case (.float, _):
      return .doubles(load(octets, strip, isSwapped, UInt16.self, half))
    case (.boolean, _):
      return .booleans(load(octets, strip, isSwapped, UInt8.self) { $0 != 0 })
    case (.signed, 1):
      return .integers(load(octets, strip, isSwapped, Int8.self) { Int64($0) })
    case (.signed, 2):
      return .integers(load(octets, strip, isSwapped, Int16.self) { Int64($0) })
    case (.signed, 4):
      return .integers(load(octets, strip, isSwapped, Int32.self) { Int64($0) })
    case (.signed, _):
      return .integers(load(octets, strip, isSwapped, Int64.self) { $0 })
    case (.unsigned, 1):
      return .integers(load(octets, strip, isSwapped, UInt8.self) { Int64($0) })
    case (.unsigned, 2):
      return .integers(load(octets, strip, isSwapped, UInt16.self) { Int64($0) })
    case (.unsigned, 4):
      return .integers(load(octets, strip, isSwapped, UInt32.self) { Int64($0) })
    case (.unsigned, _):
      let wide = load(octets, strip, isSwapped, UInt64.self) { $0 }
      let fits = wide.allSatisfy { $0 <= UInt64(Int64.max) }
      return fits ? .integers(wide.map { Int64($0) }) : .doubles(wide.map { Double($0) })
    case (.datetime(let unit), _):
      let instants = load(octets, strip, isSwapped, Int64.self) { $0 }
      return .text(try dates(instants, unit: unit, name: name))
    case (.object, _):
      return .doubles([])
    }
  }

  /// Elements of raw storage, which the array has checked to be there.
  private func load<Stored: FixedWidthInteger, Loaded>(
    _ octets: Octets, _ strip: Strip, _ isSwapped: Bool, _ type: Stored.Type,
    _ convert: (Stored) -> Loaded
  ) -> [Loaded] {
    octets.withBytes { bytes in
      var result: [Loaded] = []
      result.reserveCapacity(strip.count)
      let size = MemoryLayout<Stored>.size
      for row in 0..<strip.count {
        let offset = (strip.start + row * strip.stride) * size
        let stored = bytes.loadUnaligned(fromByteOffset: offset, as: Stored.self)
        result.append(convert(isSwapped ? Stored(bigEndian: stored) : Stored(littleEndian: stored)))
      }
      return result
    }
  }

  /// Dates as ISO 8601 text; NaT is a missing cell.
  private mutating func dates(
    _ instants: [Int64], unit: String, name: String
  ) throws(PickleError) -> TextColumn {
    try charge(instants.count, 48)
    var text = TextColumn()
    text.reserveCapacity(instants.count)
    for instant in instants {
      if instant == .min {
        text.appendMissing()
      } else if let date = ISODate.text(of: instant, unit: unit) {
        text.append(date)
      } else {
        throw .unsupported(
          "Column '\(name.prefix(80))' has a date beyond the years 1 to 9999",
          "Turn the column into text with .astype(str).")
      }
    }
    return text
  }
}

/// The number that 16 bits stand for in IEEE 754 binary16.
func half(_ bits: UInt16) -> Double {
  let fraction = Double(bits & 0x3FF)
  let exponent = Int(bits >> 10 & 0x1F)
  let magnitude: Double =
    switch exponent {
    case 0: fraction * 0x1p-24
    case 31: fraction == 0 ? .infinity : .nan
    default: (1024 + fraction) * Double(sign: .plus, exponent: exponent - 25, significand: 1)
    }
  return bits & 0x8000 == 0 ? magnitude : -magnitude
}
