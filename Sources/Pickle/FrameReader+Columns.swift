import Files

/// The labels along one side of a frame.
enum Axis {
  /// A RangeIndex: `count` numbers from `start` on.
  case range(start: Int, step: Int, count: Int)
  case labels(Column)
  /// The levels of a MultiIndex that are read.
  case levels([Column], count: Int)

  var count: Int {
    switch self {
    case .range(_, _, let count): count
    case .labels(let column): column.values.count
    case .levels(_, let count): count
    }
  }

  var columns: [Column] {
    switch self {
    case .range: []
    case .labels(let column): [column]
    case .levels(let columns, _): columns
    }
  }
}

extension FrameReader {
  /// How deep an index may lie within categories of an index and so on; pandas needs 3.
  private static let greatestDepth = 8

  /// The labels that an index object stands for.
  mutating func axis(_ value: PickleValue) throws(PickleError) -> Axis {
    if case .inert = value { throw unread(value, name: "index") }
    if let levels = try levels(value) { return levels }
    guard let object = graph.object(value), object.callable == .newIndex,
      let given = graph.arguments(object.arguments, least: 2)
    else { throw .malformed("An index was needed and \(graph.kind(of: value)) found") }
    if case .inert = given[0] { throw unread(given[0], name: "index") }
    guard case .global(let type) = given[0] else {
      throw .malformed("An index was needed and \(graph.kind(of: value)) found")
    }
    if type == .rangeIndex { return try range(given[1]) }
    let name = graph.field("name", of: given[1]).flatMap { graph.shortText($0) } ?? "index"
    return .labels(Column(name: name, values: try column(value, depth: 0, name: "index")))
  }

  /// The numbers of a RangeIndex.
  private func range(_ fields: PickleValue) throws(PickleError) -> Axis {
    guard case .integer(let start)? = graph.field("start", of: fields),
      case .integer(let stop)? = graph.field("stop", of: fields),
      case .integer(let step)? = graph.field("step", of: fields), step != 0, step != .min
    else { throw .malformed("A RangeIndex has no start, stop and step") }
    let (span, overflow) =
      step > 0
      ? stop.subtractingReportingOverflow(start) : start.subtractingReportingOverflow(stop)
    guard !overflow else { throw .malformed("A RangeIndex is longer than 64 bits") }
    let count = span <= 0 ? 0 : (span - 1) / abs(step) + 1
    return .range(start: start, step: step, count: count)
  }

  /// The names of all columns.
  mutating func columnNames(_ value: PickleValue) throws(PickleError) -> [String] {
    if let name = multiIndex(value) { throw .refused(global: name) }
    switch try axis(value) {
    case .range(let start, let step, let count):
      guard count <= graph.input.count else {
        throw .tooLarge("The DataFrame claims \(count) columns", file: graph.input.count)
      }
      return (0..<count).map { "\(start &+ $0 &* step)" }
    case .levels: throw .malformed("The columns have several names each")
    case .labels(let column):
      // Names are shared like any text; their copies are paid for.
      let text = column.values.asText
      var names: [String] = []
      names.reserveCapacity(text.count)
      for row in text.indices {
        try charge(1, 16 + text.withSpelling(row) { $0.count })
        names.append(text[row] ?? "nan")
      }
      return names
    }
  }

  /// The NumPy array that a value is or that a thin pandas array wraps, or nil for other values.
  mutating func plainArray(_ value: PickleValue) throws(PickleError) -> NumpyArray? {
    guard let object = graph.object(value) else { return nil }
    switch object.callable {
    case .numpyReconstruct, .numpyFromBuffer: return try numpyArray(value)
    case .arrayBacked:
      let (type, parts) = try backing(object)
      guard type == .datetimeArray || type == .stringArray else { return nil }
      if case .inert = parts[0] { throw unread(parts[0]) }
      return try numpyArray(parts[1])
    case .datetimeArray, .stringArray:
      if let type = graph.field("_dtype", of: object.state), case .inert = type {
        throw unread(type)
      }
      let data = graph.field("_ndarray", of: object.state) ?? graph.field("_data", of: object.state)
      return try data.map { (value) throws(PickleError) in try numpyArray(value) }
    default: return nil
    }
  }

  /// The class and the `(dtype, array, ...)` of pandas' compiled array wrapper.
  private func backing(
    _ object: PickleObject
  ) throws(PickleError) -> (type: Global, parts: [PickleValue]) {
    if let first = graph.items(object.arguments)?.first, case .inert = first {
      throw unread(first)
    }
    guard let given = graph.arguments(object.arguments, least: 1),
      case .global(let type) = given[0],
      var parts = (object.state ?? given.last).flatMap({ graph.arguments($0, least: 2) })
    else { throw .malformed("A pandas array has no class and state") }
    if let first = graph.object(parts[0]),
      first.callable == .numpyReconstruct || first.callable == .numpyFromBuffer
    {
      parts.swapAt(0, 1)
    }
    return (type, parts)
  }

