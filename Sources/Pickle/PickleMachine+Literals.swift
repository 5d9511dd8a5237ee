extension PickleMachine {
  /// The value of an instruction that carries it.
  mutating func literal(_ opcode: Opcode, at offset: Int) throws(PickleError) -> PickleValue {
    switch opcode {
    case .none: return .none
    case .newTrue: return .boolean(true)
    case .newFalse: return .boolean(false)
    case .binInt1: return .integer(try readCount(1, opcode))
    case .binInt2: return .integer(try readCount(2, opcode))
    case .binInt:
      return .integer(Int(Int32(truncatingIfNeeded: try readCount(4, opcode))))
    case .long1: return try long(count: try readCount(1, opcode), opcode)
    case .long4: return try long(count: try readSignedCount(opcode), opcode)
    case .binFloat:
      let start = try take(8, opcode)
      return .real(
        Double(
          bitPattern: UInt64(
            bigEndian: input.loadUnaligned(fromByteOffset: start, as: UInt64.self))))
    case .int, .long, .float: return try number(opcode, at: offset)
    case .unicode: return try escapedText(opcode)
    case .shortBinUnicode, .shortBinBytes: _ = try take(try readCount(1, opcode), opcode)
    case .binUnicode, .binBytes: _ = try take(try readCount(4, opcode), opcode)
    default: _ = try take(try readCount(8, opcode), opcode)
    }
    switch opcode {
    case .shortBinBytes, .binBytes, .binBytes8, .byteArray8: return .bytes(offset)
    default: return .text(offset)
    }
  }

  /// The length of a LONG4, which Python stores with a sign.
  private mutating func readSignedCount(_ opcode: Opcode) throws(PickleError) -> Int {
    let count = try readCount(4, opcode)
    guard count <= Int(Int32.max) else {
      throw .malformed("\(opcode.name) at byte \(cursor - 5) claims a negative number of bytes")
    }
    return count
  }

  /// A two's complement little-endian integer of any length.
  private mutating func long(count: Int, _ opcode: Opcode) throws(PickleError) -> PickleValue {
    let start = try take(count, opcode)
    guard count > 0 else { return .integer(0) }
    guard count <= 8 else {
      // Python writes 9 bytes for UInt64 values from 2^63 on; none has a place in an Int.
      return .hugeInteger
    }
    var bits: UInt64 = 0
    for place in 0..<count { bits |= UInt64(input[start + place]) << UInt64(8 * place) }
    let unused = UInt64(64 - 8 * count)
    return .integer(Int(Int64(bitPattern: bits << unused) >> Int64(unused)))
  }

  /// A number in protocol 0's decimal spelling.
  private mutating func number(
    _ opcode: Opcode, at offset: Int
  ) throws(PickleError) -> PickleValue {
    let range = try line(opcode)
    var digits = text(range)
    if opcode == .int {
      if digits == "00" { return .boolean(false) }
      if digits == "01" { return .boolean(true) }
    }
    if opcode == .float {
      if let value = Double(digits) { return .real(value) }
    } else {
      if digits.hasSuffix("L") { digits.removeLast() }
      if let value = Int(digits) { return .integer(value) }
      if range.count > 18, input[range].dropFirst().dropLast().allSatisfy({ 0x30...0x39 ~= $0 }) {
        return .hugeInteger
      }
    }
    throw .malformed("\(opcode.name) at byte \(offset) holds '\(digits.prefix(40))', not a number")
  }

  /// Protocol 0's text: Latin-1 with `\uXXXX` and `\UXXXXXXXX`.
  private mutating func escapedText(_ opcode: Opcode) throws(PickleError) -> PickleValue {
    let range = try line(opcode)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(range.count)
    var position = range.lowerBound
    while position < range.upperBound {
      let byte = input[position]
      if byte == 0x5C, position + 1 < range.upperBound {
        let width = input[position + 1] == 0x75 ? 4 : input[position + 1] == 0x55 ? 8 : 0
        if width > 0 {
          guard position + 2 + width <= range.upperBound,
            let code = UInt32(text((position + 2)..<(position + 2 + width)), radix: 16)
          else {
            throw .malformed("UNICODE holds a broken escape at byte \(position)")
          }
          append(code, to: &bytes)
          position += 2 + width
          continue
        }
      }
      append(UInt32(byte), to: &bytes)
      position += 1
    }
    graph.decodedBytes += bytes.count + 32
    graph.decoded.append(bytes)
    return .decodedText(graph.decoded.count - 1)
  }

  private func append(_ code: UInt32, to bytes: inout [UInt8]) {
    bytes.append(contentsOf: Unicode.Scalar(code).map(Character.init)?.utf8 ?? "\u{FFFD}".utf8)
  }
}
