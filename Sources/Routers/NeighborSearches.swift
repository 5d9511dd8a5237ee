import Matrices
import Synchronization

/// Searches that recipes of several numbers of neighbours share: each is made once, for the greatest.
///
/// The nearest few are the first of the nearest many, so every recipe gets what it would find alone.
/// What was found is kept for the lessons that came last, since recipes are taught on them in turn.
final class NeighborSearches: Sendable {
  /// The greatest number of neighbours that anyone asks for.
  private let widest: Int
  private let known = Mutex<Known?>(nil)

  private struct Known: Sendable {
    let index: CosineIndex
    /// The neighbours of the lessons themselves, none of a row's own group.
    var own: (groups: [Int], lists: [[Int]])?
    var found: [(queries: Matrix, lists: [[Int]])] = []
  }

  init(widest: Int) { self.widest = widest }

  /// The index of some lessons.
  func index(of features: Matrix) -> CosineIndex {
    known.withLock { known in
      if let index = known?.index, index.features.isSame(as: features) { return index }
      let index = CosineIndex(features)
      known = Known(index: index)
      return index
    }
  }

  /// The `count` nearest lessons to each query.
  func neighbors(_ count: Int, in index: CosineIndex, of queries: Matrix) -> [[Int]] {
    known.withLock { known in
      var current = Self.current(known, index)
      let width = min(widest, index.rows)
      if count > width { return index.neighbors(count, of: queries) }
      if let found = current.found.first(where: { $0.queries.isSame(as: queries) }) {
        return found.lists.map { Array($0.prefix(count)) }
      }
      let lists = index.neighbors(width, of: queries)
      current.found.append((queries, lists))
      known = current
      return lists.map { Array($0.prefix(count)) }
    }
  }

  /// The `count` nearest lessons to each lesson, none of its own group.
  ///
  /// - Parameter most: How many lessons lie outside every group.
  func neighborsWithoutGroup(
    _ count: Int, in index: CosineIndex, groups: [Int], most: Int
  ) -> [[Int]] {
    known.withLock { known in
      var current = Self.current(known, index)
      let width = max(count, min(widest, most))
      if let own = current.own, own.groups == groups,
        own.lists.first.map({ $0.count >= count }) ?? true
      {
        return own.lists.map { Array($0.prefix(count)) }
      }
      let lists = index.neighborsWithoutGroup(width, groups: groups)
      current.own = (groups, lists)
      known = current
      return lists.map { Array($0.prefix(count)) }
    }
  }

  /// What is known of an index; nothing yet where others came last.
  private static func current(_ known: Known?, _ index: CosineIndex) -> Known {
    if let known, known.index.features.isSame(as: index.features) { return known }
    return Known(index: index)
  }
}
