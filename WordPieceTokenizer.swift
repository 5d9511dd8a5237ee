import Files
import Foundation

/// Splits text into the word pieces of a vocabulary, as the published fast tokenizers do.
struct WordPieceTokenizer: Sendable {
  /// A token that stands for itself when it is written literally in a text.
  struct AddedToken: Sendable, Hashable {
    let text: [Unicode.Scalar]
    let id: Int32
    /// Whether it is looked for after cleaning rather than before.
    let afterCleaning: Bool
  }

  private(set) var pieces: [[UInt8]: Int32]
  let added: [AddedToken]
  let normalizer: WordPieceNormalizer
  let start: Int32
  let end: Int32
  let unknown: Int32
  let longestWord: Int
  private let firsts: Set<Unicode.Scalar>

  /// Reads `vocab.txt` and `tokenizer.json` of a model's folder; either may be absent.
  init(directory: String, vocabularySize: Int) throws(EmbeddingError) {
    let path = directory + "/tokenizer.json"
    let described = try TokenizerFile.read(path)
    let list = directory + "/vocab.txt"
    if FileManager.default.fileExists(atPath: list) {
      pieces = try Self.vocabulary(list)
    } else if let vocab = described?.model?.vocab {
      pieces = Dictionary(
        vocab.map { (Array($0.key.utf8), $0.value) }, uniquingKeysWith: { first, _ in first })
    } else {
      throw .missing("vocab.txt and no tokenizer.json with a vocabulary", in: directory)
    }
    if let kind = described?.model?.type, kind != "WordPiece" {
      throw .unsupported(path, "its tokenizer is of type \(kind)", needed: "WordPiece")
    }
    var cleaning = WordPieceNormalizer()
    if let given = described?.normalizer {
      cleaning.cleansText = given.clean_text ?? true
      cleaning.separatesIdeographs = given.handle_chinese_chars ?? true
      cleaning.lowercases = given.lowercase ?? true
      cleaning.stripsAccents = given.strip_accents ?? cleaning.lowercases
    }
    normalizer = cleaning
    longestWord = described?.model?.max_input_chars_per_word ?? 100

    var tokens = (described?.added_tokens ?? []).map { token in
      let clean = token.normalized ?? false
      let scalars =
        clean
        ? cleaning.normalise(Substring(token.content).unicodeScalars)
        : Array(token.content.unicodeScalars)
      return AddedToken(text: scalars, id: token.id, afterCleaning: clean)
    }
    if described?.added_tokens == nil {
      for name in ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "<s>", "<pad>", "</s>", "<mask>"] {
        guard let id = pieces[Array(name.utf8)] else { continue }
        tokens.append(
          AddedToken(text: Array(name.unicodeScalars), id: id, afterCleaning: false))
      }
    }
    added = tokens.filter { !$0.text.isEmpty }.sorted { $0.text.count > $1.text.count }
    firsts = Set(added.compactMap(\.text.first))

