import Foundation

/// Lines of a stream as they come: each call gives all whole lines that are there, at least one.
struct InputLines {
  private let descriptor: Int32
  private var rest: [UInt8] = []
  private var isOver = false

  init(descriptor: Int32) { self.descriptor = descriptor }

  /// The next lines without their ends; nil at the end of the stream.
  mutating func next() -> [String]? {
    while true {
      if let end = rest.lastIndex(of: 10) {
        let whole = rest[..<end].split(separator: 10, omittingEmptySubsequences: false)
        rest.removeSubrange(...end)
        return whole.map(Self.text)
      }
      if isOver {
        guard !rest.isEmpty else { return nil }
        defer { rest = [] }
        return [Self.text(rest[...])]
      }
      var piece = [UInt8](repeating: 0, count: 1 << 16)
      let count = read(descriptor, &piece, piece.count)
      if count < 0, errno == EINTR { continue }
      if count <= 0 { isOver = true } else { rest.append(contentsOf: piece[..<count]) }
    }
  }

  private static func text(_ line: ArraySlice<UInt8>) -> String {
    String(decoding: line.last == 13 ? line.dropLast() : line, as: UTF8.self)
  }
}
