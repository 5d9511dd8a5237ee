import Files
import Foundation
public import Matrices
public import Parallelism
public import Prompts

/// A sentence encoder from a model directory as sentence-transformers lays one out.
///
/// `BertModel` and `MPNetModel` with mean pooling and vectors of length 1. Each sequence is passed
/// through alone and without padding, so its bits depend neither on its batch nor on the threads.
public struct SentenceEncoder: PromptEncoder {
  /// The directory's name and the hash of the weights.
  public let identity: String
  /// How many tokens of a text are read, with the first and last special token.
  public let longestSequence: Int
  private let tokenizer: WordPieceTokenizer
  private let model: TransformerEncoder

  /// Reads a model directory.
  ///
  /// - Throws: A sentence that names the file that is missing or not as needed.
  public init(directory: String) throws {
    let folder = URL(fileURLWithPath: directory)
    func bytes(_ name: String) throws -> Data {
      do {
        return try MappedFile(path: folder.appendingPathComponent(name).path).withUnsafeBytes {
          Data($0)
        }
      } catch {
        throw EmbeddingError(
          "\(directory) is no complete model directory: \(error) Get the model anew with "
            + "`routerbench models pull`.")
      }
    }
    struct Limits: Decodable {
      let max_seq_length: Int
    }
    struct Pooling: Decodable {
      let pooling_mode_mean_tokens: Bool?
    }
    let configuration: TransformerEncoder.Configuration
    let limits: Limits
    do {
      configuration = try JSONDecoder().decode(
        TransformerEncoder.Configuration.self, from: try bytes("config.json"))
      limits = try JSONDecoder().decode(Limits.self, from: try bytes("sentence_bert_config.json"))
      let pooling = try JSONDecoder().decode(
        Pooling.self, from: try bytes("1_Pooling/config.json"))
      guard pooling.pooling_mode_mean_tokens == true else {
        throw EmbeddingError("\(directory) does not pool by the mean, the only way known here.")
      }
    } catch let error as DecodingError {
      throw EmbeddingError(
        "\(directory) has a configuration that cannot be read (\(error)); BertModel and MPNetModel "
          + "are known.")
    }
    let path = folder.appendingPathComponent("model.safetensors").path
    let weights = try MappedFile(path: path)
    let digest = weights.withUnsafeBytes { SHA256.hexDigest(of: $0) }
    model = try TransformerEncoder(configuration, try Safetensors(weights))
    tokenizer = try WordPieceTokenizer(
      tokenizerJSON: try bytes("tokenizer.json"),
      path: folder.appendingPathComponent("tokenizer.json").path)
    longestSequence = min(limits.max_seq_length, model.longestSequence)
    guard longestSequence >= 2 else {
      throw EmbeddingError("\(directory) reads \(longestSequence) tokens; at least 2 are needed.")
    }
    identity = "\(folder.lastPathComponent)@\(digest.prefix(16))"
  }

  /// The width of a feature vector.
  public var dimensions: Int { model.configuration.hidden_size }

  /// The tokens of a text as the model reads them, special tokens included.
  public func tokens(of text: String, keepsEnd: Bool = false) -> [Int32] {
    tokenizer.tokens(of: text, limit: longestSequence, keepsEnd: keepsEnd)
  }

  /// One vector a prompt; each distinct token sequence is passed through once.
  public func features(
    of prompts: [String], view: PromptView, threads: Threads, progress: ((Int, Int) -> Void)?
  ) throws -> Matrix {
    let texts = DistinctTexts(prompts)
    let sequences = threads.map(count: texts.distinct.count) { index in
      tokens(of: view.text(of: texts.distinct[index]), keepsEnd: view.keepsEnd)
    }
    var known: [[Int32]: Int] = [:]
    var distinct: [[Int32]] = []
    let place = sequences.map { sequence -> Int in
      if let found = known[sequence] { return found }
      known[sequence] = distinct.count
      distinct.append(sequence)
      return distinct.count - 1
    }
    guard distinct.allSatisfy({ $0.allSatisfy { Int($0) < model.vocabularySize } }) else {
      throw EmbeddingError("The tokenizer's vocabulary is larger than the model's; they do not match.")
    }
    let vectors = try embeddings(of: distinct, threads: threads, progress: progress)
    return Matrix(rows: prompts.count, columns: dimensions) { values in
      for (row, text) in texts.index.enumerated() {
        let vector = vectors[place[text]]
        for column in 0..<dimensions { values[row * dimensions + column] = vector[column] }
      }
    }
  }

  /// Passes sequences through in slices, so that progress can be told from the caller's thread.
  private func embeddings(
    of sequences: [[Int32]], threads: Threads, progress: ((Int, Int) -> Void)?
  ) throws -> [[Float]] {
    // The longest first: threads then finish together.
    let order = sequences.indices.sorted { sequences[$0].count > sequences[$1].count }
    var vectors = [[Float]](repeating: [], count: sequences.count)
    let slice = 64 * threads.count
    for start in stride(from: 0, to: order.count, by: slice) {
      progress?(start, order.count)
      let part = Array(order[start..<min(order.count, start + slice)])
      let made = threads.map(count: part.count) { model.embedding(of: sequences[part[$0]]) }
      for (position, vector) in made.enumerated() { vectors[part[position]] = vector }
    }
    progress?(order.count, order.count)
    return vectors
  }
}
