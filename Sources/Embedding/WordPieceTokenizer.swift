import Foundation

/// The tokenizer of BERT and MPNet: full BERT normalisation, then greedy longest pieces of words.
///
/// - Source: Devlin et al., "BERT", 2019; equal to the Hugging Face fast tokenizers.
struct WordPieceTokenizer: TextTokenizer {
  private let pieces: [[UInt8]: Int32]
  private let literals: AddedTokens
  private let cleaner: TextCleaner
  private let longestWord: Int
  private let unknown: Int32
  /// The token before every sequence.
  let first: Int32
  /// The token after every sequence.
  let last: Int32
  /// One more than the greatest token.
  let size: Int

  /// Reads `tokenizer.json`, which holds the vocabulary, the special tokens and the normaliser.
  init(tokenizerJSON data: Data, path: String) throws(EmbeddingError) {
    let file: TokenizerFile
    do { file = try JSONDecoder().decode(TokenizerFile.self, from: data) } catch {
      throw Self.refusal(path, "holds no vocabulary")
    }
    if let type = file.model.type, type != "WordPiece" {
      throw Self.refusal(path, "is of the kind \(type)")
    }
    let cleaner = file.cleaner
    try self.init(
      pieces: Dictionary(
        file.model.vocab.map { (Array($0.key.utf8), $0.value) },
        uniquingKeysWith: { first, _ in first }),
      literals: (file.added_tokens ?? []).map { token in
        let isCleaned = token.normalized ?? false
        let scalars = token.content.unicodeScalars
        return AddedTokens.Token(
          text: isCleaned ? cleaner.cleaned(scalars) : Array(scalars), id: token.id,
          isCleaned: isCleaned, isWholeWord: token.single_word ?? false)
      },
      cleaner: cleaner, longestWord: file.model.max_input_chars_per_word ?? 100,
      unknown: file.model.unk_token ?? "[UNK]", path: path)
  }

  /// Reads `vocab.txt`, one piece a line, of models older than `tokenizer.json`.
  init(vocabulary data: Data, path: String) throws(EmbeddingError) {
    var pieces: [[UInt8]: Int32] = [:]
    var lines = data.split(separator: 0x0A, omittingEmptySubsequences: false)
    if lines.last?.isEmpty == true { lines.removeLast() }
    guard lines.count < Int32.max else { throw Self.refusal(path, "is far too long") }
    for (id, line) in lines.enumerated() {
      pieces[Array(line.last == 0x0D ? line.dropLast() : line)] = Int32(id)
    }
    let isMPNet = pieces[Array("<s>".utf8)] != nil
    let special =
      isMPNet
      ? ["<s>", "<pad>", "</s>", "<unk>", "[UNK]", "<mask>"]
      : ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    try self.init(
      pieces: pieces,
      literals: special.compactMap { name in
        pieces[Array(name.utf8)].map {
          // The one that the published MPNet looks for in cleaned text.
          AddedTokens.Token(
            text: Array(name.unicodeScalars), id: $0, isCleaned: name == "<unk>")
        }
      },
      cleaner: TextCleaner(), longestWord: 100, unknown: "[UNK]", path: path)
  }

  private init(
    pieces: [[UInt8]: Int32], literals: [AddedTokens.Token], cleaner: TextCleaner, longestWord: Int,
    unknown: String, path: String
  ) throws(EmbeddingError) {
    let ids = Array(pieces.values) + literals.map(\.id)
    if let negative = ids.first(where: { $0 < 0 }) {
      throw Self.refusal(path, "numbers a piece \(negative)")
    }
    guard let unknownID = pieces[Array(unknown.utf8)] else {
      throw Self.refusal(path, "lacks its unknown token \(unknown)")
    }
    let isMPNet = pieces[Array("<s>".utf8)] != nil
    let (start, end) = isMPNet ? ("<s>", "</s>") : ("[CLS]", "[SEP]")
    guard let first = pieces[Array(start.utf8)], let last = pieces[Array(end.utf8)] else {
      throw Self.refusal(path, "lacks \(start) and \(end)")
    }
    self.pieces = pieces
    self.literals = AddedTokens(literals)
    self.cleaner = cleaner
    self.longestWord = longestWord
    self.unknown = unknownID
    self.first = first
    self.last = last
    size = ids.reduce(0) { max($0, Int($1) + 1) }
  }

  private static func refusal(_ path: String, _ found: String) -> EmbeddingError {
    EmbeddingError("\(path) \(found); a WordPiece tokenizer was needed. Fetch the model again.")
  }

  func tokens(of text: String, limit: Int, keepsEnd: Bool = false) -> [Int32] {
    let room = max(0, limit - 2)
    var found = Pieces(limit: keepsEnd ? .max : room)
    literals.cut(Array(text.unicodeScalars)[...], isCleaned: false) { part, literal in
      if let literal {
        found.ids.append(literal)
      } else {
        literals.cut(cleaner.cleaned(part)[...], isCleaned: true) { part, literal in
          if let literal { found.ids.append(literal) } else { addWords(of: part, to: &found) }
          return !found.isFull
        }
      }
      // Cutting at the right needs no more of a long text than the tokens kept.
      return !found.isFull
    }
    return [first] + (keepsEnd ? found.ids.suffix(room) : found.ids.prefix(room)) + [last]
  }

  private struct Pieces {
    let limit: Int
    var ids: [Int32] = []
    var known: [[UInt8]: [Int32]] = [:]
    var isFull: Bool { ids.count >= limit }
  }

  private func addWords(of scalars: ArraySlice<Unicode.Scalar>, to found: inout Pieces) {
    var word: [UInt8] = []
    var length = 0
    func close() {
      guard length > 0 else { return }
      if let ids = found.known[word] {
        found.ids.append(contentsOf: ids)
      } else {
        let ids = length > longestWord ? [unknown] : wordPieces(of: word)
        found.known[word] = ids
        found.ids.append(contentsOf: ids)
      }
      word.removeAll(keepingCapacity: true)
      length = 0
    }
    for scalar in scalars {
      if found.isFull { return }
      if TextCleaner.isSpace(scalar) {
        close()
        continue
      }
      let standsAlone = TextCleaner.isPunctuation(scalar)
      if standsAlone { close() }
      word.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
      length += 1
      if standsAlone { close() }
    }
    close()
  }

  /// The longest pieces from the left; the unknown token alone where some part has none.
  private func wordPieces(of word: [UInt8]) -> [Int32] {
    var found: [Int32] = []
    var start = 0
    while start < word.count {
      var end = word.count
      var piece: Int32?
      while end > start {
        // Pieces are cut between characters only.
        if end == word.count || word[end] & 0xC0 != 0x80 {
          piece = pieces[start == 0 ? Array(word[..<end]) : [35, 35] + word[start..<end]]
          if piece != nil { break }
        }
        end -= 1
      }
      guard let piece else { return [unknown] }
      found.append(piece)
      start = end
    }
    return found
  }
}
