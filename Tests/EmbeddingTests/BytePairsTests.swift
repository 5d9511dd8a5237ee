import Foundation
import Testing

@testable import Embedding

@Suite("Byte-level byte pairs")
struct BytePairsTests {
  /// A file of the letters a to d and the space, with the parts that a case changes.
  private static func file(
    vocab: String = #""ab": 8, "abc": 9, "Ġa": 10, "bc": 11"#,
    merges: String = #"["Ġ a", "a b", "b c", "ab c"]"#, model: String = "",
    added: String = #"{"id": 12, "content": "<mask>", "lstrip": true}"#, rest: String = "",
    ends: String = #""post_processor": {"type": "RobertaProcessing"},"#
  ) -> Data {
    Data(
      """
      {"added_tokens": [{"id": 1, "content": "</s>"}, \(added)], \(rest) \
      "pre_tokenizer": {"type": "ByteLevel", "add_prefix_space": false}, \(ends) \
      "model": {\(model) "vocab": {"<s>": 0, "</s>": 1, "<unk>": 2, "a": 3, "b": 4, "c": 5, "d": 6, \
      "Ġ": 7, \(vocab)}, "merges": \(merges)}}
      """.utf8)
  }

  private static func tokens(_ text: String, _ data: Data = file()) throws -> [Int32] {
    Array(
      try TokenPipeline(tokenizerJSON: data, path: "t.json").tokens(of: text, limit: 1000)
        .dropFirst().dropLast())
  }

  @Test("the text is cut as GPT-2's pattern cuts it")
  func words() {
    for (text, expected) in [
      ("", []), ("a b", ["a", " b"]), ("a  b", ["a", " ", " b"]), ("a\n b", ["a", "\n", " b"]),
      ("a \nb", ["a", " ", "\n", "b"]), ("a  ", ["a", "  "]), ("it's 'S", ["it", "'s", " '", "S"]),
      ("we'll've'd'm're't", ["we", "'ll", "'ve", "'d", "'m", "'re", "'t"]),
      ("'l 'r 'v'", ["'", "l", " '", "r", " '", "v", "'"]), ("!'s", ["!'", "s"]),
      ("a1½Ⅷ٣.b", ["a", "1½Ⅷ٣", ".", "b"]), ("e\u{301}a", ["e", "\u{301}", "a"]),
      ("a\u{85}\u{a0} b", ["a", "\u{85}\u{a0}", " b"]), ("\u{200b}a", ["\u{200b}", "a"]),
      // A letter of Unicode 17 is a sign to tables that end with 16.
      ("a\u{323b0}", ["a", "\u{323b0}"]), ("a\u{31350}", ["a\u{31350}"]),
    ] {
      let found = ByteLevelWords(Array(text.unicodeScalars)[...]).map { word in
        String(String.UnicodeScalarView(word))
      }
      #expect(found.map { Array($0.utf8) } == expected.map { Array($0.utf8) }, "\(text)")
    }
  }

