import CostQuality
import Evaluation
import Foundation
import Matrices
import Outcomes
import Parallelism
import StandIn
import Testing

@testable import Reproduction

@Suite("Reproduction")
struct ReproductionTests {
  @Test("The same cells stand in CSV, Markdown and LaTeX, with each form's escapes")
  func tableForms() {
    var table = ExhibitTable([.text("a&b"), .number("x|y")])
    table.add([.text("50% a_b"), .number(0.12345, decimals: 2)])
    table.add([.text("q,\"r\""), .none])
    #expect(table.csv == "a&b,x|y\r\n50% a_b,0.12345\r\n\"q,\"\"r\"\"\",\r\n")
    #expect(table.markdown.hasPrefix("| a\\&b | x\\|y |\n|---|--:|\n| 50% a_b | 0.12 |\n"))
    #expect(
      table.latex
        == "\\begin{tabular}{lr}\n\\hline\na\\&b & x\\textbar{}y \\\\\n\\hline\n50\\% a\\_b & 0.12 \\\\\n"
        + "q,\\symbol{34}r\\symbol{34} &  \\\\\n\\hline\n\\end{tabular}\n")
    var signs = ExhibitTable([.text("Perf↑"), .number("Cost↓ ($)")])
    signs.add([.text("-a"), .number(-0.5, decimals: 1)])
    #expect(
      signs.latex.contains(
        "Perf$\\uparrow$ & Cost$\\downarrow$ (\\$) \\\\\n\\hline\n-a & $-$0.5 \\\\\n"))
    // With an accent upon it, each of these is another character to Swift, and the same to TeX.
    var accented = ExhibitTable([.text("\\\u{301}input{x}"), .text("%\u{301}")])
    accented.add([.text("a\u{301}"), .text("$\u{20D7}")])
    #expect(
      accented.latex.contains(
        "\\textbackslash{}\u{301}input\\{x\\} & \\%\u{301} \\\\\n\\hline\na\u{301} & \\$\u{20D7} \\\\\n"
      ))
  }

  @Test("A published mean over a part lies in its interval as often as it should")
  func coverage() {
    // A population of 400; the rows at hand are all of it, the published part is 120 of them.
    var state: UInt64 = 7
    func next() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 11) / Double(UInt64(1) << 53)
    }
    let population = (0..<400).map { _ in next() < 0.7 ? 1.0 : 0 }
    let predicted = PublishedMean(of: population, population: 400, part: 120, rounding: 0)
    var inside = 0
    for _ in 0..<2_000 {
      var left = population
      for place in 0..<120 {
        left.swapAt(place, place + Int(next() * Double(400 - place)))
      }
      inside += predicted.interval.contains(left.prefix(120).reduce(0, +) / 120) ? 1 : 0
    }
    #expect((0.93...0.97).contains(Double(inside) / 2_000))
  }

  @Test("The interval of all rows over all rows is the mean, widened by the rounding alone")
  func certain() {
    let known = PublishedMean(of: [0, 1, 1, 0], population: 4, part: 4, rounding: 0.25)
    #expect(known.interval == Interval(lower: 0.25, upper: 0.75))
  }

  @Test("The published table is read by the names of files and tasks")
  func published() {
    #expect(
      PublishedTable.model("gpt-4-1106-preview", on: "Winogrande")
        == .init(quality: 0.858, cost: 1.346))
    let models = PublishedModel.all.map(\.name)
    #expect(
      PublishedTable.oracle(on: "ARC Challenge", among: models)
        == .init(quality: 0.977, cost: 0.091))
    // An Oracle over other models is another.
    #expect(PublishedTable.oracle(on: "ARC Challenge", among: models.dropLast()) == nil)
    #expect(PublishedTable.oracle(on: "ARC Challenge", among: models + ["mine"]) == nil)
    #expect(PublishedTable.model("gpt-4-1106-preview", on: "RAG") == nil)
    #expect(PublishedTable.counts(of: "MT-Bench")?.test == 24)
  }

  @Test("A file without the paper's tasks shows its own; RAG is never made up")
  func panels() {
    let own = Panels(.figure9, in: ["Winogrande", "mine"])
    #expect(own.shown == ["Winogrande", "mine"])
    #expect(own.missing.count == 4)
    #expect(Panels(.figure6, in: ["mine"]).shown.isEmpty)
    #expect(Panels(.figure5, in: ["GSM8K", "mine", "MMLU"]).shown == ["MMLU", "GSM8K"])
  }

  @Test(
    "Cascades and tables of a small stand-in", arguments: [Reproduction.Style.ours, .reference])
  func small(style: Reproduction.Style) throws {
    let table = SyntheticOutcomes(prompts: 700, seed: 1).table(threads: .machine)
    let features = Matrix(
      rows: table.count, columns: 2,
      values: (0..<(2 * table.count)).map { Float(($0 * 7919) % 101) / 101 })
    var experiment = Experiment([])
    experiment.bootstrap = Bootstrap(resamples: 50)
    let reproduction = Reproduction(experiment, style: style, notices: ["made up"])
    let one = try reproduction.make(.table1, on: table, features: features)
    #expect(one.table?.rows.count == 7 * 12)
    #expect(one.missing.isEmpty)
    let printed = try #require(one.printed)
    #expect(
      printed.columns.map(\.head).prefix(5) == [
        "Method", "MMLU Perf↑", "MMLU Cost↓ ($)", "MT-Bench Perf↑", "MT-Bench Cost↓ ($)",
      ])
    #expect(printed.columns.count == 15 && printed.rows.count == 12)
    #expect(printed.rows.first?.first == .text("WizardLM/WizardLM-13B-V1.2"))
    #expect(printed.rows.last?.first == .text("Oracle"))
    #expect(Set(try #require(one.table).columns.map(\.head)).count == 15)
    let five = try reproduction.make(.figure5, on: table, features: features)
    #expect(five.tasks.map(\.task) == ["MMLU", "MBPP", "GSM8K"])
    #expect(five.pictures.map(\.name) == ["figure-5-mmlu", "figure-5-mbpp", "figure-5-gsm8k"])
    // Zero and eight errors of the judge on each task.
    #expect(five.table?.rows.count == 3 * 9)
    #expect(five.tasks.allSatisfy { $0.splits[0].references.count { $0.role == .oracle } == 1 })
    for task in five.tasks {
      for (system, summary) in zip(task.splits[0].systems, task.summaries) {
        #expect(summary.testHull.mean == system.testHullAIQ)
        // Resamples are taken by the same definition; the original code's lies well below the other.
        #expect(try #require(summary.intervals?.testHull).contains(system.testHullAIQ))
        #expect(try #require(summary.intervals?.reference).contains(system.referenceAIQ))
        #expect(system.referenceAIQ < system.testHullAIQ)
      }
    }
    let marker = "original code"
    #expect(five.pictures.allSatisfy { $0.svg.contains(marker) == (style == .reference) })
    let heads = try #require(five.table).columns.map(\.head)
    #expect(
      heads[2] == (style == .reference ? "AIQ, original code (optimistic)" : "AIQ, deployable"))
    var steps: [ExperimentProgress] = []
    _ = try reproduction.make(.figure5, on: table, features: features) { steps.append($0) }
    // Eight cascades and their intervals on each of three tasks.
    #expect(steps.map(\.done) == Array(0..<27) && steps.allSatisfy { $0.total == 27 })
    #expect(steps.first?.description.hasPrefix("MMLU, cascade") == true)
    #expect(steps.last?.description == "GSM8K, intervals")
    let six = try reproduction.make(.figure6, on: table, features: features)
    #expect(six.table == nil && six.missing == ["RAG: the file has no prompts of this task."])
    let three = try reproduction.make(.figure3, on: table, features: features)
    #expect(three.pictures.map(\.name) == ["figure-3-left", "figure-3-right"])
    for row in three.table?.rows ?? [] {
      let shares = row.dropFirst().map { cell -> Double in
        if case .number(let value, _) = cell { value } else { .nan }
      }
      #expect(abs(shares.reduce(0, +) - 1) < 1e-12)
    }
  }

  @Test("A folder that was left while exhibits were to come says so, and which")
  func unfinished() throws {
    let folder = NSTemporaryDirectory() + "routerbench-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let report = ExperimentReport(
      version: "1", title: "t", notices: ["made up"],
      data: DataSummary(
        file: "f", sha256: "", rows: 1, compared: 1, models: ["a", "b"], omissions: [], faults: []),
      options: [], tasks: [])
    let one = Exhibit(kind: .table1, missing: ["Winogrande: none."], table: ExhibitTable([]))
    func index(_ coming: [PaperExhibit]) throws -> String {
      try ReproductionFolder.writeIndex([one], coming: coming, of: report, to: folder)
      return try String(contentsOfFile: folder + "/README.md", encoding: .utf8)
    }
    let left = try index([.figure4, .figure9])
    #expect(left.contains("**Unfinished.** 2 exhibits of 3 had not been made"))
    #expect(left.contains("| [Table 1](table-1.md) |"))
    #expect(left.contains("| Figure 9 | KNN, MLP and Zero out of domain | not made yet |"))
    let whole = try index([])
    #expect(!whole.contains("Unfinished") && !whole.contains("not made yet"))
  }

  @Test("Figure 6 draws its routers, and tells which words send prompts to the models that search")
  func retrieval() throws {
    let table = SyntheticRetrieval(prompts: 400, seed: 3).table()
    let features = Matrix(
      rows: table.count, columns: 2,
      values: table.prompts.flatMap { text in
        [
          text.contains("2024") ? 1 : Float(0),
          text.contains("latest") || text.contains("this week") ? 1 : 0,
        ]
      })
    var experiment = Experiment([])
    experiment.bootstrap = Bootstrap(resamples: 50)
    let six = try Reproduction(experiment, style: .ours, notices: []).make(
      .figure6, on: table, features: features)
    #expect(six.missing.isEmpty)
    #expect(six.pictures.map(\.name) == ["figure-6-rag"])
    let systems = (six.table?.rows ?? []).map { $0[1] }
    #expect(
      systems
        == [
          "zero", "knn:5", "knn:10", "knn:40", "mlp:100", "mlp:100,100", "cascade:e=0.2",
          "knn, selected", "mlp, selected",
        ].map { .text($0) })
    let three = try Reproduction(experiment, style: .ours, notices: []).make(
      .figure3, on: table, features: features)
    #expect(
      three.notes.contains {
        $0.hasSuffix("and with them RAG, which the paper's figure does not have.")
      })
    #expect(six.findings.count == 2)
    for (finding, router) in zip(six.findings, ["knn:", "mlp:"]) {
      #expect(finding.hasPrefix("RAG, \(router)"), "\(finding)")
      let online = try #require(
        finding.split(separator: "to ").first { $0.hasPrefix("sonar") || $0.hasPrefix("you.com") },
        "\(finding)")
      #expect(online.contains("\"2024\""), "\(finding)")
    }
  }
}
