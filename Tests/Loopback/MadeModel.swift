import Parallelism

/// A sentence encoder of random weights, small enough to be made in a moment.
public enum MadeModel {
  /// Its `config.json`.
  public static let config = """
    {"model_type": "bert", "hidden_act": "gelu", "hidden_size": 8, "num_attention_heads": 2, \
    "num_hidden_layers": 1, "intermediate_size": 16, "layer_norm_eps": 1e-12, \
    "max_position_embeddings": 12}
    """

  /// Its `modules.json`.
  public static let modules = """
    [{"path": "", "type": "sentence_transformers.models.Transformer"}, \
    {"path": "1_Pooling", "type": "sentence_transformers.models.Pooling"}, \
    {"path": "2_Normalize", "type": "sentence_transformers.models.Normalize"}]
    """

  /// All its files by their paths.
  public static var files: [String: [UInt8]] {
    let words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "a", "b", "prompt"]
    let digits = (0..<10).flatMap { ["\($0)", "##\($0)"] }
    var files = [
      "config.json": config, "modules.json": modules,
      "sentence_bert_config.json": #"{"max_seq_length": 10}"#,
      "1_Pooling/config.json": #"{"pooling_mode_mean_tokens": true}"#,
      "vocab.txt": (words + digits).joined(separator: "\n"), "tokenizer_config.json": "{}",
    ].mapValues { Array($0.utf8) }
    files["model.safetensors"] = weights()
    return files
  }

  /// Its `model.safetensors`, with vectors for thirty tokens.
  ///
  /// - Parameters:
  ///   - type: `F32`, `F16` or `BF16`; all three mean the same numbers.
  ///   - seed: Other seeds give other models.
  public static func weights(type: String = "F32", seed: UInt64 = 7) -> [UInt8] {
    var generator = SeededGenerator(seed: seed)
    var shapes: [(String, [Int])] = [
      ("embeddings.word_embeddings.weight", [30, 8]),
      ("embeddings.position_embeddings.weight", [12, 8]),
      ("embeddings.token_type_embeddings.weight", [2, 8]),
      ("embeddings.LayerNorm.weight", [8]), ("embeddings.LayerNorm.bias", [8]),
    ]
    let at = "encoder.layer.0."
    for (name, rows, columns) in [
      ("attention.self.query", 8, 8), ("attention.self.key", 8, 8), ("attention.self.value", 8, 8),
      ("attention.output.dense", 8, 8), ("intermediate.dense", 16, 8), ("output.dense", 8, 16),
    ] { shapes += [(at + name + ".weight", [rows, columns]), (at + name + ".bias", [rows])] }
    for name in ["attention.output.LayerNorm", "output.LayerNorm"] {
      shapes += [(at + name + ".weight", [8]), (at + name + ".bias", [8])]
    }
    var (entries, data): ([String], [UInt8]) = ([], [])
    for (name, shape) in shapes {
      let start = data.count
      for _ in 0..<shape.reduce(1, *) {
        // Values that a half can hold exactly.
        let value = Float(generator.integer(below: 255) - 127) / 64
        switch type {
        case "F16": withUnsafeBytes(of: Float16(value).bitPattern) { data += Array($0) }
        case "BF16": withUnsafeBytes(of: UInt16(value.bitPattern >> 16)) { data += Array($0) }
        default: withUnsafeBytes(of: value) { data += Array($0) }
        }
      }
      entries.append(
        "\"\(name)\": {\"dtype\": \"\(type)\", \"shape\": \(shape), "
          + "\"data_offsets\": [\(start), \(data.count)]}")
    }
    let header = Array("{\(entries.joined(separator: ", "))}".utf8)
    return withUnsafeBytes(of: UInt64(header.count)) { Array($0) } + header + data
  }
}
