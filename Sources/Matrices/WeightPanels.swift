import Parallelism
import SIMDShim

/// How packed weights are cut: outputs side by side, as many as a product keeps in registers.
struct WeightPanels: Sendable {
  static let width = Int(PACKED_WIDTH)

  /// How many there are; the last is filled up.
  let count: Int

  init(outputs: Int) { count = (outputs + Self.width - 1) / Self.width }

  /// A bias with zeros for the outputs that fill up the last panel.
  func padded(_ bias: Matrix) -> [Float] {
    let values = bias.withUnsafeBufferPointer { Array($0) }
    return values + [Float](repeating: 0, count: count * Self.width - values.count)
  }

  /// Hands ranges of panels to threads, of at least 4 panels, so that handing them out costs little.
  func forEachPart(_ threads: Threads, _ body: @Sendable (Range<Int>) -> Void) {
    let parts = max(1, min(threads.count, count / 4))
    threads.forEach(count: parts) { part in
      body((part * count / parts)..<((part + 1) * count / parts))
    }
  }
}
