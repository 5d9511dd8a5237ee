import Transport

/// The values in the body of an answer: one, or the events of a stream that nobody asked for.
///
/// Servers stream although they are told not to, put `data: [DONE]` behind an answer, send comments and
/// blanks while they compute, and wrap an answer in a list.
struct ReplyBody {
  /// The objects in their order.
  private(set) var events: [JSONValue] = []
  /// Whether they are the events of a stream.
  private(set) var isStream = false
  /// Whether every object was read to its end.
  private(set) var isWhole = true
  /// Whether the stream says that it is over.
  private(set) var isDone = false

  /// Reads a body; `nil` if no object is in it.
  init?(_ response: HTTPResponse) {
    let bytes = Self.isLatin(response) ? Self.inUTF8(response.body) : response.body
    var lines = LineWalk(bytes)
    var data: [Range<Int>] = []
    var name = ""
    while let line = lines.next() {
      if line.isEmpty {
        take(data, named: name, of: bytes)
        (data, name) = ([], "")
      } else if bytes[line.lowerBound] == UInt8(ascii: "{")
        || bytes[line.lowerBound] == UInt8(ascii: "[")
      {
        guard let reading = JSONReader.read(bytes, from: line.lowerBound) else { continue }
        add(reading, named: "")
        // What does not end cannot be told from what follows.
        guard reading.isWhole else { break }
        lines.position = reading.end
      } else if let value = Self.field("data", of: line, bytes) {
        isStream = true
        data.append(value)
      } else if let value = Self.field("event", of: line, bytes) {
        isStream = true
        name = String(decoding: bytes[value], as: UTF8.self)
      } else if events.isEmpty, !isStream, !Self.isStreamField(line, bytes) {
        return nil
      }
    }
    take(data, named: name, of: bytes)
    guard !events.isEmpty else { return nil }
  }

  private mutating func take(_ data: [Range<Int>], named name: String, of bytes: [UInt8]) {
    guard !data.isEmpty else { return }
    var readings: [JSONReader.Reading] = []
    for line in data {
      if bytes[line].elementsEqual(Array("[DONE]".utf8)) {
        isDone = true
      } else if let reading = JSONReader.read(Array(bytes[line])) {
        readings.append(reading)
      }
    }
    // One value may be spread over the lines of an event.
    if readings.contains(where: { !$0.isWhole }), data.count > 1 {
      let joined = Array(data.map { bytes[$0] }.joined(separator: [0x0A]))
      if let reading = JSONReader.read(joined), reading.isWhole { readings = [reading] }
    }
    for reading in readings { add(reading, named: name) }
  }

  private mutating func add(_ reading: JSONReader.Reading, named name: String) {
    isWhole = isWhole && reading.isWhole
    var values = [reading.value]
    if case .array(let items) = reading.value { values = items }
    for value in values {
      guard case .object = value else { continue }
      if name == "error", value["error"] == nil {
        events.append(.object(["error": value]))
      } else {
        events.append(value)
      }
    }
  }

  /// What stands behind a field's name; one space after the colon is left out.
  private static func field(
    _ name: StaticString, of line: Range<Int>, _ bytes: [UInt8]
  ) -> Range<Int>? {
    let count = name.utf8CodeUnitCount
    guard line.count > count, bytes[line.lowerBound + count] == UInt8(ascii: ":"),
      (0..<count).allSatisfy({ bytes[line.lowerBound + $0] == name.utf8Start[$0] })
    else { return nil }
    var start = line.lowerBound + count + 1
    while start < line.upperBound, bytes[start] == 0x20 { start += 1 }
    return start..<line.upperBound
  }

  /// Whether a line may stand in a stream of events before its first value.
  private static func isStreamField(_ line: Range<Int>, _ bytes: [UInt8]) -> Bool {
    bytes[line.lowerBound] == UInt8(ascii: ":") || field("id", of: line, bytes) != nil
      || field("retry", of: line, bytes) != nil
  }

  /// Whether the answer says that its bytes are Latin letters, one each.
  private static func isLatin(_ response: HTTPResponse) -> Bool {
    let type = response.header("content-type")?.lowercased() ?? ""
    guard type.contains("8859-1") || type.contains("windows-1252") || type.contains("latin1") else {
      return false
    }
    // Many say so and send UTF-8 all the same.
    return String(validating: response.body, as: UTF8.self) == nil
  }

  private static func inUTF8(_ bytes: [UInt8]) -> [UInt8] {
    bytes.flatMap { $0 < 0x80 ? [$0] : [0xC0 | $0 >> 6, 0x80 | $0 & 0x3F] }
  }
}

/// The lines of a text without white space around them, wherever they end.
private struct LineWalk {
  let bytes: [UInt8]
  var position: Int

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    position = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  }

  mutating func next() -> Range<Int>? {
    guard position < bytes.count else { return nil }
    var (start, end) = (position, position)
    while end < bytes.count, bytes[end] != 0x0A, bytes[end] != 0x0D { end += 1 }
    position = end + 1
    if end + 1 < bytes.count, bytes[end] == 0x0D, bytes[end + 1] == 0x0A { position += 1 }
    while start < end, bytes[start] <= 0x20 { start += 1 }
    while end > start, bytes[end - 1] <= 0x20 { end -= 1 }
    return start..<end
  }
}
