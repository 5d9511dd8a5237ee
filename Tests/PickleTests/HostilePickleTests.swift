import Testing

@testable import Pickle

@Suite("Hostile and damaged pickles")
struct HostilePickleTests {
  @Test("Each is refused with its own sentence, and nothing is run", arguments: HostilePickle.all)
  func refused(hostile: HostilePickle) {
    guard case .failure(let error) = Fixtures.outcome(hostile.bytes) else {
      Issue.record("It was read.")
      return
    }
    #expect(error.description == hostile.sentence)
  }

  @Test(
    "A pickle cut anywhere says that it was cut short",
    arguments: ["pandas1-plain-0", "pandas1-plain-2", "pandas2-plain-4", "pandas3-plain-5"])
  func truncated(fixture: String) throws {
    let bytes = try Fixtures.bytes("\(fixture).pkl")
    for count in 1..<bytes.count {
      guard case .failure(let error) = Fixtures.outcome(Array(bytes.prefix(count))) else {
        Issue.record("\(count) of \(bytes.count) bytes were read.")
        continue
      }
      #expect(error.code == .truncated, "\(count) bytes: \(error)")
    }
  }

  @Test(
    "Values that take more than a file needs are refused, whatever they are made of",
    arguments: [
      ("lists", [0x5D]), ("tuples", [0x29]), ("dictionaries", [0x7D]), ("nothings", [0x4E]),
      ("copies", [0x5D, 0x32, 0x32, 0x32, 0x32]), ("memo", [0x94]), ("texts", [0x8C, 0, 0x94]),
      ("numbers", [0x4B, 1]), ("lists of one", [0x5D, 0x4E, 0x61]), ("pairs", [0x4E, 0x4E, 0x86]),
    ] as [(String, [UInt8])])
  func memory(what: String, step: [UInt8]) {
    let bytes: [UInt8] =
      [0x80, 4, 0x4E] + Array(repeating: step, count: 400_000 / step.count).joined() + [0x2E]
    bytes.withUnsafeBytes { input in
      var machine = PickleMachine(input)
      machine.greatestMemory = 1 << 20
      let error = #expect(throws: PickleError.self) { try machine.run() }
      #expect(
        error?.description
          == "The pickle makes values of more than 1 MiB, more than a file of \(bytes.count) bytes can "
          + "hold. The file is damaged or hostile; do not use it.", "\(what)")
    }
  }

  @Test("The memory of a pickle follows from its size and the free memory")
  func memoryLimits() {
    #expect(PickleMemory.greatest(ofFile: 0, free: nil) == 256 << 20)
    #expect(PickleMemory.greatest(ofFile: 1 << 30, free: nil) == 256 << 20 + 16 << 30)
    #expect(PickleMemory.greatest(ofFile: 1 << 30, free: 2 << 30) == 1 << 30)
    #expect(PickleMemory.greatest(ofFile: .max, free: nil) == .max)
  }

  @Test("Nests and doublings of any depth are built in linear time and then refused")
  func bombs() {
    let depth = 1_000_000
    let nest: [UInt8] = [0x80, 4, 0x4E] + Array(repeating: 0x85, count: depth) + [0x2E]
    // DUP, TUPLE2: after n of them the value has 2^n leaves, all shared.
    let doubled: [UInt8] =
      [0x80, 4, 0x4E] + Array(repeating: [0x32, 0x86] as [UInt8], count: depth / 2).joined()
      + [0x2E]
    let lists: [UInt8] =
      [0x80, 4] + Array(repeating: 0x5D, count: depth) + Array(repeating: 0x61, count: depth - 1)
      + [0x2E]
    let copies: [UInt8] = [0x80, 4, 0x4E] + Array(repeating: 0x32, count: depth) + [0x2E]
    let memos: [UInt8] =
      [0x80, 4, 0x4E] + Array(repeating: 0x94, count: depth) + [0x2E]
    for (bomb, kind) in [
      (nest, "a tuple"), (doubled, "a tuple"), (lists, "a list"), (copies, "None"),
      (memos, "None"),
    ] {
      #expect(
        throws: PickleError.unsupported(
          "The pickle holds \(kind), not a DataFrame", "Save a pandas DataFrame with to_pickle.")
      ) { try DataFrame.read(bomb) }
    }
    let marks: [UInt8] = [0x80, 4] + Array(repeating: 0x28, count: depth) + [0x2E]
    #expect(throws: PickleError.malformed("More than 1000 MARKs are open at byte 1002")) {
      try DataFrame.read(marks)
    }
  }

  @Test("Columns that share one list cannot claim more cells than the file pays for")
  func sharing() {
    let count = 20_000
    var program = Program()
    program.text("pandas", "DataFrame", then: [0x93, 0x29, 0x81, 0x7D, 0x28])
    program.text("_mgr")
    program.text("pandas.core.internals.managers", "BlockManager", then: [0x93])
    // The array, kept in memo 0, and `_unpickle_block` in memo 1.
    program.text("numpy._core.multiarray", "_reconstruct", then: [0x93])
    program.text("numpy", "ndarray", then: [0x93, 0x4B, 0, 0x85, 0x43, 1, 0x62, 0x87, 0x52])
    program.bytes += [0x28, 0x4B, 1]
    program.integer(count)
    program.bytes += [0x85]
    program.text("numpy", "dtype", then: [0x93])
    program.text("O8", then: [0x89, 0x88, 0x87, 0x52, 0x89, 0x5D, 0x28])
    program.bytes += Array(repeating: 0x4E, count: count) + [0x65, 0x74, 0x62, 0x71, 0, 0x30]
    program.text("pandas._libs.internals", "_unpickle_block", then: [0x93, 0x71, 1, 0x30])
    program.bytes += [0x28]
    for place in 0..<count {
      program.bytes += [0x68, 1, 0x68, 0]
      program.integer(place)
      program.bytes += [0x4B, 2, 0x87, 0x52]
    }
    program.bytes += [0x74, 0x5D, 0x28]
    for _ in 0..<2 {
      program.text("pandas.core.indexes.base", "_new_Index", then: [0x93])
      program.text("pandas", "RangeIndex", then: [0x93, 0x7D, 0x28])
      program.text("start", then: [0x4B, 0])
      program.text("stop")
      program.integer(count)
      program.text("step", then: [0x4B, 1, 0x75, 0x86, 0x52])
    }
    program.bytes += [0x65, 0x86, 0x52, 0x75, 0x62, 0x2E]
    #expect(
      throws: PickleError.tooLarge(
        "The columns share their data to claim ever more cells", file: program.bytes.count)
    ) { try DataFrame.read(program.bytes) }
  }

  @Test("Damage of any kind ends in a frame or in a sentence, soon")
  func mutations() throws {
    let seeds = try Fixtures.names.map { try Fixtures.bytes($0) }
    var state: UInt64 = 20_240_318
    func next(_ bound: Int) -> Int {
      state &+= 0x9E37_79B9_7F4A_7C15
      var mixed = state
      mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
      mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
      return Int((mixed ^ (mixed >> 31)) % UInt64(bound))
    }
    let telling: [UInt8] = [0, 1, 0x28, 0x2E, 0x52, 0x62, 0x68, 0x7F, 0x80, 0x85, 0x94, 0xFF]
    var read = 0
    for _ in 0..<30_000 {
      var bytes = seeds[next(seeds.count)]
      for _ in 0...next(4) where !bytes.isEmpty {
        let place = next(bytes.count)
        switch next(5) {
        case 0: bytes[place] = UInt8(next(256))
        case 1: bytes[place] = telling[next(telling.count)]
        case 2: bytes.remove(at: place)
        case 3: bytes.insert(telling[next(telling.count)], at: place)
        default:
          let end = min(bytes.count, place + 1 + next(32))
          bytes.insert(contentsOf: Array(bytes[place..<end]), at: next(bytes.count))
        }
      }
      if case .success(let frame) = Fixtures.outcome(bytes) {
        read += 1
        #expect(frame.columns.allSatisfy { $0.values.count == frame.rowCount })
      }
    }
    #expect(read > 0)
  }
}

/// A pickle under construction.
private struct Program {
  var bytes: [UInt8] = [0x80, 4]

  mutating func text(_ texts: String..., then opcodes: [UInt8] = []) {
    for text in texts { bytes += [0x8C, UInt8(text.utf8.count)] + Array(text.utf8) }
    bytes += opcodes
  }

  mutating func integer(_ value: Int) {
    bytes.append(0x4A)
    for place in 0..<4 { bytes.append(UInt8(truncatingIfNeeded: value >> (8 * place))) }
  }
}
