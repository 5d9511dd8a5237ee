import Files

extension FrameReader {
  /// The cells of a pandas array that keeps its data in PyArrow buffers.
  mutating func arrow(_ object: PickleObject) throws(PickleError) -> ColumnValues {
    guard
      let data = graph.field("_pa_array", of: object.state)
        ?? graph.field("_data", of: object.state), let array = graph.object(data)
    else { throw .malformed("A PyArrow column has no data") }
    guard array.callable == .arrowChunks else { return try arrowArray(array) }
    guard let given = graph.arguments(array.arguments, least: 1), let chunks = graph.items(given[0])
    else { throw .malformed("A PyArrow column has no chunks") }
    var parts: [ColumnValues] = []
    for chunk in chunks {
      guard let array = graph.object(chunk) else {
        throw .malformed("A PyArrow chunk was needed and \(graph.kind(of: chunk)) found")
      }
      parts.append(try arrowArray(array))
    }
    return try joined(parts)
  }

  /// Chunks of one type, one after the other.
  private func joined(_ parts: [ColumnValues]) throws(PickleError) -> ColumnValues {
    var text = TextColumn()
    var numbers: [Double] = []
    var integers: [Int64] = []
    var booleans: [Bool] = []
    for part in parts {
      switch part {
      case .text(let values): text.append(contentsOf: values)
      case .integers(let values): integers.append(contentsOf: values)
      case .booleans(let values): booleans.append(contentsOf: values)
      case .doubles: break
      }
    }
    let count = parts.reduce(0) { $0 + $1.count }
    if text.count == count { return .text(text) }
    if integers.count == count { return .integers(integers) }
    if booleans.count == count { return .booleans(booleans) }
    for part in parts {
      guard let values = part.numbers else {
        throw .malformed("A PyArrow column's chunks have different types")
      }
      numbers.append(contentsOf: values)
    }
    return .doubles(numbers)
  }

  /// One array: `_restore_array((type, length, nulls, offset, buffers, children, dictionary))`.
  private mutating func arrowArray(_ object: PickleObject) throws(PickleError) -> ColumnValues {
    guard object.callable == .arrowRestore,
      let outer = graph.arguments(object.arguments, least: 1),
      let given = graph.arguments(outer[0], least: 5)
    else { throw .malformed("A PyArrow array does not have its parts") }
    let alias = try arrowType(given[0])
    guard case .integer(let length) = given[1], case .integer(let offset) = given[3],
      let values = graph.arguments(given[4], least: 2)
    else { throw .malformed("A PyArrow array does not have its parts") }
    guard length >= 0, offset >= 0, length / 8 <= graph.input.count,
      offset / 8 <= graph.input.count
    else {
      throw .tooLarge("A PyArrow array claims \(length) rows", file: graph.input.count)
    }
    try charge(length, 8)
    var buffers: [Octets?] = []
    for value in values {
      if case .none = value { buffers.append(nil) } else { buffers.append(try arrowBuffer(value)) }
    }
    let slice = ArrowSlice(buffers: buffers, length: length, offset: offset)
    switch alias {
    case "string", "large_string":
      try charge(length, 16)
      return .text(try slice.text(offsetSize: alias == "string" ? 4 : 8, of: graph, in: file))
    case "bool": return try slice.booleans()
    case "int8": return try slice.integers(Int8.self)
    case "int16": return try slice.integers(Int16.self)
    case "int32": return try slice.integers(Int32.self)
    case "int64": return try slice.integers(Int64.self)
    case "uint8": return try slice.integers(UInt8.self)
    case "uint16": return try slice.integers(UInt16.self)
    case "uint32": return try slice.integers(UInt32.self)
    case "uint64": return try slice.integers(UInt64.self)
    case "halffloat": return try slice.doubles(UInt16.self, half)
    case "float": return try slice.doubles(UInt32.self) { Double(Float(bitPattern: $0)) }
    case "double": return try slice.doubles(UInt64.self) { Double(bitPattern: $0) }
    default: throw unreadArrow(alias)
    }
  }

  /// The alias of a type that is read.
  private func arrowType(_ value: PickleValue) throws(PickleError) -> String {
    if case .inert(let index) = value {
      throw unreadArrow(String(graph.inertNames[index].dropFirst("pyarrow.lib.".count)))
    }
    guard let type = graph.object(value), type.callable == .arrowType,
      let alias = graph.items(type.arguments)?.first.flatMap({ graph.shortText($0) })
    else { throw .malformed("A PyArrow type was needed and \(graph.kind(of: value)) found") }
    guard Self.arrowTypes.contains(alias) else { throw unreadArrow(alias) }
    return alias
  }

  private func unreadArrow(_ alias: String) -> PickleError {
    .unsupported(
      "A column has the PyArrow type \(alias.prefix(40))",
      "Text, numbers and truth values are read; turn it into text with .astype(str).")
  }

  private static let arrowTypes: Set<String> = [
    "string", "large_string", "bool", "int8", "int16", "int32", "int64", "uint8", "uint16",
    "uint32", "uint64", "halffloat", "float", "double",
  ]

  private mutating func arrowBuffer(_ value: PickleValue) throws(PickleError) -> Octets {
    guard let object = graph.object(value), object.callable == .arrowBuffer,
      let data = graph.items(object.arguments)?.first
    else { throw .malformed("A PyArrow buffer was needed and \(graph.kind(of: value)) found") }
    let octets = try octets(data)
    if case .owned = octets { try charge(octets.count, 1) }
    return octets
  }
}