    func id(_ names: [String]) throws(EmbeddingError) -> Int32 {
      for name in names {
        if let token = added.first(where: { $0.text == Array(name.unicodeScalars) }) {
          return token.id
        }
        if let id = pieces[Array(name.utf8)] { return id }
      }
      throw .missing("token \(names[0])", in: directory)
    }
    // RoBERTa's template names its ends; BERT's are fixed.
    start = try id([described?.post_processor?.start ?? "[CLS]", "<s>"])
    end = try id([described?.post_processor?.end ?? "[SEP]", "</s>"])
    unknown = try id([described?.model?.unk_token ?? "[UNK]", "<unk>"])
    let ids = Array(pieces.values) + added.map(\.id)
    guard ids.allSatisfy({ $0 >= 0 && Int($0) < vocabularySize }) else {
      throw .malformed(directory, "its vocabulary has tokens that config.json has no room for")
    }
  }

  /// The token ids of a text between the start and end tokens, cut to at most `limit`.
  func encode(_ text: String, limit: Int, keepingEnd: Bool = false) -> [Int32] {
    var ids: [Int32] = []
    var memo: [[UInt8]: [Int32]] = [:]
    let room = max(0, limit - 2)
    let scalars = Array(text.unicodeScalars)
    split(scalars, cleaned: false) { piece, token in
      // Once a text that loses its end is long enough, the rest need not be read.
      if !keepingEnd, ids.count >= room { return false }
      if let token {
        ids.append(token)
        return true
      }
      var view = String.UnicodeScalarView()
      view.append(contentsOf: piece)
      let clean = normalizer.normalise(Substring(String(view)).unicodeScalars)
      split(clean, cleaned: true) { part, token in
        if let token { ids.append(token) } else { appendWords(of: part, to: &ids, memo: &memo) }
        return true
      }
      return true
    }
    if ids.count > room { ids = Array(keepingEnd ? ids.suffix(room) : ids.prefix(room)) }
    return [start] + ids + [end]
  }

  /// Cuts scalars at added tokens, the leftmost and longest first.
  private func split(
    _ scalars: [Unicode.Scalar], cleaned: Bool,
    _ body: (ArraySlice<Unicode.Scalar>, Int32?) -> Bool
  ) {
    var from = 0
    var index = 0
    while index < scalars.count {
      if firsts.contains(scalars[index]),
        let token = added.first(where: {
          $0.afterCleaning == cleaned && scalars[index...].starts(with: $0.text)
        })
      {
        if from < index, !body(scalars[from..<index], nil) { return }
        if !body([], token.id) { return }
        index += token.text.count
        from = index
      } else {
        index += 1
      }
    }
    if from < scalars.count { _ = body(scalars[from...], nil) }
  }

  private func appendWords(
    of scalars: ArraySlice<Unicode.Scalar>, to ids: inout [Int32], memo: inout [[UInt8]: [Int32]]
  ) {
    var word: [UInt8] = []
    var length = 0
    func flush() {
      guard length > 0 else { return }
      if let known = memo[word] {
        ids.append(contentsOf: known)
      } else {
        let found = length > longestWord ? [unknown] : wordPieces(of: word)
        memo[word] = found
        ids.append(contentsOf: found)
      }
      word.removeAll(keepingCapacity: true)
      length = 0
    }
    for scalar in scalars {
      if WordPieceNormalizer.isSpace(scalar) {
        flush()
      } else if WordPieceNormalizer.isPunctuation(scalar) {
        flush()
        word.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
        length = 1
        flush()
      } else {
        word.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
        length += 1
      }
    }
    flush()
  }

  /// The longest pieces from the left; one unknown token where some part has none.
  private func wordPieces(of word: [UInt8]) -> [Int32] {
    var found: [Int32] = []
    var from = 0
    while from < word.count {
      var end = word.count
      var match: Int32?
      while end > from {
        // Only cut between characters.
        if end == word.count || word[end] & 0xC0 != 0x80 {
          let key = from == 0 ? Array(word[..<end]) : [0x23, 0x23] + word[from..<end]
          match = pieces[key]
          if match != nil { break }
        }
        end -= 1
      }
      guard let match else { return [unknown] }
      found.append(match)
      from = end
    }
    return found
  }

  private static func vocabulary(_ path: String) throws(EmbeddingError) -> [[UInt8]: Int32] {
    let file: MappedFile
    do { file = try MappedFile(path: path) } catch { throw .unreadable(path, error) }
    return file.withUnsafeBytes { bytes in
      var pieces: [[UInt8]: Int32] = [:]
      var id: Int32 = 0
      var lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)[...]
      if lines.last?.isEmpty == true { lines.removeLast() }
      for line in lines {
        pieces[Array(line.last == 0x0D ? line.dropLast() : line)] = id
        id += 1
      }
      return pieces
    }
  }
}
