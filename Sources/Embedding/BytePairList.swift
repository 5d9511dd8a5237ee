import Foundation

/// Checks the tokens and merges of a byte-level vocabulary, which may come from anywhere.
struct BytePairList {
  /// The file that is spoken of when something is refused.
  let path: String

  /// A hundred times the published ones.
  private static let longestFile = 1 << 28

  func refusal(_ found: String) -> EmbeddingError {
    EmbeddingError(
      "\(path) \(found); a byte-level BPE tokenizer was needed. Fetch the model again.")
  }

  /// A token for a sentence, cut where it is long.
  func quoted(_ token: String) -> String {
    let scalars = token.unicodeScalars
    let start = String(String.UnicodeScalarView(scalars.prefix(40)))
    return start.debugDescription + (scalars.count > 40 ? "..." : "")
  }

  func checkLength(_ data: Data) throws(EmbeddingError) {
    guard data.count <= Self.longestFile else {
      throw refusal("has \(data.count) bytes, more than the \(Self.longestFile) that are read")
    }
  }

  /// The numbers of all tokens; each number is one token's and each token has one number.
  func numbers(
    _ vocabulary: [String: Int32], added: [(content: String, id: Int32)]
  ) throws(EmbeddingError) -> [String: Int32] {
    var ids = vocabulary
    for (content, id) in added {
      if let other = ids.updateValue(id, forKey: content), other != id {
        throw refusal("numbers \(quoted(content)) both \(other) and \(id)")
      }
    }
    var tokens: [Int32: String] = [:]
    tokens.reserveCapacity(ids.count)
    for (token, id) in ids {
      guard id >= 0 else { throw refusal("numbers \(quoted(token)) \(id)") }
      if let other = tokens.updateValue(token, forKey: id) {
        let both = [other, token].sorted().map(quoted)
        throw refusal("gives the number \(id) to both \(both[0]) and \(both[1])")
      }
    }
    return ids
  }

  /// The lines of `merges.txt` but its heading.
  func pairs(_ data: Data) throws(EmbeddingError) -> [MergedPair] {
    var lines = data.split(separator: 0x0A, omittingEmptySubsequences: false)
    if lines.last?.isEmpty == true { lines.removeLast() }
    var pairs: [MergedPair] = []
    pairs.reserveCapacity(lines.count)
    for line in lines {
      let text = String(decoding: line.last == 0x0D ? line.dropLast() : line, as: UTF8.self)
      if text.hasPrefix("#version") { continue }
      guard let pair = MergedPairs.pair(text) else {
        throw refusal("has the merge \(quoted(text)), which is not two tokens")
      }
      pairs.append(pair)
    }
    return pairs
  }

  /// The merges by number, of a vocabulary that has every part and every whole.
  func merges(
    _ pairs: [MergedPair], of vocabulary: [String: Int32], unknown: String?, fusesUnknown: Bool
  ) throws(EmbeddingError) -> BytePairMerges {
    func id(_ token: String, _ pair: MergedPair) throws(EmbeddingError) -> Int32 {
      if let id = vocabulary[token] { return id }
      let merge = quoted("\(pair.left) \(pair.right)")
      throw refusal("has the merge \(merge), but no token \(quoted(token))")
    }
    var numbered: [(left: Int32, right: Int32, whole: Int32)] = []
    numbered.reserveCapacity(pairs.count)
    for pair in pairs {
      numbered.append(
        (try id(pair.left, pair), try id(pair.right, pair), try id(pair.left + pair.right, pair)))
    }
    if let unknown, vocabulary[unknown] == nil {
      throw refusal("lacks its unknown token \(quoted(unknown))")
    }
    return BytePairMerges(
      bytes: ByteAlphabet.characters.map { vocabulary[String($0)] },
      unknown: unknown.flatMap { vocabulary[$0] }, fusesUnknown: fusesUnknown, merges: numbered)
  }
}
