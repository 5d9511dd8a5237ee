/// What finds the tokens of one word.
protocol TokenModel: Sendable {
  /// The tokens of a word, given as UTF-8.
  func tokens(of word: [UInt8]) -> [Int32]
}

/// Greedy longest pieces of words (WordPiece).
///
/// - Source: Devlin et al., "BERT", 2019; equal to Hugging Face's tokenizers.
struct WordPieces: TokenModel {
  let pieces: [[UInt8]: Int32]
  /// What pieces that continue a word begin with.
  let prefix: [UInt8]
  /// Words of more characters are unknown as a whole.
  let longestWord: Int
  let unknown: Int32

  func tokens(of word: [UInt8]) -> [Int32] {
    let length = word.lazy.filter { $0 & 0xC0 != 0x80 }.count
    if length > longestWord { return [unknown] }
    var found: [Int32] = []
    var start = 0
    while start < word.count {
      var end = word.count
      var piece: Int32?
      while end > start {
        // Pieces are cut between characters only.
        if end == word.count || word[end] & 0xC0 != 0x80 {
          piece = pieces[start == 0 ? Array(word[..<end]) : prefix + word[start..<end]]
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

/// Whole words, each a token or unknown (WordLevel).
struct WordTable: TokenModel {
  let words: [[UInt8]: Int32]
  let unknown: Int32

  func tokens(of word: [UInt8]) -> [Int32] { [words[word] ?? unknown] }
}

extension BytePairMerges: TokenModel {}

/// Byte pairs of a vocabulary whose whole words need no merges.
struct WholeWordsFirst: TokenModel {
  let words: [[UInt8]: Int32]
  let merges: BytePairMerges

  func tokens(of word: [UInt8]) -> [Int32] { words[word].map { [$0] } ?? merges.tokens(of: word) }
}
