import Files
import Foundation
import Matrices
import Outcomes
import Prompts
import Testing

@Suite("Published files")
struct PublishedFilesTests {
  private static let fiveShot = "data/routerbench/routerbench_5shot_arc_winogrande.pkl"

  @Test("the five-shot rows have 11 models, 2 tasks, 2,751 rows and 14 repeated ids")
  func fiveShotFacts() throws {
    guard let path = shared(Self.fiveShot) else { return }
    let reading = try OutcomeReading.read(path)
    let table = reading.table
    #expect(reading.format == .pickle && reading.shape == .wide)
    #expect(reading.rowsRead == 2751)
    #expect(reading.diagnostics.isClean)
    #expect(reading.diagnostics.summary.isEmpty)
    #expect(table.models.count == 11)
    #expect(table.taskNames() == ["ARC Challenge", "Winogrande"])
    #expect(reading.duplicates.count == 14 && reading.duplicates.copies == 28)
    #expect(reading.duplicates.countsByEvalName == ["arc-challenge": 14])
    #expect(table.count == 2751 - 28)
    let (complete, exclusions) = table.completeCases()
    #expect(exclusions.isEmpty && complete.count == 1456 + 1267)
    let winogrande = table.selecting(task: "Winogrande")
    let gpt4 = try #require(table.index(of: "gpt-4-1106-preview"))
    #expect(abs(winogrande.quality.columnMeans()[gpt4] - 0.8587) < 5e-5)
    #expect(abs(winogrande.cost.columnMeans()[gpt4] - 0.0035306) < 5e-8)
  }

  @Test("merging keeps the second ARC copy, with GPT-3.5's quality from the first")
  func merging() throws {
    guard let path = shared(Self.fiveShot) else { return }
    var options = ReadingOptions(duplicateRule: .mergeDuplicates)
    let merged = try OutcomeTable(contentsOf: path, options: options)
    let arc = merged.selecting(task: "ARC Challenge")
    #expect(arc.count == 1470 && arc.completeRows.count == 1470)
    let row = try #require(arc.sampleIDs.firstIndex(of: "arc-challenge.val.136"))
    let gpt35 = try #require(arc.index(of: "gpt-3.5-turbo-1106"))
    #expect(arc.quality[row, gpt35] == 1)
    #expect(abs(arc.cost[row, gpt35] - 0.000476) < 1e-9)
    #expect(PromptText(arc.prompts[row]).turns.count == 1)
    options.duplicateRule = .keepFirst
    let first = try OutcomeTable(contentsOf: path, options: options)
    let (kept, exclusions) = first.completeCases()
    #expect(kept.count == 1456 + 1267 && exclusions.total == 14)
    #expect(exclusions.tasks[0].missingQuality["gpt-4-1106-preview"] == 14)
    #expect(exclusions.tasks[0].missingQuality["gpt-3.5-turbo-1106"] == nil)
    #expect(exclusions.tasks[1].excluded == 0)
  }

  @Test("the 365-row sample is the same table from pickle, CSV and the long form")
  func threeForms() throws {
    guard let pickle = shared("data/routerbench/routerbench_0shot_sample365.pkl"),
      let csv = shared("data/routerbench/routerbench_0shot_sample365.csv"),
      let long = shared("data/routerbench/routerbench_raw_sample365_long.pkl")
    else { return }
    let options = ReadingOptions(includeResponses: true)
    let readings = try [pickle, csv, long].map { try OutcomeReading.read($0, options: options) }
    #expect(readings.allSatisfy { $0.diagnostics.isClean && $0.table.count == 365 })
    #expect(readings.map(\.shape) == [.wide, .wide, .long])
    #expect(sameContent(readings[0].table, readings[1].table))
    let order = Dictionary(
      uniqueKeysWithValues: readings[2].table.sampleIDs.enumerated().map { ($1, $0) })
    let rows = readings[0].table.sampleIDs.compactMap { order[$0] }
    #expect(sameContent(readings[0].table, readings[2].table.selecting(rows: rows)))
    #expect(readings[0].table.evalNames.contains("mmlu-virology"))
    #expect(Set(readings[0].table.evalNames).count == 61)
  }

  @Test("rows with latency and confidence keep their 13 gaps")
  func latencyAndConfidence() throws {
    guard let path = shared("data/cascades/nine_models_latency_confidence_long.csv.gz") else {
      return
    }
    let reading = try OutcomeReading.read(path)
    #expect(reading.compression == .gzip && reading.format == .csv && reading.shape == .long)
    #expect(reading.diagnostics.isClean && reading.duplicates.count == 0)
    #expect(reading.rowsRead == 26397)
    #expect(reading.table.count == 2933 && reading.table.models.count == 9)
    #expect(reading.table.completeRows.count == 2933)
    #expect(reading.table.latency?.values.contains { $0.isNaN } == false)
    #expect(reading.table.confidence?.values.filter(\.isNaN).count == 13)
  }

  @Test("a wide file without costs has two models and no cost")
  func withoutCosts() throws {
    guard let path = shared("data/routellm/mmlu_mixtral_gpt4.csv.gz") else { return }
    let reading = try OutcomeReading.read(path)
    #expect(reading.diagnostics.isClean)
    #expect(reading.table.count == 14042 && reading.table.models.count == 2)
    #expect(!reading.table.hasCosts)
    #expect(reading.table.taskNames() == ["MMLU"])
    #expect(reading.table.completeRows(needsCost: false).count == 14042)
    #expect(reading.table.completeRows.isEmpty)
  }

  @Test("a file without ids and tasks is refused, or read when told what to fill in")
  func withoutIDs() throws {
    guard let path = shared("data/routellm/gsm8k_mixtral_gpt4_responses.csv.gz") else { return }
    let error = #expect(throws: OutcomesError.self) { try OutcomeReading.read(path) }
    #expect(
      error?.description.hasSuffix(
        ". Rename them if there under another name, or add them, or let ids be made from row numbers "
          + "(--number-rows) and give a task name for the whole file (--eval-name NAME).") == true)
    let reading = try OutcomeReading.read(
      path, options: ReadingOptions(evalName: "gsm8k", generatesSampleIDs: true))
    #expect(reading.table.count == 1319 && reading.table.taskNames() == ["GSM8K"])
    #expect(
      reading.table.models == ["mistralai/Mixtral-8x7B-Instruct-v0.1", "gpt-4-1106-preview"])
    #expect(reading.table.sampleIDs.prefix(2) == ["row-1", "row-2"])
    #expect(reading.diagnostics.isClean)
    #expect(reading.diagnostics.counts[.filledIn] == 2)
    #expect(reading.diagnostics.counts[.ignoredColumn] == 2)
  }

  @Test("the question view gives the golden texts of all Winogrande rows")
  func questions() throws {
    struct Golden: Decodable {
      let sample_ids: [String]
      let texts: [String]
    }
    guard let path = shared(Self.fiveShot),
      let golden = shared("golden/winogrande_question_texts.json")
    else { return }
    let expected = try JSONDecoder().decode(
      Golden.self, from: Data(contentsOf: URL(fileURLWithPath: golden)))
    let table = try OutcomeTable(contentsOf: path).selecting(task: "Winogrande")
    #expect(table.sampleIDs == expected.sample_ids)
    #expect(table.prompts.map { PromptView.question.text(of: $0) } == expected.texts)
  }
}
