import Testing

@testable import Routers

@Suite("Liblinear's order")
struct LiblinearOrderTests {
  @Test(
    "integers are those of scikit-learn's newrand, also where half of the draws are refused",
    arguments: [
      (0, 7, [3, 2, 4, 2, 6, 2, 1, 5]),
      (0, 1000, [486, 396, 685, 317, 985, 291, 195, 776]),
      (
        0, 2_147_483_649,
        [
          851_336_817, 1_472_555_993, 2_116_508_448, 652_083_105, 387_578_487, 997_385_467,
          858_110_232, 1_042_349_434,
        ]
      ),
      (42, 7, [3, 1, 5, 4, 0, 0, 2, 1]),
      (42, 1000, [454, 148, 832, 637, 69, 87, 319, 250]),
      (
        42, 2_147_483_649,
        [
          976_463_085, 318_604_820, 1_788_063_677, 1_368_669_669, 686_007_748, 537_736_819,
          1_852_723_516, 358_086_110,
        ]
      ),
    ])
  func golden(seed: UInt64, bound: Int, wanted: [Int]) {
    var order = LiblinearOrder(randomState: seed)
    #expect(wanted.map { _ in order.integer(below: bound) } == wanted)
  }

  @Test("a seed of 64 bits is not its lower half")
  func wide() {
    var (narrow, wide) = (
      LiblinearOrder(randomState: 5), LiblinearOrder(randomState: 5 + 1 << 32)
    )
    let draws = (0..<20).map { _ in
      (narrow.integer(below: 1 << 20), wide.integer(below: 1 << 20))
    }
    #expect(draws.contains { $0 != $1 })
  }
}
