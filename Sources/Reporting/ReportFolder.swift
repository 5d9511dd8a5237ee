public import Evaluation
import Files
import Foundation

/// Writes every output of an evaluation from one report value.
public enum ReportFolder {
  /// Writes `report.json`, `report.md`, `points.csv`, `decisions.csv`, `manifest.json` and one picture
  /// a task under `figures/`; each file is replaced whole.
  ///
  /// - Parameter manifest: What repeats the run.
  /// - Returns: The paths written, relative to the folder.
  public static func write(
    _ report: ExperimentReport, decisions: [Decision], manifest: Manifest, to directory: String
  ) throws -> [String] {
    do {
      try FileManager.default.createDirectory(
        atPath: directory + "/figures", withIntermediateDirectories: true)
    } catch {
      throw ReportingError.cannotMakeFolder(directory, reason: "\(error.localizedDescription)")
    }
    let slugs = Slugs.make(report.tasks.map(\.task))
    var written: [String] = []
    func put(_ name: String, _ bytes: [UInt8]) throws {
      try AtomicFile.write(bytes, to: "\(directory)/\(name)")
      written.append(name)
    }
    for (task, slug) in zip(report.tasks, slugs) {
      try put("figures/\(slug).svg", Array(PlanePicture(task, notices: report.notices).svg.utf8))
    }
    try AtomicFile.write(to: directory + "/points.csv") { sink in
      try PointsTable.write(report) { try sink.append($0) }
    }
    try AtomicFile.write(to: directory + "/decisions.csv") { sink in
      try DecisionsTable.write(decisions) { try sink.append($0) }
    }
    written += ["points.csv", "decisions.csv"]
    try put("report.md", Array(MarkdownReport(report, slugs: slugs).text.utf8))
    try put("manifest.json", try manifest.encoded())
    try put("report.json", try ReportDocument.encode(report))
    return written
  }
}
