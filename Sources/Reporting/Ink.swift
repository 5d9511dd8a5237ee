import Foundation

/// Which parts of a picture are covered by curves and dots, summed so that a box costs one look.
struct Ink {
  private let frame: Box
  private let columns: Int
  private let rows: Int
  private var covered: [Bool]
  private var sums: [Int32] = []
  private static let cell = 4.0

  /// An empty frame.
  init(frame: Box) {
    self.frame = frame
    columns = max(1, Int(((frame.maxX - frame.minX) / Self.cell).rounded(.up)))
    rows = max(1, Int(((frame.maxY - frame.minY) / Self.cell).rounded(.up)))
    covered = [Bool](repeating: false, count: columns * rows)
    seal()
  }

  /// Marks a place.
  mutating func mark(x: Double, y: Double) {
    guard x >= frame.minX, x < frame.maxX, y >= frame.minY, y < frame.maxY else { return }
    let column = min(columns - 1, Int((x - frame.minX) / Self.cell))
    let row = min(rows - 1, Int((y - frame.minY) / Self.cell))
    covered[row * columns + column] = true
  }

  /// Marks a straight line.
  mutating func mark(fromX: Double, fromY: Double, toX: Double, toY: Double) {
    let length = min(1e5, hypot(toX - fromX, toY - fromY))
    let steps = max(1, Int(length / 2))
    for step in 0...steps {
      let share = Double(step) / Double(steps)
      mark(x: fromX + share * (toX - fromX), y: fromY + share * (toY - fromY))
    }
  }

  /// Sums up; call once after marking.
  mutating func seal() {
    sums = [Int32](repeating: 0, count: (columns + 1) * (rows + 1))
    for row in 0..<rows {
      for column in 0..<columns {
        sums[(row + 1) * (columns + 1) + column + 1] =
          (covered[row * columns + column] ? 1 : 0) + sums[row * (columns + 1) + column + 1]
          + sums[(row + 1) * (columns + 1) + column] - sums[row * (columns + 1) + column]
      }
    }
  }

  /// How many covered cells a box holds.
  func count(in box: Box) -> Double {
    func column(_ x: Double) -> Int {
      min(columns, max(0, Int(((x - frame.minX) / Self.cell).rounded(.down))))
    }
    func row(_ y: Double) -> Int {
      min(rows, max(0, Int(((y - frame.minY) / Self.cell).rounded(.down))))
    }
    let (left, right) = (column(box.minX), min(columns, column(box.maxX) + 1))
    let (top, bottom) = (row(box.minY), min(rows, row(box.maxY) + 1))
    let width = columns + 1
    return Double(
      sums[bottom * width + right] - sums[top * width + right] - sums[bottom * width + left]
        + sums[top * width + left])
  }
}
