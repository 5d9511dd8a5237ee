import CostQuality
import Evaluation
import Foundation

/// Where the cost-quality plane of one split lies in a picture.
struct PlaneGeometry {
  let cost: Axis
  let quality: Axis
  let frame: Box

  /// Fits the axes around everything that is drawn.
  ///
  /// Costs are logarithmic when they span more than a factor of 20 and no model is free.
  init(_ split: SplitResult, frame: Box) {
    self.frame = frame
    let models = split.references.filter { $0.role == .model }.map(\.point)
    let fixed = split.references.filter { $0.role != .oracleFreeWhenUnsolved }.map(\.point)
    let moving = split.systems.flatMap { system in
      system.swept.map(\.point) + system.kept.map(\.test)
    }
    // The null router says nothing about where the others lie.
    var points = (fixed + moving).filter { $0 != .null }
    if points.isEmpty { points = [Point(cost: split.range.upper, quality: 0.5)] }
    let positive = points.map(\.cost).filter { $0 > 0 } + [split.range.upper]
    let (least, most) = (positive.min() ?? 1, positive.max() ?? 1)
    let isLogarithmic = most > 20 * least && models.allSatisfy { $0.cost > 0 }
    if isLogarithmic {
      let margin = pow(most / least, 0.05)
      cost = Axis(
        lower: least / margin, upper: most * margin, isLogarithmic: true, start: frame.minX,
        end: frame.maxX)
    } else {
      let lowest = min(split.range.lower, points.map(\.cost).min() ?? 0)
      let margin = max((most - lowest) * 0.05, most * 1e-6)
      cost = Axis(
        lower: max(0, lowest - margin), upper: most + margin, isLogarithmic: false,
        start: frame.minX, end: frame.maxX)
    }
    let visible = points.filter { !isLogarithmic || $0.cost > 0 }.map(\.quality)
    let (low, high) = (visible.min() ?? 0, visible.max() ?? 1)
    let margin = max((high - low) * 0.07, 0.01)
    quality = Axis(
      lower: low - margin, upper: high + margin, isLogarithmic: false, start: frame.maxY,
      end: frame.minY)
  }

  /// A point's place, or nil when it lies off the axes.
  func place(_ point: Point) -> (x: Double, y: Double)? {
    guard cost.contains(point.cost), quality.contains(point.quality) else { return nil }
    return (cost.position(of: point.cost), quality.position(of: point.quality))
  }

  /// A curve as a line of pixels: straight in dollars, so bent where dollars are logarithmic.
  func trace(_ curve: [Point]) -> [(x: Double, y: Double)] {
    var line: [(x: Double, y: Double)] = []
    for (index, point) in curve.enumerated() where !cost.isLogarithmic || point.cost > 0 {
      if cost.isLogarithmic, let last = index > 0 ? curve[index - 1] : nil, last.cost > 0,
        point.cost > last.cost
      {
        let distance = cost.position(of: point.cost) - cost.position(of: last.cost)
        let steps = min(200, max(1, Int(distance / 6)))
        for step in 1..<max(1, steps) {
          let middle = last.cost * pow(point.cost / last.cost, Double(step) / Double(steps))
          let share = (middle - last.cost) / (point.cost - last.cost)
          append(
            Point(cost: middle, quality: last.quality + share * (point.quality - last.quality)))
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
      guard let (x, y) = place(point) else { return nil }
      return seen.insert(Cell(column: Int(x / 1.5), row: Int(y / 1.5))).inserted ? (x, y) : nil
    }
  }
}
