import Embedding
import Foundation
import Matrices
import Prompts

extension FuzzTarget {
  /// A `tokenizer.json` beside weights that are right; what can be read must give tokens and vectors.
  static let tokenizers = folder(
    "tokenizers", file: "tokenizer.json",
    made: [
      """
      {"normalizer": {"type": "Sequence", "normalizers": [{"type": "NFD"}, {"type": "Lowercase"}, \
      {"type": "Replace", "pattern": {"Regex": "\\\\s+"}, "content": " "}]}, "pre_tokenizer": {"type": \
      "Split", "pattern": {"String": " "}, "behavior": "MergedWithNext", "invert": false}, \
      "post_processor": {"type": "TemplateProcessing", "single": [{"Sequence": {"id": "A", "type_id": \
      0}}, {"SpecialToken": {"id": "e", "type_id": 0}}], "special_tokens": {"e": {"ids": [1]}}}, \
      "added_tokens": [{"id": 2, "content": "<m>", "lstrip": true}], "model": {"type": "WordPiece", \
      "vocab": {"[UNK]": 0, "e": 1, "a": 3, "##b": 4}}}
      """
    ])

  /// A Pooling's settings beside weights that are right.
  static let poolings = folder(
    "poolings", file: "1_Pooling/config.json",
    made: [
      #"{"pooling_mode": ["mean", "lasttoken"], "include_prompt": false}"#,
      #"{"pooling_mode_cls_token": true, "pooling_mode_max_tokens": true}"#,
    ])

  private static func folder(_ name: String, file: String, made: [String]) -> FuzzTarget {
    let files = FileManager.default
    let folder = files.temporaryDirectory.path + "/fuzz-\(getpid())-\(name)"
    return FuzzTarget(name, made: { made.map { Array($0.utf8) } }) { bytes in
      if !files.fileExists(atPath: folder) {
        try files.copyItem(atPath: "Tests/EmbeddingTests/Fixtures/tiny-bert-l12", toPath: folder)
      }
      try Data(bytes).write(to: URL(fileURLWithPath: folder + "/" + file))
      let encoder = try SentenceEncoder(directory: folder)
      let texts = ["", "a  b <m>", "é\u{301} ab\u{0}"]
      let vectors = try encoder.features(of: texts, view: .tail)
      precondition(vectors.rows == texts.count, "A text has no vector.")
    }
  }
}
