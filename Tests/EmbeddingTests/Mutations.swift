import Foundation
import Parallelism

/// Gives `body` many damaged copies of some bytes, always the same ones.
func mutate(_ bytes: [UInt8], times: Int, _ body: ([UInt8]) throws -> Void) rethrows {
  var generator = SeededGenerator(seed: 20_240_318)
  for _ in 0..<times {
    var copy = bytes
    for _ in 0...generator.integer(below: 4) where !copy.isEmpty {
      let place = generator.integer(below: copy.count)
      switch generator.integer(below: 6) {
      case 0: copy[place] = UInt8(generator.integer(below: 256))
      case 1: copy[place] ^= 1 << UInt8(generator.integer(below: 8))
      case 2: copy.removeSubrange(place...)
      case 3: copy.insert(UInt8(generator.integer(below: 256)), at: place)
      case 4: copy[place] = Array("0123456789-[]{}(),\"' .eE".utf8)[generator.integer(below: 24)]
      default:
        let end = min(copy.count, place + generator.integer(below: 16))
        copy.insert(contentsOf: copy[place..<end], at: generator.integer(below: copy.count))
      }
    }
    try body(copy)
  }
}

/// Runs `body` with a new folder that is removed afterwards.
func withFolder<R>(_ body: (URL) throws -> R) throws -> R {
  let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
    "embedding-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  return try body(folder)
}
