/// An upright rectangle in a picture.
struct Box: Equatable {
  var minX: Double
  var minY: Double
  var maxX: Double
  var maxY: Double

  func intersects(_ other: Box) -> Bool {
    minX < other.maxX && other.minX < maxX && minY < other.maxY && other.minY < maxY
  }

  func contains(_ other: Box) -> Bool {
    minX <= other.minX && other.maxX <= maxX && minY <= other.minY && other.maxY <= maxY
  }

  func grown(by amount: Double) -> Box {
    Box(minX: minX - amount, minY: minY - amount, maxX: maxX + amount, maxY: maxY + amount)
  }

  /// The box's point that is nearest to a place.
  func nearest(x: Double, y: Double) -> (x: Double, y: Double) {
    (min(max(x, minX), maxX), min(max(y, minY), maxY))
  }
}
