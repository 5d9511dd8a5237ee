import Matrices
import Outcomes
import Routing

extension Lessons {
  /// The qualities of one model, in the order of the prompts.
  func targets(ofModel model: Int) -> [Float] {
    (0..<count).map { Float(table.quality[$0, model]) }
  }
}

extension ModelID {
  /// The number of a model's own stream of random numbers: a hash of its name (FNV-1a).
  ///
  /// The name and not the index, so that leaving out other models changes nothing.
  var stream: UInt64 {
    name.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  }
}
