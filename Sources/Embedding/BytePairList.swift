import Foundation

/// Two neighbouring tokens that become one.
struct MergedPair {
  let left: String
  let right: String

  /// Reads `a b`; `nil` unless it is two parts with a space between.
  init?(_ line: String) {
    // By bytes: a combining mark after the space must not hide it.
    let parts = line.utf8.split(separator: 0x20, omittingEmptySubsequences: false)
    guard parts.count == 2, let left = String(parts[0]), let right = String(parts[1]) else {
      return nil
    }
    self.init(left: left, right: right)
  }

  private init(left: String, right: String) {
    (self.left, self.right) = (left, right)
  }

  /// Reads a merge of a `tokenizer.json`, `"a b"` in older ones and `["a", "b"]` in newer ones.
  init?(_ json: ModelJSON) {
    if let line = json.text {
      self.init(line)
      return
    }
    guard let parts = json.items, parts.count == 2, let left = parts[0].text,
      let right = parts[1].text
    else { return nil }
    self.init(left: left, right: right)
  }
}

/// Checks the merges of a byte-level vocabulary, which may come from anywhere.
struct BytePairList {
  /// The file that is spoken of when something is refused.
  let fault: ModelFault

  /// The lines of `merges.txt` but its heading.
  func pairs(_ data: Data) throws(EmbeddingError) -> [MergedPair] {
    guard data.count <= TokenVocabulary.longestFile else {
      throw fault.damaged("has \(data.count) bytes, too many for a list of merges")
    }
    var lines = data.split(separator: 0x0A, omittingEmptySubsequences: false)
    if lines.last?.isEmpty == true { lines.removeLast() }
    var pairs: [MergedPair] = []
    pairs.reserveCapacity(lines.count)
    for line in lines {
      let text = String(decoding: line.last == 0x0D ? line.dropLast() : line, as: UTF8.self)
      if text.hasPrefix("#version") { continue }
      guard let pair = MergedPair(text) else {
        throw fault.damaged("has the merge \(fault.quoted(text)), which is not two tokens")
      }
      pairs.append(pair)
    }
    return pairs
  }

  /// The merges by number, of a vocabulary that has every part and every whole.
  func merges(
    _ pairs: [MergedPair], of vocabulary: TokenVocabulary, unknown: String?, fusesUnknown: Bool
  ) throws(EmbeddingError) -> BytePairMerges {
    try vocabulary.requireDistinct(fault)
    func id(_ token: String, _ pair: MergedPair) throws(EmbeddingError) -> Int32 {
      if let id = vocabulary.id(token) { return id }
      let merge = fault.quoted("\(pair.left) \(pair.right)")
      throw fault.damaged("has the merge \(merge), but no token \(fault.quoted(token))")
    }
    var numbered: [(left: Int32, right: Int32, whole: Int32)] = []
    numbered.reserveCapacity(pairs.count)
    for pair in pairs {
      numbered.append(
        (try id(pair.left, pair), try id(pair.right, pair), try id(pair.left + pair.right, pair)))
    }
    if let unknown, vocabulary.id(unknown) == nil {
      throw fault.damaged("lacks its unknown token \(fault.quoted(unknown))")
    }
    return BytePairMerges(
      bytes: ByteAlphabet.characters.map { vocabulary.id(String($0)) },
      unknown: unknown.flatMap { vocabulary.id($0) }, fusesUnknown: fusesUnknown, merges: numbered)
  }
}
