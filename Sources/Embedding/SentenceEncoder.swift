import Files
import Foundation
public import Matrices
public import Parallelism
public import Prompts

/// A sentence encoder from a model directory as sentence-transformers lays one out.
///
/// `BertModel`, `MPNetModel` and `RobertaModel` with mean pooling. Each sequence is passed
/// through alone and without padding, so its bits depend neither on its batch nor on the threads.
public struct SentenceEncoder: PromptEncoder {
  /// The directory's name, the precision where it is not that of the weights, and a hash of both.
  public let identity: String
  /// How many tokens of a text are read, with the first and last special token.
  public let longestSequence: Int
  private let tokenizer: any TextTokenizer
  private let model: TransformerEncoder

  /// Reads a model directory.
  ///
  /// - Parameter precision: What its layers multiply.
  /// - Throws: A sentence that names the file that is missing or not as needed.
  public init(directory: String, precision: EncoderPrecision = .float32) throws {
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
    func has(_ name: String) -> Bool {
      FileManager.default.fileExists(atPath: folder.appendingPathComponent(name).path)
    }
    let configuration: TransformerEncoder.Configuration
    let layout: SentenceLayout
    do {
      configuration = try JSONDecoder().decode(
        TransformerEncoder.Configuration.self, from: try bytes("config.json"))
      layout = try SentenceLayout(directory: directory, has: has, bytes: bytes)
    } catch let error as DecodingError {
      throw EmbeddingError(
        "\(directory) has a configuration that cannot be read (\(error)); BertModel, MPNetModel "
          + "and RobertaModel are known.")
    }
    let weights = try MappedFile(path: folder.appendingPathComponent("model.safetensors").path)
    model = try TransformerEncoder(
      configuration, try Safetensors(weights), scalesToLength1: layout.scalesToLength1,
      precision: precision)
    let list = try TokenizerFolder(directory: directory, has: has, bytes: bytes)
    tokenizer = list.tokenizer
    // A vocabulary of words lowercases by its own normaliser.
    guard !layout.lowercases || tokenizer is WordPieceTokenizer else {
      throw EmbeddingError(
        "\(directory) asks for lowercased texts (do_lower_case), which is known with WordPiece only."
      )
    }
    guard tokenizer.size <= model.vocabularySize else {
      throw EmbeddingError(
        "\(list.path) has \(tokenizer.size) tokens and the model vectors for "
          + "\(model.vocabularySize); they do not match. Fetch the model again.")
    }
    longestSequence = min(layout.longestSequence ?? .max, model.longestSequence)
    guard longestSequence >= 3 else {
      throw EmbeddingError("\(directory) reads \(longestSequence) tokens; at least 3 are needed.")
    }
    // All that decides a vector is hashed, not the weights alone: a cache outlives an edited file.
    var digest = SHA256()
    weights.withUnsafeBytes { digest.update($0) }
    digest.update(list.content)
    digest.update(Array(try bytes("config.json")))
    digest.update(Array("\(longestSequence) \(layout.scalesToLength1) \(model.revision)".utf8))
    let suffix = precision == .float32 ? "" : ":\(precision.rawValue)"
    digest.update(Array(suffix.utf8))
    identity = "\(folder.lastPathComponent)\(suffix)@\(digest.hexadecimal.prefix(16))"
  }

  /// The width of a feature vector.
  public var dimensions: Int { model.configuration.hidden_size }

  /// The tokens of a text as the model reads them, special tokens included.
  public func tokens(of text: String, keepsEnd: Bool = false) -> [Int32] {
    tokenizer.tokens(of: text, limit: longestSequence, keepsEnd: keepsEnd)
  }

  /// How many different token sequences some prompts have; no more different vectors can come of them.
  public func distinctSequences(of prompts: [String], view: PromptView) -> Int {
    Set(
      DistinctTexts(prompts).distinct.map { tokens(of: view.text(of: $0), keepsEnd: view.keepsEnd) }
    )
    .count
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
      // Threads without a sequence of their own help with the others'.
      let each = Threads(max(1, threads.count / part.count))
      let made = threads.map(count: part.count) {
        model.embedding(of: sequences[part[$0]], threads: each)
      }
      for (position, vector) in made.enumerated() { vectors[part[position]] = vector }
    }
    progress?(order.count, order.count)
    return vectors
  }
}
