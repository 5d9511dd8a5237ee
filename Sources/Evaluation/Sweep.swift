import CostQuality
import Matrices
public import Outcomes
public import Routing

/// Which values of willingness to pay to try.
public enum SweepGrid: String, Sendable, Codable, CaseIterable {
  /// Every point that the router can reach.
  case exact
  /// 0 and 400 values from 1e-6 to 1e3 dollars per unit of quality.
  case logarithmic
  /// The 32 values of the original code.
  case reference
}

/// The points that estimates reach on recorded outcomes as willingness to pay grows.
public struct Sweep: Sendable {
  /// The stops, in order of willingness to pay; each replays to its own point.
  public let stops: [SweptPoint]
  /// The same sweep prompt by prompt.
  let trace: SweepTrace

  /// Sweeps estimates over a grid.
  ///
  /// - Parameter overhead: What the router takes itself for each prompt.
  /// - Precondition: Estimates and outcomes have one shape, with at least one prompt.
  public init(
    _ estimates: Estimates, on table: OutcomeTable, grid: SweepGrid, overhead: Overhead = .none
  ) {
    precondition(
      estimates.quality.rows == table.count && estimates.quality.columns == table.models.count,
      "Estimates and outcomes need one shape.")
    switch grid {
    case .exact: self.init(exactly: estimates, on: table, overhead)
    case .logarithmic:
      self.init(
        estimates, on: table, at: WillingnessToPay.logarithmicGrid(), overhead: overhead)
    case .reference:
      self.init(estimates, on: table, at: WillingnessToPay.referenceGrid, overhead: overhead)
    }
  }

  /// Sweeps estimates over given values: the plain twin of the exact sweep.
  public init(
    _ estimates: Estimates, on table: OutcomeTable, at values: [WillingnessToPay],
    overhead: Overhead = .none
  ) {
    let replay = Replay(table, overhead: overhead)
    var trace = SweepTrace(overhead: overhead.cost(in: table.costUnit))
    var current: [Int] = []
    var stops: [SweptPoint] = []
    for value in values {
      let plans = estimates.plans(at: value)
      stops.append(
        SweptPoint(parameter: Parameter(value.dollars), replay.outcome(of: plans)))
      let choices = (0..<table.count).map { estimates.choice(row: $0, at: value) }
      if current.isEmpty {
        for (row, model) in choices.enumerated() { trace.start(row: row, model: model, in: table) }
      } else {
        for row in choices.indices where choices[row] != current[row] {
          trace.change(row: row, from: current[row], to: choices[row], in: table)
        }
      }
      trace.stop()
      current = choices
    }
    self.stops = stops
    self.trace = trace
  }

  /// Breakpoints of all prompts, sorted, with the running sums between them.
  ///
  /// For one prompt the choice as a function of lambda is the upper envelope of the lines
  /// lambda P - c, which is the non-decreasing hull of its (c, P) points: each edge's slope inverted
  /// is a breakpoint. O(*N M* log(*N M*)).
  private init(exactly estimates: Estimates, on table: OutcomeTable, _ overhead: Overhead) {
    var changes: [Change] = []
    var cost = ExactSum()
    var quality = ExactSum()
    var dollars = ExactSum()
    var seconds = ExactSum()
    let prices = table.completeDollars
    let latency = table.completeLatency
    let fee = overhead.cost(in: table.costUnit)
    var trace = SweepTrace(overhead: fee)
    for row in 0..<table.count {
      let envelope = Self.envelope(of: estimates, row: row)
      trace.start(row: row, model: envelope[0], in: table)
      cost.add(table.cost[row, envelope[0]])
      quality.add(table.quality[row, envelope[0]])
      if let prices { dollars.add(prices[row, envelope[0]]) }
      if let latency { seconds.add(latency[row, envelope[0]]) }
      for (from, to) in zip(envelope, envelope.dropFirst()) {
        let rise = estimates.quality[row, to] - estimates.quality[row, from]
        let run =
          estimates.cost.dollars(row: row, model: to)
          - estimates.cost.dollars(row: row, model: from)
        changes.append(
          Change(at: run / rise, row: row, from: from, to: to))
      }
    }
    // Equal breakpoints keep the prompts' order (the sort is stable), so sums never depend on it.
    changes.sort { $0.at < $1.at }
    let count = Double(table.count)
    var stops: [SweptPoint] = []
    func stop(at parameter: Double) {
      stops.append(
        SweptPoint(
          parameter: Parameter(parameter),
          point: Point(cost: cost.value / count + fee, quality: quality.value / count),
          dollars: prices == nil ? nil : dollars.value / count + overhead.dollars,
          seconds: latency == nil ? nil : seconds.value / count + overhead.seconds))
      trace.stop()
    }
    var opened = 0.0
    var index = 0
    while index < changes.count {
      // The interval (opened, at] ends here; its midpoint replays it, and 0 the first.
      let at = changes[index].at
      let middle = index == 0 ? 0 : (opened + at) / 2
      stop(at: middle)
      opened = at
      while index < changes.count, changes[index].at - opened <= 1e-12 * changes[index].at {
        let change = changes[index]
        let (row, from, to) = (change.row, change.from, change.to)
        cost.add(table.cost[row, to] - table.cost[row, from])
        quality.add(table.quality[row, to] - table.quality[row, from])
        if let prices { dollars.add(prices[row, to] - prices[row, from]) }
        if let latency { seconds.add(latency[row, to] - latency[row, from]) }
        trace.change(row: row, from: from, to: to, in: table)
        opened = change.at
        index += 1
      }
    }
    stop(at: changes.isEmpty ? 0 : .infinity)
    self.stops = stops
    self.trace = trace
  }

  /// The models one prompt goes to, from lambda = 0 up.
  private static func envelope(of estimates: Estimates, row: Int) -> [Int] {
    func point(_ model: Int) -> Point {
      Point(
        cost: estimates.cost.dollars(row: row, model: model),
        quality: estimates.quality[row, model])
    }
    let order = (0..<estimates.quality.columns).sorted { left, right in
      let (a, b) = (point(left), point(right))
      return (a.cost, -a.quality, left) < (b.cost, -b.quality, right)
    }
    var hull: [Int] = []
    for model in order {
      let new = point(model)
      if let last = hull.last, new.quality <= point(last).quality { continue }
      while hull.count >= 2 {
        let (left, middle) = (point(hull[hull.count - 2]), point(hull[hull.count - 1]))
        let rise = (middle.quality - left.quality) * (new.cost - left.cost)
        let chord = (new.quality - left.quality) * (middle.cost - left.cost)
        guard rise <= chord else { break }
        hull.removeLast()
      }
      hull.append(model)
    }
    return hull
  }

  private struct Change {
    let at: Double
    let row: Int
    let from: Int
    let to: Int
  }
}