  /// The cells of a one-dimensional array or index of any kind that is read.
  mutating func column(
    _ value: PickleValue, depth: Int, name: String
  ) throws(PickleError) -> ColumnValues {
    guard depth < FrameReader.greatestDepth else {
      throw .malformed("An index lies \(depth) deep within indices")
    }
    if case .inert = value { throw unread(value, name: name) }
    if let array = try plainArray(value) {
      guard array.rows == 1 else {
        throw .malformed("A column was needed and an array of \(array.rows) rows found")
      }
      return try values(of: array, row: 0, name: name)
    }
    guard let object = graph.object(value) else {
      throw .malformed("A column was needed and \(graph.kind(of: value)) found")
    }
    switch object.callable {
    case .newIndex:
      guard let given = graph.arguments(object.arguments, least: 2) else { break }
      if case .inert = given[0] { throw unread(given[0], name: name) }
      if case .global(.rangeIndex) = given[0],
        case .range(let start, let step, let count) = try range(given[1])
      {
        try charge(count, 8)
        return .integers((0..<count).map { Int64(start &+ $0 &* step) })
      }
      guard let data = graph.field("data", of: given[1]) else {
        throw .malformed("An index has no data")
      }
      return try column(data, depth: depth + 1, name: name)
    case .arrayBacked:
      let (type, parts) = try backing(object)
      guard type == .categorical else { break }
      return try categories(parts[0], codes: parts[1], depth: depth, name: name)
    case .categorical:
      guard let type = graph.field("_dtype", of: object.state),
        let codes = graph.field("_codes", of: object.state)
          ?? graph.field("_ndarray", of: object.state)
      else { break }
      return try categories(type, codes: codes, depth: depth, name: name)
    case .maskedArray: return try masked(object, name: name)
    case .arrowArray: return try arrow(object)
    default: break
    }
    throw .malformed("A column was needed and \(graph.kind(of: value)) found")
  }

  /// Categories by their codes; -1 is a missing cell.
  private mutating func categories(
    _ type: PickleValue, codes: PickleValue, depth: Int, name: String
  ) throws(PickleError) -> ColumnValues {
    guard let dtype = graph.object(type), dtype.callable == .categoricalDType,
      let index = graph.field("categories", of: dtype.state)
    else { throw .malformed("A categorical column has no categories") }
    return try decoded(try column(index, depth: depth + 1, name: name), codes: codes, name: name)
  }

  /// Labels by their codes; -1 is a missing cell.
  mutating func decoded(
    _ labels: ColumnValues, codes: PickleValue, name: String
  ) throws(PickleError) -> ColumnValues {
    let array = try numpyArray(codes)
    guard array.rows == 1, case .integers(let numbers) = try values(of: array, row: 0, name: name)
    else { throw .malformed("A categorical column's codes are not integers") }
    var rows: [Int?] = []
    rows.reserveCapacity(numbers.count)
    for code in numbers {
      guard code >= -1, code < Int64(labels.count) else {
        throw .malformed("Category \(code) was asked for and there are \(labels.count)")
      }
      rows.append(code < 0 ? nil : Int(code))
    }
    try charge(numbers.count, 16)
    switch labels {
    case .text(let text): return .text(text.selecting(rows: rows))
    case .integers(let values) where !rows.contains(nil):
      return .integers(rows.compactMap { $0.map { values[$0] } })
    case .booleans(let values) where !rows.contains(nil):
      return .booleans(rows.compactMap { $0.map { values[$0] } })
    default:
      let values = labels.numbers ?? []
      return .doubles(rows.map { $0.map { values[$0] } ?? .nan })
    }
  }

  /// A nullable array: values and a mask that is true where a cell is missing.
  private mutating func masked(
    _ object: PickleObject, name: String
  ) throws(PickleError) -> ColumnValues {
    guard let data = graph.field("_data", of: object.state),
      let mask = graph.field("_mask", of: object.state)
    else { throw .malformed("A nullable column has no data and mask") }
    let dataArray = try numpyArray(data)
    let maskArray = try numpyArray(mask)
    guard dataArray.rows == 1, maskArray.rows == 1, dataArray.columns == maskArray.columns,
      case .booleans(let isMissing) = try values(of: maskArray, row: 0, name: name)
    else { throw .malformed("A nullable column's mask does not fit its data") }
    let values = try values(of: dataArray, row: 0, name: name)
    guard isMissing.contains(true) else { return values }
    guard var numbers = values.numbers else {
      throw .malformed("A nullable column holds text")
    }
    for row in numbers.indices where isMissing[row] { numbers[row] = .nan }
    return .doubles(numbers)
  }
}
