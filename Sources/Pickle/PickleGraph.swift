/// Everything a pickle built: containers and calls that were written down, not done.
///
/// All storage is flat and indexed, so cycles and deep nests are harmless. Each opcode adds a
/// bounded number of bytes; the whole is bounded by a constant times the input's length.
struct PickleGraph {
  let input: UnsafeRawBufferPointer
  /// The items of all tuples, one after the other.
  var pool: [PickleValue] = []
  var tuples: [Range<Int>] = []
  /// Lists, and dictionaries as keys and values in turn.
  var lists: [[PickleValue]] = []
  var objects: [PickleObject] = []
  var decoded: [[UInt8]] = []
  /// The names of inert types that the pickle uses, `module.name`.
  private(set) var inertNames: [String] = []
  private var inertIndices: [String: Int] = [:]
  /// How many items all lists have together.
  var listItems = 0
  /// How many bytes all decoded texts have together, with what each array takes besides.
  var decodedBytes = 0

  /// The greatest number of entries of a dictionary in which a field is looked up.
  ///
  /// States of pandas objects have fewer than ten; the limit keeps lookups from being a lever.
  static let greatestState = 256

  init(input: UnsafeRawBufferPointer) { self.input = input }

  /// The inert value of a name.
  mutating func inert(_ name: String) -> PickleValue {
    if let index = inertIndices[name] { return .inert(index) }
    inertIndices[name] = inertNames.count
    inertNames.append(name)
    return .inert(inertNames.count - 1)
  }

  /// The bytes of the text or bytes whose opcode is at `offset`; the machine has checked them.
  func payload(at offset: Int) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: input[extent(at: offset)])
  }

  /// Where those bytes lie in the input.
  func extent(at offset: Int) -> Range<Int> {
    let start: Int
    let count: Int
    switch Opcode(rawValue: input[offset]) {
    case .shortBinUnicode, .shortBinBytes:
      start = offset + 2
      count = Int(input[offset + 1])
    case .binUnicode, .binBytes:
      start = offset + 5
      count = Int(
        UInt32(littleEndian: input.loadUnaligned(fromByteOffset: offset + 1, as: UInt32.self)))
    default:
      start = offset + 9
      count = Int(
        Int64(littleEndian: input.loadUnaligned(fromByteOffset: offset + 1, as: Int64.self)))
    }
    return start..<(start + count)
  }

  /// The items of a tuple or list.
  func items(_ value: PickleValue) -> ArraySlice<PickleValue>? {
    switch value {
    case .tuple(let index): pool[tuples[index]]
    case .list(let index): lists[index][...]
    default: nil
    }
  }

  /// The items of a tuple or list of at least `least` items, as an array from 0.
  func arguments(_ value: PickleValue, least: Int, most: Int = 16) -> [PickleValue]? {
    guard let items = items(value), items.count >= least, items.count <= most else { return nil }
    return Array(items)
  }

  /// The call or construction that a value is.
  func object(_ value: PickleValue) -> PickleObject? {
    guard case .object(let index) = value else { return nil }
    return objects[index]
  }

  /// A value of a dictionary by its text key; the last one if it occurs twice.
  func field(_ name: String, of value: PickleValue?) -> PickleValue? {
    guard case .dictionary(let index)? = value else { return nil }
    let entries = lists[index]
    guard entries.count <= 2 * PickleGraph.greatestState else { return nil }
    var position = entries.count - 2
    while position >= 0 {
      if isText(entries[position], name) { return entries[position + 1] }
      position -= 2
    }
    return nil
  }

  /// Whether a value is the given text.
  func isText(_ value: PickleValue, _ name: String) -> Bool {
    switch value {
    case .text(let offset): payload(at: offset).elementsEqual(name.utf8)
    case .decodedText(let index): decoded[index].elementsEqual(name.utf8)
    default: false
    }
  }

  /// A value's text, if it is text of at most a thousand bytes.
  func shortText(_ value: PickleValue) -> String? {
    switch value {
    case .text(let offset):
      let bytes = payload(at: offset)
      return bytes.count <= 1000 ? String(decoding: bytes, as: UTF8.self) : nil
    case .decodedText(let index):
      return decoded[index].count <= 1000 ? String(decoding: decoded[index], as: UTF8.self) : nil
    default: return nil
    }
  }

  /// What a value is, in words for an error message.
  func kind(of value: PickleValue) -> String {
    switch value {
    case .none: "None"
    case .boolean: "a truth value"
    case .integer: "an integer"
    case .hugeInteger: "an integer beyond 64 bits"
    case .real: "a number"
    case .text, .decodedText: "text"
    case .bytes: "bytes"
    case .tuple: "a tuple"
    case .list: "a list"
    case .dictionary: "a dictionary"
    case .global(let global): "the name \(global)"
    case .inert(let index): "a \(inertNames[index])"
    case .object(let index):
      objects[index].callable.noun ?? "an object made by \(objects[index].callable)"
    }
  }
}
