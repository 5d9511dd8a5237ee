import Foundation

/// Where curves of a picture take the same way, so that none hides another.
struct CurveOverlap {
  typealias Place = (x: Double, y: Double)

  /// A part of a curve.
  struct Stretch {
    let points: [Place]
    /// How many of the curves drawn before it take the same way here.
    let beneath: Int
  }

  /// Each curve's parts, in the order of the curves.
  let stretches: [[Stretch]]
  /// Curves that are the same all the way, by their places; groups of two or more.
  let same: [[Int]]

  /// How near two curves are where the eye takes them for one, in pixels.
  private static let reach = 1.0
  /// Shorter parts are crossings.
  private static let least = 30.0

  private struct Cell: Hashable {
    let column: Int
    let row: Int
  }

  /// A curve's places at steps of at most `reach`, and its length up to each.
  private struct Trail {
    var places: [Place] = []
    var lengths: [Double] = []
    var isCorner: [Bool] = []
    var cells: Set<Cell> = []

    init(_ curve: [Place]) {
      guard let first = curve.first else { return }
      add(first, length: 0, isCorner: true)
      for (from, to) in zip(curve, curve.dropFirst()) {
        let length = hypot(to.x - from.x, to.y - from.y)
        let steps = Int(max(1, min(2_000, (length / reach).rounded(.up))))
        let start = lengths.last ?? 0
        for step in 1...steps {
          let share = Double(step) / Double(steps)
          add(
            (from.x + share * (to.x - from.x), from.y + share * (to.y - from.y)),
            length: start + share * length, isCorner: step == steps)
        }
      }
    }

    private mutating func add(_ place: Place, length: Double, isCorner: Bool) {
      places.append(place)
      lengths.append(length)
      self.isCorner.append(isCorner)
      cells.insert(Self.cell(place))
    }

    private static func cell(_ place: Place) -> Cell {
      func index(_ value: Double) -> Int {
        Int((min(1e6, max(-1e6, value)) / reach).rounded(.down))
      }
      return Cell(column: index(place.x), row: index(place.y))
    }

    func passes(_ place: Place) -> Bool {
      let own = Self.cell(place)
      for row in -1...1 {
        for column in -1...1
        where cells.contains(Cell(column: own.column + column, row: own.row + row)) {
          return true
        }
      }
      return false
    }

    func covers(_ other: Trail) -> Bool { other.places.allSatisfy(passes) }
  }

  /// Compares curves in the order in which they are drawn.
  init(_ curves: [[Place]]) {
    let trails = curves.map(Trail.init)
    stretches = trails.indices.map { index in
      Self.stretches(of: trails[index], over: Array(trails[..<index]), curve: curves[index])
    }
    var groups: [[Int]] = []
    for index in trails.indices where trails[index].places.count > 1 {
      let known = groups.firstIndex {
        trails[$0[0]].covers(trails[index]) && trails[index].covers(trails[$0[0]])
      }
      if let known { groups[known].append(index) } else { groups.append([index]) }
    }
    same = groups.filter { $0.count > 1 }
  }

  private static func stretches(
    of trail: Trail, over earlier: [Trail], curve: [Place]
  ) -> [Stretch] {
    guard curve.count > 1 else { return [] }
    let counts = trail.places.map { place in earlier.count { $0.passes(place) } }
    // Runs of one count, as places where they begin; short ones join what comes before.
    var starts: [Int] = [0]
    for place in counts.indices.dropFirst() where counts[place] != counts[place - 1] {
      starts.append(place)
    }
    var runs: [(start: Int, count: Int)] = []
    for (position, start) in starts.enumerated() {
      let end = position + 1 < starts.count ? starts[position + 1] : counts.count - 1
      let isLong = trail.lengths[end] - trail.lengths[start] >= least
      let count = isLong ? counts[start] : runs.last?.count ?? 0
      if runs.last?.count != count { runs.append((start, count)) }
    }
    guard runs.count > 1 || runs.first?.count != 0 else {
      return [Stretch(points: curve, beneath: 0)]
    }
    return runs.enumerated().map { position, run in
      let end = position + 1 < runs.count ? runs[position + 1].start : counts.count - 1
      let kept = (run.start...end).filter {
        $0 == run.start || $0 == end || trail.isCorner[$0]
      }
      return Stretch(points: kept.map { trail.places[$0] }, beneath: run.count)
    }
  }
}
