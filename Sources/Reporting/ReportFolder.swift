public import Evaluation
import Files
import Foundation

/// A folder with everything that an evaluation found.
///
/// Equal reports are equal bytes: keys are sorted, numbers have one spelling, nothing holds a time.
public enum ReportFolder {
  /// Writes the report's files, all or none; the manifest comes last.
  ///
  /// `report.html`, `report.json`, `report.md`, `points.csv`, `metrics.csv`, `decisions.csv`, one `figures/<task>.svg` a task,
  /// `sample.json` where there are samples, and `manifest.json`. Files of those names are replaced, others are left alone.
  ///
  /// - Parameters:
  ///   - samples: Prompts for the page.
  ///   - directory: The folder; made when it is missing.
  /// - Returns: The paths written, in that order.
  /// - Throws: `ReportingError` or `FilesError` with a sentence.
  public static func write(
    _ report: ExperimentReport, decisions: [Decision], samples: PromptSamples? = nil,
    manifest: Manifest, to directory: String
  ) throws -> [String] {
    let slugs = Slugs.make(report.tasks.map(\.task))
    let figures = zip(report.tasks, slugs).map { task, slug in
      TaskFigure(task, axis: report.axis, notices: report.notices, slug: slug)
    }
    let names = zip(figures, slugs).map { $0 == nil ? nil : "figures/\($1).svg" }
    // What cannot be written is refused before anything is.
    let manifestBytes = try manifest.encoded()
    try makeFolder(figures.isEmpty ? directory : directory + "/figures")
    var written: [String] = []
    var batch = FileBatch()
    func file(_ name: String, _ body: (inout FileSink) throws -> Void) throws {
      let path = directory + "/" + name
      try batch.write(to: path, body)
      written.append(path)
    }
    do {
      try file("report.json") { sink in
        try ReportDocument.encode(report) { try sink.append($0) }
      }
      if let samples {
        try file("sample.json") { sink in try sink.append(samples.encoded()) }
      }
      try file("report.html") { sink in
        try sink.append(ReportPage.encode(report, samples: samples))
      }
      try file("report.md") { sink in
        try sink.append(MarkdownReport.text(of: report, figures: names))
      }
      try file("points.csv") { sink in
        try PointsTable.write(report) { try sink.append($0) }
      }
      try file("metrics.csv") { sink in
        try MetricsTable.write(report, decisions: decisions) { try sink.append($0) }
      }
      try file("decisions.csv") { sink in
        try DecisionsTable.write(decisions) { try sink.append($0) }
      }
      for (figure, name) in zip(figures, names) {
        guard let figure, let name else { continue }
        try file(name) { sink in try sink.append(figure.svg()) }
      }
      try file("manifest.json") { sink in try sink.append(manifestBytes) }
      try batch.commit()
    } catch {
      batch.discard()
      throw error
    }
    return written
  }

  /// Makes a folder's page anew from `report.json` and, where it is there, `sample.json`.
  ///
  /// - Returns: The page's path.
  /// - Throws: `ReportingError` or `FilesError` with a sentence.
  public static func rewritePage(in directory: String, withSamples: Bool = true) throws -> String {
    let report = try ReportDocument.read(directory + "/report.json")
    let path = directory + "/sample.json"
    let hasSamples = withSamples && FileManager.default.fileExists(atPath: path)
    let samples = hasSamples ? try PromptSamples.read(path) : nil
    let page = directory + "/report.html"
    try AtomicFile.write(ReportPage.encode(report, samples: samples), to: page)
    return page
  }

  private static func makeFolder(_ path: String) throws(ReportingError) {
    do {
      try FileReaders.owner.makeFolder(path)
    } catch {
      var isFolder: ObjCBool = false
      let exists = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
      if exists && isFolder.boolValue { return }
      throw .cannotMakeFolder(
        path, reason: exists ? "a file of that name exists" : "the place cannot be written to")
    }
  }
}
