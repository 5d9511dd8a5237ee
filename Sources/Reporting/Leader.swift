import Foundation

/// A straight line from a point to its label.
struct Leader: Equatable {
  let fromX: Double
  let fromY: Double
  let toX: Double
  let toY: Double

  var length: Double { hypot(toX - fromX, toY - fromY) }

  func crosses(_ box: Box) -> Bool {
    // Liang and Barsky's clipping.
    var (enter, leave) = (0.0, 1.0)
    let (dx, dy) = (toX - fromX, toY - fromY)
    for (p, q) in [
      (-dx, fromX - box.minX), (dx, box.maxX - fromX), (-dy, fromY - box.minY),
      (dy, box.maxY - fromY),
    ] {
      if p == 0 {
        if q <= 0 { return false }
      } else if p < 0 {
        enter = max(enter, q / p)
      } else {
        leave = min(leave, q / p)
      }
    }
    return enter < leave
  }

  func crosses(_ other: Leader) -> Bool {
    func side(_ line: Leader, _ x: Double, _ y: Double) -> Double {
      (line.toX - line.fromX) * (y - line.fromY) - (line.toY - line.fromY) * (x - line.fromX)
    }
    return side(self, other.fromX, other.fromY) * side(self, other.toX, other.toY) < 0
      && side(other, fromX, fromY) * side(other, toX, toY) < 0
  }
}
