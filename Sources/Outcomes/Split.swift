import Parallelism

/// Which rows teach a router and which examine it.
public struct Split: Codable, Sendable, Hashable {
  /// How rows are drawn.
  public enum Method: String, Codable, CaseIterable, Sendable {
    /// Rows with one id, or near-duplicate prompts, stay together.
    case seeded
    /// As `numpy.random.seed(s); numpy.random.shuffle(ids)` draws, by id alone.
    case numpyLegacy
  }

  /// How the rows were drawn.
  public let method: Method
  /// The seed they were drawn with.
  public let seed: UInt64
  /// The part of the rows that was asked for training.
  public let fraction: Double
  /// The training rows, in file order.
  public let training: [Int]
  /// The test rows, in file order.
  public let test: [Int]
  /// How many rows are near-duplicates of a row with another id.
  ///
  /// `seeded` keeps them on one side; `numpyLegacy` only counts them.
  public let nearDuplicates: Int

  /// Draws a split, stratum by stratum, with the generator started again for each.
  ///
  /// - Parameters:
  ///   - sampleIDs: One id a row; rows with one id are never separated.
  ///   - strata: One name a row, usually its task; nil draws from all rows together.
  ///   - fraction: The part for training, in [0, 1]; rounded down to whole rows.
  ///   - seed: Any number for `seeded`; below 2^32 for `numpyLegacy`.
  ///   - method: How rows are drawn.
  ///   - keys: Lists of one text a row; rows that agree in any list are near-duplicates. Empty
  ///     texts agree with nothing.
  /// - Source: arXiv:2403.12031, section 5.1, for the 70/30 split; the original separates
  ///   near-duplicates.
  public static func make(
    sampleIDs: [String], strata: [String]? = nil, fraction: Double = 0.7, seed: UInt64,
    method: Method = .seeded, keepingTogether keys: [[String]] = []
  ) -> Split {
    precondition(
      fraction >= 0 && fraction <= 1, "A split needs a fraction in [0, 1]; got \(fraction).")
    precondition(
      method == .seeded || seed <= UInt64(UInt32.max),
      "numpy takes seeds below 4294967296; got \(seed).")
    let count = sampleIDs.count
    for list in keys + (strata.map { [$0] } ?? []) {
      precondition(list.count == count, "A split of \(count) rows was given \(list.count) texts.")
    }
    var byID = DisjointRows(count: count)
    byID.join(sampleIDs)
    var alike = byID
    for list in keys { alike.join(list, ignoringEmpty: true) }
    let nearDuplicates = countNearDuplicates(byID: byID, alike: alike)

    var isTraining = [Bool](repeating: false, count: count)
    switch method {
    case .seeded:
      let groups = alike.groups()
      for stratum in ordered(groups, by: { strata?[$0[0]] ?? "" }) {
        var generator = SeededGenerator(seed: seed)
        var drawn = stratum
        generator.shuffle(&drawn)
        let wanted = Int(fraction * Double(drawn.reduce(0) { $0 + $1.count }))
        var taken = 0
        for group in drawn where taken + group.count <= wanted {
          taken += group.count
          for row in group { isTraining[row] = true }
        }
      }
    case .numpyLegacy:
      for rows in ordered(Array(0..<count), by: { strata?[$0] ?? "" }) {
        var rowsByID: [String: [Int]] = [:]
        var ids: [String] = []
        for row in rows {
          if rowsByID[sampleIDs[row], default: []].isEmpty { ids.append(sampleIDs[row]) }
          rowsByID[sampleIDs[row], default: []].append(row)
        }
        var generator = MersenneTwister(seed: UInt32(seed))
        generator.shuffle(&ids)
        for id in ids.prefix(Int(fraction * Double(ids.count))) {
          for row in rowsByID[id] ?? [] { isTraining[row] = true }
        }
      }
    }
    return Split(
      method: method, seed: seed, fraction: fraction,
      training: isTraining.indices.filter { isTraining[$0] },
      test: isTraining.indices.filter { !isTraining[$0] }, nearDuplicates: nearDuplicates)
  }

