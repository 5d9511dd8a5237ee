import Files

extension FrameReader {
  /// The refusal of one column whose type is not read.
  func unread(_ value: PickleValue, name: String? = nil) -> PickleError {
    let column = name.map { "Column '\($0.prefix(80))'" } ?? "A column"
    guard case .inert(let index) = value else {
      return .unsupported("\(column) is \(graph.kind(of: value))", Self.textAdvice)
    }
    let type = graph.inertNames[index]
    return .unsupported(
      "\(column) has the type \(type)", refusalAdvice[type].map { "\($0)." } ?? Self.textAdvice)
  }

  static let textAdvice = "Turn the column into text with .astype(str)."

  /// The name of a MultiIndex; `nil` for another value.
  func multiIndex(_ value: PickleValue) -> String? {
    guard let object = graph.object(value), object.callable == .newIndex,
      let given = graph.arguments(object.arguments, least: 2), case .inert(let index) = given[0]
    else { return nil }
    let name = graph.inertNames[index]
    return name.hasSuffix(".MultiIndex") ? name : nil
  }

  /// The levels of a MultiIndex, each a column by its codes; levels of a type that is not read are
  /// passed over.
  mutating func levels(_ value: PickleValue) throws(PickleError) -> Axis? {
    guard multiIndex(value) != nil, let object = graph.object(value),
      let fields = graph.arguments(object.arguments, least: 2)?[1]
    else { return nil }
    guard let levels = graph.field("levels", of: fields).flatMap({ graph.items($0) }),
      let codes = graph.field("codes", of: fields).flatMap({ graph.items($0) }),
      levels.count == codes.count, let first = codes.first
    else { throw .malformed("A MultiIndex has no levels and codes") }
    let names = graph.field("names", of: fields).flatMap { graph.items($0) } ?? []
    let count = try numpyArray(first).columns
    var columns: [Column] = []
    for (place, (level, codes)) in zip(levels, codes).enumerated() {
      let name =
        place < names.count ? graph.shortText(names[names.startIndex + place]) : nil
      do throws(PickleError) {
        let labels = try column(level, depth: 0, name: "index")
        let values = try decoded(labels, codes: codes, name: "index")
        guard values.count == count else {
          throw .malformed("A MultiIndex has levels of \(count) and \(values.count) rows")
        }
        columns.append(Column(name: name ?? "level_\(place)", values: values))
      } catch {
        guard error.code == .unsupported else { throw error }
      }
    }
    return .levels(columns, count: count)
  }
}
