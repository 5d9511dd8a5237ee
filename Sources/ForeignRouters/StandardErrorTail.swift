/// The last lines a child wrote to standard error, of any amount it wrote.
struct StandardErrorTail {
  private static let lineCount = 5
  private static let lineLength = 500

  /// The last lines, blank ones left out.
  private(set) var last: [String] = []
  private var open: [UInt8] = []

  /// Takes bytes and gives the lines that they complete.
  mutating func take(_ bytes: some Sequence<UInt8>) -> [String] {
    var lines: [String] = []
    for byte in bytes {
      if byte == 0x0A {
        lines += close()
      } else if open.count < Self.lineLength {
        open.append(byte)
      }
    }
    return lines
  }

  /// The line that was not completed.
  mutating func finish() -> [String] { close() }

  private mutating func close() -> [String] {
    let text = String(decoding: open, as: UTF8.self)
    let line = String(
      text.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : Character($0) })
    open.removeAll()
    guard line.contains(where: { !$0.isWhitespace }) else { return [] }
    last.append(line)
    if last.count > Self.lineCount { last.removeFirst() }
    return [line]
  }
}