  @Test("each byte has its own printable character")
  func alphabet() {
    #expect(Set(ByteAlphabet.characters).count == 256)
    for (byte, scalar) in [(0, "\u{100}"), (0x20, "Ġ"), (0x21, "!"), (0x7F, "ġ"), (0xAD, "Ń")]
      as [(Int, Unicode.Scalar)]
    { #expect(ByteAlphabet.characters[byte] == scalar) }
  }

  @Test("the most urgent merge comes first, and the leftmost of equal ones")
  func merges() throws {
    #expect(try Self.tokens("abc ab") == [9, 10, 4])
    #expect(try Self.tokens("bcabcc") == [11, 9, 5])
    #expect(try Self.tokens("abc", Self.file(merges: #"[["b", "c"], ["a", "b"]]"#)) == [3, 11])
    let runs = Self.file(vocab: #""aa": 8, "aaaa": 9"#, merges: #"["a a", "aa aa"]"#)
    #expect(try Self.tokens("aaaaaaa", runs) == [9, 8, 3])
  }

  @Test("a word of a million bytes is merged in a moment")
  func longWord() throws {
    let data = Self.file(vocab: #""aa": 8, "aaaa": 9"#, merges: #"["a a", "aa aa"]"#)
    let tokenizer = try TokenPipeline(tokenizerJSON: data, path: "t.json")
    let text = String(repeating: "a", count: 1_000_000)
    #expect(tokenizer.tokens(of: text, limit: .max).count == 250_002)
    #expect(tokenizer.tokens(of: text, limit: 5, keepsEnd: true) == [0, 9, 9, 9, 1])
  }

  @Test("bytes without a token are left out, or become the unknown token, alone or together")
  func unknown() throws {
    #expect(try Self.tokens("axyb") == [8])
    #expect(try Self.tokens("axyb", Self.file(model: #""unk_token": "<unk>","#)) == [3, 2, 2, 4])
    #expect(
      try Self.tokens("axyb", Self.file(model: #""unk_token": "<unk>", "fuse_unk": true,"#))
        == [3, 2, 4])
  }

  @Test("tokens written out in a text take the white space and leave the words that they should")
  func literals() throws {
    #expect(try Self.tokens("a</s>b") == [3, 1, 4])
    #expect(try Self.tokens("a \u{a0}\n<mask> b<mask><mask>") == [3, 12, 7, 4, 12, 12])
    let right = #"{"id": 12, "content": "dd", "rstrip": true, "normalized": true}"#
    #expect(try Self.tokens("a dd  b ddd", Self.file(added: right)) == [3, 7, 12, 4, 7, 12, 6])
    let word = #"{"id": 12, "content": "dd", "single_word": true}"#
    #expect(try Self.tokens("dd add dd.", Self.file(added: word)) == [12, 10, 6, 6, 7, 12])
    let both = #"{"id": 12, "content": "dd"}, {"id": 13, "content": "dda"}"#
    #expect(try Self.tokens("dddda", Self.file(added: both)) == [12, 13])
  }

  @Test("long texts are cut at the right, or at the left where the end is kept")
  func cuts() throws {
    let tokenizer = try TokenPipeline(tokenizerJSON: Self.file(), path: "t.json")
    #expect(tokenizer.tokens(of: "a b a d", limit: 4) == [0, 3, 7, 1])
    #expect(tokenizer.tokens(of: "a b a d", limit: 4, keepsEnd: true) == [0, 7, 6, 1])
    #expect(tokenizer.tokens(of: "a", limit: 0) == [0, 1])
  }

  @Test(
    "files that cannot be used are refused in a sentence",
    arguments: [
      (file(rest: #""x": \#(String(repeating: "[", count: 99_999)), "#), "holds no tokenizer"),
      (file(merges: "{}"), "holds no merges"),
      (file(merges: #"["a"]"#), "has a merge that is not two tokens"),
      (file(merges: #"[["a", "b", "c"]]"#), "has a merge that is not two tokens"),
      (file(merges: #"["a  b"]"#), "has a merge that is not two tokens"),
      (file(merges: #"["a x"]"#), #"has the merge "a x", but no token "x""#),
      (file(merges: #"["d d"]"#), #"has the merge "d d", but no token "dd""#),
      (file(vocab: #""x": 99999999999"#), "holds no vocabulary"),
      (file(vocab: #""x": -1"#), #"numbers "x" -1"#),
      (file(vocab: #""x": 3"#), #"gives the number 3 to both "a" and "x""#),
      (file(added: #"{"id": 3, "content": "x"}"#), #"gives the number 3 to both "a" and "x""#),
      (file(added: #"{"id": 9, "content": "a"}"#), #"numbers "a" both 3 and 9"#),
      (file(model: #""unk_token": "?","#), #"lacks its unknown token "?""#),
      (
        file(ends: #""post_processor": {"type": "RobertaProcessing", "cls": ["<s>", 5]},"#),
        #"lacks its token "<s>""#
      ),
      (Data(count: (1 << 28) + 1), "has 268435457 bytes, more than the 268435456 that are read"),
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
    "what is not built is refused by its name",
    arguments: [
      (file(model: #""dropout": 0.1,"#), "dropout"),
      (file(model: #""byte_fallback": true,"#), "byte_fallback"),
      (file(model: #""end_of_word_suffix": "</w>","#), "end_of_word_suffix"),
      (file(model: #""continuing_subword_prefix": "@@","#), "continuing_subword_prefix"),
      (
        Data(#"{"model": {"vocab": {"a": 1}, "merges": []}}"#.utf8),
        "BPE without the pre-tokenizer ByteLevel"
      ),
      (
        file(
          ends:
            #""pre_tokenizer": {"type": "Sequence", "pretokenizers": [{"type": "ByteLevel"}, {"type": "Digits"}]},"#
        ),
        "steps behind ByteLevel"
      ),
    ])
  func unsupported(data: Data, what: String) {
    #expect {
      try TokenPipeline(tokenizerJSON: data, path: "t.json")
    } throws: {
      "\($0)".hasPrefix("t.json asks for \(what), which is not supported; supported: ")
    }
  }

  @Test(
    "older files that cannot be used are refused in a sentence that names the right one",
    arguments: [
      ("[", "", "vocab.json holds no vocabulary"),
      (#"{"a": 0}"#, "", #"vocab.json lacks "<s>", its cls_token"#),
      (#"{"<s>": 0, "</s>": 0}"#, "", #"vocab.json gives the number 0 to both "</s>" and "<s>""#),
      (
        #"{"<s>": 0, "</s>": 1}"#, "#version: 0.2\na b\n",
        #"merges.txt has the merge "a b", but no token "a""#
      ),
      (#"{"<s>": 0, "</s>": 1}"#, "ab", #"merges.txt has the merge "ab", which is not two tokens"#),
      (
        #"{"<s>": 0, "</s>": 1}"#, "a b\n\na b",
        #"merges.txt has the merge "", which is not two tokens"#
      ),
    ])
  func olderRefusals(vocabulary: String, merges: String, found: String) {
    #expect(
      throws: EmbeddingError(
        "\(found). Fetch the model again, or choose another encoder.")
    ) {
      try TokenPipeline(
        vocabulary: Data(vocabulary.utf8), merges: Data(merges.utf8), path: "vocab.json",
        mergesPath: "merges.txt")
    }
  }

  @Test("no mutation of a file crashes the reader")
  func mutations() {
    let text = "abc ab <mask> é\u{323b0} 's </s>"
    mutate(Array(Self.file()), times: 3000) { bytes in
      let data = Data(bytes)
      let read = try? TokenPipeline(tokenizerJSON: data, path: "t.json")
      _ = read?.tokens(of: text, limit: 8)
    }
    let vocabulary = #"{"<s>": 0, "</s>": 1, "a": 2, "b": 3, "ab": 4}"#
    mutate(Array("#version: 0.2\na b\n".utf8), times: 1000) { bytes in
      let read = try? TokenPipeline(
        vocabulary: Data(vocabulary.utf8), merges: Data(bytes), path: "v.json", mergesPath: "m.txt")
      _ = read?.tokens(of: text, limit: 8)
    }
  }
}
