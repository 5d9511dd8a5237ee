import Foundation
import Testing

@testable import Embedding

@Suite("Word pieces")
struct WordPiecesTests {
  static let words = [
    "[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "a", "b", "ab", "##a", "##b", "##ab", "cafe",
    "i", "##i", "ss", "!", "'", "-", "\u{4e2d}", "\u{2014}", "\u{3ba}", "\u{1112}", "##\u{1161}",
    "##\u{11ab}", "##\u{903}", "\u{905}", "$", "1", "##1", "x",
  ]

  static func tokenizer() throws -> TokenPipeline {
    try TokenPipeline(
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

  /// A `tokenizer.json` around a model.
  private static func file(_ model: String, rest: String = "") -> Data {
    Data(#"{\#(rest)"model": {\#(model)}}"#.utf8)
  }

  private static let known = #""type": "WordPiece", "vocab": {"[UNK]": 0, "[CLS]": 1, "a": 2}"#

  @Test(
    "files that cannot be used are refused in a sentence",
    arguments: [
      (Data("{}".utf8), "holds no tokenizer"), (Data("[".utf8), "holds no tokenizer"),
      (Data(String(repeating: "[", count: 100_000).utf8), "holds no tokenizer"),
      (file("\"vocab\": []"), "holds no vocabulary"),
      (file(#""vocab": {"[UNK]": -1}"#), #"numbers "[UNK]" -1"#),
      (file(#""vocab": {"a": 0}"#), #"lacks its unknown token "[UNK]""#),
      (file(#""vocab": {"[UNK]": 99999999999}"#), "holds no vocabulary"),
      (file(#""vocab": {"[UNK]": 0.5}"#), "holds no vocabulary"),
      (
        file(known, rest: #""added_tokens": [{"id": 2, "content": "[CLS]"}], "#),
        #"numbers "[CLS]" both 1 and 2"#
      ),
      (
        file(known, rest: #""added_tokens": [{"id": 2}], "#),
        "has an added token without a number or a text"
      ),
      (file(known, rest: #""normalizer": {}, "#), "has a normalizer without a type"),
      (
        file(known, rest: #""post_processor": {"type": "BertProcessing", "cls": ["[CLS]", 0]}, "#),
        #"lacks its token "[CLS]""#
      ),
      (
        file(known, rest: #""post_processor": {"type": "BertProcessing", "cls": ["[CLS]", 1]}, "#),
        #"lacks its token "</s>""#
      ),
      (
        file(known, rest: #""post_processor": {"type": "TemplateProcessing"}, "#),
        "has a TemplateProcessing without its list 'single'"
      ),
      (
        file(
          known,
          rest:
            #""post_processor": {"type": "TemplateProcessing", "single": [{"SpecialToken": {"id": "x"}}]}, "#
        ),
        #"lacks its token "x""#
      ),
    ])
  func refusals(data: Data, found: String) {
    #expect(
      throws: EmbeddingError(
        "t.json \(found). Fetch the model again, or choose another encoder.")
    ) {
      try TokenPipeline(tokenizerJSON: data, path: "t.json")
    }
  }

  @Test(
    "what is not built is refused by its name, with what is",
    arguments: [
      (file(#""type": "Unigram", "vocab": [["a", 0]]"#), "the model Unigram", "byte-level BPE"),
      (
        file(known, rest: #""normalizer": {"type": "Nmt"}, "#), "the normalizer Nmt", "and Sequence"
      ),
      (
        file(known, rest: #""normalizer": {"type": "Precompiled", "precompiled_charsmap": ""}, "#),
        "the normalizer Precompiled", "and Sequence"
      ),
      (
        file(
          known,
          rest: #""normalizer": {"type": "Sequence", "normalizers": [{"type": "ByteLevel"}]}, "#),
        "the normalizer ByteLevel", "and Sequence"
      ),
      (
        file(
          known,
          rest:
            #""normalizer": {"type": "Replace", "pattern": {"Regex": "(a|b)+"}, "content": ""}, "#),
        #"the regular expression "(a|b)+""#, "and GPT-2's"
      ),
      (
        file(known, rest: #""pre_tokenizer": {"type": "Metaspace"}, "#),
        "the pre-tokenizer Metaspace", "and Sequence"
      ),
      (
        file(known, rest: #""pre_tokenizer": {"type": "UnicodeScripts"}, "#),
        "the pre-tokenizer UnicodeScripts", "and Sequence"
      ),
      (
        file(known, rest: #""pre_tokenizer": {"type": "ByteLevel"}, "#),
        "the pre-tokenizer ByteLevel with a model WordPiece", "and Sequence"
      ),
      (
        file(known, rest: #""post_processor": {"type": "Other"}, "#), "the post-processor Other",
        "and Sequence"
      ),
      (
        file(
          known,
          rest:
            #""post_processor": {"type": "TemplateProcessing", "single": [{"Sequence": {"id": "A", "type_id": 1}}]}, "#
        ),
        "tokens of type 1", "and Sequence"
      ),
      (
        file(known, rest: #""post_processor": {"type": "TemplateProcessing", "single": []}, "#),
        "a template with 0 sequences", "and Sequence"
      ),
    ])
  func unsupported(data: Data, what: String, known: String) {
    #expect {
      try TokenPipeline(tokenizerJSON: data, path: "t.json")
    } throws: { error in
      "\(error)".hasPrefix("t.json asks for \(what), which is not supported; supported: ")
        && "\(error)".hasSuffix(
          "\(known). Choose another encoder, or give vectors of this one with --features.")
    }
  }

  /// Settings for use win over those that the tokens were saved with, as in transformers.
  @Test(
    "tokenizer_config.json wins over BERT's own normalizer where it speaks, in BERT's classes",
    arguments: [
      ("{}", [5, 6]), (#"{"do_lower_case": true}"#, [5, 5]),
      (#"{"do_lower_case": false, "strip_accents": true}"#, [5, 7]),
      (#"{"tokenizer_class": "BertTokenizerFast", "do_lower_case": true}"#, [5, 5]),
      (#"{"tokenizer_class": "MPNetTokenizer", "do_lower_case": true}"#, [5, 5]),
      (#"{"tokenizer_class": "PreTrainedTokenizerFast", "do_lower_case": true}"#, [5, 6]),
    ] as [(String, [Int32])])
  func settings(text: String, expected: [Int32]) throws {
    let settings = try TokenizerSettings(
      fault: { ModelFault(path: $0) }, has: { $0 == "tokenizer_config.json" },
      bytes: { _ in Data(text.utf8) })
    let file = Self.file(
      #""vocab": {"[UNK]": 0, "e": 5, "\u00c9": 6, "E": 7, "\u00e9": 5}"#,
      rest:
        #""normalizer": {"type": "BertNormalizer", "lowercase": false, "strip_accents": false}, "pre_tokenizer": {"type": "BertPreTokenizer"}, "#
    )
    let plain = try TokenPipeline(tokenizerJSON: file, settings: settings, path: "t.json")
    #expect(plain.tokens(of: "e \u{c9}", limit: 9) == expected)
  }

  @Test("canonically equal tokens are two tokens, as in the file")
  func canonicalEquivalents() throws {
    let file = Self.file(
      #""type": "WordPiece", "vocab": {"[UNK]": 0, "\u2126": 1, "\u03a9": 2, "\u00e9": 3, "e\u0301": 4}"#
    )
    let tokenizer = try TokenPipeline(tokenizerJSON: file, path: "t.json")
    let texts = ["\u{2126}", "\u{3a9}", "\u{e9}", "e\u{301}"]
    #expect(texts.map { tokenizer.tokens(of: $0, limit: 9) } == [[1], [2], [3], [4]])
  }

  @Test("no mutation of a tokenizer.json crashes the reader")
  func mutations() {
    let json = """
      {"added_tokens": [{"id": 3, "content": "[SEP]", "normalized": false}], "normalizer": \
      {"type": "BertNormalizer", "lowercase": true, "strip_accents": null}, "pre_tokenizer": {"type": \
      "BertPreTokenizer"}, "model": {"type": "WordPiece", "unk_token": \
      "[UNK]", "vocab": {"[UNK]": 0, "[CLS]": 1, "[SEP]": 3, "a": 2, "##b": 4}}}
      """
    mutate(Array(json.utf8), times: 3000) { bytes in
      let read = try? TokenPipeline(tokenizerJSON: Data(bytes), path: "t.json")
      _ = read?.tokens(of: "ab [SEP] é", limit: 8)
      let lines = try? TokenPipeline(vocabulary: Data(bytes), path: "v.txt")
      _ = lines?.tokens(of: "ab [SEP] é", limit: 8)
    }
  }
}
