import Files
import Parallelism

/// The order in which the published data show the choices of a question.
///
/// They were shuffled by Python's generator, seeded by the sample's id and the day on which the
/// code of OpenAI's evals was given its seed. Made again bit by bit, so that our prompts are theirs.
///
/// - Source: github.com/openai/evals, `formatting.py` and `eval.py`; found to hold for the
///   published rows of ARC, Winogrande and MMLU.
enum PublishedOrder {
  /// Places in the file's order, in the order in which they are shown.
  static func order(of sampleID: String, count: Int) -> [Int] {
    var generator = MersenneTwister(pythonSeed: "\(sampleID):20220722")
    var order = Array(0..<count)
    for last in stride(from: count - 1, to: 0, by: -1) {
      order.swapAt(last, generator.pythonInteger(below: last + 1))
    }
    return order
  }
}

extension MersenneTwister {
  /// Starts the sequence that Python's `random.Random(seed.encode())` starts.
  init(pythonSeed seed: String) {
    let bytes = Array(seed.utf8)
    // Python reads text and digest as one great number, the first byte its highest.
    let number = Array((bytes + SHA512.digest(of: bytes)).drop { $0 == 0 }.reversed())
    self.init(
      key: stride(from: 0, to: number.count, by: 4).map { start in
        number[start..<min(start + 4, number.count)].reversed().reduce(0) { $0 << 8 | UInt32($1) }
      })
  }

  /// What Python's `randrange(bound)` gives for bounds below 2^32.
  mutating func pythonInteger(below bound: Int) -> Int {
    let bits = UInt32(Int.bitWidth - bound.leadingZeroBitCount)
    while true {
      let value = Int(next32() >> (32 - bits))
      if value < bound { return value }
    }
  }
}
