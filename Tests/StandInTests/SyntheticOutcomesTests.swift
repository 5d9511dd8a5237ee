import Matrices
import Outcomes
import Parallelism
import StandIn
import Testing

@Suite("The synthetic stand-in")
struct SyntheticOutcomesTests {
  static let whole = SyntheticOutcomes().table()

  private func rows(of task: StandInTask) -> [Int] {
    Self.whole.evalNames.indices.filter { row in
      let name = Self.whole.evalNames[row]
      return task == .mmlu ? name.hasPrefix("mmlu-") : name == task.rawValue
    }
  }

  @Test("It has the published shape: 36,497 prompts, 11 models, 57 subjects and 6 other tasks")
  func shape() {
    #expect(Self.whole.count == 36_497)
    #expect(Self.whole.models.count == 11)
    #expect(Set(Self.whole.evalNames).count == 63)
    #expect(
      StandInTask.allCases.map { rows(of: $0).count } == [
        14_736, 84, 448, 10_538, 1_330, 7_818, 1_543,
      ])
  }

  @Test("Prompts and sample ids are all different")
  func distinct() {
    #expect(Set(Self.whole.prompts).count == Self.whole.count)
    #expect(Set(Self.whole.sampleIDs).count == Self.whole.count)
  }

  @Test(
    "Qualities are Table 1's within four standard errors, costs to 1e-9",
    arguments: StandInTask.allCases)
  func calibration(task: StandInTask) {
    let rows = rows(of: task)
    let quality = Self.whole.quality.selecting(rows: rows).columnMeans()
    let cost = Self.whole.cost.selecting(rows: rows).columnMeans()
    let place = StandInTask.allCases.firstIndex(of: task) ?? 0
    for (model, published) in PublishedModel.all.enumerated() {
      let expected = published.quality[place]
      let error = (expected * (1 - expected) / Double(rows.count)).squareRoot()
      #expect(abs(quality[model] - expected) <= 4 * error, "\(task) \(published.name)")
      #expect(
        abs(cost[model] / published.costPerPrompt(task) - 1) < 1e-9, "\(task) \(published.name)")
    }
  }

  @Test(
    "The Oracle's quality is Table 1's to 0.02",
    arguments: zip(
      StandInTask.allCases, [0.957, 0.996, 0.899, 0.994, 1.0, 0.748, 0.977]))
  func oracle(task: StandInTask, expected: Double) {
    let rows = rows(of: task)
    let sum = rows.reduce(0.0) { $0 + (Self.whole.quality[row: $1].max() ?? 0) }
    #expect(abs(sum / Double(rows.count) - expected) < 0.02, "\(sum / Double(rows.count))")
  }

  @Test("The same seed gives the same bytes on any number of threads, another seed others")
  func reproducible() {
    let one = SyntheticOutcomes(prompts: 500, seed: 7).table(threads: Threads(1))
    let many = SyntheticOutcomes(prompts: 500, seed: 7).table(threads: Threads(5))
    let other = SyntheticOutcomes(prompts: 500, seed: 8).table(threads: Threads(5))
    #expect(one.prompts == many.prompts)
    #expect(one.quality == many.quality)
    #expect(one.cost == many.cost)
    #expect(one.prompts != other.prompts)
    #expect(one.quality != other.quality)
  }

  @Test("Every size has prompts in every task", arguments: [200, 1_000, 36_497, 40_000])
  func sizes(prompts: Int) {
    let table = SyntheticOutcomes(prompts: prompts).table()
    #expect(table.count == prompts)
    #expect(Set(table.evalNames.map { $0.hasPrefix("mmlu-") ? "mmlu" : $0 }).count == 7)
    #expect(table.quality.values.allSatisfy { $0 >= 0 && $0 <= 1 })
    #expect(table.cost.values.allSatisfy { $0 > 0 && $0.isFinite })
  }

  @Test("The notice says that it is synthetic and how to run the real files")
  func notice() {
    #expect(SyntheticOutcomes.notice.contains("SYNTHETIC"))
    #expect(SyntheticOutcomes.notice.contains("routerbench evaluate FILE"))
  }
}
