import Foundation

/// Memory for one forward pass.
final class Scratch {
  let base: UnsafeMutablePointer<Float>

  init(_ count: Int) {
    base = .allocate(capacity: max(1, count))
    base.initialize(repeating: 0, count: max(1, count))
  }

  deinit { base.deallocate() }
}

/// The arrays that every layer of one forward pass writes over.
struct Room {
  let query: Scratch
  let key: Scratch
  let value: Scratch
  let context: Scratch
  let scores: Scratch
  let wide: Scratch

  init(count: Int, _ configuration: ModelConfiguration) {
    query = Scratch(count * configuration.hidden)
    key = Scratch(count * configuration.hidden)
    value = Scratch(count * configuration.hidden)
    context = Scratch(count * configuration.hidden)
    scores = Scratch(count * count)
    wide = Scratch(count * configuration.intermediate)
  }
}

/// MPNet's attention bias by distance: a square for each head, the same in every layer.
final class RelativeBias {
  private let memory: Scratch
  var base: UnsafePointer<Float> { UnsafePointer(memory.base) }

  init(table: Floats, _ configuration: ModelConfiguration, count: Int) {
    let heads = configuration.heads
    memory = Scratch(heads * count * count)
    let buckets = ((1 - count)..<count).map { Self.bucket($0, of: configuration.buckets) }
    for head in 0..<heads {
      for row in 0..<count {
        let target = memory.base + (head * count + row) * count
        for column in 0..<count {
          target[column] = table.values[buckets[column - row + count - 1] * heads + head]
        }
      }
    }
  }

  /// The bucket of a distance: exact for near tokens, logarithmic up to 128 for far ones.
  static func bucket(_ distance: Int, of buckets: Int) -> Int {
    let half = buckets / 2
    let side = distance > 0 ? half : 0
    let away = abs(distance)
    let exact = half / 2
    if away < exact { return side + away }
    let far = Float(Foundation.log(Float(away) / Float(exact))) / Float(Foundation.log(128 / Double(exact)))
    return side + min(exact + Int(far * Float(half - exact)), half - 1)
  }
}
