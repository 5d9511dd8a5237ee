import CostQuality
import Evaluation
import Testing
import Words

@testable import Reporting

@Suite("Numbers, names and sentences")
struct TextTests {
  @Test("numbers have one spelling")
  func numbers() {
    #expect(NumberText.exact(0.1) == "0.1")
    #expect(NumberText.exact(3) == "3")
    #expect(NumberText.exact(-0.0) == "0")
    #expect(NumberText.exact(1e-7) == "1e-07")
    #expect(NumberText.fixed(-0.00001) == "0.0000")
    #expect(NumberText.signed(0.00712) == "+0.0071")
    #expect(NumberText.signed(-0.085) == "-0.0850")
    #expect(NumberText.signed(-0.00001) == "0.0000")
    #expect(NumberText.dollars(0.0035306471981) == "$0.003531")
    #expect(NumberText.dollars(0.00007041294) == "$0.00007041")
    #expect(NumberText.dollars(0.99996) == "$1.000")
    #expect(NumberText.dollars(12345.678) == "$12346")
    #expect(NumberText.plain(0.0005) == "0.0005")
    #expect(NumberText.plain(20) == "20")
    #expect(NumberText.count(36497) == "36,497")
    #expect(NumberText.count(1, "split") == "1 split")
  }

  @Test("hostile names are inert in Markdown and XML")
  func inert() {
    let hostile = "<img src=x onerror=alert(1)>|`x`[a](http://e.org)\n# b\u{202E}\u{1B}[31m"
    #expect(
      PlainText.markdown(hostile)
        == "\\<img src=x onerror=alert(1)\\>\\|\\`x\\`\\[a\\](http\\://e.org) # b\u{FFFD}\u{FFFD}"
        + "\\[31m")
    #expect(
      PlainText.xml("<a b='c'>&\"\u{0}") == "&lt;a b=&#39;c&#39;&gt;&amp;&quot;\u{FFFD}")
    #expect(PlainText.markdown("gpt-4_1106 knn:5") == "gpt-4_1106 knn:5")
  }

  private func task(_ differences: [Double], routers: [String] = ["knn:5"]) throws -> TaskResult {
    let models = [Point(cost: 1, quality: 0.5), Point(cost: 2, quality: 0.7)]
    let references = models.enumerated().map {
      ReferencePoint(name: "m\($0)", role: .model, point: $1)
    }
    let splits = try differences.enumerated().map { index, difference in
      let flat = [Point(cost: 1, quality: 0.5 + difference)]
      let base = [Point(cost: 1, quality: 0.5)]
      return try Reports.split(
        references: references,
        systems: [("zero", base, base)] + routers.map { ($0, flat, flat) }, seed: UInt64(index))
    }
    return Reports.task("t", splits)
  }

  private static let verdictCases: [([Double], String)] = [
    (
      [0.01],
      """
      On a single split, knn:5 is 0.0100 above Zero (trained) in deployable AIQ; no interval is \
      known, so this shows no difference yet. Run several seeds.
      """
    ),
    (
      [0.01, -0.02],
      """
      Over 2 splits, knn:5 is 0.0050 below Zero (trained) in deployable AIQ on average (-0.0050 \
      ± 0.0212, above it on 1 of 2 splits): the mean is within one standard deviation of 0, \
      so no difference is shown.
      """
    ),
    (
      [0.02, 0.03, 0.025],
      """
      Over 3 splits, knn:5 is 0.0250 above Zero (trained) in deployable AIQ on average (+0.0250 \
      ± 0.0050, above it on 3 of 3 splits): consistent over these splits, which share \
      prompts: a spread, not a confidence interval.
      """
    ),
    (
      [0.03, 0.03, 0.03, -0.001],
      """
      Over 4 splits, knn:5 is 0.0223 above Zero (trained) in deployable AIQ on average (+0.0223 \
      ± 0.0155, above it on 3 of 4 splits): the splits disagree, so no difference is shown.
      """
    ),
    (
      [0, 0],
      """
      Over 2 splits, knn:5 equals Zero (trained) in deployable AIQ on average (0.0000 ± 0.0000, \
      above it on 0 of 2 splits): the mean is within one standard deviation of 0, so no \
      difference is shown.
      """
    ),
  ]

  @Test(
    "a verdict claims no more than the splits can carry",
    arguments: verdictCases)
  func verdicts(differences: [Double], sentence: String) throws {
    #expect(Verdict(on: try task(differences)).description == sentence)
  }

  @Test("a verdict says when the best of several was picked, or there is nothing to judge")
  func choices() throws {
    #expect(
      Verdict(on: try task([0.01], routers: ["a", "b"])).description.hasPrefix(
        "On a single split, a, the best of 2 routers, is 0.0100 above"))
    #expect(
      Verdict(on: try task([0], routers: [])).description
        == "No router was examined, so there is nothing to compare with Zero (trained).")
  }

  @Test("the terminal's table fits its width and keeps the deployable columns")
  func table() throws {
    let report = try Reports.small().report
    for width in [20, 40, 60, 80, 120] {
      let text = ReportTable.text(for: report, width: width)
      #expect(text.contains("deployable"))
      #expect(text.hasPrefix("Note: These"))
      if width >= 40 { #expect(text.split(separator: "\n").allSatisfy { $0.count <= width }) }
      #expect(text.contains("test hull*") == (width >= 120))
    }
  }

  @Test("names that differ at their ends stay apart where they are shortened")
  func names() throws {
    let routers = ["cascade:judge=confidence,t=0.1", "cascade:judge=confidence,t=0.2"]
    let report = Reports.report([try task([0.01, 0.02], routers: routers)])
    for width in [60, 80] {
      let names = ReportTable.text(for: report, width: width).split(separator: "\n").filter {
        $0.hasPrefix("  casc")
      }.map { $0.dropFirst(2).prefix { $0 != " " } }
      #expect(names.count == 2 && Set(names).count == 2, "\(names)")
    }
  }

  @Test("the page begins with the notices and says what was left out")
  func page() throws {
    let page = MarkdownReport.text(of: try Reports.small().report, figures: ["figures/task.svg"])
    let lines = page.split(separator: "\n")
    #expect(lines.prefix(2) == ["# Small report", "> **Note:** These outcomes are synthetic."])
    #expect(page.contains("| task | maker/model-1 | missing cost | 1 |"))
    #expect(page.contains("| task |  | duplicate sample_id | 1 |"))
    #expect(page.contains("- 1 quality above 1."))
    #expect(page.contains("](figures/task.svg)"))
    #expect(page.contains("**Verdict.** Over 3 splits"))
  }
}
