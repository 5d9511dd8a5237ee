/// Reads JSON as programs really send it: what is readable is kept, and one bad field loses no other.
///
/// Beyond the standard it accepts a byte order mark, raw control characters, bytes that are not UTF-8
/// and lone surrogates (both become U+FFFD), unknown escapes, `NaN` and `Infinity` (read as `null`),
/// numbers of any size, trailing commas, repeated names (the last value that is not `null` counts)
/// and anything behind the value. Nesting beyond a limit is read as `null`.
///
/// - Complexity: O(*n*) in the bytes, without recursion.
package struct JSONReader {
  /// What was read.
  package struct Reading: Sendable, Hashable {
    /// The value; where the text ends early or breaks off, what came before that.
    package let value: JSONValue
    /// Whether the value was read to its end.
    package let isWhole: Bool
    /// The place behind the value.
    package let end: Int
  }

  /// The deepest nesting that is kept.
  static let depthLimit = 128

  let bytes: UnsafeBufferPointer<UInt8>
  var position: Int
  private var frames: [Frame] = []

  init(_ bytes: UnsafeBufferPointer<UInt8>, at position: Int) {
    self.bytes = bytes
    self.position = position
  }

  /// Reads one object or list.
  ///
  /// - Returns: `nil` if none begins there, white space and a byte order mark aside.
  package static func read(_ bytes: [UInt8], from start: Int = 0) -> Reading? {
    bytes.withUnsafeBufferPointer { buffer in
      var reader = JSONReader(buffer, at: start)
      if start == 0, buffer.starts(with: [0xEF, 0xBB, 0xBF]) { reader.position = 3 }
      return reader.container()
    }
  }

  /// An object or list that is being read.
  private struct Frame {
    let isObject: Bool
    var items: [JSONValue] = []
    var members: [String: JSONValue] = [:]
    /// The name whose value comes next.
    var name: String?
    /// The name of the last value.
    var last: String?
    /// Whether a value was read and a comma or the end must follow.
    var needsComma = false

    var value: JSONValue { isObject ? .object(members) : .array(items) }
  }

  private enum Step {
    case goOn, done, broken
  }

  private mutating func container() -> Reading? {
    skipSpace()
    guard let first = peek, first == UInt8(ascii: "{") || first == UInt8(ascii: "[") else {
      return nil
    }
    position += 1
    frames = [Frame(isObject: first == UInt8(ascii: "{"))]
    while true {
      switch step() {
      case .goOn: continue
      case .done: return Reading(value: frames[0].value, isWhole: true, end: position)
      case .broken:
        // A text with quotes that were not escaped seems to end too early: it is not to be trusted.
        if position < bytes.count { dropLast() }
        while frames.count > 1 { closeFrame() }
        return Reading(value: frames[0].value, isWhole: false, end: position)
      }
    }
  }

  private mutating func step() -> Step {
    skipSpace()
    guard let byte = peek else { return .broken }
    let top = frames.count - 1
    switch byte {
    case UInt8(ascii: ","):
      // A missing value is as good as none.
      frames[top].name = nil
      frames[top].needsComma = false
      position += 1
      return .goOn
    case UInt8(ascii: "}"), UInt8(ascii: "]"):
      guard frames[top].isObject == (byte == UInt8(ascii: "}")) else { return .broken }
      position += 1
      if top == 0 { return .done }
      closeFrame()
      return .goOn
    default: break
    }
    if frames[top].needsComma { return .broken }
    if frames[top].isObject, frames[top].name == nil {
      guard byte == UInt8(ascii: "\""), let name = string() else { return .broken }
      skipSpace()
      guard peek == UInt8(ascii: ":") else { return .broken }
      position += 1
      frames[top].name = name
      return .goOn
    }
    return value(byte)
  }

  private mutating func value(_ byte: UInt8) -> Step {
    switch byte {
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      position += 1
      if frames.count < Self.depthLimit {
        frames.append(Frame(isObject: byte == UInt8(ascii: "{")))
        return .goOn
      }
      add(.null)
      return skipContainer() ? .goOn : .broken
    case UInt8(ascii: "\""):
      guard let text = string() else { return .broken }
      add(.string(text))
    default:
      guard let value = scalar() else { return .broken }
      add(value)
    }
    return .goOn
  }

  private mutating func closeFrame() {
    let value = frames.removeLast().value
    add(value)
  }

  private mutating func add(_ value: JSONValue) {
    let top = frames.count - 1
    frames[top].needsComma = true
    guard frames[top].isObject else {
      frames[top].items.append(value)
      return
    }
    guard let name = frames[top].name else { return }
    frames[top].name = nil
    frames[top].last = name
    if case .null = value, frames[top].members[name] != nil { return }
    frames[top].members[name] = value
  }

  private mutating func dropLast() {
    let top = frames.count - 1
    if let name = frames[top].last {
      frames[top].members[name] = nil
    } else if !frames[top].items.isEmpty {
      frames[top].items.removeLast()
    }
  }

  /// Steps over an object or list whose opening bracket was read.
  private mutating func skipContainer() -> Bool {
    var depth = 1
    while depth > 0 {
      guard let byte = peek else { return false }
      switch byte {
      case UInt8(ascii: "\""):
        guard skipString() else { return false }
        continue
      case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
      default: break
      }
      position += 1
    }
    return true
  }
}
