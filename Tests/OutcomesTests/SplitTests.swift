import Foundation
import Matrices
import Outcomes
import Testing

@Suite("Splits")
struct SplitTests {
  private let ids = (0..<100).map { "s\($0 % 90)" }
  private let keys = [(0..<100).map { "k\($0 % 40)" }]

  @Test("every row is on one side, once", arguments: Split.Method.allCases, [0, 1, 42, 1234])
  func partition(method: Split.Method, seed: UInt64) {
    let split = Split.make(
      sampleIDs: ids, strata: (0..<100).map { $0 < 50 ? "a" : "b" }, seed: seed, method: method,
      keepingTogether: keys)
    #expect((split.training + split.test).sorted() == Array(0..<100))
    #expect(split.training == split.training.sorted() && split.test == split.test.sorted())
    #expect(split.nearDuplicates == 100)
  }

  @Test("near-duplicates and rows of one id are on one side", arguments: 0..<20)
  func together(seed: UInt64) {
    let split = Split.make(sampleIDs: ids, seed: seed, keepingTogether: keys)
    let isTraining = Set(split.training)
    for row in 0..<100 {
      for other in 0..<100 where ids[row] == ids[other] || keys[0][row] == keys[0][other] {
        #expect(isTraining.contains(row) == isTraining.contains(other))
      }
    }
    #expect(split.training.count <= 70 && split.training.count > 55)
  }

  @Test("numpyLegacy takes the first ids of numpy's shuffle, whatever the prompts")
  func numpyLegacy() throws {
    struct Golden: Decodable {
      let n: Int
      let seed: UInt64
      let shuffled: [Int]
    }
    guard let path = shared("golden/numpy_legacy_shuffle.json") else { return }
    let golden = try JSONDecoder().decode(
      [Golden].self, from: Data(contentsOf: URL(fileURLWithPath: path)))
    for golden in golden {
      let split = Split.make(
        sampleIDs: (0..<golden.n).map(String.init), seed: golden.seed, method: .numpyLegacy,
        keepingTogether: [[String](repeating: "same", count: golden.n)])
      #expect(split.training == golden.shuffled.prefix(Int(0.7 * Double(golden.n))).sorted())
      #expect(split.nearDuplicates == golden.n)
    }
  }

  @Test("a table's split keeps like prompts together and takes 70% of each task")
  func table() {
    let count = 200
    let table = OutcomeTable(
      models: ["m"], sampleIDs: (0..<count).map { "s\($0)" },
      evalNames: (0..<count).map { $0 < 150 ? "mmlu-x" : "winogrande" },
      prompts: (0..<count).map { $0 % 10 == 1 ? "Prompt  \($0 - 1)" : "prompt \($0)" },
      quality: Grid(rows: count, columns: 1, repeating: 1),
      cost: Grid(rows: count, columns: 1, repeating: 1))
    let split = table.makeSplit(seed: 3)
    #expect(split.nearDuplicates == 40)
    let training = Set(split.training)
    for row in stride(from: 0, to: count, by: 10) {
      #expect(training.contains(row) == training.contains(row + 1))
    }
    let (first, second) = table.split(trainingFraction: 0.7, seed: 3)
    #expect(first.count + second.count == count)
    #expect((104...105).contains(first.selecting(task: "MMLU").count))
    #expect((34...35).contains(first.selecting(task: "Winogrande").count))
    #expect(table.makeSplit(seed: 3) == split && table.makeSplit(seed: 4) != split)
  }

  @Test("a split survives JSON")
  func coding() throws {
    let split = Split.make(sampleIDs: ids, seed: 5)
    let data = try JSONEncoder().encode(split)
    #expect(try JSONDecoder().decode(Split.self, from: data) == split)
  }
}
