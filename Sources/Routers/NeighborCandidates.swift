import SIMDShim

/// The rows that could be among the nearest of one query, as far as rounded scores can tell.
///
/// A row that scores less than the k-th best by more than the slack, which is twice the bound on
/// rounding, is surely not among the k nearest; all others are kept.
struct NeighborCandidates: Sendable {
  private let count: Int
  private let slack: Float
  /// The query's own group, of which no row counts.
  private let own: Int?
  private var scores: [Float] = []
  private var rows: [Int32] = []
  private var threshold = -Float.infinity
  /// How many may gather before the threshold is raised again; grows where very many are alike.
  private var limit: Int

  init(count: Int, slack: Float, own: Int?) {
    self.count = count
    self.slack = slack
    self.own = own
    limit = 2 * count + 64
  }

  /// Takes the scores of consecutive rows.
  mutating func take(_ tile: UnsafeBufferPointer<Float>, from start: Int, groups: [Int]?) {
    var place = 0
    while true {
      place = first_at_least(tile.baseAddress, place, tile.count, threshold)
      if place == tile.count { return }
      let row = start + place
      if own == nil || groups?[row] != own {
        scores.append(tile[place])
        rows.append(Int32(row))
        if scores.count >= limit {
          shrink()
          limit = max(limit, 2 * scores.count)
        }
      }
      place += 1
    }
  }

  /// Takes what another part of the index gave.
  mutating func merge(_ other: NeighborCandidates) {
    scores += other.scores
    rows += other.rows
  }

  /// The rows that are left, from the lowest.
  mutating func finish() -> [Int32] {
    shrink()
    return rows
  }

  /// Raises the threshold to what the k-th best of all so far allows, and drops what is below.
  private mutating func shrink() {
    guard scores.count > count else { return }
    threshold = max(threshold, Self.value(scores, ranked: count) - slack)
    var kept = 0
    for place in scores.indices where scores[place] >= threshold {
      scores[kept] = scores[place]
      rows[kept] = rows[place]
      kept += 1
    }
    scores.removeLast(scores.count - kept)
    rows.removeLast(rows.count - kept)
  }

  /// The k-th largest value, by Hoare's selection.
  private static func value(_ values: [Float], ranked k: Int) -> Float {
    var values = values
    var (low, high) = (0, values.count - 1)
    while low < high {
      let pivot = values[(low + high) / 2]
      var (left, right) = (low, high)
      while left <= right {
        while values[left] > pivot { left += 1 }
        while values[right] < pivot { right -= 1 }
        if left <= right {
          values.swapAt(left, right)
          left += 1
          right -= 1
        }
      }
      if k - 1 <= right {
        high = right
      } else if k - 1 >= left {
        low = left
      } else {
        break
      }
    }
    return values[k - 1]
  }
}
