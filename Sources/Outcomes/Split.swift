import Parallelism
import Prompts

/// A division of the prompts of one task into a training and a test part.
public struct Split: Sendable, Hashable, Codable {
  /// How prompts are drawn.
  public enum Method: String, Sendable, Codable, CaseIterable {
    /// Our own generator; near-duplicates stay on one side.
    case seeded
    /// `numpy.random.seed(s); numpy.random.shuffle(ids)`, by sample_id alone, as published.
    case numpyLegacy
  }

  /// The training rows, in file order.
  public let training: [Int]
  /// The test rows, in file order.
  public let test: [Int]
  /// How many rows share a key, but not the sample_id, with another row.
  public let nearDuplicates: Int

  /// Divides rows.
  ///
  /// - Parameters:
  ///   - sampleIDs: One a row; rows of one sample stay together.
  ///   - fraction: The share of samples to train on; the first `Int(fraction * n)` of the shuffled.
  ///   - seed: Equal seeds give equal splits; `numpyLegacy` takes the low 32 bits.
  ///   - keys: For each kind of key one value a row; rows that share a value stay together, except
  ///     under `numpyLegacy`. Near-duplicates are counted either way.
  public static func make(
    sampleIDs: [String], fraction: Double = 0.7, seed: UInt64, method: Method = .seeded,
    keepingTogether keys: [[String]] = []
  ) -> Split {
    precondition(fraction >= 0 && fraction <= 1, "A fraction is between 0 and 1.")
    let samples = Clusters(of: [sampleIDs])
    let joined = keys.isEmpty ? samples : Clusters(of: [sampleIDs] + keys)
    let nearDuplicates = joined.membersBeyond(samples)
    let clusters = method == .numpyLegacy ? samples : joined
    var order = Array(0..<clusters.count)
    switch method {
    case .seeded:
      var generator = SeededGenerator(seed: seed)
      order.shuffle(using: &generator)
    case .numpyLegacy:
      var generator = MersenneTwister(numpySeed: UInt32(truncatingIfNeeded: seed))
      generator.shuffle(&order)
    }
    // Whole clusters are taken until the share of samples is reached; without near-duplicates that is
    // exactly the first int(fraction n), as published.
    let wanted = Int(fraction * Double(samples.count))
    let sizes = clusters.sampleCounts(samples)
    var taken = 0
    var isTraining = [Bool](repeating: false, count: clusters.count)
    for cluster in order {
      // A cluster too large for the rest goes to the test part; a smaller one may still fit.
      guard taken + sizes[cluster] <= wanted else { continue }
      isTraining[cluster] = true
      taken += sizes[cluster]
    }
    let rows = sampleIDs.indices
    return Split(
      training: rows.filter { isTraining[clusters.label[$0]] },
      test: rows.filter { !isTraining[clusters.label[$0]] }, nearDuplicates: nearDuplicates)
  }

  /// The keys by which prompts are near-duplicates: the normalised text, and that of the question.
  public static func nearDuplicateKeys(of prompts: [String]) -> [[String]] {
    let texts = prompts.map { PromptText($0) }
    return [
      texts.map(\.normalised),
      texts.map { PromptText($0.lastQuestion).normalised },
    ]
  }
}

/// Rows joined whenever they share a key, numbered by first appearance.
private struct Clusters {
  let label: [Int]
  let count: Int

  init(of keys: [[String]]) {
    let rows = keys.first?.count ?? 0
    var parent = Array(0..<rows)
    func root(_ row: Int) -> Int {
      var row = row
      while parent[row] != row {
        parent[row] = parent[parent[row]]
        row = parent[row]
      }
      return row
    }
    for key in keys {
      var first: [String: Int] = [:]
      for row in 0..<rows {
        if let other = first[key[row]] {
          let (a, b) = (root(other), root(row))
          parent[max(a, b)] = min(a, b)
        } else {
          first[key[row]] = row
        }
      }
    }
    var number: [Int: Int] = [:]
    label = (0..<rows).map { row in
      let top = root(row)
      if let known = number[top] { return known }
      number[top] = number.count
      return number.count - 1
    }
    count = number.count
  }

  /// How many of the finer clusters each of these holds.
  func sampleCounts(_ finer: Clusters) -> [Int] {
    var seen = [Bool](repeating: false, count: finer.count)
    var counts = [Int](repeating: 0, count: count)
    for row in label.indices where !seen[finer.label[row]] {
      seen[finer.label[row]] = true
      counts[label[row]] += 1
    }
    return counts
  }

  /// How many rows are in a cluster of more than one of the finer clusters.
  func membersBeyond(_ finer: Clusters) -> Int {
    let counts = sampleCounts(finer)
    return label.count { counts[$0] > 1 }
  }
}
