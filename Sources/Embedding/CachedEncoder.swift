public import Matrices
public import Parallelism
public import Prompts

/// An encoder that looks in a cache first and keeps there what it had to make.
///
/// Its features are bit for bit those of the encoder it wraps. New vectors are kept in batches, so
/// work that is cut off goes on where it was.
public struct CachedEncoder: PromptEncoder {
  private let encoder: any PromptEncoder
  private let cache: EmbeddingCache
  private static let batch = 512

  /// Wraps an encoder.
  public init(_ encoder: any PromptEncoder, cache: EmbeddingCache) {
    self.encoder = encoder
    self.cache = cache
  }

  /// The wrapped encoder's own.
  public var identity: String { encoder.identity }

  /// The wrapped encoder's own.
  public var dimensions: Int { encoder.dimensions }

  /// The features of some prompts; only texts that the cache does not know are passed through.
  public func features(
    of prompts: [String], view: PromptView, threads: Threads, progress: ((Int, Int) -> Void)?
  ) throws -> Matrix {
    let texts = DistinctTexts(prompts)
    let (identity, width) = (encoder.identity, encoder.dimensions)
    let keys = threads.map(count: texts.distinct.count) { index in
      EmbeddingCache.Key(
        identity: identity, view: view.rawValue, text: view.text(of: texts.distinct[index]))
    }
    var known = cache.vectors(for: keys, dimensions: width)
    var asked: Set<EmbeddingCache.Key> = []
    // Two prompts may show the same text: the first of them is passed through for both.
    let missing = keys.indices.filter { known[keys[$0]] == nil && asked.insert(keys[$0]).inserted }
    let total = missing.count
    for start in stride(from: 0, to: total, by: Self.batch) {
      let part = missing[start..<min(total, start + Self.batch)]
      let made = try encoder.features(
        of: part.map { texts.distinct[$0] }, view: view, threads: threads,
        progress: progress.map { report in
          { done, all in report(start + (all == 0 ? 0 : done * part.count / all), total) }
        })
      let vectors = part.enumerated().map { (key: keys[$1], vector: made[row: $0]) }
      for (key, vector) in vectors { known[key] = vector }
      // A full disk or a read-only place must not cost the run its features.
      try? cache.keep(vectors)
    }
    progress?(total, total)
    return Matrix(rows: prompts.count, columns: width) { values in
      for (row, text) in texts.index.enumerated() {
        guard let vector = known[keys[text]] else { continue }
        for (column, value) in vector.enumerated() { values[row * width + column] = value }
      }
    }
  }
}
