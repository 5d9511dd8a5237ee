import Foundation
import Matrices
import Parallelism
import Prompts
import Testing

@testable import Embedding

@Suite("Sentence encoders against golden vectors")
struct GoldenEncoderTests {
  private struct Tokens: Decodable {
    let max_seq_length: Int
    let texts: [String]
    let token_ids: [[Int32]]
  }

  /// The model's directory, or nil with a notice.
  static func directory(_ name: String) -> String? {
    let environment = ProcessInfo.processInfo.environment
    let cache = environment["XDG_CACHE_HOME"] ?? NSHomeDirectory() + "/.cache"
    let models = environment["ROUTERBENCH_MODELS"] ?? cache + "/routerbench/models"
    let path = "\(models)/\(name)"
    if FileManager.default.fileExists(atPath: path + "/model.safetensors") { return path }
    print("skipped: needs the model \(name); `make models` fetches it")
    return nil
  }

  private static func golden(_ name: String) -> URL? {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let url = root.appendingPathComponent("shared/golden/\(name)")
    if FileManager.default.fileExists(atPath: url.path) { return url }
    print("skipped: needs ../shared/golden/\(name)")
    return nil
  }

  @Test(
    "tokens are equal, vectors within 2e-5", arguments: ["all-MiniLM-L6-v2", "all-mpnet-base-v2"])
  func golden(name: String) throws {
    guard let directory = Self.directory(name), let file = Self.golden("\(name).tokens.json"),
      let vectors = Self.golden("\(name).embeddings.npy")
    else { return }
    let encoder = try SentenceEncoder(directory: directory)
    let tokens = try JSONDecoder().decode(Tokens.self, from: Data(contentsOf: file))
    #expect(tokens.texts.count == 64)
    #expect(encoder.longestSequence == tokens.max_seq_length)
    for (text, expected) in zip(tokens.texts, tokens.token_ids) {
      #expect(encoder.tokens(of: text) == expected, "\(text.debugDescription.prefix(80))")
    }
    let golden = try FeatureFile.read(vectors.path)
    let ours = try encoder.features(
      of: tokens.texts, view: .head, threads: Threads(2), progress: nil)
    #expect(ours.rows == golden.rows && ours.columns == golden.columns)
    for row in 0..<ours.rows {
      var dot = 0.0
      var worst: Float = 0
      for (a, b) in zip(ours[row: row], golden[row: row]) {
        dot += Double(a) * Double(b)
        worst = max(worst, abs(a - b))
      }
      #expect(worst <= 2e-5, "text \(row)")
      #expect(dot >= 0.99999, "text \(row)")
    }
  }

  @Test(
    "bfloat16 keeps vectors within a cosine of 0.9999, under another identity",
    arguments: ["all-MiniLM-L6-v2", "all-mpnet-base-v2"])
  func rounded(name: String) throws {
    guard let directory = Self.directory(name), let file = Self.golden("\(name).tokens.json"),
      let vectors = Self.golden("\(name).embeddings.npy")
    else { return }
    let encoder = try SentenceEncoder(directory: directory, precision: .bfloat16)
    #expect(encoder.identity.hasPrefix("\(name):bfloat16@"))
    let texts = try JSONDecoder().decode(Tokens.self, from: Data(contentsOf: file)).texts
    let golden = try FeatureFile.read(vectors.path)
    let ours = try encoder.features(of: texts, view: .head, threads: Threads(2), progress: nil)
    #expect(ours.rows == golden.rows)
    let cosines = (0..<ours.rows).map { row in
      zip(ours[row: row], golden[row: row]).reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
    }
    #expect(cosines.allSatisfy { $0 > 0.9999 }, "\(cosines.min() ?? 0)")
    #expect(cosines.contains { $0 < 0.999_999 }, "nothing was rounded")
  }

  @Test(
    "a prompt alone, in a batch and on other threads gets the same bits",
    arguments: EncoderPrecision.allCases)
  func batches(precision: EncoderPrecision) throws {
    guard let directory = Self.directory("all-MiniLM-L6-v2") else { return }
    let encoder = try SentenceEncoder(directory: directory, precision: precision)
    let prompts = (0..<40).map { String(repeating: "word \($0) ", count: 1 + $0 % 13) } + [""]
    let together = try encoder.features(
      of: prompts + prompts, view: .question, threads: Threads(2), progress: nil)
    #expect(
      together
        == (try encoder.features(
          of: prompts + prompts, view: .question, threads: Threads(5), progress: nil)))
    for (row, prompt) in prompts.enumerated() {
      let alone = try encoder.features(
        of: [prompt], view: .question, threads: Threads(1), progress: nil)
      #expect(alone[row: 0] == together[row: row])
      #expect(alone[row: 0] == together[row: row + prompts.count])
    }
  }
}
