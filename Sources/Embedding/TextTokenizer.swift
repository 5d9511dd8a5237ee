import Foundation

/// What turns a text into the numbers that a network reads.
protocol TextTokenizer: Sendable {
  /// One more than the greatest token.
  var size: Int { get }

  /// The tokens of a text between the first and last token, cut to `limit` in all.
  ///
  /// - Parameter keepsEnd: Whether to cut at the left.
  func tokens(of text: String, limit: Int, keepsEnd: Bool) -> [Int32]
}

/// A model directory's tokenizer, of whichever kind its files are.
struct TokenizerFolder {
  let tokenizer: any TextTokenizer
  /// The file that holds the tokens, for sentences about it.
  let path: String
  /// All that was read, for the hash that names the encoder.
  let content: [UInt8]

  /// Reads `tokenizer.json`, or without it `vocab.txt`, or `vocab.json` with `merges.txt`.
  init(directory: String, has: (String) -> Bool, bytes: (String) throws -> Data) throws {
    func place(_ name: String) -> String {
      URL(fileURLWithPath: directory).appendingPathComponent(name).path
    }
    /// Settings for use win over those that the tokens were saved with.
    func asksForSpace() throws -> Bool? {
      let settings = "tokenizer_config.json"
      guard has(settings) else { return nil }
      return try JSONDecoder().decode(Settings.self, from: bytes(settings)).add_prefix_space
    }
    func note(_ asked: Bool?) -> [UInt8] {
      asked.map { Array("add_prefix_space \($0)".utf8) } ?? []
    }
    if has("tokenizer.json") {
      let data = try bytes("tokenizer.json")
      path = place("tokenizer.json")
      guard ByteLevelTokenizerFile.isBytePair(data) else {
        tokenizer = try WordPieceTokenizer(tokenizerJSON: data, path: path)
        content = Array(data)
        return
      }
      let asked = try asksForSpace()
      tokenizer = try ByteLevelBPETokenizer(
        tokenizerJSON: data, addsPrefixSpace: asked, path: path)
      content = Array(data) + note(asked)
    } else if !has("vocab.txt"), has("vocab.json") {
      let (vocabulary, merges) = (try bytes("vocab.json"), try bytes("merges.txt"))
      let asked = try asksForSpace()
      path = place("vocab.json")
      tokenizer = try ByteLevelBPETokenizer(
        vocabulary: vocabulary, merges: merges, addsPrefixSpace: asked ?? false, path: path,
        mergesPath: place("merges.txt"))
      content = Array(vocabulary) + Array(merges) + note(asked)
    } else {
      let data = try bytes("vocab.txt")
      path = place("vocab.txt")
      tokenizer = try WordPieceTokenizer(vocabulary: data, path: path)
      content = Array(data)
    }
  }

  private struct Settings: Decodable { let add_prefix_space: Bool? }
}
