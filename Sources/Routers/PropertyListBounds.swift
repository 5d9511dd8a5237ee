import Foundation

/// Whether a binary property list stays small when it is unfolded.
///
/// Its objects name each other by number: a list may hold itself, and ten lists that hold the next one
/// ten times stand for ten billion values. Foundation follows them all.
struct PropertyListBounds {
  /// Plans in plans, the deepest of what routers save, need about twenty.
  private static let greatestDepth = 64
  /// How many values a list may stand for, for each of its bytes; one that shares nothing needs one.
  private static let greatestGrowth = 4

  private let bytes: UnsafeRawBufferPointer
  private let offsetSize: Int
  private let referenceSize: Int
  private let count: Int
  private let top: Int
  private let table: Int

  /// Reads the end of a list, which says where its objects are; `nil` if it is none.
  private init?(_ bytes: UnsafeRawBufferPointer) {
    guard bytes.count >= 40, bytes.starts(with: Array("bplist0".utf8)) else { return nil }
    self.bytes = bytes
    let end = bytes.count - 32
    offsetSize = Int(bytes[end + 6])
    referenceSize = Int(bytes[end + 7])
    guard (1...8).contains(offsetSize), (1...8).contains(referenceSize),
      let count = Self.number(bytes, at: end + 8, size: 8, before: bytes.count),
      let top = Self.number(bytes, at: end + 16, size: 8, before: bytes.count),
      let table = Self.number(bytes, at: end + 24, size: 8, before: bytes.count),
      (0...end).contains(table), count >= 1, count <= (end - table) / offsetSize, top < count
    else { return nil }
    (self.count, self.top, self.table) = (count, top, table)
  }

  /// Whether it is a list that can be decoded without following it for ever.
  static func isSmall(_ bytes: [UInt8]) -> Bool {
    bytes.withUnsafeBytes { bytes in
      guard let bounds = PropertyListBounds(bytes) else { return false }
      return bounds.isSmall()
    }
  }

  /// An object whose members are being looked at.
  private struct Visit {
    let object: Int
    let members: [Int]
    var next = 0
    var size = 1
    var height = 1
  }

  private func isSmall() -> Bool {
    let limit = bytes.count * Self.greatestGrowth
    var sizes = [Int](repeating: 0, count: count)
    var heights = sizes
    var isOnPath = [Bool](repeating: false, count: count)
    var references = 0
    guard let first = members(of: top) else { return false }
    var path = [Visit(object: top, members: first)]
    isOnPath[top] = true
    while let visit = path.last {
      if visit.next == visit.members.count {
        path.removeLast()
        isOnPath[visit.object] = false
        (sizes[visit.object], heights[visit.object]) = (visit.size, visit.height)
        guard !path.isEmpty else { return visit.height <= Self.greatestDepth }
        path[path.count - 1].size += visit.size
        path[path.count - 1].height = max(path[path.count - 1].height, visit.height + 1)
      } else {
        let member = visit.members[visit.next]
        path[path.count - 1].next += 1
        references += 1
        if isOnPath[member] { return false }
        if sizes[member] > 0 {
          path[path.count - 1].size += sizes[member]
          path[path.count - 1].height = max(path[path.count - 1].height, heights[member] + 1)
        } else {
          guard path.count < Self.greatestDepth, let members = members(of: member) else {
            return false
          }
          isOnPath[member] = true
          path.append(Visit(object: member, members: members))
        }
      }
      guard references <= limit, path[path.count - 1].size <= limit,
        path[path.count - 1].height <= Self.greatestDepth
      else { return false }
    }
    return false
  }

  /// The objects that one holds; `nil` if it lies outside.
  private func members(of object: Int) -> [Int]? {
    guard
      let start = Self.number(
        bytes, at: table + object * offsetSize, size: offsetSize, before: bytes.count - 32),
      start >= 8, start < table
    else { return nil }
    let kind = bytes[start] >> 4
    guard [0xA, 0xB, 0xC, 0xD].contains(kind) else { return [] }
    var (length, place) = (Int(bytes[start] & 0xF), start + 1)
    if length == 15 {
      guard place < table, bytes[place] >> 4 == 1, bytes[place] & 0xF <= 3 else { return nil }
      let size = 1 << Int(bytes[place] & 0xF)
      guard let given = Self.number(bytes, at: place + 1, size: size, before: table) else {
        return nil
      }
      (length, place) = (given, place + 1 + size)
    }
    let (total, overflow) = length.multipliedReportingOverflow(by: kind == 0xD ? 2 : 1)
    guard !overflow, place <= table, total <= (table - place) / referenceSize else { return nil }
    var members: [Int] = []
    members.reserveCapacity(total)
    for index in 0..<total {
      let member = Self.number(
        bytes, at: place + index * referenceSize, size: referenceSize, before: table)
      guard let member, member < count else { return nil }
      members.append(member)
    }
    return members
  }

  /// A big-endian number; `nil` if it does not fit, or lies outside.
  private static func number(
    _ bytes: UnsafeRawBufferPointer, at place: Int, size: Int, before end: Int
  ) -> Int? {
    guard place >= 0, size <= end - place else { return nil }
    var value: UInt64 = 0
    for offset in 0..<size { value = value << 8 | UInt64(bytes[place + offset]) }
    return Int(exactly: value)
  }
}
