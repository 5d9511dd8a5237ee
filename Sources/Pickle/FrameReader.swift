import Files

/// Gives the calls that a pickle wrote down their meaning, and makes a `DataFrame` of them.
struct FrameReader {
  let graph: PickleGraph
  /// The bytes that the graph was read from, which columns of text keep.
  let file: KeptBytes
  let wanted: ((String) -> Bool)?
  /// How many more bytes may be made; values are shared in a pickle, so a short one could
  /// otherwise ask for the same column a million times.
  var budget: Int

  /// Bytes that may be made for each byte of the file.
  ///
  /// The widest honest case is a truth value with missing ones: one bit in Arrow, 64 here.
  static let growth = 128

  init(graph: PickleGraph, file: KeptBytes, wanted: ((String) -> Bool)?) {
    self.graph = graph
    self.file = file
    self.wanted = wanted
    let (bytes, overflow) = graph.input.count.multipliedReportingOverflow(by: FrameReader.growth)
    budget = min(overflow ? .max : max(bytes, 1 << 16), PickleMemory.shared())
  }

  /// Takes room for `rows` cells of `size` bytes from the budget.
  mutating func charge(_ rows: Int, _ size: Int) throws(PickleError) {
    let (bytes, overflow) = rows.multipliedReportingOverflow(by: size)
    guard !overflow, bytes <= budget else {
      throw .tooLarge(
        "The columns share their data to claim ever more cells", file: graph.input.count)
    }
    budget -= bytes
  }

  /// The frame that the pickle's last value is.
  mutating func frame(_ root: PickleValue) throws(PickleError) -> DataFrame {
    if case .inert(let index) = root, refusalAdvice[graph.inertNames[index]] != nil {
      throw .refused(global: graph.inertNames[index])
    }
    guard let object = graph.object(root), object.callable == .dataFrame else {
      throw .unsupported(
        "The pickle holds \(graph.kind(of: root)), not a DataFrame",
        "Save a pandas DataFrame with to_pickle.")
    }
    guard
      let manager =
        (graph.field("_mgr", of: object.state) ?? graph.field("_data", of: object.state))
        .flatMap({ graph.object($0) }), manager.callable == .blockManager
    else { throw .malformed("The DataFrame has no block manager") }
    let (blocks, axes) = try layout(of: manager)
    guard axes.count == 2, let columnAxis = axes.first, let rowAxis = axes.last else {
      throw .malformed("The DataFrame has \(axes.count) axes, not 2")
    }
    let names = try columnNames(columnAxis)
    let (rowCount, index) = try rows(rowAxis, blocks)
    guard rowCount / 8 <= graph.input.count else {
      throw .tooLarge("The DataFrame claims \(rowCount) rows", file: graph.input.count)
    }
    var chosen: [ColumnValues?] = Array(repeating: nil, count: names.count)
    var unread: [UnreadColumn?] = Array(repeating: nil, count: names.count)
    let isWanted = names.map { wanted?($0) ?? true }
    var isPlaced = Array(repeating: false, count: names.count)
    for block in blocks {
      let places = try placement(block.places, columns: names.count)
      for place in places {
        guard !isPlaced[place] else {
          throw .malformed("Column '\(names[place].prefix(80))' is stored twice")
        }
        isPlaced[place] = true
      }
      try fill(&chosen, &unread, from: block.values, places, isWanted, names, rowCount)
    }
    if let hole = isPlaced.firstIndex(of: false) {
      throw .malformed("Column '\(names[hole].prefix(80))' has no data")
    }
    var columns: [Column] = []
    for (name, values) in zip(names, chosen) {
      if let values { columns.append(Column(name: name, values: values)) }
    }
    var frame = DataFrame(
      columns: columns, names: names, rowCount: rowCount, index: index.count == 1 ? index[0] : nil)
    if index.count > 1 { frame.levels = index }
    frame.unread = unread.compactMap(\.self)
    return frame
  }

  /// The number of rows and the labels beside them; an index of a type that is not read has none.
  private mutating func rows(
    _ value: PickleValue, _ blocks: [(values: PickleValue, places: PickleValue)]
  ) throws(PickleError) -> (count: Int, labels: [Column]) {
    do throws(PickleError) {
      let axis = try axis(value)
      return (axis.count, axis.columns)
    } catch {
      guard error.code == .unsupported else { throw error }
      for block in blocks {
        do throws(PickleError) {
          if let array = try plainArray(block.values) { return (array.columns, []) }
          return (try column(block.values, depth: 0, name: "index").count, [])
        } catch {
          guard error.code == .unsupported else { throw error }
        }
      }
      throw error
    }
  }

