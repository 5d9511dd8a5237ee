/// The stack machine that a pickle is a program for, without the power to run anything.
///
/// It knows the opcodes of protocols 0 to 5. A call of one of the names in `Global` is written
/// down as a `PickleObject`; every other name is refused. The machine makes no recursive calls.
struct PickleMachine {
  let input: UnsafeRawBufferPointer
  var cursor = 0
  var stack: [PickleValue] = []
  /// Where the stack stood at each open MARK.
  var marks: [Int] = []
  /// Memo slots numbered without gaps, as picklers do it; the rest is in `sparseMemo`.
  var memo: [PickleValue] = []
  var sparseMemo: [Int: PickleValue] = [:]
  var graph: PickleGraph
  var proto = 0
  var namesPublicPandas = false
  /// Whether `getattr` was named and not yet called as it may be.
  var namesUnusedGetAttribute = false

  /// Told now and then how far the machine has come: it looks back for short names alone.
  var passed: ((Int) -> Void)?
  private var nextTelling = PickleMachine.tellingDistance
  private static let tellingDistance = 4 << 20

  /// The bytes that the values may take.
  var greatestMemory: Int
  private var nextLook = PickleMachine.lookingDistance

  /// The greatest number of MARKs open at once; pandas needs about ten.
  static let greatestDepth = 1000

  init(_ input: UnsafeRawBufferPointer) {
    self.input = input
    greatestMemory = PickleMemory.greatest(ofFile: input.count)
    graph = PickleGraph(input: input)
  }

  /// The writer, as its choice of names shows it.
  var writer: String {
    // Protocols 0 and 1 do not say which they are.
    "pandas \(namesPublicPandas ? "3" : "1 or 2"), protocol \(proto == 0 ? "0 or 1" : "\(proto)")"
  }

  /// Runs the pickle to its STOP and returns the value it leaves.
  mutating func run() throws(PickleError) -> PickleValue {
    try checkBeginning()
    while true {
      let offset = cursor
      guard offset < input.count else {
        throw .truncated(at: offset, reading: "the next instruction", needing: 1)
      }
      if offset >= nextLook {
        try requireMemory()
        nextLook = offset + Self.lookingDistance
      }
      let byte = input[offset]
      if stepOverText(byte) { continue }
      guard let opcode = Opcode(rawValue: byte) else {
        throw .malformed("Byte \(offset) is \(hexadecimal(byte)), which is no pickle instruction")
      }
      cursor += 1
      if cursor >= nextTelling {
        passed?(cursor)
        nextTelling = cursor + Self.tellingDistance
      }
      if opcode == .stop {
        if namesUnusedGetAttribute { throw .refused(global: "builtins.getattr") }
        return try pop(opcode)
      }
      try step(opcode, at: offset)
    }
  }

  /// The steps of which a file of texts consists, told apart first: text and its place in the memo.
  ///
  /// - Returns: false where it is another step, or one that `step` finds a fault in.
  private mutating func stepOverText(_ byte: UInt8) -> Bool {
    let left = input.count - cursor
    let size: Int
    switch byte {
    case Opcode.shortBinUnicode.rawValue where left >= 2:
      size = 2 + Int(input[cursor + 1])
    case Opcode.binUnicode.rawValue where left >= 5:
      size =
        5
        + Int(
          UInt32(littleEndian: input.loadUnaligned(fromByteOffset: cursor + 1, as: UInt32.self)))
    case Opcode.memoize.rawValue where sparseMemo.isEmpty && stack.count > floor:
      memo.append(stack[stack.count - 1])
      cursor += 1
      return true
    default: return false
    }
    guard size <= left else { return false }
    stack.append(.text(cursor))
    cursor += size
    return true
  }

  /// A pickled DataFrame begins with PROTO, or in protocols 0 and 1 with a GLOBAL.
  private func checkBeginning() throws(PickleError) {
    guard let first = input.first else { throw .notPickle("it is empty") }
    let known: [(String, [UInt8])] = [
      ("gzip", [0x1F, 0x8B]), ("bzip2", [0x42, 0x5A, 0x68]), ("xz", [0xFD, 0x37, 0x7A]),
      ("Zstandard", [0x28, 0xB5, 0x2F, 0xFD]), ("ZIP", [0x50, 0x4B, 0x03, 0x04]),
      ("Parquet", [0x50, 0x41, 0x52, 0x31]),
    ]
    for (name, magic) in known where input.starts(with: magic) {
      throw .notPickle("it begins like a \(name) file")
    }
    guard first == Opcode.proto.rawValue || first == Opcode.global.rawValue else {
      throw .notPickle("it begins with byte \(hexadecimal(first))")
    }
  }

