import Files
import Foundation
public import Matrices
public import Parallelism
public import Prompts
import Synchronization

/// A sentence encoder read from a folder that sentence-transformers wrote: BERT or MPNet.
///
/// Texts with equal tokens are embedded once. A text's vector has the same bits alone, among
/// others, and on any number of threads.
public struct SentenceEncoder: PromptEncoder {
  /// The folder it was read from.
  public let directory: String
  /// The folder's name and the hash of its weights and vocabulary.
  public let identity: String
  /// The most tokens of a text that are read, start and end tokens among them.
  public let longestSequence: Int
  private let tokenizer: WordPieceTokenizer
  private let network: Transformer

  /// Reads a model's folder; the weights stay in the memory map.
  public init(directory: String) throws(EmbeddingError) {
    let configuration = try ModelConfiguration(directory: directory)
    let weights = directory + "/model.safetensors"
    network = try Transformer(
      configuration: configuration, tensors: try Safetensors(path: weights))
    tokenizer = try WordPieceTokenizer(
      directory: directory, vocabularySize: configuration.vocabulary)
    longestSequence = configuration.longest
    self.directory = directory
    identity = try Self.identity(directory)
  }

  /// The number of features a prompt gets: the width of the network.
  public var dimensions: Int { network.configuration.hidden }

  /// The token ids that the network reads for a text.
  public func tokenIDs(of text: String, keepingEnd: Bool = false) -> [Int32] {
    tokenizer.encode(text, limit: longestSequence, keepingEnd: keepingEnd)
  }

  /// How many different token sequences some prompts have: the most different vectors they can get.
  public func distinctSequences(of prompts: [String], view: PromptView) -> Int {
    Set(prompts.map { tokenIDs(of: view.text(of: $0), keepingEnd: view.keepsEnd) }).count
  }

  /// The features of some prompts, in their order.
  public func features(
    of prompts: [String], view: PromptView, threads: Threads,
    progress: (@Sendable (Int, Int) -> Void)?
  ) -> Matrix {
    embed(prompts.map { view.text(of: $0) }, keepingEnd: view.keepsEnd, threads, progress)
  }

  /// The vectors of plain texts, in their order.
  public func vectors(of texts: [String], threads: Threads = .machine) -> Matrix {
    embed(texts, keepingEnd: false, threads, nil)
  }

  private func embed(
    _ texts: [String], keepingEnd: Bool, _ threads: Threads,
    _ progress: (@Sendable (Int, Int) -> Void)?
  ) -> Matrix {
    let sequences = threads.map(count: texts.count) { index in
      tokenIDs(of: texts[index], keepingEnd: keepingEnd)
    }
    var places: [[Int32]: Int] = [:]
    var distinct: [[Int32]] = []
    let owners = sequences.map { ids in
      if let place = places[ids] { return place }
      places[ids] = distinct.count
      distinct.append(ids)
      return distinct.count - 1
    }
    // The longest first, so that no thread starts a long one when the others are done.
    let order = distinct.indices.sorted { (distinct[$1].count, $0) < (distinct[$0].count, $1) }
    let width = dimensions
    let unique = distinct
    let done = Mutex(0)
    let vectors = Matrix(rows: unique.count, columns: width) { buffer in
      guard let base = buffer.baseAddress else { return }
      let target = Target(base: base)
      threads.forEach(count: order.count) { index in
        let row = order[index]
        network.embed(unique[row], into: target.base + row * width)
        guard let progress else { return }
        done.withLock { finished in
          finished += 1
          progress(finished, unique.count)
        }
      }
    }
    return vectors.selecting(rows: owners)
  }

  /// Unchecked because a pointer is not Sendable; safe because each thread writes its own rows.
  private struct Target: @unchecked Sendable { let base: UnsafeMutablePointer<Float> }

  private static func identity(_ directory: String) throws(EmbeddingError) -> String {
    var digest = SHA256()
    let names = [
      "model.safetensors", "config.json", "vocab.txt", "tokenizer.json",
      "sentence_bert_config.json", "modules.json",
    ]
    for name in names {
      let path = "\(directory)/\(name)"
      guard FileManager.default.fileExists(atPath: path) else { continue }
      do {
        let file = try MappedFile(path: path)
        digest.update(Array("\(name) \(file.count)\n".utf8))
        file.withUnsafeBytes { digest.update($0) }
      } catch { throw .unreadable(path, error) }
    }
    let name = URL(fileURLWithPath: directory).lastPathComponent
    return "\(name)@\(digest.hexadecimal.prefix(16))"
  }
}
