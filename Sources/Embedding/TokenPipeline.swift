/// A tokenizer as its files describe it: what stands for itself, what is changed, where words end,
/// which tokens they have, and what is put around a sequence.
///
/// - Source: equal to Hugging Face's tokenizers.
struct TokenPipeline: Sendable {
  var added = AddedTokens([])
  var normalizer = TextNormalizer(steps: [])
  var splitter = TextSplitter(steps: [])
  var model: any TokenModel
  var ends = SequenceEnds()
  /// Whether long texts are cut at the left by the model's own wish.
  var cutsAtLeft = false
  /// The tokens that are marks rather than text.
  var marks: Set<Int32> = []
  /// Whether the files are read as this project has always read them, and rightly.
  var isPlain = false
  /// One more than the greatest token.
  let size: Int

  /// How many tokens are put around every sequence.
  var endCount: Int { ends.first.count + ends.last.count }

  /// The tokens of a text between the first and last ones, cut to `limit` in all.
  ///
  /// - Parameter keepsEnd: Whether to cut at the left.
  func tokens(of text: String, limit: Int, keepsEnd: Bool = false) -> [Int32] {
    let room = max(0, limit - endCount)
    let keepsEnd = keepsEnd || cutsAtLeft
    // Cutting at the right needs no more of a long text than the tokens kept.
    var found = Found(wanted: keepsEnd ? .max : room)
    added.cut(Array(text.unicodeScalars)[...], isCleaned: false) { part, token in
      if let token {
        found.ids.append(token)
      } else {
        added.cut(normalizer.normalized(part)[...], isCleaned: true) { part, token in
          if let token { found.ids.append(token) } else { addWords(of: part, to: &found) }
          return !found.isFull
        }
      }
      return !found.isFull
    }
    return ends.first + (keepsEnd ? found.ids.suffix(room) : found.ids.prefix(room)) + ends.last
  }

  private struct Found {
    let wanted: Int
    var ids: [Int32] = []
    var known: [[UInt8]: [Int32]] = [:]
    var isFull: Bool { ids.count >= wanted }
  }

  private func addWords(of part: ArraySlice<Unicode.Scalar>, to found: inout Found) {
    if found.isFull { return }
    splitter.split(part) { word in
      var bytes: [UInt8] = []
      bytes.reserveCapacity(word.count)
      for scalar in word { bytes += UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter }
      if let ids = found.known[bytes] {
        found.ids += ids
      } else {
        let ids = model.tokens(of: bytes)
        found.known[bytes] = ids
        found.ids += ids
      }
      return !found.isFull
    }
  }
}

extension SequenceEnds {
  /// Whether there is one at either end, BERT's or RoBERTa's.
  func areUsual(in vocabulary: TokenVocabulary) -> Bool {
    let isRoberta = vocabulary.id("<s>") != nil
    let usual = (isRoberta ? ["<s>", "</s>"] : ["[CLS]", "[SEP]"]).map { vocabulary.id($0) }
    return [first, last] == usual.map { $0.map { [$0] } ?? [] } && !first.isEmpty && !last.isEmpty
  }
}
