import Evaluation
import Matrices
import Outcomes
import Reporting
import StandIn

/// Table 1: ours on the test part, theirs, and where theirs should lie if the rows are the same.
///
/// Perf is the mean quality, from 0 to 1; Cost is in US dollars, the total over the test part.
struct TableOne {
  private(set) var table = ExhibitTable([
    .text("dataset"), .text("method"), .number("test prompts"), .number("Perf"),
    .number("Perf, all rows"), .number("paper's Perf expected from"),
    .number("paper's Perf expected to"), .number("paper's Perf"), .text("Perf inside"),
    .number("Cost ($)"), .number("Cost at the paper's count ($)"),
    .number("paper's Cost expected from ($)"), .number("paper's Cost expected to ($)"),
    .number("paper's Cost ($)"), .text("Cost inside"),
  ])
  private(set) var findings: [String] = []
  private var datasets: [Dataset] = []

  /// What the paper's own layout shows of one dataset.
  private struct Dataset {
    let name: String
    /// By method.
    var results: [String: (quality: Double, cost: Double)] = [:]
  }

  /// The file's test parts under the headings of the paper: a row a method, two columns a dataset.
  var printed: ExhibitTable {
    var methods: [String] = []
    for name in PublishedModel.all.map(\.name) + datasets.flatMap({ $0.results.keys.sorted() })
    where !methods.contains(name) && name != Self.oracle
      && datasets.contains(where: { $0.results[name] != nil })
    {
      methods.append(name)
    }
    var printed = ExhibitTable(
      [.text("Method")]
        + datasets.flatMap { [.number("\($0.name) Perf↑"), .number("\($0.name) Cost↓ ($)")] })
    for method in methods + [Self.oracle] {
      printed.add(
        [.text(method)]
          + datasets.flatMap { dataset -> [ExhibitTable.Cell] in
            guard let found = dataset.results[method] else { return [.none, .none] }
            return [
              .number(found.quality, decimals: 3),
              .number(found.cost, decimals: found.cost >= 10 ? 2 : 3),
            ]
          })
    }
    return printed
  }

  private static let oracle = "Oracle"

  /// One number beside the paper's.
  private struct Beside {
    let ours: PublishedMean
    let theirs: Double
    /// What turns the mean into the printed number.
    let scale: Double
    /// The greatest mean there is.
    var most = Double.infinity

    var verdict: String {
      if ours.interval.contains(theirs / scale) { return "yes" }
      return theirs / scale < ours.interval.lower ? "below" : "above"
    }

    var cells: [ExhibitTable.Cell] {
      [
        .number(max(0, ours.interval.lower) * scale, decimals: 3),
        .number(min(most, ours.interval.upper) * scale, decimals: 3),
        .number(theirs, decimals: 3), .text(verdict),
      ]
    }
  }

  /// Adds one task.
  ///
  /// - Parameters:
  ///   - whole: All its complete rows.
  ///   - test: Its test part.
  mutating func add(
    task: String, whole: OutcomeTable, test: OutcomeTable, oracleIsFree: Bool, level: Double
  ) {
    var found: [(quality: Beside, cost: Beside)] = []
    var dataset = Dataset(name: task)
    func row(_ name: String, _ all: Answers, _ part: Answers, _ entry: PublishedTable.Entry?) {
      var cells: [ExhibitTable.Cell] = [
        .text(task), .text(name), .number(Double(part.quality.count), decimals: 0),
        .number(part.meanQuality, decimals: 3), .number(all.meanQuality, decimals: 3),
      ]
      let total = part.cost.reduce(0, +)
      dataset.results[name] = (part.meanQuality, total)
      if let entry, let counts = PublishedTable.counts(of: task) {
        let quality = Beside(
          ours: PublishedMean(
            of: all.quality, population: counts.prompts, part: counts.test,
            rounding: PublishedTable.roundingOfQuality, level: level),
          theirs: entry.quality, scale: 1, most: 1)
        let scale = Double(counts.test)
        let cost = Beside(
          ours: PublishedMean(
            of: all.cost, population: counts.prompts, part: counts.test,
            rounding: PublishedTable.rounding(ofCost: entry.cost) / scale, level: level),
          theirs: entry.cost, scale: scale)
        found.append((quality, cost))
        cells += quality.cells + [.cost(total), .number(cost.ours.mean * scale, decimals: 3)]
        cells += cost.cells
      } else {
        cells += [.none, .none, .none, .none, .cost(total), .none, .none, .none, .none, .none]
      }
      table.add(cells)
    }
    for (column, model) in whole.models.enumerated() {
      row(
        model.name, Answers(column, of: whole), Answers(column, of: test),
        PublishedTable.model(model.name, on: task))
    }
    row(
      Self.oracle, Answers(Oracle(whole), of: whole, isFree: oracleIsFree),
      Answers(Oracle(test), of: test, isFree: oracleIsFree),
      PublishedTable.oracle(on: task, among: whole.models.map(\.name)))
    datasets.append(dataset)
    judge(task, found, level: level)
  }

  /// One system's outcome on each prompt.
  private struct Answers {
    let quality: [Double]
    let cost: [Double]

    init(_ column: Int, of table: OutcomeTable) {
      quality = (0..<table.count).map { table.quality[$0, column] }
      cost = (0..<table.count).map { table.cost[$0, column] }
    }

    init(_ oracle: Oracle, of table: OutcomeTable, isFree: Bool) {
      quality = oracle.choices.enumerated().map { table.quality[$0, $1] }
      cost = oracle.choices.enumerated().map { row, model in
        isFree && table.quality[row, model] <= 0 ? 0 : table.cost[row, model]
      }
    }

    var meanQuality: Double { quality.reduce(0, +) / Double(max(1, quality.count)) }
  }

  /// Says how many numbers lie outside, and what that means.
  private mutating func judge(
    _ task: String, _ found: [(quality: Beside, cost: Beside)], level: Double
  ) {
    if found.isEmpty {
      findings.append("\(task): Table 1 has none of these models on this task.")
      return
    }
    let total = 2 * found.count
    let outside =
      found.count { $0.quality.verdict != "yes" } + found.count { $0.cost.verdict != "yes" }
    let expected = (1 - level) * Double(total)
    var sentence =
      "\(task): \(total - outside) of \(total) published numbers lie inside their intervals; by chance "
      + "about \(NumberText.fixed(expected, decimals: 1)) would lie outside, often together, since all "
      + "systems answer the same prompts."
    if Double(outside) > 3 * expected {
      let quality = Self.median(found.map { $0.quality.ours.mean - $0.quality.theirs })
      let cost = Self.median(found.map { $0.cost.ours.mean * $0.cost.scale / $0.cost.theirs - 1 })
      sentence +=
        " That is more than the draw of a test part explains: against Table 1 these rows have a quality "
        + "that is \(NumberText.signed(quality, decimals: 3)) different and costs "
        + "\(NumberText.signed(100 * cost, decimals: 1))% different (medians over the systems), so they "
        + "are not quite the rows that the table was made from."
    }
    findings.append(sentence)
  }

  private static func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    let middle = sorted.count / 2
    return sorted.count.isMultiple(of: 2)
      ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
  }
}
