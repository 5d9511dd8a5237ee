extension PickleMachine {
  /// Tuples, lists and dictionaries.
  mutating func container(_ opcode: Opcode) throws(PickleError) {
    switch opcode {
    case .emptyTuple: pushTuple(from: stack.count)
    case .tuple1, .tuple2, .tuple3:
      let count = opcode == .tuple1 ? 1 : opcode == .tuple2 ? 2 : 3
      guard stack.count - (marks.last ?? 0) >= count else {
        throw .malformed("\(opcode.name) at byte \(cursor - 1) finds too little on the stack")
      }
      pushTuple(from: stack.count - count)
    case .tuple: pushTuple(from: try popMark(opcode))
    case .emptyList, .emptyDict: pushList(from: stack.count, isList: opcode == .emptyList)
    case .list: pushList(from: try popMark(opcode), isList: true)
    case .dict:
      let start = try popMark(opcode)
      try checkPairs(stack.count - start, opcode)
      pushList(from: start, isList: false)
    case .append, .setItem:
      let count = opcode == .append ? 1 : 2
      guard stack.count - (marks.last ?? 0) > count else {
        throw .malformed("\(opcode.name) at byte \(cursor - 1) finds too little on the stack")
      }
      try extend(from: stack.count - count, isList: opcode == .append, opcode)
    default:
      let start = try popMark(opcode)
      if opcode == .setItems { try checkPairs(stack.count - start, opcode) }
      try extend(from: start, isList: opcode == .appends, opcode)
    }
  }

  private func checkPairs(_ count: Int, _ opcode: Opcode) throws(PickleError) {
    guard count.isMultiple(of: 2) else {
      throw .malformed("\(opcode.name) at byte \(cursor - 1) has a key without a value")
    }
  }

  private mutating func pushTuple(from start: Int) {
    let lower = graph.pool.count
    for place in start..<stack.count { graph.pool.append(stack[place]) }
    graph.tuples.append(lower..<graph.pool.count)
    stack.removeLast(stack.count - start)
    stack.append(.tuple(graph.tuples.count - 1))
  }

  private mutating func pushList(from start: Int, isList: Bool) {
    graph.lists.append(Array(stack[start...]))
    // An array that is not empty has a head of two words.
    if start < stack.count { graph.listItems += stack.count - start + 2 }
    stack.removeLast(stack.count - start)
    let index = graph.lists.count - 1
    stack.append(isList ? .list(index) : .dictionary(index))
  }

  /// Adds what is on the stack from `start` to the container below it.
  private mutating func extend(
    from start: Int, isList: Bool, _ opcode: Opcode
  ) throws(PickleError) {
    guard start > (marks.last ?? 0) else {
      throw .malformed("\(opcode.name) at byte \(cursor - 1) finds nothing to add to")
    }
    switch stack[start - 1] {
    case .list(let index) where isList, .dictionary(let index) where !isList:
      graph.listItems += stack.count - start + (graph.lists[index].isEmpty ? 2 : 0)
      graph.lists[index].append(contentsOf: stack[start...])
    case .inert: break
    case let other:
      throw .malformed(
        "\(opcode.name) at byte \(cursor - 1) adds to \(graph.kind(of: other))")
    }
    stack.removeLast(stack.count - start)
  }

  // MARK: Names and calls

  /// A name that is on the list, or a refusal that says which one it is.
  mutating func global(_ opcode: Opcode) throws(PickleError) {
    let module: String
    let name: String
    if opcode == .global {
      let offset = cursor - 1
      let moduleLine = try line(opcode)
      let nameLine = try line(opcode)
      module = text(moduleLine)
      name = text(nameLine)
      guard offset > 0 || isDotted(moduleLine) && isDotted(nameLine) else {
        throw .notPickle("it begins with the text 'c\(module.prefix(40))'")
      }
    } else {
      let second = try pop(opcode)
      let first = try pop(opcode)
      guard let moduleText = graph.shortText(first), let nameText = graph.shortText(second) else {
        throw .malformed(
          """
          STACK_GLOBAL at byte \(cursor - 1) needs two short texts and finds \
          \(graph.kind(of: first)) and \(graph.kind(of: second))
          """)
      }
      module = moduleText
      name = nameText
    }
    guard let known = Global.named["\(module) \(name)"] else {
      if let value = inert(module, name) {
        stack.append(value)
        return
      }
      throw .refused(global: "\(module.prefix(200)).\(name.prefix(200))")
    }
    if module == "pandas", known == .dataFrame { namesPublicPandas = true }
    if known == .getAttribute { namesUnusedGetAttribute = true }
    stack.append(.global(known))
  }

  /// Whether a line could be a Python name; the first one of a CSV file could not.
  private func isDotted(_ range: Range<Int>) -> Bool {
    !range.isEmpty
      && input[range].allSatisfy { byte in
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2E, 0x5F, 0x80...: true
        default: false
        }
      }
  }

  /// Writes a call down.
  mutating func call(_ opcode: Opcode, at offset: Int) throws(PickleError) {
    var arguments = try pop(opcode)
    let function = try pop(opcode)
    if case .inert = function {
      callInert(function, arguments)
      return
    }
    guard case .global(var callable) = function else {
      throw .malformed(
        "\(opcode.name) at byte \(offset) calls \(graph.kind(of: function)), not a name")
    }
    guard case .tuple(let index) = arguments else {
      throw .malformed(
        "\(opcode.name) at byte \(offset) gives \(graph.kind(of: arguments)), not a tuple")
    }
    if callable == .getAttribute { return try callGetAttribute(arguments) }
    if callable == .reconstructor, opcode == .reduce {
      // copyreg._reconstructor(class, object, None) is protocol 0's way to make an empty object.
      let given = graph.pool[graph.tuples[index]]
      if given.count == 3, let first = given.first, case .inert = first {
        stack.append(first)
        return
      }
      guard given.count == 3, let first = given.first, case .global(let made) = first else {
        throw .malformed("REDUCE at byte \(offset) gives copyreg._reconstructor no class")
      }
      callable = made
      graph.tuples.append(0..<0)
      arguments = .tuple(graph.tuples.count - 1)
    }
    graph.objects.append(PickleObject(callable: callable, arguments: arguments, state: nil))
    stack.append(.object(graph.objects.count - 1))
  }

  /// Gives an object its state, once.
  mutating func build(_ opcode: Opcode, at offset: Int) throws(PickleError) {
    let state = try pop(opcode)
    let target = try top(opcode)
    if case .inert = target { return }
    guard case .object(let index) = target else {
      throw .malformed("BUILD at byte \(offset) gives a state to \(graph.kind(of: target))")
    }
    guard graph.objects[index].state == nil else {
      throw .malformed("BUILD at byte \(offset) gives an object its state a second time")
    }
    graph.objects[index].state = state
  }
}
