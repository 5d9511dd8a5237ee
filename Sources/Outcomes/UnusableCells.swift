import Matrices

/// The cells of a file whose values cannot be used, and what they cost an evaluation.
///
/// A cell out of bounds is missing, and a row with a missing cell is left out. That is right for a few;
/// where it takes most of a task, the few rows that are left are chosen by their scores, and nothing may
/// be concluded from them.
public struct UnusableCells: Sendable {
  /// One cell.
  struct Cell: Sendable {
    /// The row of the table as it was read.
    let row: Int
    /// The column of the table as it was read.
    let model: Int
    let part: OutcomePart
    let kind: Diagnostic.Kind
    /// The value, if it is a number.
    let value: Double
  }

  let cells: [Cell]
  /// The first of each kind in each part, for a sentence.
  let examples: [OutcomePart: [Diagnostic.Kind: Diagnostic]]
  private let sampleIDs: [String]
  private let models: [ModelID]
  private let scale: ClosedRange<Double>

  init(
    cells: [Cell] = [], examples: [OutcomePart: [Diagnostic.Kind: Diagnostic]] = [:],
    of table: OutcomeTable, scale: ClosedRange<Double> = 0...1
  ) {
    self.cells = cells
    self.examples = examples
    sampleIDs = cells.isEmpty ? [] : table.sampleIDs
    models = table.models
    self.scale = scale
  }

  /// Why most rows of a task cannot be compared, as a sentence; `nil` if no task loses most of its rows
  /// to values that cannot be used.
  ///
  /// - Parameters:
  ///   - chosen: Rows and models of the table as it was read; cost may stand for something else.
  ///   - file: How the sentence names the file.
  public func refusal(
    of chosen: OutcomeTable, groups: TaskGroups = .paper, file: String
  ) -> String? {
    if cells.isEmpty { return nil }
    let rows = Dictionary(
      zip(chosen.sampleIDs, chosen.sampleIDs.indices), uniquingKeysWith: { first, _ in first })
    let columns = models.map { chosen.index(of: $0) }
    let tasks = chosen.tasks(groups)
    var sizes: [String: Int] = [:]
    for task in tasks { sizes[task, default: 0] += 1 }
    var losses: [Loss: (rows: Set<Int>, values: ClosedRange<Double>?)] = [:]
    for cell in cells {
      guard let row = rows[sampleIDs[cell.row]], let column = columns[cell.model],
        chosen.isMissing(cell.part == .quality ? .quality : .cost, row: row, model: column)
      else { continue }
      let loss = Loss(task: tasks[row], part: cell.part, kind: cell.kind)
      var found = losses[loss] ?? ([], nil)
      found.rows.insert(row)
      if cell.value.isFinite {
        found.values =
          Swift.min(
            found.values?.lowerBound ?? cell.value, cell.value)...Swift.max(
            found.values?.upperBound ?? cell.value, cell.value)
      }
      losses[loss] = found
    }
    let most = losses.filter { $0.value.rows.count * 2 > sizes[$0.key.task] ?? 0 }
    guard
      let (loss, found) = most.max(by: { a, b in
        (a.value.rows.count, b.key.task) < (b.value.rows.count, a.key.task)
      })
    else { return nil }
    let size = sizes[loss.task] ?? 0
    let others = Set(most.keys.map(\.task)).count - 1
    let place =
      "\(file): \(found.rows.count) of the \(size) prompts of \(loss.task)"
      + (others == 0 ? "" : ", and most of \(others) other task\(others == 1 ? "" : "s"),")
    let range = spread(of: chosen, found.values)
    if loss.kind == .qualityOutOfRange, range != scale {
      return "\(place) have a quality outside \(Self.interval(scale)): the scores run from "
        + "\(Self.spelled(range.lowerBound)) to \(Self.spelled(range.upperBound)). "
        + Self.scaleAdvice(range)
    }
    let example = examples[loss.part]?[loss.kind].map { first in
      let line = first.line.map { "line \($0)" } ?? first.row.map { "row \($0)" }
      let column = first.column.map { "column \($0)" }
      return " The first is in \([line, column].compactMap(\.self).joined(separator: ", ")). "
        + first.message
    }
    return "\(place) have no usable \(loss.part.rawValue).\(example ?? "")"
  }

  /// What a task loses rows to.
  private struct Loss: Hashable {
    let task: String
    let part: OutcomePart
    let kind: Diagnostic.Kind
  }

  /// The range of the qualities that were found, those within bounds included.
  private func spread(
    of table: OutcomeTable, _ values: ClosedRange<Double>?
  ) -> ClosedRange<Double> {
    var (least, greatest) = (values?.lowerBound ?? 0, values?.upperBound ?? 1)
    for value in table.quality.values where !value.isNaN {
      let score = scale.lowerBound + value * (scale.upperBound - scale.lowerBound)
      least = min(least, score)
      greatest = max(greatest, score)
    }
    return least...greatest
  }

  /// A number without the fraction that a whole one does not need.
  static func spelled(_ number: Double) -> String {
    Int(exactly: number).map(String.init) ?? "\(number)"
  }

  /// A range as mathematics writes it.
  static func interval(_ range: ClosedRange<Double>) -> String {
    "[\(spelled(range.lowerBound)), \(spelled(range.upperBound))]"
  }

  /// What to do about scores on another scale.
  static func scaleAdvice(_ range: ClosedRange<Double>) -> String {
    if range.lowerBound >= -1e-3, range.upperBound <= 1 + 1e-3 {
      return "These are rounding errors of qualities: round the numbers to [0, 1]."
    }
    let scale: ClosedRange<Double> =
      if range.lowerBound < 0 {
        range.lowerBound >= -1 && range.upperBound <= 1
          ? -1...1 : range.lowerBound...max(range.upperBound, -range.lowerBound)
      } else {
        [5, 10, 100].first { $0 >= range.upperBound }.map { top in
          (top == 5 && range.lowerBound >= 1 ? 1 : 0)...top
        } ?? 0...range.upperBound
      }
    return "Qualities need 0 for the worst answer and 1 for the best: give the scale, such as "
      + "--quality-scale \(spelled(scale.lowerBound))..\(spelled(scale.upperBound)), if that is it."
  }
}
