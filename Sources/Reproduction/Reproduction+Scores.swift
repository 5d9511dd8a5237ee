import Evaluation
import Reporting

extension Reproduction {
  /// The systems' scores, with intervals and verdicts; first the one that the style goes by.
  func scores(_ tasks: [TaskResult]) -> ExhibitTable {
    let hull: [ExhibitTable.Column] =
      style == .reference
      ? [
        .number("AIQ, original code (optimistic)"), .number("less Zero"),
        .number("less Zero, from"),
        .number("less Zero, to"),
      ]
      : [
        .number("AIQ, test hull (optimistic)"), .number("less Zero"), .number("AIQ, original code"),
      ]
    let deployable: [ExhibitTable.Column] = [
      .number("AIQ, deployable"), .number("less Zero (trained)"), .number("difference from"),
      .number("difference to"), .text("verdict"),
    ]
    var cells = ExhibitTable(
      [.text("task"), .text("system")]
        + (style == .reference ? hull + deployable : deployable + hull))
    for task in tasks {
      for summary in task.summaries {
        let isZero = summary.name == "zero"
        let comparison = summary.intervals?.comparison
        func number(_ value: Double?) -> ExhibitTable.Cell {
          value.map { .number($0, decimals: 4) } ?? .none
        }
        let hull =
          style == .reference
          ? [
            number(summary.reference.mean),
            isZero ? .none : number(summary.referenceLessZero?.mean),
            number(comparison?.reference?.lower), number(comparison?.reference?.upper),
          ]
          : [
            number(summary.testHull.mean), isZero ? .none : number(summary.testHullLessZero.mean),
            number(summary.reference.mean),
          ]
        let deployable = [
          number(summary.deployable.mean),
          isZero ? .none : number(summary.deployableLessZeroTrained.mean),
          number(comparison?.deployable.lower), number(comparison?.deployable.upper),
          .text(summary.findingText),
        ]
        cells.add(
          [.text(task.task), .text(summary.name)]
            + (style == .reference ? hull + deployable : deployable + hull))
      }
    }
    return cells
  }
}
