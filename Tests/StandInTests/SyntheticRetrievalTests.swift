import Foundation
import Matrices
import Outcomes
import StandIn
import Testing

@Suite("The synthetic retrieval stand-in")
struct SyntheticRetrievalTests {
  static let whole = SyntheticRetrieval().table()

  /// Means of a model over the prompts that its answers tell apart: those that say when.
  private func mean(_ model: String, where isMeant: (String) -> Bool) throws -> Double {
    let column = try #require(Self.whole.models.firstIndex { $0.name == model })
    let rows = Self.whole.prompts.indices.filter { isMeant(Self.whole.prompts[$0]) }
    return rows.reduce(0) { $0 + Self.whole.quality[$1, column] } / Double(rows.count)
  }

  @Test("It has the paper's shape: 800 different queries, five models, one task")
  func shape() {
    let table = Self.whole
    #expect(table.count == 800 && table.models.count == 5)
    #expect(Set(table.prompts).count == 800 && Set(table.sampleIDs).count == 800)
    #expect(Set(table.evalNames) == ["rag"])
    #expect(table.quality.values.allSatisfy { $0 == 0 || $0 == 1 })
    #expect(table.cost.values.allSatisfy { $0 > 0 && $0 < 0.02 })
  }

  @Test("At its largest its queries still differ, and nearly half are of what is new")
  func largest() {
    let table = SyntheticRetrieval(prompts: SyntheticRetrieval.mostPrompts).table()
    #expect(Set(table.prompts).count == SyntheticRetrieval.mostPrompts)
    // Those that the model that knows most cannot know, it hardly ever solves.
    let share = table.quality.columnMeans()[1]
    #expect(abs(share - (0.45 * 0.12 + 0.55 * 0.9)) < 0.05, "\(share)")
  }

  @Test("Only models that search know what is new, and a date alone does not make a query new")
  func kinds() throws {
    let isNews = { (text: String) in text.contains("latest") || text.contains("this week") }
    let isOld = { (text: String) in text.contains("in 19") }
    let isPlanned = { (text: String) in text.contains("decided") }
    #expect(try mean("gpt-4-1106-preview", where: isNews) < 0.25)
    #expect(try mean("sonar-medium-online", where: isNews) > 0.6)
    #expect(try mean("gpt-4-1106-preview", where: isOld) > 0.8)
    #expect(Self.whole.prompts.contains { isPlanned($0) && $0.contains("2024") })
    #expect(try mean("gpt-4-1106-preview", where: isPlanned) > 0.7)
  }

  @Test("The same seed gives the same bytes, another seed others")
  func reproducible() {
    let one = SyntheticRetrieval(prompts: 90, seed: 7).table()
    let again = SyntheticRetrieval(prompts: 90, seed: 7).table()
    let other = SyntheticRetrieval(prompts: 90, seed: 8).table()
    #expect(one.prompts == again.prompts && one.quality == again.quality && one.cost == again.cost)
    #expect(one.prompts != other.prompts && one.quality != other.quality)
  }
}
