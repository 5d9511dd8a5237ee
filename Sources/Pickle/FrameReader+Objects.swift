import Files

/// What one cell of an object column is.
private enum Cell {
  case missing
  case number(Double)
  case integer(Int64)
  case boolean(Bool)
  /// The offset of its opcode.
  case text(Int)
  case decodedText(Int)
  /// Text that lies in the file in another encoding.
  case ownText(String)
}

extension FrameReader {
  /// A column of Python objects: text, numbers, truth values and missing cells.
  ///
  /// With any text in it, or nothing at all, it is a text column and numbers are spelled as Python
  /// does.
  mutating func objectColumn(
    _ cells: [PickleValue], _ strip: Strip, name: String
  ) throws(PickleError) -> ColumnValues {
    try charge(strip.count, 16)
    // Each cell's length lies in the file beside its text: what was looked at may go again.
    defer { file.unload(0..<file.count) }
    if let column = plainTextColumn(cells, strip) { return .text(column) }
    var hasText = false
    var hasMissing = false
    var hasNumber = false
    var hasInteger = false
    var hasBoolean = false
    for row in 0..<strip.count {
      switch try cell(cells[strip.start + row * strip.stride], row: row, name: name) {
      case .missing: hasMissing = true
      case .number: hasNumber = true
      case .integer: hasInteger = true
      case .boolean: hasBoolean = true
      case .text, .decodedText, .ownText: hasText = true
      }
    }
    if hasText || !(hasNumber || hasInteger || hasBoolean) {
      return .text(try textColumn(cells, strip, name: name))
    }
    if hasMissing || hasNumber || hasInteger && hasBoolean {
      var numbers: [Double] = []
      numbers.reserveCapacity(strip.count)
      for row in 0..<strip.count {
        switch try cell(cells[strip.start + row * strip.stride], row: row, name: name) {
        case .number(let value): numbers.append(value)
        case .integer(let value): numbers.append(Double(value))
        case .boolean(let value): numbers.append(value ? 1 : 0)
        default: numbers.append(.nan)
        }
      }
      return .doubles(numbers)
    }
    var integers: [Int64] = []
    var booleans: [Bool] = []
    for row in 0..<strip.count {
      switch try cell(cells[strip.start + row * strip.stride], row: row, name: name) {
      case .integer(let value): integers.append(value)
      case .boolean(let value): booleans.append(value)
      default: break
      }
    }
    return hasInteger ? .integers(integers) : .booleans(booleans)
  }

  /// A column of nothing but text and None, as most are: the places of its texts.
  private func plainTextColumn(_ cells: [PickleValue], _ strip: Strip) -> TextColumn? {
    var places: [TextPlace] = []
    places.reserveCapacity(strip.count)
    for row in 0..<strip.count {
      switch cells[strip.start + row * strip.stride] {
      case .text(let offset): places.append(place(at: offset))
      case .none: places.append(.missing)
      default: return nil
      }
    }
    return TextColumn(in: file, places: places)
  }

  private func place(at offset: Int) -> TextPlace {
    let extent = graph.extent(at: offset)
    return TextPlace(offset: extent.lowerBound, length: extent.count, spelling: .plain)
  }

  /// Text stays where it lies in the file; what is spelled or decoded here is the column's own.
  private mutating func textColumn(
    _ cells: [PickleValue], _ strip: Strip, name: String
  ) throws(PickleError) -> TextColumn {
    var column = TextColumn(in: file)
    column.reserveCapacity(strip.count)
    var decodedRows: [Int: Int] = [:]
    for row in 0..<strip.count {
      switch try cell(cells[strip.start + row * strip.stride], row: row, name: name) {
      case .missing: column.appendMissing()
      case .number(let value): column.append("\(value)")
      case .integer(let value): column.append("\(value)")
      case .boolean(let value): column.append(value ? "True" : "False")
      case .text(let offset): column.append(place(at: offset))
      case .ownText(let text):
        try charge(text.utf8.count, 1)
        column.append(text)
      case .decodedText(let index):
        if let first = decodedRows[index] {
          column.append(repeating: first)
        } else {
          decodedRows[index] = row
          try charge(graph.decoded[index].count, 1)
          column.append(utf8: graph.decoded[index])
        }
      }
    }
    return column
  }

  private func cell(
    _ value: PickleValue, row: Int, name: String
  ) throws(PickleError) -> Cell {
    switch value {
    case .text(let offset): return .text(offset)
    case .decodedText(let index): return .decodedText(index)
    case .none, .global(.missing): return .missing
    case .real(let number): return number.isNaN ? .missing : .number(number)
    case .integer(let number): return .integer(Int64(number))
    case .boolean(let flag): return .boolean(flag)
    case .object(let index):
      let object = graph.objects[index]
      if object.callable == .notATime { return .missing }
      if object.callable == .numpyScalar, let cell = try scalar(object) { return cell }
    default: break
    }
    throw .unsupported(
      "Column '\(name.prefix(80))', row \(row + 1), holds \(graph.kind(of: value))",
      "Cells are text, numbers or missing; turn the column into text with .astype(str).")
  }

  /// A NumPy number among Python objects: its type and its bytes.
  private func scalar(_ object: PickleObject) throws(PickleError) -> Cell? {
    guard let given = graph.arguments(object.arguments, least: 2) else { return nil }
    if let text = numpyText(given[0], given[1]) { return .ownText(text) }
    let type = try numpyDType(given[0])
    let octets = try octets(given[1])
    guard octets.count == type.size else { return nil }
    let bits: UInt64 = octets.withBytes { bytes in
      (type.isBigEndian ? Array(bytes.reversed()) : Array(bytes)).reversed()
        .reduce(0) { $0 << 8 | UInt64($1) }
    }
    let unused = UInt64(64 - 8 * type.size)
    switch type.kind {
    case .float:
      let number =
        switch type.size {
        case 8: Double(bitPattern: bits)
        case 4: Double(Float(bitPattern: UInt32(bits)))
        default: half(UInt16(bits))
        }
      return number.isNaN ? .missing : .number(number)
    case .signed: return .integer(Int64(bitPattern: bits << unused) >> Int64(unused))
    case .unsigned: return bits <= UInt64(Int64.max) ? .integer(Int64(bits)) : .number(Double(bits))
    case .boolean: return .boolean(bits != 0)
    case .object, .datetime: return nil
    }
  }

  /// The text of a `numpy.str_`, which is stored as one little-endian code of four bytes a character.
  private func numpyText(_ type: PickleValue, _ data: PickleValue) -> String? {
    guard let dtype = graph.object(type), dtype.callable == .numpyDType,
      let name = graph.items(dtype.arguments)?.first.flatMap({ graph.shortText($0) }),
      name.hasPrefix("U"), name.dropFirst().allSatisfy(\.isNumber),
      let state = dtype.state.flatMap({ graph.arguments($0, least: 7) }),
      !graph.isText(state[1], ">"), let octets = try? octets(data), octets.count % 4 == 0
    else { return nil }
    return octets.withBytes { bytes in
      var text = String.UnicodeScalarView()
      for place in stride(from: 0, to: bytes.count, by: 4) {
        let code = UInt32(
          littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt32.self))
        text.append(Unicode.Scalar(code) ?? "\u{FFFD}")
      }
      while text.last == "\0" { text.removeLast() }
      return String(text)
    }
  }
}
