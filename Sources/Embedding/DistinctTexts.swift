/// Texts with repetitions removed, and where each one went.
struct DistinctTexts: Sendable {
  /// The different texts, in order of first appearance.
  let distinct: [String]
  /// For each text, its place in `distinct`.
  let index: [Int]

  init(_ texts: [String]) {
    var distinct: [String] = []
    // Swift compares strings by canonical equivalence; encoders read bytes, so bytes are the key.
    var index: [Int] = []
    var bytes: [[UInt8]: Int] = [:]
    for text in texts {
      let key = Array(text.utf8)
      if let known = bytes[key] {
        index.append(known)
      } else {
        bytes[key] = distinct.count
        index.append(distinct.count)
        distinct.append(text)
      }
    }
    self.distinct = distinct
    self.index = index
  }
}
