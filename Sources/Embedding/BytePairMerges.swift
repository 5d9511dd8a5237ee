/// The merges of a byte-level BPE: which neighbouring tokens of a word become one, and in which order.
///
/// - Source: Sennrich et al., "Neural Machine Translation of Rare Words with Subword Units", 2016.
struct BytePairMerges: Sendable {
  private struct Merge: Sendable {
    let rank: UInt32
    let whole: Int32
  }

  /// The token of each byte; a byte without one becomes the unknown token.
  private let bytes: [Int32?]
  private let unknown: Int32?
  private let fusesUnknown: Bool
  private let merges: [UInt64: Merge]

  /// Takes tokens by number.
  ///
  /// - Parameters:
  ///   - bytes: One token for each of the 256 bytes.
  ///   - unknown: What stands for a byte without a token; nil leaves the byte out.
  ///   - fusesUnknown: Whether neighbouring unknown bytes are one unknown token.
  ///   - merges: The most urgent first; of the same two parts the last counts.
  init(
    bytes: [Int32?], unknown: Int32?, fusesUnknown: Bool,
    merges: [(left: Int32, right: Int32, whole: Int32)]
  ) {
    precondition(bytes.count == 256, "A byte-level vocabulary needs a place for each byte.")
    self.bytes = bytes
    self.unknown = unknown
    self.fusesUnknown = fusesUnknown
    var table: [UInt64: Merge] = [:]
    table.reserveCapacity(merges.count)
    for (rank, merge) in merges.enumerated() {
      table[Self.pair(merge.left, merge.right)] = Merge(
        rank: UInt32(truncatingIfNeeded: rank), whole: merge.whole)
    }
    self.merges = table
  }

  private static func pair(_ left: Int32, _ right: Int32) -> UInt64 {
    UInt64(UInt32(bitPattern: left)) << 32 | UInt64(UInt32(bitPattern: right))
  }

  /// The tokens of one word.
  ///
  /// - Complexity: O(*n* log *n*) in the word's bytes.
  func tokens(of word: [UInt8]) -> [Int32] {
    var symbols = Symbols(ids: start(word))
    var heap = Heap()
    func offer(_ left: Int, _ right: Int) {
      if let merge = merges[Self.pair(symbols.ids[left], symbols.ids[right])] {
        heap.push(UInt64(merge.rank) << 32 | UInt64(left))
      }
    }
    for place in symbols.ids.indices.dropLast() { offer(place, place + 1) }
    while let entry = heap.pop() {
      let left = Int(entry & 0xFFFF_FFFF)
      // What stood here when the entry was made may since have become part of something else.
      guard symbols.isHere[left], let right = symbols.after(left),
        let merge = merges[Self.pair(symbols.ids[left], symbols.ids[right])],
        UInt64(merge.rank) == entry >> 32
      else { continue }
      symbols.join(left, right, as: merge.whole)
      if let before = symbols.before(left) { offer(before, left) }
      if let after = symbols.after(left) { offer(left, after) }
    }
    return symbols.ids.indices.compactMap { symbols.isHere[$0] ? symbols.ids[$0] : nil }
  }

  private func start(_ word: [UInt8]) -> [Int32] {
    var ids: [Int32] = []
    ids.reserveCapacity(word.count)
    var followsUnknown = false
    for byte in word {
      if let id = bytes[Int(byte)] {
        ids.append(id)
        followsUnknown = false
      } else if let unknown {
        if !(followsUnknown && fusesUnknown) { ids.append(unknown) }
        followsUnknown = true
      }
    }
    return ids
  }

  /// A list of tokens from which some are taken out.
  private struct Symbols {
    var ids: [Int32]
    var isHere: [Bool]
    private var previous: [Int]
    private var next: [Int]

    init(ids: [Int32]) {
      self.ids = ids
      isHere = [Bool](repeating: true, count: ids.count)
      previous = Array(-1..<(ids.count - 1))
      next = Array(1..<(ids.count + 1))
    }

    func before(_ place: Int) -> Int? { previous[place] < 0 ? nil : previous[place] }

    func after(_ place: Int) -> Int? { next[place] < ids.count ? next[place] : nil }

    mutating func join(_ left: Int, _ right: Int, as whole: Int32) {
      ids[left] = whole
      isHere[right] = false
      next[left] = next[right]
      if let after = after(left) { previous[after] = left }
    }
  }

  /// Numbers of which the least is taken first.
  private struct Heap {
    private var values: [UInt64] = []

    mutating func push(_ value: UInt64) {
      var place = values.count
      values.append(value)
      while place > 0, values[(place - 1) / 2] > values[place] {
        values.swapAt(place, (place - 1) / 2)
        place = (place - 1) / 2
      }
    }

    mutating func pop() -> UInt64? {
      guard let least = values.first, let last = values.popLast() else { return nil }
      guard !values.isEmpty else { return least }
      values[0] = last
      var place = 0
      while true {
        var child = 2 * place + 1
        guard child < values.count else { return least }
        if child + 1 < values.count, values[child + 1] < values[child] { child += 1 }
        guard values[child] < values[place] else { return least }
        values.swapAt(place, child)
        place = child
      }
    }
  }
}
