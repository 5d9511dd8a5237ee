typealias FloatArena = Arena<Float>
typealias DoubleArena = Arena<Double>

/// Blocks of zeroed numbers in one piece of memory, each on its own cache lines.
final class Arena<Number: BinaryFloatingPoint & BitwiseCopyable> {
  /// Where each block starts.
  let blocks: [UnsafeMutablePointer<Number>]
  private let base: UnsafeMutableRawPointer

  /// Takes memory for blocks of the given sizes.
  init(sizes: [Int]) {
    let line = 64 / MemoryLayout<Number>.stride
    let rounded = sizes.map { ($0 + line - 1) / line * line }
    let total = rounded.reduce(0, +)
    let base = UnsafeMutableRawPointer.allocate(
      byteCount: max(1, total) * MemoryLayout<Number>.stride, alignment: 64)
    let numbers = base.bindMemory(to: Number.self, capacity: max(1, total))
    numbers.initialize(repeating: 0, count: total)
    self.base = base
    blocks = rounded.indices.map { numbers + rounded[..<$0].reduce(0, +) }
  }

  deinit { base.deallocate() }
}
