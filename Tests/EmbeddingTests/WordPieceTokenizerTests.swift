import Foundation
import Testing

@testable import Embedding

@Suite("Word pieces")
struct WordPieceTokenizerTests {
  static let words = [
    "[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "a", "b", "ab", "##a", "##b", "##ab", "cafe",
    "i", "##i", "ss", "!", "'", "-", "\u{4e2d}", "\u{2014}", "\u{3ba}", "\u{1112}", "##\u{1161}",
    "##\u{11ab}", "##\u{903}", "\u{905}", "$", "1", "##1", "x",
  ]

  static func tokenizer() throws -> WordPieceTokenizer {
    try WordPieceTokenizer(
      vocabulary: Data(words.joined(separator: "\n").utf8), path: "vocab.txt")
  }

  /// What Hugging Face's tokenizers 0.23.3 gives for the same vocabulary.
  @Test(
    "tokens equal those of the fast tokenizers",
    arguments: [
      ("", []), ("a", [5]), ("  a \t b\r\n", [5, 6]), ("CAFÉ cafe\u{301}", [11, 11]),
      ("aab abab ba", [5, 10, 7, 10, 6, 8]),
      ("a\u{b}b a\u{85}b a\u{200b}b a\u{0}b a\u{fffd}b a\u{e000}b", [7, 7, 7, 7, 7, 7]),
      ("a\u{378}b", [1]), ("a\u{2028}b a\u{a0}b a\u{3000}b", [5, 6, 5, 6, 5, 6]),
      ("a\u{4e2d}b", [5, 18, 6]), ("a\u{2b820}b a\u{2b920}b", [1, 5, 1, 6]),
      ("a!b 'a-b'\u{2014}", [5, 15, 6, 16, 5, 17, 6, 16, 19]), ("İ I", [12, 12]),
      ("ß SS", [1, 14]), ("[MASK]a[SEP][CLS]", [4, 5, 3, 2]), ("[mask]", [1, 1, 1]),
      (String(repeating: "a", count: 100), [5] + [Int32](repeating: 8, count: 99)),
      (String(repeating: "a", count: 101), [1]), ("\u{d55c}", [21, 22, 23]),
      ("\u{905}\u{903}", [25, 24]), ("$1 €1", [26, 27, 1]), ("a🙂b x", [1, 29]),
    ] as [(String, [Int32])])
  func golden(text: String, expected: [Int32]) throws {
    #expect(try Self.tokenizer().tokens(of: text, limit: 1000) == [2] + expected + [3])
  }

  @Test("long texts are cut at the right, or at the left where the end is kept")
  func cuts() throws {
    let tokenizer = try Self.tokenizer()
    #expect(tokenizer.tokens(of: "a b a b x", limit: 5) == [2, 5, 6, 5, 3])
    #expect(tokenizer.tokens(of: "a b a b x", limit: 5, keepsEnd: true) == [2, 5, 6, 29, 3])
    #expect(tokenizer.tokens(of: "abab", limit: 3) == [2, 7, 3])
  }

  @Test(
    "vocabularies that cannot be used are refused in a sentence",
    arguments: [
      ("{}", "holds no vocabulary"), ("[", "holds no vocabulary"),
      (#"{"model": {"type": "BPE", "vocab": {}}}"#, "is of the kind BPE"),
      (#"{"model": {"vocab": {"[UNK]": -1}}}"#, "numbers a piece -1"),
      (#"{"model": {"vocab": {"a": 0}}}"#, "lacks its unknown token [UNK]"),
      (#"{"model": {"vocab": {"[UNK]": 0}}}"#, "lacks [CLS] and [SEP]"),
      (#"{"model": {"vocab": {"[UNK]": 0, "<s>": 1}}}"#, "lacks <s> and </s>"),
      (#"{"model": {"vocab": {"[UNK]": 99999999999}}}"#, "holds no vocabulary"),
    ])
  func refusals(json: String, found: String) {
    #expect(
      throws: EmbeddingError(
        "t.json \(found); a WordPiece tokenizer was needed. Fetch the model again.")
    ) {
      try WordPieceTokenizer(tokenizerJSON: Data(json.utf8), path: "t.json")
    }
  }

  @Test("no mutation of a tokenizer.json crashes the reader")
  func mutations() {
    let json = """
      {"added_tokens": [{"id": 3, "content": "[SEP]", "normalized": false}], "normalizer": \
      {"lowercase": true, "strip_accents": null}, "model": {"type": "WordPiece", "unk_token": \
      "[UNK]", "vocab": {"[UNK]": 0, "[CLS]": 1, "[SEP]": 3, "a": 2, "##b": 4}}}
      """
    mutate(Array(json.utf8), times: 3000) { bytes in
      let read = try? WordPieceTokenizer(tokenizerJSON: Data(bytes), path: "t.json")
      _ = read?.tokens(of: "ab [SEP] é", limit: 8)
      let lines = try? WordPieceTokenizer(vocabulary: Data(bytes), path: "v.txt")
      _ = lines?.tokens(of: "ab [SEP] é", limit: 8)
    }
  }
}
