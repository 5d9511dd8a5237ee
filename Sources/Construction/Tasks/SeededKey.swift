import Files

/// Where a text falls in the order that a seed gives to all texts.
///
/// The digest of seed and text: drawing the least keys gives the same draw on any machine, in
/// whatever order the texts stand in their file, and a larger draw holds the smaller one.
struct SeededKey: Comparable {
  private let digest: [UInt8]

  init(_ text: String, seed: UInt64) {
    var hash = SHA256()
    hash.update((0..<8).map { UInt8(truncatingIfNeeded: seed >> (8 * UInt64($0))) })
    hash.update(Array(text.utf8))
    digest = hash.finalize()
  }

  static func < (first: SeededKey, second: SeededKey) -> Bool {
    first.digest.lexicographicallyPrecedes(second.digest)
  }

  /// The places of some texts in the order of their keys; equal texts keep theirs.
  static func order(_ texts: [String], seed: UInt64) -> [Int] {
    let keys = texts.map { SeededKey($0, seed: seed) }
    return texts.indices.sorted { (keys[$0], $0) < (keys[$1], $1) }
  }
}
