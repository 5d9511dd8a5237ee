import CostQuality
import Evaluation
import Foundation
import Testing

@testable import Reporting

@Suite("report.json")
struct ReportDocumentTests {
  @Test("has the bytes that Foundation's encoder writes, but for line breaks")
  func sameAsFoundation() throws {
    let report = try Reports.small().report
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let expected = String(decoding: try encoder.encode(report), as: UTF8.self)
    let found = String(decoding: try ReportDocument.encode(report), as: UTF8.self)
    #expect(withoutSpace(found) == expected)
  }

  @Test("reads back as the same report")
  func roundTrip() throws {
    for seeds in [[1], [1, 2, .max]] as [[UInt64]] {
      let report = try Reports.small(seeds: seeds).report
      #expect(
        try ReportDocument.decode(ReportDocument.encode(report), path: "report.json") == report)
    }
  }

  @Test("hostile names survive the round trip")
  func hostile() throws {
    let name = "a\"\\/\u{0}\u{1F}\u{7F}\n\r\t\u{8}\u{C}\u{2028}é漢🙂</script>"
    let report = Reports.report([], title: name, notices: [name])
    #expect(try ReportDocument.decode(ReportDocument.encode(report), path: "r") == report)
  }

  @Test("every field is described in Design/report-schema.md, and no other")
  func documented() throws {
    let document = try String(
      contentsOf: URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Design/report-schema.md"), encoding: .utf8)
    let described = Set(
      document.split(separator: "\n").compactMap { line -> String? in
        guard line.hasPrefix("| `") else { return nil }
        return String(line.dropFirst(3).prefix { $0 != "`" })
      })
    let small = try Reports.small().report
    let task = try #require(small.tasks.first)
    var splits = task.splits
    let point = splits[0].systems[1].kept[0]
    var kept = KeptPoint(
      parameter: point.parameter, model: nil, training: point.training, test: point.test,
      trainingDollars: 1, testDollars: 2, trainingSeconds: point.trainingSeconds,
      testSeconds: point.testSeconds)
    (kept.intervals, kept.calls, kept.meaning) = (point.intervals, point.calls, "threshold 0.5")
    splits[0].systems[1].kept[0] = kept
    var summaries = task.summaries
    var match = QualityMatch(model: "maker/model-1", costShare: 0.5)
    match.interval = Interval(lower: 0.25, upper: 0.75)
    match.reached = 1
    summaries[1].match = match
    let warned = TaskResult(
      task: task.task, promptCount: 1, distinctFeatures: 1, featureWarning: "warning",
      nearDuplicates: 0, notes: ["note"], splits: splits, summaries: summaries)
    let report = ExperimentReport(
      version: small.version, title: small.title, notices: small.notices, data: small.data,
      options: small.options, tasks: [warned])
    let json = try JSONSerialization.jsonObject(with: Data(ReportDocument.encode(report)))
    var found: Set<String> = []
    collect(json, "", into: &found)
    #expect(found.subtracting(described).sorted() == [])
    #expect(described.subtracting(found).sorted() == [])
  }

  @Test("an unknown schema, another file and a broken one are refused with a sentence")
  func refused() throws {
    let report = String(
      decoding: try ReportDocument.encode(Reports.small(seeds: [1]).report), as: UTF8.self)
    let cases = [
      (
        report.replacingOccurrences(of: "\"schema\": 1", with: "\"schema\": 7"),
        "r.json is a report of schema 7; this version reads schema 1. Use a newer routerbench."
      ),
      (
        "{\"schema\": 0}",
        "r.json is a report of schema 0; this version reads schema 1. "
          + "Make it again with `routerbench evaluate`."
      ),
      (
        "{}",
        "r.json is not a report: its top has no \"schema\". "
          + "Give the report.json that `evaluate` wrote."
      ),
      (
        "PK\u{3}",
        "r.json is not a report: it is not JSON. "
          + "Give the report.json that `evaluate` wrote."
      ),
      (
        report.replacingOccurrences(of: "\"promptCount\": 60", with: "\"promptCount\": \"x\""),
        "r.json is not a report: tasks[0].promptCount is no Int. "
          + "Give the report.json that `evaluate` wrote."
      ),
    ]
    for (text, sentence) in cases {
      let error = #expect(throws: ReportingError.self) {
        try ReportDocument.decode(Array(text.utf8), path: "r.json")
      }
      #expect(error?.description == sentence)
    }
  }

  @Test("a range without width is refused, since nothing can be drawn over it")
  func noWidth() throws {
    let report = try Reports.small(seeds: [1]).report
    let range = try #require(report.tasks.first?.splits.first?.range)
    let text = String(decoding: try ReportDocument.encode(report), as: UTF8.self)
      .replacingOccurrences(
        of: "\"upper\": \(NumberText.exact(range.upper))",
        with: "\"upper\": \(NumberText.exact(range.lower))")
    #expect(throws: ReportingError.self) {
      try ReportDocument.decode(Array(text.utf8), path: "r.json")
    }
  }

  @Test("a number that is not finite is refused before a byte is written")
  func notFinite() throws {
    let task = Reports.task(
      "t",
      [
        try Reports.split(
          references: [
            ReferencePoint(name: "a", role: .model, point: Point(cost: 1, quality: 0.5)),
            ReferencePoint(name: "b", role: .model, point: Point(cost: 2, quality: 0.7)),
            ReferencePoint(name: "r", role: .random, point: Point(cost: .nan, quality: 0.7)),
          ], systems: [])
      ])
    let error = #expect(throws: ReportingError.self) {
      try ReportDocument.encode(Reports.report([task]))
    }
    #expect(
      error?.description
        == "The report holds a number that is not finite (task t, seed 0), which its files cannot "
        + "hold. Leave out prompts with missing cells first.")
  }

  private func collect(_ value: Any, _ path: String, into paths: inout Set<String>) {
    if let object = value as? [String: Any] {
      for (key, inner) in object {
        collect(inner, path.isEmpty ? key : "\(path).\(key)", into: &paths)
      }
    } else if let array = value as? [Any] {
      for inner in array { collect(inner, path + "[]", into: &paths) }
    } else {
      paths.insert(path)
    }
  }

  /// The text without blanks outside strings.
  private func withoutSpace(_ text: String) -> String {
    var result = ""
    var isQuoted = false
    var isEscaped = false
    for character in text.unicodeScalars {
      if isQuoted {
        result.unicodeScalars.append(character)
        if isEscaped {
          isEscaped = false
        } else if character == "\\" {
          isEscaped = true
        } else if character == "\"" {
          isQuoted = false
        }
      } else if character != " " && character != "\n" {
        result.unicodeScalars.append(character)
        isQuoted = character == "\""
      }
    }
    return result
  }
}
