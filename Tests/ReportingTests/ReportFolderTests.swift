import CostQuality
import Evaluation
import Files
import Foundation
import Testing

@testable import Reporting

@Suite("The report's folder")
struct ReportFolderTests {
  private func withFolder(_ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("reporting-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try body(folder)
  }

  private func read(_ path: String) throws -> String {
    try String(contentsOfFile: path, encoding: .utf8)
  }

  @Test("holds every file, and the same bytes the second time")
  func same() throws {
    try withFolder { folder in
      let (report, decisions) = try Reports.small()
      let paths = try ReportFolder.write(
        report, decisions: decisions, manifest: Reports.manifest, to: folder + "/a/b")
      let names = [
        "report.json", "report.html", "report.md", "points.csv", "metrics.csv", "decisions.csv",
        "figures/task.svg", "manifest.json",
      ]
      #expect(paths == names.map { folder + "/a/b/" + $0 })
      let first = try paths.map(read)
      let again = try Reports.small()
      _ = try ReportFolder.write(
        again.report, decisions: again.decisions, manifest: Reports.manifest, to: folder + "/a/b")
      #expect(try paths.map(read) == first)
      #expect(try ReportDocument.read(paths[0]) == report)
      #expect(try Manifest.read(paths[7]) == Reports.manifest)
      let left = try FileManager.default.subpathsOfDirectory(atPath: folder + "/a/b")
      #expect(Set(left) == Set(names + ["figures"]))
    }
  }

  @Test("every line of points.csv replays a number of the report")
  func points() throws {
    let report = try Reports.small(seeds: [5]).report
    var lines: [String] = []
    PointsTable.write(report) { lines.append($0) }
    #expect(
      lines.first
        == "task,seed,system,curve,parameter,cost_per_prompt,quality,total_cost,seconds_per_prompt,"
        + "cost_from,cost_to,quality_from,quality_to\r\n"
    )
    let split = try #require(report.tasks.first?.splits.first)
    let curves = split.systems.map { $0.swept.count + $0.testHull.vertices.count + $0.kept.count }
    #expect(lines.count == 1 + split.references.count + curves.reduce(0, +))
    for line in lines.dropFirst() {
      let cells = line.dropLast().split(separator: ",", omittingEmptySubsequences: false)
      #expect(cells.count == 13 && Double(cells[8]) ?? 0 > 0)
      let ends = cells[9...].compactMap { Double($0) }
      #expect(ends.count == (cells[3] == "swept" || cells[3] == "testHull" ? 0 : 4))
      if ends.count == 4 { #expect(ends[0] <= ends[1] && ends[2] <= ends[3]) }
      let cost = try #require(Double(cells[5]))
      #expect(Double(cells[7]) == cost * Double(split.testCount))
      if cells[3] == "testHull" || cells[3] == "kept" { #expect(!cells[4].isEmpty) }
    }
    #expect(lines.contains { $0.contains(",knn:3,swept,unlimited,") })
    #expect(lines.contains { $0.contains(",zero,kept,maker/model-") })
  }

  @Test("cells are quoted where RFC 4180 asks for it")
  func quoting() {
    #expect(
      CommaSeparated.record(["a", "b,c", "say \"hi\"", "two\nlines", "", " x"])
        == "a,\"b,c\",\"say \"\"hi\"\"\",\"two\nlines\",, x\r\n")
    let decision = Decision(
      task: "t,1", seed: 3, system: "knn:5", sampleID: "a\"b", from: Parameter(0),
      through: Parameter(.infinity), model: "m", expectedQuality: 0.1, quality: 1, cost: 1e-7)
    var text = ""
    DecisionsTable.write([decision]) { text += $0 }
    #expect(text.hasSuffix("\r\n\"t,1\",3,knn:5,\"a\"\"b\",0,unlimited,m,0.1,1,1e-07\r\n"))
  }

  @Test("slugs are safe and all different")
  func slugs() {
    #expect(
      Slugs.make(["MMLU", "mmlu", "mmlu-2", "MMLU", "../../etc/passwd", "漢", "", "A  b!"])
        == ["mmlu", "mmlu-2", "mmlu-2-2", "mmlu-3", "etc-passwd", "task", "task-2", "a-b"])
  }

  @Test("a file in the folder's place is refused with a sentence")
  func blocked() throws {
    try withFolder { folder in
      try "x".write(toFile: folder, atomically: true, encoding: .utf8)
      let (report, decisions) = try Reports.small(seeds: [1])
      let error = #expect(throws: ReportingError.self) {
        try ReportFolder.write(
          report, decisions: decisions, manifest: Reports.manifest, to: folder)
      }
      #expect(
        error?.description.hasSuffix("Choose another place to write to.") == true)
    }
  }

  @Test("a report that cannot be written whole leaves the old one as it was")
  func allOrNone() throws {
    try withFolder { folder in
      _ = try ReportFolder.write(
        Reports.report([], title: "old"), decisions: [], manifest: Reports.manifest, to: folder)
      let last = folder + "/manifest.json"
      try FileManager.default.removeItem(atPath: last)
      try FileManager.default.createDirectory(
        atPath: last + "/in the way", withIntermediateDirectories: true)
      let names = try FileManager.default.subpathsOfDirectory(atPath: folder).sorted()
      let error = #expect(throws: FilesError.self) {
        try ReportFolder.write(
          Reports.report([], title: "new"), decisions: [], manifest: Reports.manifest, to: folder)
      }
      #expect(error?.description == "Cannot write \(last): Is a directory.")
      #expect(try read(folder + "/report.md").contains("# old"))
      #expect(try FileManager.default.subpathsOfDirectory(atPath: folder).sorted() == names)
    }
  }

  @Test("a report without tasks is written too")
  func empty() throws {
    try withFolder { folder in
      let paths = try ReportFolder.write(
        Reports.report([]), decisions: [], manifest: Reports.manifest, to: folder)
      #expect(paths.count == 7)
      #expect(try read(paths[2]).contains("No task could be examined"))
    }
  }
}
