import CostQuality
public import Matrices
public import Outcomes
public import Routing

/// How well any subset of the models can be routed over, on one set of prompts.
///
/// AIQs are taken over the whole pool's cost range, so those of subsets compare.
public struct PoolValue: Sendable {
  /// What routes over the subset.
  public enum System: Sendable {
    /// Mixtures of single models: the hull of their points.
    case zero
    /// A router that knows every answer: what routing could reach at most.
    case clairvoyant
    /// A router's estimates, one column a model of the whole pool.
    ///
    /// A subset takes the columns of its models, which is exact for routers whose estimate of one
    /// model does not depend on the others.
    case estimates(Estimates)
  }

  let table: OutcomeTable
  private let range: CostRange
  private let system: System
  private let overhead: Overhead

  /// Prepares to value subsets.
  ///
  /// - Parameters:
  ///   - table: Complete outcomes.
  ///   - overhead: What a router whose estimates these are takes itself for each prompt.
  /// - Throws: When the models do not differ in mean cost.
  public init(_ table: OutcomeTable, system: System, overhead: Overhead = .none) throws {
    self.table = table
    if case .estimates = system { self.overhead = overhead } else { self.overhead = .none }
    self.system = system
    range = try CostRange(
      spanning: zip(table.cost.columnMeans(), table.quality.columnMeans()).map {
        Point(cost: $0, quality: $1)
      })
  }

  /// A router's estimates for its training prompts, each made without itself, and for others.
  ///
  /// - Returns: nil for a router that does not estimate.
  public static func estimates(
    of recipe: some Router, _ lessons: Lessons, for features: Matrix, folds: Int = 5
  ) throws -> (training: Estimates, others: Estimates)? {
    guard let fitted = try recipe.fit(lessons) as? any EstimatingRouter else { return nil }
    return (
      try OutOfSample.estimates(recipe, lessons, folds: folds), try fitted.estimates(for: features)
    )
  }

  /// The AIQ of the hull that a subset reaches; 0 for no models.
  ///
  /// - Parameter models: Indices of the whole pool's models, ascending.
  public func aiq(of models: [Int]) throws -> Double {
    if case .zero = system {
      return try aiq(
        of: zip(
          table.cost.selecting(columns: models).columnMeans(),
          table.quality.selecting(columns: models).columnMeans()
        ).map { Point(cost: $0, quality: $1) })
    }
    return try aiq(of: sweep(models)?.stops.map(\.point) ?? [])
  }

  /// The AIQ of the hull of points; 0 of none.
  func aiq(of points: [Point]) throws(CostQualityError) -> Double {
    points.isEmpty
      ? 0 : try NonDecreasingHull(of: points).averageImprovementInQuality(over: range)
  }

  /// What a subset does on every prompt.
  func swept(_ models: [Int]) -> Examination.Swept {
    sweep(models).map { .sweep($0.trace) } ?? .points(PromptOutcomes(models: models, of: table))
  }

  /// The sweep over a subset; nil for single models and for no models.
  private func sweep(_ models: [Int]) -> Sweep? {
    if models.isEmpty { return nil }
    let estimates: Estimates
    switch system {
    case .zero: return nil
    case .clairvoyant:
      estimates = Estimates(
        quality: table.quality.selecting(columns: models),
        cost: .perPrompt(table.cost.selecting(columns: models)))
    case .estimates(let whole):
      let costs: CostEstimates =
        switch whole.cost {
        case .perModel(let each): .perModel(models.map { each[$0] })
        case .perPrompt(let grid): .perPrompt(grid.selecting(columns: models))
        }
      estimates = Estimates(quality: whole.quality.selecting(columns: models), cost: costs)
    }
    return Sweep(
      estimates, on: table.selecting(models: models.map { table.models[$0] }), grid: .exact,
      overhead: overhead)
  }

  /// A subset that keeps a share of the whole pool's AIQ.
  public struct Subset: Sendable, Hashable {
    /// Indices of its models, ascending.
    public let models: [Int]
    /// The share of the whole pool's AIQ that it keeps.
    public let share: Double
    /// Whether no smaller subset keeps as much; otherwise models were dropped one by one.
    public let isSmallest: Bool
  }

  /// The most subsets that are tried before models are dropped one by one instead.
  public static let mostSubsets = 20_000

  /// The smallest subset that keeps a share of the whole pool's AIQ; the best of that size.
  ///
  /// - Precondition: `share` lies in (0, 1].
  public func smallest(keeping share: Double) throws -> Subset {
    precondition(share > 0 && share <= 1, "A share to keep lies above 0 and at most at 1.")
    let all = Array(table.models.indices)
    let whole = try aiq(of: all)
    guard whole > 0 else { return Subset(models: [], share: 1, isSmallest: true) }
    // Sums of a whole pool and of its parts round differently.
    let needed = share * whole * (1 - 1e-12)
    var tried = 0
    for size in 1...all.count {
      tried += Self.combinations(of: all.count, choosing: size)
      guard tried <= Self.mostSubsets else { break }
      var best: (models: [Int], aiq: Double)?
      var subset = Array(0..<size)
      repeat {
        let aiq = try aiq(of: subset)
        if aiq > best?.aiq ?? -1 { best = (subset, aiq) }
      } while Self.advance(&subset, among: all.count)
      if let best, best.aiq >= needed {
        return Subset(models: best.models, share: best.aiq / whole, isSmallest: true)
      }
    }
    var kept = all
    var aiqKept = whole
    while kept.count > 1 {
      let candidates = try kept.map { left in
        (left, try aiq(of: kept.filter { $0 != left }))
      }
      guard let best = candidates.max(by: { $0.1 < $1.1 }), best.1 >= needed else { break }
      kept.removeAll { $0 == best.0 }
      aiqKept = best.1
    }
    return Subset(models: kept, share: aiqKept / whole, isSmallest: false)
  }

  /// How many subsets of a size there are; at most just above `mostSubsets`.
  private static func combinations(of count: Int, choosing size: Int) -> Int {
    var result = 1
    for step in 0..<min(size, count - size) {
      result = result * (count - step) / (step + 1)
      if result > mostSubsets { return mostSubsets + 1 }
    }
    return result
  }

  /// The next subset of the same size in lexicographic order; false after the last.
  private static func advance(_ subset: inout [Int], among count: Int) -> Bool {
    for position in subset.indices.reversed()
    where subset[position] < count - subset.count + position {
      subset[position] += 1
      for later in (position + 1)..<max(position + 1, subset.count) {
        subset[later] = subset[later - 1] + 1
      }
      return true
    }
    return false
  }
}
