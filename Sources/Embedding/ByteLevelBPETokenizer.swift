import Foundation

/// The tokenizer of RoBERTa and GPT-2: byte-level byte pair encoding (BPE), which loses nothing.
///
/// A file's `trim_offsets` moves the places that tokens are said to come from, never the tokens.
///
/// - Source: Liu et al., "RoBERTa", 2019; equal to the Hugging Face fast tokenizers.
struct ByteLevelBPETokenizer: TextTokenizer {
  let size: Int
  private let merges: BytePairMerges
  private let added: AddedTokens
  private let ending: Ending
  /// Whether each part of a text that begins without a space is given one.
  private let addsPrefixSpace: Bool
  /// Whether words are merged each by itself, rather than a whole part at once.
  private let cutsWords: Bool

  /// The tokens around every sequence.
  private struct Ending: Sendable {
    let first: Int32
    let last: Int32
  }

  /// Reads `tokenizer.json`, which holds everything.
  ///
  /// - Parameter addsPrefixSpace: What to do instead of what the file says.
  init(tokenizerJSON data: Data, addsPrefixSpace: Bool? = nil, path: String) throws(EmbeddingError)
  {
    let list = BytePairList(path: path)
    try list.checkLength(data)
    let file: ByteLevelTokenizerFile
    do { file = try JSONDecoder().decode(ByteLevelTokenizerFile.self, from: data) } catch {
      throw list.refusal("holds no vocabulary with merges")
    }
    if let type = file.model.type, type != "BPE" { throw list.refusal("is of the kind \(type)") }
    if let wish = file.foreignWish {
      throw list.refusal("asks for \(wish), which is not known here")
    }
    let added = file.added_tokens ?? []
    let ids = try list.numbers(file.model.vocab, added: added.map { ($0.content, $0.id) })
    func end(_ given: ByteLevelTokenizerFile.Ending?, _ usual: String) throws(EmbeddingError)
      -> Int32
    {
      guard let id = ids[given?.content ?? usual], given == nil || given?.id == id else {
        throw list.refusal("lacks its token \(list.quoted(given?.content ?? usual))")
      }
      return id
    }
    let steps = file.post_processor
    ending = Ending(first: try end(steps?.cls, "<s>"), last: try end(steps?.sep, "</s>"))
    merges = try list.merges(
      file.model.merges.pairs, of: file.model.vocab, unknown: file.model.unk_token,
      fusesUnknown: file.model.fuse_unk ?? false)
    self.added = AddedTokens(
      added.map {
        AddedTokens.Token(
          text: Array($0.content.unicodeScalars), id: $0.id, isCleaned: $0.normalized ?? false,
          takesSpaceBefore: $0.lstrip ?? false, takesSpaceAfter: $0.rstrip ?? false,
          isWholeWord: $0.single_word ?? false)
      })
    self.addsPrefixSpace = addsPrefixSpace ?? file.pre_tokenizer?.add_prefix_space ?? false
    cutsWords = file.pre_tokenizer?.use_regex ?? true
    size = ids.values.reduce(0) { max($0, Int($1) + 1) }
  }

  /// Reads `vocab.json` and `merges.txt`, of models older than `tokenizer.json`.
  init(
    vocabulary: Data, merges lines: Data, addsPrefixSpace: Bool = false, path: String,
    mergesPath: String
  ) throws(EmbeddingError) {
    let (list, mergeList) = (BytePairList(path: path), BytePairList(path: mergesPath))
    try list.checkLength(vocabulary)
    try mergeList.checkLength(lines)
    guard let numbers = try? JSONDecoder().decode([String: Int32].self, from: vocabulary) else {
      throw list.refusal("holds no vocabulary")
    }
    let ids = try list.numbers(numbers, added: [])
    guard let first = ids["<s>"], let last = ids["</s>"] else {
      throw list.refusal("lacks <s> and </s>")
    }
    ending = Ending(first: first, last: last)
    merges = try mergeList.merges(
      try mergeList.pairs(lines), of: numbers, unknown: nil, fusesUnknown: false)
    added = AddedTokens(
      ["<s>", "<pad>", "</s>", "<unk>", "<mask>"].compactMap { name in
        ids[name].map {
          AddedTokens.Token(
            text: Array(name.unicodeScalars), id: $0, takesSpaceBefore: name == "<mask>")
        }
      })
    self.addsPrefixSpace = addsPrefixSpace
    cutsWords = true
    size = ids.values.reduce(0) { max($0, Int($1) + 1) }
  }

  func tokens(of text: String, limit: Int, keepsEnd: Bool = false) -> [Int32] {
    let room = max(0, limit - 2)
    // Cutting at the right needs no more of a long text than the tokens kept.
    let wanted = keepsEnd ? Int.max : room
    var ids: [Int32] = []
    var known: [[UInt8]: [Int32]] = [:]
    added.cut(Array(text.unicodeScalars)[...], isCleaned: false) { part, token in
      if let token {
        ids.append(token)
        return ids.count < wanted
      }
      return added.cut(part, isCleaned: true) { part, token in
        if let token {
          ids.append(token)
        } else {
          for word in words(of: part) where ids.count < wanted {
            ids.append(contentsOf: tokens(of: word, &known))
          }
        }
        return ids.count < wanted
      }
    }
    return [ending.first] + (keepsEnd ? ids.suffix(room) : ids.prefix(room)) + [ending.last]
  }

  private func words(of part: ArraySlice<Unicode.Scalar>) -> any Sequence<
    ArraySlice<Unicode.Scalar>
  > {
    let part = addsPrefixSpace && part.first != " " ? [" "] + part : part
    return cutsWords ? ByteLevelWords(part) : CollectionOfOne(part)
  }

  private func tokens(
    of word: ArraySlice<Unicode.Scalar>, _ known: inout [[UInt8]: [Int32]]
  ) -> [Int32] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(word.count)
    for scalar in word { bytes += UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter }
    if let ids = known[bytes] { return ids }
    let ids = merges.tokens(of: bytes)
    known[bytes] = ids
    return ids
  }
}
