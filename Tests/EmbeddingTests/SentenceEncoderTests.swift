import Foundation
import Loopback
import Matrices
import Parallelism
import Prompts
import Testing

@testable import Embedding

@Suite("Sentence encoders from a small folder")
struct SentenceEncoderTests {
  static func write(
    _ folder: URL, changing: [String: String] = [:], weights: [UInt8] = MadeModel.weights()
  ) throws {
    var files = [
      "config.json": MadeModel.config, "modules.json": MadeModel.modules,
      "sentence_bert_config.json": #"{"max_seq_length": 10}"#,
      "1_Pooling/config.json": #"{"pooling_mode_mean_tokens": true}"#,
      "vocab.txt": WordPiecesTests.words.joined(separator: "\n"),
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
        "modules.json", #"[{"path": "../x", "type": "m.Pooling"}]"#,
        "keeps a module outside of the folder; fetch it again."
      ),
      (
        "config.json", MadeModel.config.replacingOccurrences(of: "heads\": 2", with: "heads\": 3"),
        "config.json gives 8 dimensions to 3 heads, which must divide evenly. Fetch the model again, "
          + "or choose another encoder."
      ),
      (
        "config.json",
        MadeModel.config.replacingOccurrences(
          of: "size\": 16", with: "size\": 4611686018427387904"),
        "config.json has impossible sizes. Fetch the model again, or choose another encoder."
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
        "vocab.txt", WordPiecesTests.words.joined(separator: "\n") + "\nextra",
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

  /// `modules.json` with other modules behind the first.
  private static func modules(_ types: String...) -> String {
    let first = #"{"path": "", "type": "sentence_transformers.models.Transformer"}"#
    return
      "[\(([first] + types.map { #"{"path": "1_Pooling", "type": "\#($0)"}"# }).joined(separator: ", "))]"
  }

  private static func config(_ changes: String) -> String {
    String(MadeModel.config.dropLast()) + ", \(changes)}"
  }

  private static let ours = "sentence_transformers.models."

  @Test(
    "what is not built is refused by its name, with the file that asks for it",
    arguments: [
      ("modules.json", modules("custom_st.Pooling"), "a module of the type custom_st.Pooling"),
      ("modules.json", modules(ours + "WordWeights"), "a module of the type \(ours)WordWeights"),
      ("modules.json", modules(ours + "Asym"), "a module of the type \(ours)Asym"),
      ("modules.json", modules(ours + "LSTM"), "a module of the type \(ours)LSTM"),
      (
        "modules.json", modules(ours + "WeightedLayerPooling"),
        "a module of the type \(ours)WeightedLayerPooling"
      ),
      ("modules.json", modules(ours + "Normalize"), "the module Normalize before any Pooling"),
      (
        "modules.json", modules(ours + "Pooling", ours + "Pooling"),
        "the module Pooling behind a Pooling"
      ),
      (
        "modules.json", #"[{"path": "", "type": "\#(ours)StaticEmbedding"}]"#,
        "a module of the type \(ours)StaticEmbedding"
      ),
      (
        "modules.json", #"[{"path": "", "type": "\#(ours)Normalize"}]"#,
        "Normalize as the first module"
      ),
      ("1_Pooling/config.json", #"{"pooling_mode": "attention"}"#, #"pooling by "attention""#),
      ("1_Pooling/config.json", #"{"pooling_mode": ["mean", "first"]}"#, #"pooling by "first""#),
      ("1_Pooling/config.json", #"{"pooling_mode_top_tokens": true}"#, "pooling_mode_top_tokens"),
      ("config.json", config(#""hidden_act": "mish""#), #"the activation "mish""#),
      (
        "config.json", config(#""position_embedding_type": "relative_key""#),
        #"positions of the type "relative_key""#
      ),
      ("config.json", config(#""is_decoder": true"#), "is_decoder"),
      (
        "config.json", config(#""architectures": ["JinaBertForMaskedLM"]"#),
        #"the architecture "JinaBertForMaskedLM""#
      ),
    ]
      + ["modernbert", "nomic_bert", "new", "qwen3", "xlnet", "albert", "t5", "deberta-v2"].map {
        ("config.json", config(#""model_type": "\#($0)""#), #"the model type "\#($0)""#)
      } + [
        (
          "config_sentence_transformers.json", #"{"model_type": "SparseEncoder"}"#,
          #"the kind of encoder "SparseEncoder""#
        ),
        (
          "sentence_bert_config.json", #"{"transformer_task": "text-generation"}"#,
          #"the task "text-generation""#
        ),
        (
          "sentence_bert_config.json", #"{"config_args": {"num_hidden_layers": 1}}"#,
          "num_hidden_layers in its config_args"
        ),
        (
          "tokenizer_config.json", #"{"tokenizer_class": "BertJapaneseTokenizer"}"#,
          "the class BertJapaneseTokenizer, which tokenizer_config.json names"
        ),
      ])
  func unsupported(file: String, text: String, what: String) throws {
    try withFolder { folder in
      try Self.write(folder, changing: [file: text])
      let named = file == "tokenizer_config.json" ? "vocab.txt" : file
      #expect {
        _ = try SentenceEncoder(directory: folder.path)
      } throws: { error in
        "\(error)".hasPrefix("\(folder.path)/\(named) asks for \(what), which is not supported; ")
          && "\(error)".hasSuffix(
            ". Choose another encoder, or give vectors of this one with --features.")
      }
    }
  }

  @Test(
    "files that are damaged or contradict each other are refused in a sentence",
    arguments: [
      ("modules.json", "{}", "is no list of modules"),
      ("modules.json", "[]", "is no list of modules"),
      ("modules.json", "[{}]", "has a module without a path or a type"),
      ("modules.json", modules(), "names no Pooling module"),
      ("1_Pooling/config.json", "[", "is no JSON object"),
      ("1_Pooling/config.json", #"{"pooling_mode": []}"#, "names no pooling"),
      ("config.json", "{}", "names no model_type"),
      ("config.json", config(#""hidden_size": "8""#), "has a hidden_size that is no whole number"),
      ("tokenizer_config.json", "[]", "is no JSON object"),
      (
        "config_sentence_transformers.json",
        #"{"prompts": {"query": "q: ", "passage": "p: "}, "default_prompt_name": "other"}"#,
        #"has no prompt "other", its default_prompt_name; it has: query, passage"#
      ),
    ])
  func damaged(file: String, text: String, found: String) throws {
    try withFolder { folder in
      try Self.write(folder, changing: [file: text])
      #expect(
        throws: EmbeddingError(
          "\(folder.path)/\(file) \(found). Fetch the model again, or choose another encoder.")
      ) { try SentenceEncoder(directory: folder.path) }
    }
  }

  @Test(
    "a network in a folder of its own is found, and a prompt stays where a text is cut at its start"
  )
  func ownFolder() throws {
    try withFolder { folder in
      try Self.write(folder)
      let vectors = try SentenceEncoder(directory: folder.path).features(of: texts, view: .head)
      let inner = folder.appendingPathComponent("0_Transformer")
      try FileManager.default.createDirectory(at: inner, withIntermediateDirectories: true)
      for name in ["config.json", "sentence_bert_config.json", "vocab.txt", "model.safetensors"] {
        try FileManager.default.moveItem(
          at: folder.appendingPathComponent(name), to: inner.appendingPathComponent(name))
      }
      let modules = MadeModel.modules.replacingOccurrences(
        of: #"{"path": """#, with: #"{"path": "0_Transformer""#)
      try Data(modules.utf8).write(to: folder.appendingPathComponent("modules.json"))
      #expect(
        try SentenceEncoder(directory: folder.path).features(of: texts, view: .head) == vectors)

      try Data(#"{"prompts": {"q": "b ab"}, "default_prompt_name": "q"}"#.utf8).write(
        to: folder.appendingPathComponent("config_sentence_transformers.json"))
      let prompted = try SentenceEncoder(directory: folder.path)
      let text = " a a a a a a a i i i"
      #expect(prompted.tokens(of: text) == [2, 6, 7, 5, 5, 5, 5, 5, 5, 3])
      #expect(prompted.tokens(of: text, keepsEnd: true) == [2, 6, 7, 5, 5, 5, 12, 12, 12, 3])
      #expect(prompted.tokens(of: " i", keepsEnd: true) == [2, 6, 7, 12, 3])
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
      for (name, text) in [
        ("config.json", MadeModel.config), ("modules.json", MadeModel.modules),
        ("1_Pooling/config.json", #"{"pooling_mode": ["mean", "cls"], "include_prompt": false}"#),
        (
          "config_sentence_transformers.json",
          #"{"prompts": {"q": "a b "}, "default_prompt_name": "q", "truncate_dim": 4}"#
        ),
        (
          "tokenizer_config.json",
          #"{"do_lower_case": false, "model_max_length": 9, "cls_token": {"content": "[CLS]"}}"#
        ),
      ] {
        try mutate(Array(text.utf8), times: 300) { bytes in
          try Data(bytes).write(to: folder.appendingPathComponent(name))
          _ = try? SentenceEncoder(directory: folder.path).features(of: texts, view: .head)
        }
        try Data(text.utf8).write(to: folder.appendingPathComponent(name))
      }
    }
  }
}
