import Foundation
import Matrices
import Parallelism
import Prompts
import Testing

@testable import Embedding

/// The small models beside these tests; `Fixtures/make_tiny_models.py` made them.
enum TinyModel {
  struct Expected: Decodable {
    let max_seq_length: Int
    let texts: [String]
    let token_ids: [[Int32]]
    let token_ids_with_prefix_space: [[Int32]]?
    let vectors: [[Float]]
  }

  private static let fixtures = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Fixtures")

  static func folder(_ name: String) -> URL { fixtures.appendingPathComponent(name) }

  static func expected(_ name: String) throws -> Expected {
    let file = fixtures.appendingPathComponent("\(name).expected.json")
    return try JSONDecoder().decode(Expected.self, from: Data(contentsOf: file))
  }

  /// Gives `body` a copy of a model's folder that it may change.
  static func withCopy(_ name: String, _ body: (URL) throws -> Void) throws {
    try withFolder { folder in
      let copy = folder.appendingPathComponent(name)
      try FileManager.default.copyItem(at: self.folder(name), to: copy)
      try body(copy)
    }
  }
}

@Suite("Tiny models against what the original programs give")
struct TinyModelTests {
  @Test("tokens are equal, vectors within 2e-5", arguments: ["tiny-roberta", "tiny-bert-l12"])
  func golden(name: String) throws {
    let expected = try TinyModel.expected(name)
    let encoder = try SentenceEncoder(directory: TinyModel.folder(name).path)
    #expect(encoder.longestSequence == expected.max_seq_length)
    #expect(expected.texts.count > 40)
    for (text, ids) in zip(expected.texts, expected.token_ids) {
      #expect(encoder.tokens(of: text) == ids, "\(text.debugDescription.prefix(80))")
    }
    let ours = try encoder.features(
      of: expected.texts, view: .head, threads: Threads(2), progress: nil)
    for (row, vector) in expected.vectors.enumerated() {
      #expect(ours[row: row].count == vector.count)
      let worst = zip(ours[row: row], vector).map { abs($0 - $1) }.max() ?? .infinity
      #expect(worst <= 2e-5, "\(expected.texts[row].debugDescription.prefix(80))")
    }
  }

  @Test("a list of merges beside the vocabulary gives the tokens of tokenizer.json")
  func olderFiles() throws {
    let expected = try TinyModel.expected("tiny-roberta")
    try TinyModel.withCopy("tiny-roberta") { folder in
      try FileManager.default.removeItem(at: folder.appendingPathComponent("tokenizer.json"))
      let encoder = try SentenceEncoder(directory: folder.path)
      for (text, ids) in zip(expected.texts, expected.token_ids) {
        #expect(encoder.tokens(of: text) == ids, "\(text.debugDescription.prefix(80))")
      }
    }
  }

  @Test("a space is put before texts where tokenizer_config.json says so")
  func prefixSpace() throws {
    let expected = try TinyModel.expected("tiny-roberta")
    let plain = try SentenceEncoder(directory: TinyModel.folder("tiny-roberta").path)
    for removed in [[], ["tokenizer.json"]] {
      try TinyModel.withCopy("tiny-roberta") { folder in
        for name in removed {
          try FileManager.default.removeItem(at: folder.appendingPathComponent(name))
        }
        try Data(#"{"add_prefix_space": true}"#.utf8).write(
          to: folder.appendingPathComponent("tokenizer_config.json"))
        let encoder = try SentenceEncoder(directory: folder.path)
        #expect(encoder.identity != plain.identity)
        for (text, ids) in zip(expected.texts, expected.token_ids_with_prefix_space ?? []) {
          #expect(encoder.tokens(of: text) == ids, "\(text.debugDescription.prefix(80))")
        }
      }
    }
  }

  @Test("tensors that keep the prefix of their class are found")
  func prefixedTensors() throws {
    let texts = ["The router answers.", "<pad>"]
    let expected = try SentenceEncoder(directory: TinyModel.folder("tiny-roberta").path)
      .features(of: texts, view: .head)
    try TinyModel.withCopy("tiny-roberta") { folder in
      let file = folder.appendingPathComponent("model.safetensors")
      let bytes = Array(try Data(contentsOf: file))
      let length = bytes[..<8].reversed().reduce(0) { $0 << 8 | Int($1) }
      let header = String(decoding: bytes[8..<(8 + length)], as: UTF8.self)
        .replacingOccurrences(of: "\"embeddings.", with: "\"roberta.embeddings.")
        .replacingOccurrences(of: "\"encoder.", with: "\"roberta.encoder.")
      #expect(header.contains("\"roberta.encoder.layer.1."))
      let size = withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian) { Array($0) }
      try Data(size + Array(header.utf8) + bytes[(8 + length)...]).write(to: file)
      let encoder = try SentenceEncoder(directory: folder.path)
      #expect(try encoder.features(of: texts, view: .head) == expected)
    }
  }

  @Test(
    "a folder that asks for what is not done here is refused in a sentence",
    arguments: [
      (
        "\"pad_token_id\": 1", "\"pad_token_id\": -1",
        "has the impossible padding token -1. Fetch the model again, or choose another encoder."
      ),
      ("\"pad_token_id\": 1", "\"pad_token_id\": 66", "padding token 66; fetch it again."),
      (
        "\"pad_token_id\": 1", "\"pad_token_id\": \(Int.max)",
        "has the impossible padding token \(Int.max). Fetch the model again, or choose another encoder."
      ),
      (
        "\"roberta\"", "\"bart\"",
        "asks for the model type \"bart\", which is not supported; supported: bert, camembert, "
          + "distilbert, mpnet, roberta and xlm-roberta. Choose another encoder, or give vectors of "
          + "this one with --features."
      ),
    ])
  func refusals(old: String, new: String, sentence: String) throws {
    try TinyModel.withCopy("tiny-roberta") { folder in
      let file = folder.appendingPathComponent("config.json")
      let text = String(decoding: try Data(contentsOf: file), as: UTF8.self)
      try Data(text.replacingOccurrences(of: old, with: new).utf8).write(to: file)
      #expect {
        _ = try SentenceEncoder(directory: folder.path)
      } throws: {
        "\($0)".hasSuffix(sentence)
      }
    }
  }

  @Test("texts are lowercased where the folder asks for it, but for tokens written out")
  func lowercasing() throws {
    let plain = try SentenceEncoder(directory: TinyModel.folder("tiny-roberta").path)
    try TinyModel.withCopy("tiny-roberta") { folder in
      try Data(#"{"max_seq_length": 64, "do_lower_case": true}"#.utf8).write(
        to: folder.appendingPathComponent("sentence_bert_config.json"))
      let encoder = try SentenceEncoder(directory: folder.path)
      #expect(encoder.identity != plain.identity)
      #expect(encoder.tokens(of: "The ÉTÉ <mask> I") == plain.tokens(of: "the été <mask> i"))
    }
  }

  @Test("no mutation of a configuration or of the tokens crashes the reader")
  func mutations() throws {
    try TinyModel.withCopy("tiny-roberta") { folder in
      for name in ["config.json", "tokenizer_config.json", "tokenizer.json"] {
        let file = folder.appendingPathComponent(name)
        let whole = try Data(contentsOf: file)
        try mutate(Array(whole), times: 150) { bytes in
          try Data(bytes).write(to: file)
          let encoder = try? SentenceEncoder(directory: folder.path)
          _ = try? encoder?.features(of: ["a <pad> <mask> router"], view: .head)
        }
        try whole.write(to: file)
      }
    }
  }
}
