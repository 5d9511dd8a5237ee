extension FrameReader {
  /// The array that a value is, with its data checked against its shape.
  mutating func numpyArray(_ value: PickleValue) throws(PickleError) -> NumpyArray {
    guard let object = graph.object(value) else {
      throw .malformed("A NumPy array was needed and \(graph.kind(of: value)) found")
    }
    switch object.callable {
    case .numpyReconstruct:
      guard let state = object.state.flatMap({ graph.arguments($0, least: 5) }),
        case .boolean(let isFortran) = state[3]
      else { throw .malformed("A NumPy array has no state of five parts") }
      return try array(shape: state[1], dtype: state[2], isFortran: isFortran, data: state[4])
    case .numpyFromBuffer:
      guard let given = graph.arguments(object.arguments, least: 4) else {
        throw .malformed("A NumPy array's buffer has no shape")
      }
      let isFortran = graph.isText(given[3], "F")
      guard isFortran || graph.isText(given[3], "C") else {
        throw .unsupported(
          "A NumPy array is stored in neither C nor Fortran order",
          "Save frame.copy() instead.")
      }
      return try array(shape: given[2], dtype: given[1], isFortran: isFortran, data: given[0])
    default:
      throw .malformed("A NumPy array was needed and \(graph.kind(of: value)) found")
    }
  }

  private mutating func array(
    shape: PickleValue, dtype: PickleValue, isFortran: Bool, data: PickleValue
  ) throws(PickleError) -> NumpyArray {
    let type = try numpyDType(dtype)
    guard let lengths = graph.items(shape), (1...2).contains(lengths.count) else {
      throw .unsupported(
        "A NumPy array does not have one or two dimensions", "Save a DataFrame of plain columns.")
    }
    var sizes: [Int] = []
    for length in lengths {
      guard case .integer(let size) = length, size >= 0 else {
        throw .malformed("A NumPy array has \(graph.kind(of: length)) below 0 for a length")
      }
      sizes.append(size)
    }
    let isFlat = sizes.count == 1
    if isFlat { sizes.insert(1, at: 0) }
    let (elements, overflow) = sizes[0].multipliedReportingOverflow(by: sizes[1])
    let (needed, overflowToo) = elements.multipliedReportingOverflow(by: type.size)
    guard !overflow, !overflowToo, elements <= graph.input.count else {
      throw .tooLarge(
        "A NumPy array claims \(sizes[0]) x \(sizes[1]) elements", file: graph.input.count)
    }
    let storage: NumpyArray.Storage
    let found: Int
    if type.kind == .object {
      guard case .list(let index) = data else {
        throw .malformed("An object array holds \(graph.kind(of: data)), not a list")
      }
      storage = .objects(graph.lists[index])
      found = graph.lists[index].count
      guard found == elements else {
        throw .malformed("A NumPy array of \(elements) objects holds \(found)")
      }
    } else {
      let octets = try octets(data)
      if case .owned = octets { try charge(octets.count, 1) }
      storage = .raw(octets)
      found = octets.count
      guard found == needed else {
        throw .malformed("A NumPy array of \(needed) bytes holds \(found)")
      }
    }
    return NumpyArray(
      rows: sizes[0], columns: sizes[1], isFlat: isFlat, isFortran: isFortran && !isFlat,
      dtype: type, storage: storage)
  }

  /// The type that a `numpy.dtype` call stands for.
  func numpyDType(_ value: PickleValue) throws(PickleError) -> NumpyDType {
    guard let object = graph.object(value), object.callable == .numpyDType,
      let first = graph.items(object.arguments)?.first
    else { throw .malformed("A NumPy dtype was needed and \(graph.kind(of: value)) found") }
    if case .inert(let index) = first { throw refusedDType(graph.inertNames[index]) }
    guard let name = graph.shortText(first) else {
      throw .malformed("A NumPy dtype was needed and \(graph.kind(of: first)) found")
    }
    let state = object.state.flatMap { graph.arguments($0, least: 7) }
    var code = name[...]
    var isBigEndian = false
    if let mark = code.first, "<>=|".contains(mark) {
      isBigEndian = mark == ">"
      code.removeFirst()
    }
    if let state { isBigEndian = graph.isText(state[1], ">") }
    if let state, case .tuple = state[2] { throw refusedDType(name) }
    if let state, case .tuple = state[3] { throw refusedDType(name) }
    func type(_ kind: NumpyDType.Kind, _ size: Int) -> NumpyDType {
      NumpyDType(kind: kind, size: size, isBigEndian: isBigEndian)
    }
    switch code {
    case "f2": return type(.float, 2)
    case "f4": return type(.float, 4)
    case "f8": return type(.float, 8)
    case "i1": return type(.signed, 1)
    case "i2": return type(.signed, 2)
    case "i4": return type(.signed, 4)
    case "i8": return type(.signed, 8)
    case "u1": return type(.unsigned, 1)
    case "u2": return type(.unsigned, 2)
    case "u4": return type(.unsigned, 4)
    case "u8": return type(.unsigned, 8)
    case "b1", "?": return type(.boolean, 1)
    case "O8", "O4", "O": return type(.object, 1)
    case "M8": return type(.datetime(unit: try datetimeUnit(state, name)), 8)
    default: throw refusedDType(name)
    }
  }

  /// The unit in `(version, order, ..., ({}, (b'ns', 1, 1, 1)))`.
  private func datetimeUnit(_ state: [PickleValue]?, _ name: String) throws(PickleError) -> String {
    guard let state, state.count >= 9, let metadata = graph.arguments(state[8], least: 2),
      let parts = graph.arguments(metadata[1], least: 2),
      let unit = try? octets(parts[0]), case .integer(1) = parts[1]
    else { throw refusedDType(name) }
    let text = unit.withBytes { String(decoding: $0.prefix(8), as: UTF8.self) }
    guard ISODate.unitsPerDay[text] != nil else { throw refusedDType("\(name)[\(text)]") }
    return text
  }

  private func refusedDType(_ name: String) -> PickleError {
    .unsupported(
      "A column has the NumPy type \(name.prefix(40))",
      "Numbers up to 64 bits, truth values, objects and dates are read; turn it into text with "
        + ".astype(str).")
  }

  /// The bytes that a value is: plain, in a bytearray, or spelled in Latin-1 as protocol 2 does.
  func octets(_ value: PickleValue) throws(PickleError) -> Octets {
    if case .bytes(let offset) = value { return .borrowed(graph.payload(at: offset)) }
    guard let object = graph.object(value), let given = graph.items(object.arguments) else {
      throw .malformed("Bytes were needed and \(graph.kind(of: value)) found")
    }
    switch object.callable {
    case .bytes where given.isEmpty, .byteArray where given.isEmpty: return .owned([])
    case .byteArray:
      guard let first = given.first else { break }
      if case .bytes(let offset) = first { return .borrowed(graph.payload(at: offset)) }
      if let inner = graph.object(first),
        inner.callable == .codecsEncode || inner.callable == .bytes,
        let innerGiven = graph.items(inner.arguments)
      {
        return try innerGiven.first.map { (text) throws(PickleError) in try latin1(text) }
          ?? .owned([])
      }
      return try latin1(first)
    case .codecsEncode:
      if let first = given.first { return try latin1(first) }
    default: break
    }
    throw .malformed("Bytes were needed and \(graph.kind(of: value)) found")
  }

  /// The bytes that text stands for when each character is one.
  private func latin1(_ value: PickleValue) throws(PickleError) -> Octets {
    let text: UnsafeRawBufferPointer
    switch value {
    case .text(let offset): text = graph.payload(at: offset)
    case .decodedText(let index):
      return .owned(
        try graph.decoded[index].withUnsafeBytes { bytes in
          Result<[UInt8], PickleError> { () throws(PickleError) in try narrowed(bytes) }
        }.get())
    default: throw .malformed("Bytes were needed and \(graph.kind(of: value)) found")
    }
    return .owned(try narrowed(text))
  }

  private func narrowed(_ text: UnsafeRawBufferPointer) throws(PickleError) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count)
    var position = 0
    while position < text.count {
      let byte = text[position]
      if byte < 0x80 {
        bytes.append(byte)
        position += 1
      } else if byte == 0xC2 || byte == 0xC3, position + 1 < text.count,
        0x80...0xBF ~= text[position + 1]
      {
        bytes.append((byte & 0x03) << 6 | (text[position + 1] & 0x3F))
        position += 2
      } else {
        throw .malformed("Bytes spelled as text hold a character that is no byte")
      }
    }
    return bytes
  }
}
