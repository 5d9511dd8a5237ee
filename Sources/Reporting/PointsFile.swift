public import Evaluation

/// Every point of some tasks as CSV, for others than the report folder.
public enum PointsFile {
  /// The text of `points.csv` for some tasks.
  public static func text(of report: ExperimentReport, tasks: [TaskResult]) -> String {
    let part = ExperimentReport(
      version: report.version, title: report.title, notices: report.notices, data: report.data,
      options: report.options, axis: report.axis, tasks: tasks)
    var text = ""
    PointsTable.write(part) { text += $0 }
    return text
  }
}
