/// A rectangle in a picture, in pixels, y downwards.
struct Box: Hashable {
  var x: Double
  var y: Double
  var width: Double
  var height: Double

  func overlaps(_ other: Box) -> Bool {
    x < other.x + other.width && other.x < x + width && y < other.y + other.height
      && other.y < y + height
  }

  func contains(_ other: Box) -> Bool {
    other.x >= x && other.y >= y && other.x + other.width <= x + width
      && other.y + other.height <= y + height
  }
}

/// Places labels beside points so that no label covers another, a point, or the frame.
///
/// Greedy over ever wider rings of positions: near a point first, then farther with a leader line.
struct LabelPlacement {
  /// A label's box, and whether it is far enough from its point to need a leader line.
  struct Place: Hashable {
    let box: Box
    let needsLeader: Bool
  }

  /// The places of labels of given sizes, in order; a label for which no room is left has none.
  static func place(
    points: [(x: Double, y: Double)], sizes: [(width: Double, height: Double)], within frame: Box,
    avoiding obstacles: [Box] = []
  ) -> [Place?] {
    let dots = points.map { Box(x: $0.x - 6, y: $0.y - 6, width: 12, height: 12) }
    var taken: [Box] = []
    return zip(points, sizes).map { point, size in
      for ring in 0..<24 {
        let gap = 8 + Double(ring) * 9
        for box in candidates(point, size, gap)
        where frame.contains(box)
          && !(taken + dots + obstacles).contains(where: { $0.overlaps(box) })
        {
          taken.append(box)
          return Place(box: box, needsLeader: ring >= 2)
        }
      }
      return nil
    }
  }

  private static func candidates(
    _ point: (x: Double, y: Double), _ size: (width: Double, height: Double), _ gap: Double
  ) -> [Box] {
    let (w, h) = (size.width, size.height)
    let corners = [
      (point.x + gap, point.y - h / 2), (point.x - gap - w, point.y - h / 2),
      (point.x - w / 2, point.y - gap - h), (point.x - w / 2, point.y + gap),
      (point.x + gap, point.y - gap - h), (point.x + gap, point.y + gap),
      (point.x - gap - w, point.y - gap - h), (point.x - gap - w, point.y + gap),
    ]
    return corners.map { Box(x: $0.0, y: $0.1, width: w, height: h) }
  }
}
