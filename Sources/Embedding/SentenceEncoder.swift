import Files
import Foundation
public import Matrices
public import Parallelism
public import Prompts

/// A sentence encoder from a model directory as sentence-transformers lays one out.
///
/// BERT, DistilBERT, MPNet and RoBERTa with the pooling, prompt and other modules that the directory
/// asks for. Each sequence is passed through alone and without padding, so its bits depend neither on
/// its batch nor on the threads.
public struct SentenceEncoder: PromptEncoder {
  /// The directory's name, the precision where it is not that of the weights, and a hash of both.
  public let identity: String
  /// How many tokens of a text are read, with the first and last special token.
  public let longestSequence: Int
  /// What is put before every text, by the model's own wish.
  public let prompt: String
  private let promptLength: Int
  private let tokenizer: TokenPipeline
  private let model: TransformerEncoder
  private let pooling: Pooling
  private let head: SentenceHead

  /// Reads a model directory.
  ///
  /// - Parameter precision: What its layers multiply.
  /// - Throws: A sentence that names the file that is missing or not as needed.
  public init(directory: String, precision: EncoderPrecision = .float32) throws {
    let folder = ModelFolder(directory)
    guard folder.has("modules.json") || folder.has("config.json") else {
      throw folder.incomplete("it has no config.json.")
    }
    let layout = try SentenceLayout(directory: directory, has: folder.has, bytes: folder.bytes)
    let network = folder.part(layout.network)
    let settings = try network.bytes("config.json")
    let configuration = try TransformerConfiguration(
      settings, path: network.directory + "/config.json")
    let weights = try ModelWeights(folder: network.directory, has: network.has)
    model = try TransformerEncoder(configuration, weights, precision: precision)
    pooling = layout.pooling
    head = try SentenceHead(
      layout.head, width: configuration.width * pooling.modes.count, keeps: layout.keptWidth,
      directory: directory, has: folder.has)
    let list = try TokenizerFolder(
      directory: network.directory, wishes: layout.wishes, lowercases: layout.lowercases,
      has: network.has, bytes: network.bytes)
    tokenizer = list.tokenizer
    guard tokenizer.size <= model.vocabularySize else {
      throw EmbeddingError(
        "\(list.path) has \(tokenizer.size) tokens and the model vectors for "
          + "\(model.vocabularySize); they do not match. Fetch the model again.")
    }
    let limit =
      layout.longestSequence
      ?? min(list.settings.longestSequence ?? .max, configuration.positions)
    longestSequence = min(limit, model.longestSequence)
    guard longestSequence >= 3, longestSequence > tokenizer.endCount else {
      throw EmbeddingError("\(directory) reads \(longestSequence) tokens; at least 3 are needed.")
    }
    prompt = layout.prompt
    promptLength = Self.length(of: prompt, tokenizer, limit: longestSequence)
    // All that decides a vector is hashed, not the weights alone: a cache outlives an edited file.
    var digest = SHA256()
    weights.eachFile { digest.update($0) }
    digest.update(list.content)
    digest.update(Array(settings))
    let isScaled = layout.head == [.normalize]
    digest.update(Array("\(longestSequence) \(isScaled) \(model.revision)".utf8))
    digest.update(layout.signature + head.content)
    let suffix = precision == .float32 ? "" : ":\(precision.rawValue)"
    digest.update(Array(suffix.utf8))
    identity = "\(folder.name)\(suffix)@\(digest.hexadecimal.prefix(16))"
  }

  /// The tokens of a prompt and of those before it, as sentence-transformers counts them.
  private static func length(of prompt: String, _ tokenizer: TokenPipeline, limit: Int) -> Int {
    if prompt.isEmpty { return 0 }
    let tokens = tokenizer.tokens(of: prompt, limit: limit)
    return tokens.count - (tokens.last.map { tokenizer.marks.contains($0) } == true ? 1 : 0)
  }

  /// The width of a feature vector.
  public var dimensions: Int { head.width }

  /// The tokens of a text as the model reads them, special tokens included.
  public func tokens(of text: String, keepsEnd: Bool = false) -> [Int32] {
    if prompt.isEmpty || !keepsEnd {
      return tokenizer.tokens(of: prompt + text, limit: longestSequence, keepsEnd: keepsEnd)
    }
    // The prompt stays where a text is cut at its start.
    let all = tokenizer.tokens(of: prompt + text, limit: .max, keepsEnd: true)
    let kept = min(promptLength, longestSequence)
    return all.count <= longestSequence
      ? all : Array(all.prefix(kept) + all.suffix(longestSequence - kept))
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
        vector(of: sequences[part[$0]], threads: each)
      }
      for (position, vector) in made.enumerated() { vectors[part[position]] = vector }
    }
    progress?(order.count, order.count)
    return vectors
  }

  private func vector(of tokens: [Int32], threads: Threads) -> [Float] {
    head.vector(
      pooling.pooled(
        model.states(of: tokens, threads: threads), width: model.configuration.width,
        promptLength: promptLength))
  }
}

extension SentenceLayout {
  /// What is not as in the plainest folder, for the hash that names the encoder.
  fileprivate var signature: [UInt8] {
    var parts: [String] = []
    if pooling.modes != [.mean] {
      parts.append("pooling \(pooling.modes.map(\.rawValue).joined(separator: ","))")
    }
    if !prompt.isEmpty {
      parts.append("prompt \(prompt.utf8.count) \(prompt) \(pooling.includesPrompt)")
    }
    if let keptWidth { parts.append("width \(keptWidth)") }
    if head != [.normalize], !head.isEmpty {
      parts.append(
        "head "
          + head.map { module in
            switch module {
            case .normalize: "normalize"
            case .dense: "dense"
            case .layerNorm: "norm"
            }
          }.joined(separator: ","))
    }
    return Array(parts.joined(separator: " ").utf8)
  }
}