  /// As many splits as folds: each row is tested in exactly one of them, and teaches in the others.
  ///
  /// For few rows: every one is used for both. Groups of rows are drawn as `make` draws them and dealt
  /// to the fold that has the fewest rows.
  ///
  /// - Parameters:
  ///   - sampleIDs: One id a row; rows with one id are never separated.
  ///   - count: How many folds, at least 2.
  ///   - seed: Any number.
  ///   - keys: As for `make`.
  /// - Returns: `count` splits; where there are fewer groups of rows, some test nothing.
  public static func folds(
    sampleIDs: [String], count: Int, seed: UInt64, keepingTogether keys: [[String]] = []
  ) -> [Split] {
    precondition(count >= 2, "Folds are at least 2; \(count) were asked for.")
    var byID = DisjointRows(count: sampleIDs.count)
    byID.join(sampleIDs)
    var alike = byID
    for list in keys { alike.join(list, ignoringEmpty: true) }
    var groups = alike.groups()
    var generator = SeededGenerator(seed: seed)
    generator.shuffle(&groups)
    var sizes = [Int](repeating: 0, count: count)
    var foldOf = [Int](repeating: 0, count: sampleIDs.count)
    for group in groups {
      var fold = 0
      for other in 1..<count where sizes[other] < sizes[fold] { fold = other }
      sizes[fold] += group.count
      for row in group { foldOf[row] = fold }
    }
    let nearDuplicates = countNearDuplicates(byID: byID, alike: alike)
    return (0..<count).map { fold in
      Split(
        method: .seeded, seed: seed, fraction: 1 - 1 / Double(count),
        training: foldOf.indices.filter { foldOf[$0] != fold },
        test: foldOf.indices.filter { foldOf[$0] == fold }, nearDuplicates: nearDuplicates)
    }
  }

  /// Rows whose near-duplicates include a row with another id.
  private static func countNearDuplicates(byID: DisjointRows, alike: DisjointRows) -> Int {
    let ids = byID.roots()
    return alike.groups().reduce(0) { total, rows in
      rows.contains { ids[$0] != ids[rows[0]] } ? total + rows.count : total
    }
  }

  /// Elements gathered by a name, names in order of first appearance.
  private static func ordered<Element>(
    _ elements: [Element], by name: (Element) -> String
  ) -> [[Element]] {
    var positions: [String: Int] = [:]
    var result: [[Element]] = []
    for element in elements {
      let key = name(element)
      if let position = positions[key] {
        result[position].append(element)
      } else {
        positions[key] = result.count
        result.append([element])
      }
    }
    return result
  }
}

/// Rows joined into groups (a disjoint-set forest).
private struct DisjointRows {
  private var parents: [Int]

  init(count: Int) { parents = Array(0..<count) }

  /// Joins the rows that have the same text.
  mutating func join(_ texts: [String], ignoringEmpty: Bool = false) {
    var first: [String: Int] = [:]
    first.reserveCapacity(texts.count)
    for (row, text) in texts.enumerated() where !(ignoringEmpty && text.isEmpty) {
      if let other = first[text] { join(row, other) } else { first[text] = row }
    }
  }

  private mutating func join(_ left: Int, _ right: Int) {
    let a = root(of: left)
    let b = root(of: right)
    // The lower row is always the root, so groups come out in file order.
    if a < b { parents[b] = a } else { parents[a] = b }
  }

  private mutating func root(of row: Int) -> Int {
    var row = row
    while parents[row] != row {
      parents[row] = parents[parents[row]]
      row = parents[row]
    }
    return row
  }

  /// The first row of each row's group.
  func roots() -> [Int] {
    var copy = self
    return parents.indices.map { copy.root(of: $0) }
  }

  /// The groups, by first row, each in file order.
  func groups() -> [[Int]] {
    let roots = roots()
    var positions = [Int](repeating: -1, count: roots.count)
    var groups: [[Int]] = []
    for (row, root) in roots.enumerated() {
      if positions[root] < 0 {
        positions[root] = groups.count
        groups.append([])
      }
      groups[positions[root]].append(row)
    }
    return groups
  }
}
