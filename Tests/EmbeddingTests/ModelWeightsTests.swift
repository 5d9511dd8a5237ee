import Foundation
import Loopback
import Matrices
import Prompts
import Testing

@testable import Embedding

@Suite("Weights of a network")
struct ModelWeightsTests {
  private let texts = ["", "a", "a b ab", "x x x x x x x x x x x x", "b a"]

  @Test("weights in several files, in an older form of names and in none that is read")
  func weights() throws {
    try withFolder { folder in
      try SentenceEncoderTests.write(folder)
      let expected = try SentenceEncoder(directory: folder.path)
      let vectors = try expected.features(of: texts, view: .head)
      let whole = folder.appendingPathComponent("model.safetensors")
      let parts = try Self.parted(Array(Data(contentsOf: whole)))
      for (name, bytes) in parts.files {
        try Data(bytes).write(to: folder.appendingPathComponent(name))
      }
      let index = folder.appendingPathComponent("model.safetensors.index.json")
      try Data(parts.index.utf8).write(to: index)
      try FileManager.default.removeItem(at: whole)
      let encoder = try SentenceEncoder(directory: folder.path)
      #expect(try encoder.features(of: texts, view: .head) == vectors)

      try FileManager.default.removeItem(
        at: folder.appendingPathComponent("model-00002-of-00002.safetensors"))
      let sentences = [
        "lacks model-00002-of-00002.safetensors, a part of its weights that "
          + "model.safetensors.index.json lists. Get the model again with `routerbench models pull`.",
        "has no model.safetensors, the only kind of weights that is read. Get the model again with "
          + "`routerbench models pull`.",
        "has its weights in pytorch_model.bin only, a pickle, which is not read; needed is "
          + "model.safetensors. Convert it once with transformers: AutoModel.from_pretrained(folder)"
          + ".save_pretrained(folder, safe_serialization=True).",
      ]
      for (place, sentence) in sentences.enumerated() {
        if place == 1 { try FileManager.default.removeItem(at: index) }
        if place == 2 { try Data().write(to: folder.appendingPathComponent("pytorch_model.bin")) }
        #expect(throws: EmbeddingError("\(folder.path) \(sentence)")) {
          try SentenceEncoder(directory: folder.path)
        }
      }
      for (text, found) in [
        ("{}", "lists no weights"), (#"{"weight_map": {}}"#, "lists no weights"),
        (
          #"{"weight_map": {"a": "../b.safetensors"}}"#,
          "lists weights in a file with an impossible name"
        ),
        (#"{"weight_map": {"a": "b.bin"}}"#, "lists weights in a file with an impossible name"),
      ] {
        try Data(text.utf8).write(to: index)
        #expect(
          throws: EmbeddingError(
            "\(index.path) \(found). Fetch the model again, or choose another encoder.")
        ) { try SentenceEncoder(directory: folder.path) }
      }
    }
  }

  /// Two files of the tensors of one, and their index.
  static func parted(
    _ whole: [UInt8]
  ) throws -> (files: [(String, [UInt8])], index: String) {
    let length = whole[..<8].reversed().reduce(0) { $0 << 8 | Int($1) }
    let header = try #require(ModelJSON(Data(whole[8..<(8 + length)])))
    var entries: [[String]] = [[], []]
    var data: [[UInt8]] = [[], []]
    var map: [String] = []
    let names = (1...2).map { "model-0000\($0)-of-00002.safetensors" }
    for (place, member) in (header.members ?? []).enumerated() {
      let part = place % 2
      let offsets = (member.value["data_offsets"]?.items ?? []).compactMap(\.integer)
      let start = data[part].count
      data[part] += whole[(8 + length + offsets[0])..<(8 + length + offsets[1])]
      entries[part].append(
        "\"\(member.key)\": {\"dtype\": \"F32\", \"shape\": \(member.value["shape"]?.written ?? ""), "
          + "\"data_offsets\": [\(start), \(data[part].count)]}")
      map.append("\"\(member.key)\": \"\(names[part])\"")
    }
    let files = (0..<2).map { part in
      let header = Array("{\(entries[part].joined(separator: ", "))}".utf8)
      return (
        names[part], withUnsafeBytes(of: UInt64(header.count)) { Array($0) } + header + data[part]
      )
    }
    return (files, "{\"weight_map\": {\(map.joined(separator: ", "))}}")
  }

  @Test("names of layer norms as TensorFlow has them, and a prefix of any name, are found")
  func names() throws {
    try withFolder { folder in
      try SentenceEncoderTests.write(folder)
      let vectors = try SentenceEncoder(directory: folder.path).features(of: texts, view: .head)
      let whole = MadeModel.weights()
      let length = Int(whole[0]) + Int(whole[1]) << 8
      let header = String(decoding: whole[8..<(8 + length)], as: UTF8.self)
      for prefix in ["bert.", "model.", "0.auto_model."] {
        let changed = header.replacingOccurrences(of: "LayerNorm.weight", with: "LayerNorm.gamma")
          .replacingOccurrences(of: "LayerNorm.bias", with: "LayerNorm.beta")
          .replacingOccurrences(of: "\"embeddings.", with: "\"\(prefix)embeddings.")
          .replacingOccurrences(of: "\"encoder.", with: "\"\(prefix)encoder.")
        let bytes = withUnsafeBytes(of: UInt64(changed.utf8.count)) { Array($0) }
        try SentenceEncoderTests.write(
          folder, weights: bytes + Array(changed.utf8) + whole[(8 + length)...])
        let encoder = try SentenceEncoder(directory: folder.path)
        #expect(try encoder.features(of: texts, view: .head) == vectors)
      }
    }
  }
}