  mutating func step(_ opcode: Opcode, at offset: Int) throws(PickleError) {
    switch opcode {
    case .proto:
      let version = Int(input[try take(1, opcode)])
      guard version <= 5 else {
        throw .unsupported(
          "The pickle says protocol \(version)", "Protocols 0 to 5 are read; save it with one.")
      }
      proto = version
    case .frame:
      let count = try readCount(8, opcode)
      guard count <= input.count - cursor else {
        throw .truncated(
          at: input.count, reading: "FRAME", needing: count - (input.count - cursor))
      }
    case .mark:
      guard marks.count < PickleMachine.greatestDepth else {
        throw .malformed(
          "More than \(PickleMachine.greatestDepth) MARKs are open at byte \(offset)")
      }
      marks.append(stack.count)
    case .pop:
      if stack.count == (marks.last ?? 0), !marks.isEmpty {
        marks.removeLast()
      } else {
        _ = try pop(opcode)
      }
    case .popMark: stack.removeSubrange(try popMark(opcode)...)
    case .duplicate: stack.append(try top(opcode))
    case .get, .binGet, .longBinGet: try get(opcode, at: offset)
    case .put, .binPut, .longBinPut, .memoize: try put(opcode)
    case .none, .newTrue, .newFalse, .int, .binInt, .binInt1, .binInt2, .long, .long1, .long4,
      .float, .binFloat, .unicode, .binUnicode, .shortBinUnicode, .binUnicode8, .binBytes,
      .shortBinBytes, .binBytes8, .byteArray8:
      stack.append(try literal(opcode, at: offset))
    case .emptyTuple, .tuple1, .tuple2, .tuple3, .tuple, .emptyList, .list, .append, .appends,
      .emptyDict, .dict, .setItem, .setItems:
      try container(opcode)
    case .global, .stackGlobal: try global(opcode)
    case .reduce, .newObj: try call(opcode, at: offset)
    case .build: try build(opcode, at: offset)
    case .emptySet, .addItems, .frozenSet: try set(opcode, at: offset)
    case .newObjEx: try makeInert(opcode, at: offset)
    default: try refuse(opcode, at: offset)
    }
  }

  /// Instructions that no DataFrame needs; INST still says what it names.
  mutating func refuse(_ opcode: Opcode, at offset: Int) throws(PickleError) {
    let reason: String
    switch opcode {
    case .inst:
      let module = try line(opcode)
      let name = try line(opcode)
      throw .refused(global: "\(text(module)).\(text(name))")
    case .persistentID, .binPersistentID: reason = "it points at something outside the file"
    case .ext1, .ext2, .ext4: reason = "it names a class by a number that only its writer knows"
    case .nextBuffer, .readOnlyBuffer: reason = "its buffers were kept outside the file"
    case .string, .binString, .shortBinString: reason = "it was written by Python 2"
    default: reason = "pandas makes no DataFrame with it"
    }
    throw .refused(opcode: opcode.name, at: offset, because: reason)
  }

  // MARK: The stack

  private var floor: Int { marks.last ?? 0 }

  mutating func pop(_ opcode: Opcode) throws(PickleError) -> PickleValue {
    guard stack.count > floor, let value = stack.popLast() else {
      throw .malformed("\(opcode.name) at byte \(cursor - 1) finds nothing on the stack")
    }
    return value
  }

  func top(_ opcode: Opcode) throws(PickleError) -> PickleValue {
    guard stack.count > floor, let value = stack.last else {
      throw .malformed("\(opcode.name) before byte \(cursor) finds nothing on the stack")
    }
    return value
  }

  mutating func popMark(_ opcode: Opcode) throws(PickleError) -> Int {
    guard let start = marks.popLast() else {
      throw .malformed("\(opcode.name) at byte \(cursor - 1) finds no MARK")
    }
    return start
  }

  // MARK: The memo

  private mutating func get(_ opcode: Opcode, at offset: Int) throws(PickleError) {
    let slot = try memoSlot(opcode)
    guard let value = slot < memo.count ? memo[slot] : sparseMemo[slot] else {
      throw .malformed("\(opcode.name) at byte \(offset) asks for memo \(slot), which was not kept")
    }
    stack.append(value)
  }

  private mutating func put(_ opcode: Opcode) throws(PickleError) {
    let slot =
      opcode == .memoize ? memo.count + sparseMemo.count : try memoSlot(opcode)
    let value = try top(opcode)
    if slot < memo.count {
      memo[slot] = value
    } else if slot == memo.count {
      memo.append(value)
    } else {
      sparseMemo[slot] = value
    }
  }

  private mutating func memoSlot(_ opcode: Opcode) throws(PickleError) -> Int {
    switch opcode {
    case .binGet, .binPut: return try readCount(1, opcode)
    case .longBinGet, .longBinPut: return try readCount(4, opcode)
    default:
      let digits = try line(opcode)
      guard let slot = Int(text(digits)), slot >= 0 else {
        throw .malformed("\(opcode.name) before byte \(cursor) has no number")
      }
      return slot
    }
  }

  // MARK: The input

  /// Steps over `count` bytes and returns where they start.
  mutating func take(_ count: Int, _ opcode: Opcode) throws(PickleError) -> Int {
    let left = input.count - cursor
    guard count <= left else {
      throw .truncated(at: input.count, reading: opcode.name, needing: count - left)
    }
    defer { cursor += count }
    return cursor
  }

  /// An unsigned little-endian number of 1, 2, 4 or 8 bytes.
  mutating func readCount(_ width: Int, _ opcode: Opcode) throws(PickleError) -> Int {
    let start = try take(width, opcode)
    var number: UInt64 = 0
    for place in 0..<width { number |= UInt64(input[start + place]) << UInt64(8 * place) }
    guard let count = Int(exactly: number) else {
      throw .tooLarge(
        "\(opcode.name) at byte \(start - 1) claims \(number) bytes", file: input.count)
    }
    return count
  }

  /// The bytes up to the next line feed, which is stepped over.
  mutating func line(_ opcode: Opcode) throws(PickleError) -> Range<Int> {
    let start = cursor
    var end = start
    while end < input.count, input[end] != 0x0A { end += 1 }
    guard end < input.count else { throw .unterminated(at: start, reading: opcode.name) }
    cursor = end + 1
    return start..<end
  }

  /// At most two hundred bytes of the input as text for a name or a message.
  func text(_ range: Range<Int>) -> String {
    let shown = range.prefix(200)
    return String(decoding: input[shown], as: UTF8.self) + (shown.count < range.count ? "..." : "")
  }
}

/// A byte as `0x` and two digits.
func hexadecimal(_ byte: UInt8) -> String {
  (byte < 16 ? "0x0" : "0x") + String(byte, radix: 16, uppercase: true)
}
