import Foundation

/// The tokenizer of BERT and MPNet: full BERT normalisation, then greedy longest pieces of words.
///
/// - Source: Devlin et al., "BERT", 2019; equal to the Hugging Face fast tokenizers.
struct WordPieceTokenizer: Sendable {
  private let pieces: [[UInt8]: Int32]
  private let literals: [(text: [UInt8], id: Int32)]
  private let unknown: Int32
  private let lowercases: Bool
  /// The token before every sequence.
  let first: Int32
  /// The token after every sequence.
  let last: Int32

  private static let longestWord = 100

  /// Reads `tokenizer.json`, which holds the vocabulary, the special tokens and the normaliser.
  init(tokenizerJSON data: Data, path: String) throws(EmbeddingError) {
    func refuse(_ found: String) -> EmbeddingError {
      EmbeddingError("\(path) \(found); a WordPiece tokenizer.json was needed.")
    }
    guard let json = try? JSONSerialization.jsonObject(with: data) as? [String: Any],
      let model = json["model"] as? [String: Any],
      let vocabulary = model["vocab"] as? [String: Int]
    else { throw refuse("holds no vocabulary") }
    if let type = model["type"] as? String, type != "WordPiece" {
      throw refuse("is of the kind \(type)")
    }
    var pieces: [[UInt8]: Int32] = [:]
    for (piece, id) in vocabulary {
      guard let id = Int32(exactly: id), id >= 0 else { throw refuse("numbers a piece \(id)") }
      pieces[Array(piece.utf8)] = id
    }
    let unknownName = model["unk_token"] as? String ?? "[UNK]"
    guard let unknown = pieces[Array(unknownName.utf8)] else {
      throw refuse("lacks its unknown token \(unknownName)")
    }
    let names = pieces[Array("[CLS]".utf8)] != nil && pieces[Array("<s>".utf8)] == nil
      ? ("[CLS]", "[SEP]") : ("<s>", "</s>")
    guard let first = pieces[Array(names.0.utf8)], let last = pieces[Array(names.1.utf8)] else {
      throw refuse("lacks \(names.0) and \(names.1)")
    }
    var literals: [(text: [UInt8], id: Int32)] = []
    for token in json["added_tokens"] as? [[String: Any]] ?? [] {
      guard let text = token["content"] as? String, let id = token["id"] as? Int, !text.isEmpty,
        let id = Int32(exactly: id)
      else { throw refuse("describes an added token in no known way") }
      literals.append((Array(text.utf8), id))
    }
    let normalizer = json["normalizer"] as? [String: Any]
    self.pieces = pieces
    self.unknown = unknown
    self.first = first
    self.last = last
    self.literals = literals.sorted { $0.text.count > $1.text.count }
    lowercases = normalizer?["lowercase"] as? Bool ?? true
  }

  /// The tokens of a text between the first and last token, cut to `limit` in all.
  ///
  /// - Parameter keepsEnd: Whether to cut at the left.
  func tokens(of text: String, limit: Int, keepsEnd: Bool = false) -> [Int32] {
    let room = max(0, limit - 2)
    // Cutting at the right needs no more of a long text than the tokens kept.
    let all = pieces(of: text, atMost: keepsEnd ? .max : room)
    return [first] + (keepsEnd ? all.suffix(room) : all.prefix(room)) + [last]
  }

  private func pieces(of text: String, atMost limit: Int) -> [Int32] {
    var result: [Int32] = []
    let bytes = Array(text.utf8)
    var start = 0
    var position = 0
    // Special tokens written out in the text are recognised before anything else.
    while position < bytes.count && result.count < limit {
      if let literal = literals.first(where: { bytes[position...].starts(with: $0.text) }) {
        addWords(of: bytes[start..<position], to: &result, limit)
        result.append(literal.id)
        position += literal.text.count
        start = position
      } else {
        position += 1
      }
    }
    if result.count < limit { addWords(of: bytes[start...], to: &result, limit) }
    return result
  }

  private func addWords(of bytes: ArraySlice<UInt8>, to result: inout [Int32], _ limit: Int) {
    guard !bytes.isEmpty else { return }
    var word: [Unicode.Scalar] = []
    func close() {
      if !word.isEmpty { addPieces(of: word, to: &result) }
      word.removeAll(keepingCapacity: true)
    }
    for scalar in normalised(String(decoding: bytes, as: UTF8.self)) {
      if scalar.properties.isWhitespace {
        close()
      } else if Self.isPunctuation(scalar) {
        close()
        word.append(scalar)
        close()
      } else {
        word.append(scalar)
      }
      if result.count >= limit { return }
    }
    close()
  }

  private func normalised(_ text: String) -> [Unicode.Scalar] {
    var cleaned = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if scalar == "\t" || scalar == "\n" || scalar == "\r" || scalar.properties.isWhitespace {
        cleaned.append(" ")
      } else if scalar == "\u{0}" || scalar == "\u{FFFD}" || Self.isControl(scalar) {
        continue
      } else if Self.isChinese(scalar) {
        cleaned.append(contentsOf: [" ", scalar, " "])
      } else {
        cleaned.append(scalar)
      }
    }
    guard lowercases else { return Array(cleaned) }
    var result: [Unicode.Scalar] = []
    for scalar in String(cleaned).decomposedStringWithCanonicalMapping.unicodeScalars
    where scalar.properties.generalCategory != .nonspacingMark {
      if scalar.isASCII {
        result.append(
          ("A"..."Z").contains(scalar)
            ? Unicode.Scalar(UInt8(scalar.value) + 32) : scalar)
      } else {
        result.append(contentsOf: scalar.properties.lowercaseMapping.unicodeScalars)
      }
    }
    return result
  }

  private func addPieces(of word: [Unicode.Scalar], to result: inout [Int32]) {
    guard word.count <= Self.longestWord else {
      result.append(unknown)
      return
    }
    var bytes: [UInt8] = []
    var ends: [Int] = []
    for scalar in word {
      bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
      ends.append(bytes.count)
    }
    var found: [Int32] = []
    var start = 0
    var index = 0
    while index < ends.count {
      let prefix: [UInt8] = start == 0 ? [] : [35, 35]
      guard
        let stop = (index..<ends.count).reversed().first(where: {
          pieces[prefix + bytes[start..<ends[$0]]] != nil
        }), let piece = pieces[prefix + bytes[start..<ends[stop]]]
      else {
        result.append(unknown)
        return
      }
      found.append(piece)
      start = ends[stop]
      index = stop + 1
    }
    result.append(contentsOf: found)
  }

  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .unassigned, .privateUse, .surrogate: true
    default: false
    }
  }

  private static func isPunctuation(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 33...47, 58...64, 91...96, 123...126: return true
    default: break
    }
    switch scalar.properties.generalCategory {
    case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation,
      .initialPunctuation, .finalPunctuation, .otherPunctuation:
      return true
    default: return false
    }
  }

  /// The CJK blocks that BERT sets apart, as its authors list them.
  private static func isChinese(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x4E00...0x9FFF, 0x3400...0x4DBF, 0x20000...0x2A6DF, 0x2A700...0x2B73F,
      0x2B740...0x2B81F, 0x2B820...0x2CEAF, 0xF900...0xFAFF, 0x2F800...0x2FA1F:
      true
    default: false
    }
  }
}