  /// The blocks and axes of a block manager, of pandas 1.3 and later or of 1.0 to 1.2.
  private func layout(
    of manager: PickleObject
  ) throws(PickleError) -> (
    blocks: [(values: PickleValue, places: PickleValue)], axes: ArraySlice<PickleValue>
  ) {
    var blocks: [(values: PickleValue, places: PickleValue)] = []
    if let given = graph.arguments(manager.arguments, least: 2),
      let items = graph.items(given[0]), let axes = graph.items(given[1])
    {
      for item in items {
        guard let block = graph.object(item), block.callable == .block,
          let parts = graph.arguments(block.arguments, least: 2)
        else { throw .malformed("A block was needed and \(graph.kind(of: item)) found") }
        blocks.append((parts[0], parts[1]))
      }
      return (blocks, axes)
    }
    guard let state = manager.state.flatMap({ graph.arguments($0, least: 4) }),
      let legacy = graph.field("0.14.1", of: state[3]),
      let axes = graph.field("axes", of: legacy).flatMap({ graph.items($0) }),
      let items = graph.field("blocks", of: legacy).flatMap({ graph.items($0) })
    else { throw .malformed("The block manager has no blocks and axes") }
    for item in items {
      guard let values = graph.field("values", of: item),
        let places = graph.field("mgr_locs", of: item)
      else { throw .malformed("A block was needed and \(graph.kind(of: item)) found") }
      blocks.append((values, places))
    }
    return (blocks, axes)
  }

  /// Which columns a block holds: a slice, an array of indices, or one of them in a placement.
  private mutating func placement(
    _ value: PickleValue, columns: Int
  ) throws(PickleError) -> [Int] {
    var value = value
    if let object = graph.object(value), object.callable == .blockPlacement,
      let inner = graph.items(object.arguments)?.first
    {
      value = inner
    }
    if case .integer(let place) = value, (0..<columns).contains(place) { return [place] }
    if let object = graph.object(value), object.callable == .slice {
      guard let parts = graph.arguments(object.arguments, least: 2),
        case .integer(let start) = parts[0], case .integer(let stop) = parts[1]
      else { throw .malformed("A block's slice has no start and stop") }
      var step = 1
      if parts.count > 2, case .integer(let given) = parts[2] { step = given }
      // pandas writes the places 4 and 6 as slice(4, 8, 2), whose end may lie beyond the columns.
      guard 0...columns ~= start, step != 0, abs(step / 2) <= columns,
        -1...(columns + abs(step)) ~= stop
      else {
        throw outside(columns)
      }
      let places = Array(Swift.stride(from: start, to: stop, by: step))
      guard places.allSatisfy({ (0..<columns).contains($0) }) else { throw outside(columns) }
      return places
    }
    let array = try numpyArray(value)
    try charge(array.columns, 8)
    guard array.isFlat, case .integers(let places) = try values(of: array, row: 0) else {
      throw .malformed("A block's placement holds no integers")
    }
    var result: [Int] = []
    for place in places {
      guard place >= 0, place < Int64(columns) else { throw outside(columns) }
      result.append(Int(place))
    }
    return result
  }

  private func outside(_ columns: Int) -> PickleError {
    .malformed("A block stands outside the frame, whose number of columns is \(columns)")
  }

  /// Converts the wanted columns of one block; those of a type that is not read are noted.
  private mutating func fill(
    _ chosen: inout [ColumnValues?], _ unread: inout [UnreadColumn?], from value: PickleValue,
    _ places: [Int], _ isWanted: [Bool], _ names: [String], _ rowCount: Int
  ) throws(PickleError) {
    guard places.contains(where: { isWanted[$0] }) else { return }
    /// Passes over what is not read: whether anyone needs the column is not known here.
    func note(_ error: PickleError, _ place: Int) throws(PickleError) {
      guard error.code == .unsupported else { throw error }
      unread[place] = UnreadColumn(name: names[place], error: error)
    }
    let block: NumpyArray?
    do throws(PickleError) { block = try plainArray(value) } catch {
      for place in places where isWanted[place] { try note(error, place) }
      return
    }
    if let block, !block.isFlat {
      guard block.rows == places.count, block.columns == rowCount else {
        throw .malformed(
          """
          A block of \(places.count) columns and \(rowCount) rows holds \(block.rows) x \
          \(block.columns) cells
          """)
      }
      for (row, place) in places.enumerated() where isWanted[place] {
        do throws(PickleError) {
          chosen[place] = try values(of: block, row: row, name: names[place])
        } catch { try note(error, place) }
      }
      return
    }
    guard places.count == 1, let place = places.first else {
      throw .malformed("A block of one column stands for \(places.count)")
    }
    let values: ColumnValues
    do throws(PickleError) {
      values = try column(value, depth: 0, name: names[place])
    } catch { return try note(error, place) }
    guard values.count == rowCount else {
      throw .malformed(
        "Column '\(names[place].prefix(80))' has \(values.count) cells and the frame \(rowCount) rows"
      )
    }
    chosen[place] = values
  }
}
