import CostQuality
import Evaluation
import Foundation

/// Where the cost-quality plane of one split lies in a picture.
struct PlaneGeometry {
  let cost: Axis
  let quality: Axis
  let frame: Box

  /// Fits the axes around the models and what is drawn with them.
  ///
  /// Costs are logarithmic when the models and references that cost anything span more than a factor of
  /// 20, or more than one of 4 with most of them in the lowest quarter, where one dear model would squeeze
  /// the others to the side; where some are free such an axis holds zero. Routers' points widen the axis by
  /// at most half of what those take on either side, and a model far below all else does not stretch the
  /// qualities: it would squeeze the rest.
  ///
  /// - Parameter wanted: The scale of the costs, when it is not left to this rule.
  init(_ split: SplitResult, frame: Box, isLogarithmic wanted: Bool? = nil) {
    self.frame = frame
    let models = split.references.filter { $0.role == .model }.map(\.point)
    let fixed = split.references.filter { $0.role != .oracleFreeWhenUnsolved }.map(\.point)
      .filter { $0 != .null }
    // The null router says nothing about where the others lie.
    let moving = split.systems.flatMap { system in
      system.swept.map(\.point) + system.kept.map(\.test)
    }.filter { $0 != .null }
    let ends = fixed.map(\.cost) + [split.range.lower, split.range.upper]
    let positive = ends.filter { $0 > 0 }
    let (least, most) = (positive.min() ?? 1, positive.max() ?? 1)
    let priced = fixed.filter { $0.cost > 0 }
    let isSqueezed =
      most > 4 * least
      && priced.count { $0.cost < least + (most - least) / 4 } * 2 > priced.count
    if wanted ?? (most > 20 * least || isSqueezed) {
      let reach = (most / least).squareRoot()
      let within = moving.map(\.cost).filter { $0 >= least / reach && $0 <= most * reach }
      let (low, high) = (min(least, within.min() ?? least), max(most, within.max() ?? most))
      let margin = high > low ? pow(high / low, 0.05) : 2
      cost = Axis(
        lower: low / margin, upper: high * margin, isLogarithmic: true,
        holdsZero: ends.contains { $0 <= 0 }, start: frame.minX, end: frame.maxX)
    } else {
      let lowest = ends.min() ?? 0
      let reach = (most - lowest) / 2
      let within = moving.map(\.cost).filter { $0 >= lowest - reach && $0 <= most + reach }
      let (low, high) = (min(lowest, within.min() ?? lowest), max(most, within.max() ?? most))
      let margin = max((high - low) * 0.05, high * 1e-6)
      cost = Axis(
        lower: max(0, low - margin), upper: high + margin, isLogarithmic: false,
        start: frame.minX, end: frame.maxX)
    }
    let costs = cost
    func isShown(_ point: Point) -> Bool { costs.contains(point.cost) }
    let kept = split.systems.flatMap(\.kept).map(\.test).filter { $0 != .null }
    let stray = Self.stray(models.filter(isShown), among: (fixed + kept).filter(isShown))
    // Routers that ask such a model only stand on its spot, but for rounding.
    var visible = (fixed + moving).filter { isShown($0) && $0.quality > stray + Self.rounding }
      .map(\.quality)
    if visible.isEmpty { visible = [0.5] }
    let (low, high) = (visible.min() ?? 0, visible.max() ?? 1)
    let margin = max((high - low) * 0.07, 0.01)
    quality = Axis(
      lower: low - margin, upper: high + margin, isLogarithmic: false, start: frame.maxY,
      end: frame.minY)
  }

  /// How far qualities may lie apart and be one.
  private static let rounding = 1e-9

  /// The quality up to which single models lie so far below all else that the empty stretch above them
  /// would take more than half of the axis, or a third where it is thrice as wide as any above it; minus
  /// infinity where none does.
  ///
  /// At most two are left out, and two qualities or more stay. One may be a model that Zero mixes: its
  /// curve then comes in from below.
  private static func stray(_ models: [Point], among points: [Point]) -> Double {
    var levels: [Double] = []
    for quality in points.map(\.quality).sorted()
    where levels.last.map({ quality - $0 > rounding }) ?? true {
      levels.append(quality)
    }
    guard let low = levels.first, let high = levels.last else { return -.infinity }
    for (lower, upper) in zip(levels.dropLast(2), levels.dropFirst()).prefix(2) {
      guard models.contains(where: { abs($0.quality - lower) <= rounding }) else { break }
      let rest = levels.drop { $0 < upper }
      let widest = zip(rest, rest.dropFirst()).map { $1 - $0 }.max() ?? 0
      let (gap, whole) = (upper - lower, high - low)
      if gap > whole / 2 || (gap > whole / 3 && gap > 3 * widest) { return lower }
    }
    return -.infinity
  }

  /// Whether a point lies below the frame, between its sides.
  func isBelow(_ point: Point) -> Bool {
    cost.contains(point.cost) && point.quality < quality.lower
  }

  /// A point's place, or one just above the foot of the frame where it lies below.
  func placeInside(_ point: Point) -> (x: Double, y: Double) {
    place(point) ?? (cost.position(of: point.cost), frame.maxY - 9)
  }

  /// A point's place, or nil when it lies off the axes.
  func place(_ point: Point) -> (x: Double, y: Double)? {
    guard cost.contains(point.cost), quality.contains(point.quality) else { return nil }
    return (cost.position(of: point.cost), quality.position(of: point.quality))
  }

  /// A curve as a line of pixels: straight in dollars, so bent where dollars are logarithmic.
  func trace(_ curve: [Point]) -> [(x: Double, y: Double)] {
    var line: [(x: Double, y: Double)] = []
    let isDrawn = { (point: Point) in
      !cost.isLogarithmic || cost.holdsZero || point.cost > 0
    }
    for (index, point) in curve.enumerated() where isDrawn(point) {
      if cost.isLogarithmic, let last = index > 0 ? curve[index - 1] : nil, isDrawn(last) {
        // Straight up to a break, then bent.
        let start = cost.holdsZero ? max(last.cost, cost.lower) : last.cost
        if point.cost > start {
          let distance = cost.position(of: point.cost) - cost.position(of: start)
          // Costs that no axis can hold have no distance.
          let steps = Int(max(6, min(1200, distance)) / 6)
          for step in (last.cost < start ? 0 : 1)..<max(1, steps) {
            let middle = start * pow(point.cost / start, Double(step) / Double(steps))
            let share = (middle - last.cost) / (point.cost - last.cost)
            append(
              Point(cost: middle, quality: last.quality + share * (point.quality - last.quality)))
          }
        }
      }
      append(point)
    }
    return line

    func append(_ point: Point) {
      line.append((cost.position(of: point.cost), quality.position(of: point.quality)))
    }
  }

  /// Swept points as pixels; points nearer to each other than a dot is wide become one.
  func dots(_ points: [Point]) -> [(x: Double, y: Double)] {
    struct Cell: Hashable {
      let column: Int
      let row: Int
    }
    var seen: Set<Cell> = []
    return points.compactMap { point in
      guard let (x, y) = place(point), x.isFinite, y.isFinite else { return nil }
      return seen.insert(Cell(column: Int(x / 1.5), row: Int(y / 1.5))).inserted ? (x, y) : nil
    }
  }
}
