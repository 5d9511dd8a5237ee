public import Evaluation
import Files
import Foundation

/// Single prompts of an evaluation, to be searched in its page: answers, scores, costs, and what each
/// router predicted and chose.
///
/// `sample.json` holds them beside `report.json`, so that the page can be made again. They are prompts
/// of the first split's test part, and a sample of them where there are many.
public struct PromptSamples: Sendable, Hashable, Codable {
  /// The version of this layout; readers refuse what they do not know.
  public static let currentSchema = 1
  /// The characters of a prompt or an answer that are kept.
  public static let textLimit = 4_000

  /// What one model did with a prompt.
  public struct Answer: Sendable, Hashable, Codable {
    /// The answer; nil where it was not recorded.
    public let text: String?
    /// The recorded quality.
    public let quality: Double
    /// The recorded cost.
    public let cost: Double
  }

  /// What a router does over a stretch of its kept parameters.
  public struct Choice: Sendable, Hashable, Codable {
    /// The first kept parameter; nil for a router without one.
    public let from: Parameter?
    /// The last.
    public let through: Parameter?
    /// The model, or a plan of several in a few words.
    public let plan: String
    /// The quality that follows, in expectation.
    public let quality: Double
    /// The cost that follows, in expectation.
    public let cost: Double
  }

  /// One router on one prompt.
  public struct Routing: Sendable, Hashable, Codable {
    /// The router's name.
    public let system: String
    /// What it does, in order of the parameter.
    public let choices: [Choice]
    /// The quality it predicts of each model; nil for a router that predicts none.
    public let predictedQuality: [Double]?
    /// The cost it reckons with for each model.
    public let predictedCost: [Double]?
  }

  /// One prompt.
  public struct Sample: Sendable, Hashable, Codable {
    /// Its identifier.
    public let id: String
    /// The task that it belongs to.
    public let task: String
    /// Its text, as a reader should see it.
    public let prompt: String
    /// One answer a model, in the report's order.
    public let answers: [Answer]
    /// One entry a router.
    public let routing: [Routing]
  }

  /// The layout's version.
  public let schema: Int
  /// The seed of the split.
  public let seed: UInt64
  /// How many test prompts the split has, of which these are a sample or all.
  public let tested: Int
  /// Texts that were cut short.
  public let cut: Int
  /// The prompts.
  public let samples: [Sample]

  /// Makes samples of the current layout.
  public init(seed: UInt64, tested: Int, cut: Int, samples: [Sample]) {
    schema = Self.currentSchema
    self.seed = seed
    self.tested = tested
    self.cut = cut
    self.samples = samples
  }

  /// Reads samples.
  ///
  /// - Throws: `ReportingError` when the file holds no samples or has another schema.
  public static func read(_ path: String) throws -> PromptSamples {
    let bytes = try MappedFile(path: path).withUnsafeBytes { [UInt8]($0) }
    return try SchemaCheck.decode(
      PromptSamples.self, from: bytes, path: path, kind: "sample", known: currentSchema)
  }

  /// The file's bytes: equal for equal samples.
  func encoded() -> [UInt8] {
    var writer = JSONWriter()
    write(to: &writer)
    writer.finish()
    return writer.take()
  }

  func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("cut", cut)
      writer.key("samples")
      writer.array(samples) { writer, sample in
        writer.object { writer in
          writer.key("answers")
          writer.array(sample.answers) { writer, answer in
            writer.object(inline: true) {
              $0.field("cost", answer.cost)
              $0.field("quality", answer.quality)
              $0.field("text", answer.text)
            }
          }
          writer.field("id", sample.id)
          writer.field("prompt", sample.prompt)
          writer.key("routing")
          writer.array(sample.routing) { Self.write($1, to: &$0) }
          writer.field("task", sample.task)
        }
      }
      writer.field("schema", schema)
      writer.field("seed", seed)
      writer.field("tested", tested)
    }
  }

  private static func write(_ routing: Routing, to writer: inout JSONWriter) {
    writer.object(inline: true) { writer in
      writer.key("choices")
      writer.array(routing.choices) { writer, choice in
        writer.object {
          $0.field("cost", choice.cost)
          if choice.from != nil {
            $0.key("from")
            PagePayload.write(choice.from, to: &$0)
          }
          $0.field("plan", choice.plan)
          $0.field("quality", choice.quality)
          if choice.through != nil {
            $0.key("through")
            PagePayload.write(choice.through, to: &$0)
          }
        }
      }
      if let cost = routing.predictedCost {
        writer.key("predictedCost")
        writer.array(cost) { $0.value($1) }
      }
      if let quality = routing.predictedQuality {
        writer.key("predictedQuality")
        writer.array(quality) { $0.value($1) }
      }
      writer.field("system", routing.system)
    }
  }
}
