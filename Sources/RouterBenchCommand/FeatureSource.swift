import Embedding
import Evaluation
import Foundation
import Matrices
import Outcomes
import Parallelism
import Prompts

/// Where features come from: a file, or an encoder with its cache.
struct FeatureSource {
  let settings: EvaluationSettings
  let threads: Threads
  let console: Console
  /// Whether vectors are looked up and kept; they are the same bits either way.
  let usesCache: Bool

  struct Features {
    let matrix: Matrix
    /// The encoder's identity; nil for a file.
    let encoder: String?
  }

  /// One row for each compared prompt.
  func features(of outcomes: PreparedOutcomes) throws -> Features {
    if let path = settings.features { return try imported(path, outcomes) }
    let encoder = try encoder()
    let progress = console.progress("embedding prompts")
    let matrix = try encoder.features(
      of: Array(outcomes.table.prompts), view: settings.view, threads: threads,
      progress: { progress.update($0, of: $1) })
    progress.finish()
    return Features(matrix: matrix, encoder: encoder.identity)
  }

  /// The encoder that the settings name.
  func encoder() throws -> any PromptEncoder {
    if settings.encoder == "builtin" { return HashedNgramEncoder() }
    let encoder: any PromptEncoder =
      if let place = EndpointSpelling(settings.encoder) {
        try place.encoder()
      } else {
        try SentenceSpelling(settings.encoder).encoder()
      }
    if !usesCache { return encoder }
    do {
      let cache = try EmbeddingCache()
      if let notice = cache.notice { console.warn(notice) }
      return CachedEncoder(encoder, cache: cache)
    } catch {
      console.warn("Embeddings are not kept for the next run: \(error)")
      return encoder
    }
  }

  private func imported(_ path: String, _ outcomes: PreparedOutcomes) throws -> Features {
    let matrix = try FeatureFile.read(path)
    let compared = outcomes.table.sampleIDs
    if matrix.rows == compared.count { return Features(matrix: matrix, encoder: nil) }
    let all = outcomes.idsBeforeOmissions
    if let fileRows = outcomes.fileRowsBeforeOmissions, matrix.rows == outcomes.summary.rows,
      matrix.rows != all.count
    {
      let rowOf = Dictionary(zip(all, fileRows), uniquingKeysWith: { first, _ in first })
      console.note(
        "\(path) has a row for each of the \(matrix.rows) rows of \(outcomes.summary.file); those of "
          + "the \(compared.count) prompts compared are used")
      return Features(
        matrix: matrix.selecting(rows: compared.compactMap { rowOf[$0] }), encoder: nil)
    }
    guard matrix.rows == all.count else {
      let needed = [
        outcomes.fileRowsBeforeOmissions == nil || outcomes.summary.rows == all.count
          ? nil : "\(outcomes.summary.rows) (all rows of the file)",
        all.count == compared.count ? nil : "\(all.count) (all rows read)",
        all.count == compared.count && outcomes.summary.rows == all.count
          ? "\(compared.count)" : "\(compared.count) (complete rows)",
      ].compactMap(\.self).joined(separator: " or ")
      throw CommandError(
        "\(path) has \(matrix.rows) rows of features; needed is one a prompt, \(needed), in the "
          + "order of the data.")
    }
    var rowOf: [String: Int] = [:]
    for (row, id) in all.enumerated() where rowOf[id] == nil { rowOf[id] = row }
    let rows = compared.compactMap { rowOf[$0] }
    return Features(matrix: matrix.selecting(rows: rows), encoder: nil)
  }
}
