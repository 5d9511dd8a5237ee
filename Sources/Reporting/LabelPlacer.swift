import Foundation

/// Finds a free place for each point's label: beside it if possible, else on a leader line.
///
/// Labels never touch each other, a marker or the frame; among the places that are left the nearest
/// wins, less what it would cover. A label lies on a curve only where a free place would need a leader so
/// long that it is lost. A label that fits nowhere is not drawn.
struct LabelPlacer {
  /// A point with the size of its label.
  struct Request {
    let x: Double
    let y: Double
    /// The marker's radius.
    let radius: Double
    let width: Double
    let height: Double

    var marker: Box {
      Box(minX: x - radius, minY: y - radius, maxX: x + radius, maxY: y + radius)
    }
  }

  /// Where a label goes.
  struct Placement: Equatable {
    let box: Box
    /// The line that joins it to its point, when it stands apart.
    let leader: Leader?
  }

  let frame: Box
  /// What the curves cover.
  let curves: Ink
  /// What the dots cover, which hide less of a name and lose less by it.
  let dots: Ink
  /// Small things that a label may cover only when there is no other place.
  var marks: [Box] = []
  private let gap = 2.0

  /// Places labels; nil where there is no room left.
  func place(_ requests: [Request]) -> [Placement?] {
    var placed = [Placement?](repeating: nil, count: requests.count)
    let crowding = requests.map { one in
      requests.count { abs($0.x - one.x) < one.width && abs($0.y - one.y) < 40 }
    }
    let order = requests.indices.sorted {
      crowding[$0] != crowding[$1] ? crowding[$0] > crowding[$1] : $0 < $1
    }
    // Later rounds let the first labels move now that the others are known.
    for _ in 0..<4 {
      let before = placed
      for index in order {
        placed[index] = nil
        placed[index] = best(for: index, requests, placed)
      }
      if placed == before { break }
    }
    return freed(placed, requests)
  }

  /// Takes labels off curves where one other label that moves along makes room.
  private func freed(_ placed: [Placement?], _ requests: [Request]) -> [Placement?] {
    var placed = placed
    var least = total(placed, requests)
    for index in requests.indices {
      for other in requests.indices where other != index {
        guard let box = placed[index]?.box, curves.count(in: box) > 0 else { break }
        var trial = placed
        trial[index] = nil
        trial[other] = nil
        trial[index] = best(for: index, requests, trial)
        trial[other] = best(for: other, requests, trial)
        let cost = total(trial, requests)
        if cost < least { (placed, least) = (trial, cost) }
      }
    }
    return placed
  }

  /// What all labels cost together; infinite where one found no room.
  private func total(_ placed: [Placement?], _ requests: [Request]) -> Double {
    var sum = 0.0
    for (index, placement) in placed.enumerated() {
      guard let placement else { return .infinity }
      var others = placed
      others[index] = nil
      sum += cost(of: placement, for: index, requests, others)
    }
    return sum
  }

  private func best(
    for index: Int, _ requests: [Request], _ placed: [Placement?]
  ) -> Placement? {
    let request = requests[index]
    var best: (cost: Double, placement: Placement)?
    func consider(_ box: Box, _ preference: Double) {
      guard frame.contains(box.grown(by: gap)) else { return }
      let roomy = box.grown(by: gap)
      for other in requests where roomy.intersects(other.marker) { return }
      for case let other? in placed where roomy.intersects(other.box) { return }
      let placement = joined(box, to: request)
      let cost = preference + cost(of: placement, for: index, requests, placed)
      if cost < best?.cost ?? .infinity { best = (cost, placement) }
    }
    for ring in [2.5, 6, 11, 18, 26, 36, 48, 62, 78, 96, 118, 144, 176, 214] {
      for turn in 0..<24 {
        let angle = Double(turn) / 24 * 2 * Double.pi
        let (dx, dy) = (cos(angle), sin(angle))
        let reach = request.radius + ring
        let x = request.x + dx * reach + max(-1, min(1, dx * 1.5)) * request.width / 2
        let y = request.y + dy * reach + max(-1, min(1, dy * 1.5)) * request.height / 2
        consider(box(request, x, y), 2 - 2 * dx)
      }
    }
    if best == nil {
      // Crowded all around: anywhere in the frame, the nearest first by its leader's cost.
      for y in stride(from: frame.minY + request.height, to: frame.maxY, by: 6) {
        for x in stride(from: frame.minX + request.width / 2, to: frame.maxX, by: 10) {
          consider(box(request, x, y), 0)
        }
      }
    }
    return best?.placement
  }

  private func box(_ request: Request, _ x: Double, _ y: Double) -> Box {
    Box(
      minX: x - request.width / 2, minY: y - request.height / 2, maxX: x + request.width / 2,
      maxY: y + request.height / 2)
  }

  private func joined(_ box: Box, to request: Request) -> Placement {
    let near = box.nearest(x: request.x, y: request.y)
    let distance = hypot(near.x - request.x, near.y - request.y)
    guard distance > request.radius + 7 else { return Placement(box: box, leader: nil) }
    let share = (request.radius + 1) / distance
    return Placement(
      box: box,
      leader: Leader(
        fromX: request.x + (near.x - request.x) * share,
        fromY: request.y + (near.y - request.y) * share, toX: near.x, toY: near.y))
  }

  private func cost(
    of placement: Placement, for index: Int, _ requests: [Request], _ placed: [Placement?]
  ) -> Double {
    let request = requests[index]
    let near = placement.box.nearest(x: request.x, y: request.y)
    let distance = hypot(near.x - request.x, near.y - request.y) - request.radius
    var cost = 0.8 * distance + 5 * dots.count(in: placement.box)
    let crossed = curves.count(in: placement.box)
    if crossed > 0 { cost += 110 + 5 * crossed }
    if placement.leader != nil { cost += 8 }
    let roomy = placement.box.grown(by: 1)
    cost += 60 * Double(marks.count { roomy.intersects($0) })
    for case let other? in placed {
      if let leader = placement.leader {
        if leader.crosses(other.box) { cost += 300 }
        if let second = other.leader, leader.crosses(second) { cost += 120 }
      }
      if let leader = other.leader, leader.crosses(placement.box.grown(by: 1)) { cost += 300 }
    }
    for (position, other) in requests.enumerated() where position != index {
      if let leader = placement.leader, leader.crosses(other.marker) { cost += 150 }
      // A label that stands nearer to another point than to its own would be read as that one's.
      let theirs = placement.box.nearest(x: other.x, y: other.y)
      let other = hypot(theirs.x - other.x, theirs.y - other.y) - other.radius
      if other < 8 && other < distance + 4 { cost += placement.leader == nil ? 30 : 12 }
    }
    return cost
  }
}
