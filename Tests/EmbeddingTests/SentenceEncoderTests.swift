import Foundation
import Loopback
import Matrices
import Parallelism
import Prompts
import Testing

@testable import Embedding

@Suite("Sentence encoders from a small folder")
struct SentenceEncoderTests {
  private static func write(
    _ folder: URL, changing: [String: String] = [:], weights: [UInt8] = MadeModel.weights()
  ) throws {
    var files = [
      "config.json": MadeModel.config, "modules.json": MadeModel.modules,
      "sentence_bert_config.json": #"{"max_seq_length": 10}"#,
      "1_Pooling/config.json": #"{"pooling_mode_mean_tokens": true}"#,
      "vocab.txt": WordPieceTokenizerTests.words.joined(separator: "\n"),
    ]
    for (name, text) in changing { files[name] = text }
    try FileManager.default.createDirectory(
      at: folder.appendingPathComponent("1_Pooling"), withIntermediateDirectories: true)
    for (name, text) in files {
      try Data(text.utf8).write(to: folder.appendingPathComponent(name))
    }
    try Data(weights).write(to: folder.appendingPathComponent("model.safetensors"))
  }

  private let texts = [
    "", "a", "a b ab", "x x x x x x x x x x x x", "x x x x x x x x x x x", "b a",
  ]

  @Test(
    "weights in halves give the bits of the same weights in singles", arguments: ["F16", "BF16"])
  func types(type: String) throws {
    try withFolder { folder in
      try Self.write(folder)
      let singles = try SentenceEncoder(directory: folder.path)
      let expected = try singles.features(of: texts, view: .head)
      #expect(singles.longestSequence == 10)
      #expect(singles.distinctSequences(of: texts, view: .head) == 5)
      for row in 0..<texts.count {
        let length = expected[row: row].map { $0 * $0 }.reduce(0, +)
        #expect(abs(length - 1) < 1e-5)
      }
      try Self.write(folder, weights: MadeModel.weights(type: type))
      let halves = try SentenceEncoder(directory: folder.path)
      #expect(try halves.features(of: texts, view: .head) == expected)
      #expect(halves.identity != singles.identity)
    }
  }

  @Test("without a Normalize module vectors keep their length")
  func unscaled() throws {
    try withFolder { folder in
      try Self.write(folder)
      let scaled = try SentenceEncoder(directory: folder.path)
      let two = MadeModel.modules.replacingOccurrences(
        of: #", {"path": "2_Normalize", "type": "sentence_transformers.models.Normalize"}"#,
        with: "")
      try Self.write(folder, changing: ["modules.json": two])
      let plain = try SentenceEncoder(directory: folder.path)
      #expect(plain.identity != scaled.identity)
      let vector = try plain.features(of: ["a b"], view: .head)[row: 0]
      let length = vector.map { $0 * $0 }.reduce(0, +).squareRoot()
      #expect(abs(length - 1) > 1e-3)
      let unit = try scaled.features(of: ["a b"], view: .head)[row: 0]
      for (a, b) in zip(vector, unit) { #expect(abs(a / length - b) < 1e-6) }
    }
  }

  @Test(
    "a folder that is no such model is refused in a sentence",
    arguments: [
      (
        "1_Pooling/config.json", #"{"pooling_mode_cls_token": true}"#,
        "does not pool by the mean, the only way known here."
      ),
      (
        "modules.json", #"[{"path": "2_Dense", "type": "sentence_transformers.models.Dense"}]"#,
        "has a module of the type sentence_transformers.models.Dense; only Transformer, Pooling and Normalize are known."
      ),
      (
        "modules.json", #"[{"path": "../x", "type": "m.Pooling"}]"#,
        "keeps its pooling outside of the folder; fetch it again."
      ),
      (
        "config.json", MadeModel.config.replacingOccurrences(of: "\"gelu\"", with: "\"relu\""),
        "The model's activation is relu; only gelu is known."
      ),
      (
        "config.json", MadeModel.config.replacingOccurrences(of: "heads\": 2", with: "heads\": 3"),
        "The model's config.json gives 8 dimensions to 3 heads; they must divide evenly."
      ),
      (
        "config.json",
        MadeModel.config.replacingOccurrences(
          of: "size\": 16", with: "size\": 4611686018427387904"),
        "The model's config.json has impossible sizes; fetch it again."
      ),
      (
        "config.json", MadeModel.config.replacingOccurrences(of: "size\": 16", with: "size\": 17"),
        "The tensor encoder.layer.0.intermediate.dense.weight is 16 x 8; config.json asks for 17 x 8."
      ),
      (
        "sentence_bert_config.json", #"{"max_seq_length": -1}"#,
        "reads -1 tokens; at least 3 are needed."
      ),
      (
        "vocab.txt", WordPieceTokenizerTests.words.joined(separator: "\n") + "\nextra",
        "vocab.txt has 31 tokens and the model vectors for 30; they do not match. Fetch the model again."
      ),
    ])
  func refusals(file: String, text: String, sentence: String) throws {
    try withFolder { folder in
      try Self.write(folder, changing: [file: text])
      #expect {
        _ = try SentenceEncoder(directory: folder.path)
      } throws: {
        "\($0)".hasSuffix(sentence)
      }
    }
  }

  @Test("no mutation of the weights' header or of config.json crashes the reader")
  func mutations() throws {
    let whole = MadeModel.weights()
    let header = Int(whole[0]) + Int(whole[1]) << 8 + 8
    try withFolder { folder in
      try Self.write(folder)
      let weights = folder.appendingPathComponent("model.safetensors")
      try mutate(Array(whole.prefix(header)), times: 300) { bytes in
        try Data(bytes + whole[header...]).write(to: weights)
        _ = try? SentenceEncoder(directory: folder.path).features(of: texts, view: .head)
      }
      try Data(whole).write(to: weights)
      for (name, text) in [("config.json", MadeModel.config), ("modules.json", MadeModel.modules)] {
        try mutate(Array(text.utf8), times: 300) { bytes in
          try Data(bytes).write(to: folder.appendingPathComponent(name))
          _ = try? SentenceEncoder(directory: folder.path).features(of: texts, view: .head)
        }
        try Data(text.utf8).write(to: folder.appendingPathComponent(name))
      }
    }
  }
}
