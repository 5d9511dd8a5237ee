/// Blocks of zeroed floats in one piece of memory, each on its own cache lines.
final class FloatArena {
  /// Where each block starts.
  let blocks: [UnsafeMutablePointer<Float>]
  private let base: UnsafeMutableRawPointer

  /// Takes memory for blocks of the given sizes.
  init(sizes: [Int]) {
    let line = 16
    let rounded = sizes.map { ($0 + line - 1) / line * line }
    let total = rounded.reduce(0, +)
    let base = UnsafeMutableRawPointer.allocate(
      byteCount: max(1, total) * MemoryLayout<Float>.stride, alignment: 64)
    let floats = base.bindMemory(to: Float.self, capacity: max(1, total))
    floats.initialize(repeating: 0, count: total)
    self.base = base
    blocks = rounded.indices.map { floats + rounded[..<$0].reduce(0, +) }
  }

  deinit { base.deallocate() }
}
