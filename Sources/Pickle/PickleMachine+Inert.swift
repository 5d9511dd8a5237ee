extension PickleMachine {
  /// A name that does nothing here, as a value; `nil` if it is not on the list.
  mutating func inert(_ module: String, _ name: String) -> PickleValue? {
    guard InertNames.known.contains("\(module) \(name)") else { return nil }
    return graph.inert("\(module).\(name)")
  }

  /// Makes a value of an inert type and drops what it is made of.
  ///
  /// A `Decimal` is the text that it is made of: databases return such numbers.
  mutating func callInert(_ function: PickleValue, _ arguments: PickleValue) {
    if case .inert(let index) = function, graph.inertNames[index] == "decimal.Decimal",
      let given = graph.arguments(arguments, least: 1, most: 1), graph.shortText(given[0]) != nil
    {
      stack.append(given[0])
    } else {
      stack.append(function)
    }
  }

  /// `getattr` reaches every function there is, so it is refused but for the one call that Python's
  /// time zones need: `getattr(zoneinfo.ZoneInfo, "_unpickle")`.
  mutating func callGetAttribute(_ arguments: PickleValue) throws(PickleError) {
    guard let given = graph.arguments(arguments, least: 2, most: 2),
      case .inert(let index) = given[0], graph.inertNames[index] == "zoneinfo.ZoneInfo",
      graph.isText(given[1], "_unpickle")
    else { throw .refused(global: "builtins.getattr") }
    namesUnusedGetAttribute = false
    stack.append(given[0])
  }

  /// Sets, whose items are dropped.
  mutating func set(_ opcode: Opcode, at offset: Int) throws(PickleError) {
    switch opcode {
    case .emptySet: stack.append(graph.inert("builtins.set"))
    case .frozenSet:
      let start = try popMark(opcode)
      stack.removeLast(stack.count - start)
      stack.append(graph.inert("builtins.frozenset"))
    default:
      let start = try popMark(opcode)
      guard start > (marks.last ?? 0) else {
        throw .malformed("\(opcode.name) at byte \(offset) finds nothing to add to")
      }
      guard case .inert = stack[start - 1] else {
        throw .malformed(
          "\(opcode.name) at byte \(offset) adds to \(graph.kind(of: stack[start - 1]))")
      }
      stack.removeLast(stack.count - start)
    }
  }

  /// NEWOBJ_EX, which only inert types may be made by.
  mutating func makeInert(_ opcode: Opcode, at offset: Int) throws(PickleError) {
    _ = try pop(opcode)
    let arguments = try pop(opcode)
    let function = try pop(opcode)
    guard case .inert = function else { try refuse(opcode, at: offset); return }
    callInert(function, arguments)
  }
}
