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
    if let path = settings.features {
      let features = try imported(path, outcomes)
      try Self.requireUsable(features.matrix, path, outcomes)
      return features
    }
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
      if let place = try EndpointSpelling(settings.encoder) {
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
    if matrix.rows == outcomes.summary.rows, matrix.rows != all.count,
      let fileRows = outcomes.fileRowsOfPrompts()
    {
      return Features(
        matrix: try Self.gathered(matrix, by: fileRows, path, outcomes, console), encoder: nil)
    }
    guard matrix.rows == all.count else {
      let needed = [
        outcomes.summary.rows == all.count
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

  /// - Throws: Where a compared prompt's features are not finite, or too large to be multiplied.
  private static func requireUsable(
    _ matrix: Matrix, _ path: String, _ outcomes: PreparedOutcomes
  ) throws {
    let bad = (0..<matrix.rows).filter { row in
      !matrix[row: row].reduce(0) { $0 + $1 * $1 }.isFinite
    }
    guard let first = bad.first else { return }
    let values = matrix[row: first]
    let place = values.firstIndex { !$0.isFinite }
    let found =
      place.map { "\(values[$0]) at column \($0 - values.startIndex)" }
      ?? "numbers too large to multiply"
    throw CommandError(
      "\(path) has \(found) for the prompt '\(outcomes.table.sampleIDs[first])'"
        + (bad.count > 1 ? ", and the like for \((bad.count - 1).counted("other prompt"))" : "")
        + "; features are finite 32-bit numbers of moderate size. Make them anew.")
  }

  /// How far features of one prompt may differ, as a share of the largest of its first row: what
  /// encoders in half precision differ by from batch to batch.
  private static let tolerance: Float = 1e-3

  /// The features of each compared prompt out of those of all rows of the file.
  ///
  /// Where a prompt has several rows, as in long form, its first one's are taken, and the others must
  /// have the same.
  private static func gathered(
    _ matrix: Matrix, by fileRows: [ArraySlice<Int>], _ path: String, _ outcomes: PreparedOutcomes,
    _ console: Console
  ) throws -> Matrix {
    var conflicts = 0
    var first: (id: String, rows: [Int])?
    for (id, rows) in zip(outcomes.table.sampleIDs, fileRows) {
      guard let own = rows.first else { continue }
      let values = matrix[row: own]
      let reach = (values.map(abs).max() ?? 0) * tolerance
      let other = rows.dropFirst().first { other in
        zip(values, matrix[row: other]).contains { !(abs($0 - $1) <= reach) }
      }
      guard let other else { continue }
      conflicts += 1
      first = first ?? (id, [own + 1, other + 1])
    }
    let file = outcomes.summary.file
    if let first {
      throw CommandError(
        "\(path) has a row for each of the \(matrix.rows) rows of \(file), and rows of one prompt "
          + "differ: \(first.rows[0]) and \(first.rows[1]), both of '\(first.id)'"
          + (conflicts > 1 ? ", and so of \(conflicts) prompts" : "")
          + ". Give rows of one prompt the same features, or one row a prompt.")
    }
    let isLong = fileRows.contains { $0.count > 1 }
    console.note(
      "\(path) has a row for each of the \(matrix.rows) rows of \(file); "
        + (isLong
          ? "the first of each of the \(fileRows.count) prompts compared is used"
          : "those of the \(fileRows.count) prompts compared are used"))
    return matrix.selecting(rows: fileRows.compactMap(\.first))
  }
}
