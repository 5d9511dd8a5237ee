import CostQuality
public import Evaluation
import Files
import Foundation

/// `report.json`: the whole report as a documented, versioned file.
///
/// Keys are sorted and numbers are the shortest text that reads back the same, so equal reports are
/// equal bytes. `Design/report-schema.md` describes every field.
public enum ReportDocument {
  /// The file's bytes.
  public static func encode(_ report: ExperimentReport) throws -> [UInt8] {
    var bytes: [UInt8] = []
    try encode(report) { bytes.append(contentsOf: $0) }
    return bytes
  }

  /// Reads a report that was written by any version with the same schema.
  ///
  /// - Throws: `ReportingError` when the file is no report or has another schema.
  public static func read(_ path: String) throws -> ExperimentReport {
    let bytes = try MappedFile(path: path).withUnsafeBytes { [UInt8]($0) }
    return try decode(bytes, path: path)
  }

  static func decode(_ bytes: [UInt8], path: String) throws(ReportingError) -> ExperimentReport {
    let report = try SchemaCheck.decode(
      ExperimentReport.self, from: bytes, path: path, kind: "report",
      known: ExperimentReport.currentSchema)
    for split in report.tasks.flatMap(\.splits) {
      do {
        _ = try CostRange(lower: split.range.lower, upper: split.range.upper)
      } catch {
        throw .notJSON(path, kind: "report", detail: "\(error)")
      }
    }
    return report
  }

  /// Hands out the file's bytes in pieces.
  static func encode(
    _ report: ExperimentReport, _ emit: ([UInt8]) throws -> Void
  ) throws {
    try requireFinite(report)
    var writer = JSONWriter()
    try writer.object { writer in
      writer.field("axis", report.axis.rawValue)
      writer.key("data")
      write(report.data, to: &writer)
      writer.key("notices")
      writer.array(report.notices) { $0.value($1) }
      writer.key("options")
      writer.array(report.options) { writer, option in
        writer.object(inline: true) {
          $0.field("name", option.name)
          $0.field("value", option.value)
        }
      }
      writer.field("schema", report.schema)
      writer.key("tasks")
      try writer.array(report.tasks) { writer, task in try write(task, to: &writer, emit) }
      writer.field("title", report.title)
      writer.field("version", report.version)
    }
    writer.finish()
    try emit(writer.take())
  }

  static func write(_ data: DataSummary, to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("compared", data.compared)
      writer.key("faults")
      writer.array(data.faults) { $0.value($1) }
      writer.field("file", data.file)
      writer.key("models")
      writer.array(data.models) { $0.value($1) }
      writer.key("omissions")
      writer.array(data.omissions) { writer, omission in
        writer.object(inline: true) {
          $0.field("count", omission.count)
          $0.field("model", omission.model)
          $0.field("reason", omission.reason)
          $0.field("task", omission.task)
        }
      }
      writer.field("rows", data.rows)
      writer.field("sha256", data.sha256)
    }
  }

  private static func write(
    _ task: TaskResult, to writer: inout JSONWriter, _ emit: ([UInt8]) throws -> Void
  ) throws {
    try writer.object { writer in
      writer.field("distinctFeatures", task.distinctFeatures)
      writer.field("featureWarning", task.featureWarning)
      writer.field("nearDuplicates", task.nearDuplicates)
      writer.key("notes")
      writer.array(task.notes) { $0.value($1) }
      writer.field("promptCount", task.promptCount)
      writer.key("splits")
      try writer.array(task.splits) { writer, split in try write(split, to: &writer, emit) }
      writer.key("summaries")
      writer.array(task.summaries) { write($1, to: &$0) }
      writer.field("task", task.task)
    }
  }

  static func write(_ summary: SystemSummary, to writer: inout JSONWriter) {
    writer.object { writer in
      write(summary.deployable, as: "deployable", to: &writer)
      write(summary.deployableLessZeroTrained, as: "deployableLessZeroTrained", to: &writer)
      write(summary.intervals, to: &writer)
      write(summary.match, to: &writer)
      writer.field("name", summary.name)
      writer.field("needsRecordedQuality", summary.needsRecordedQuality)
      write(summary.reference, as: "reference", to: &writer)
      if let difference = summary.referenceLessZero {
        write(difference, as: "referenceLessZero", to: &writer)
      }
      write(summary.testHull, as: "testHull", to: &writer)
      write(summary.testHullLessZero, as: "testHullLessZero", to: &writer)
    }
  }

  private static func write(
    _ split: SplitResult, to writer: inout JSONWriter, _ emit: ([UInt8]) throws -> Void
  ) throws {
    try writer.object { writer in
      writeHead(of: split, to: &writer)
      writer.field("seed", split.seed)
      writer.key("systems")
      try writer.array(split.systems) { writer, system in
        write(system, to: &writer)
        try emit(writer.take())
      }
      writer.field("testCount", split.testCount)
      writer.field("trainingCount", split.trainingCount)
    }
  }

  /// The fields of a split that come before its seed.
  static func writeHead(of split: SplitResult, to writer: inout JSONWriter) {
    writer.key("oracleShares")
    writer.array(split.oracleShares, inline: true) { $0.value($1) }
    writer.key("range")
    writer.object(inline: true) {
      $0.field("lower", split.range.lower)
      $0.field("upper", split.range.upper)
    }
    writer.key("references")
    writer.array(split.references) { writer, reference in
      writer.object(inline: true) {
        write(reference.intervals, to: &$0)
        $0.field("name", reference.name)
        write(reference.point, as: "point", to: &$0)
        $0.field("role", reference.role.rawValue)
        $0.field("seconds", reference.seconds)
      }
    }
  }

  private static func write(_ system: SystemResult, to writer: inout JSONWriter) {
    writer.object { writer in
      if let bins = system.calibration {
        writer.key("calibration")
        writer.array(bins) { writer, bin in
          writer.object(inline: true) {
            $0.field("count", bin.count)
            $0.field("predicted", bin.predicted)
            $0.field("recorded", bin.recorded)
          }
        }
      }
      writer.key("deployable")
      writer.object {
        $0.key("points")
        $0.array(system.deployable.points) { write($1, to: &$0) }
      }
      writer.field("deployableAIQ", system.deployableAIQ)
      writer.key("kept")
      writer.array(system.kept) { writer, kept in
        writer.object(inline: true) {
          if let calls = kept.calls {
            $0.key("calls")
            $0.array(calls, inline: true) { $0.value($1) }
          }
          write(kept.intervals, to: &$0)
          $0.field("meaning", kept.meaning)
          $0.field("model", kept.model)
          write(kept.parameter, to: &$0)
          write(kept.test, as: "test", to: &$0)
          $0.field("testDollars", kept.testDollars)
          $0.field("testSeconds", kept.testSeconds)
          if let training = kept.training { write(training, as: "training", to: &$0) }
          $0.field("trainingDollars", kept.trainingDollars)
          $0.field("trainingSeconds", kept.trainingSeconds)
        }
      }
      writer.field("name", system.name)
      writer.field("needsRecordedQuality", system.needsRecordedQuality)
      writer.field("referenceAIQ", system.referenceAIQ)
      writer.key("swept")
      writer.array(system.swept) { writer, stop in
        writer.object(inline: true) {
          write(stop.parameter, to: &$0)
          write(stop.point, as: "point", to: &$0)
          $0.field("seconds", stop.seconds)
        }
      }
      writer.key("testHull")
      writer.object {
        $0.key("vertices")
        $0.array(system.testHull.vertices) { write($1, to: &$0) }
      }
      writer.field("testHullAIQ", system.testHullAIQ)
    }
  }

  private static func write(_ point: Point, as key: String, to writer: inout JSONWriter) {
    writer.key(key)
    write(point, to: &writer)
  }

  private static func write(_ point: Point, to writer: inout JSONWriter) {
    writer.object(inline: true) {
      $0.field("cost", point.cost)
      $0.field("quality", point.quality)
    }
  }

  private static func write(_ spread: Spread, as key: String, to writer: inout JSONWriter) {
    writer.key(key)
    writer.object(inline: true) {
      $0.field("mean", spread.mean)
      $0.field("standardDeviation", spread.standardDeviation)
    }
  }

  private static func write(
    _ interval: Interval, as key: String, to writer: inout JSONWriter
  ) {
    writer.key(key)
    writer.object(inline: true) {
      $0.field("lower", interval.lower)
      $0.field("upper", interval.upper)
    }
  }

  private static func write(_ intervals: PointIntervals?, to writer: inout JSONWriter) {
    guard let intervals else { return }
    writer.key("intervals")
    writer.object(inline: true) {
      write(intervals.cost, as: "cost", to: &$0)
      write(intervals.quality, as: "quality", to: &$0)
      if let seconds = intervals.seconds { write(seconds, as: "seconds", to: &$0) }
    }
  }

  private static func write(_ intervals: SystemIntervals?, to writer: inout JSONWriter) {
    guard let intervals else { return }
    writer.key("intervals")
    writer.object {
      if let comparison = intervals.comparison {
        $0.key("comparison")
        $0.object {
          $0.field("adjustedPValue", comparison.adjustedPValue)
          write(comparison.deployable, as: "deployable", to: &$0)
          if let detection = comparison.detection { write(detection, to: &$0) }
          $0.field("finding", comparison.finding.rawValue)
          $0.field("pValue", comparison.pValue)
          if let reference = comparison.reference { write(reference, as: "reference", to: &$0) }
          $0.field("standardError", comparison.standardError)
          write(comparison.testHull, as: "testHull", to: &$0)
        }
      }
      write(intervals.deployable, as: "deployable", to: &$0)
      $0.field("level", intervals.level)
      if let reference = intervals.reference { write(reference, as: "reference", to: &$0) }
      write(intervals.testHull, as: "testHull", to: &$0)
    }
  }

  private static func write(_ detection: Detection, to writer: inout JSONWriter) {
    writer.key("detection")
    writer.object(inline: true) {
      $0.field("difference", detection.difference)
      $0.field("neededPrompts", detection.neededPrompts)
      $0.field("power", detection.power)
      $0.field("smallestDifference", detection.smallestDifference)
      $0.field("testPrompts", detection.testPrompts)
    }
  }

  private static func write(_ match: QualityMatch?, to writer: inout JSONWriter) {
    guard let match else { return }
    writer.key("match")
    writer.object(inline: true) {
      $0.field("costShare", match.costShare)
      if let interval = match.interval { write(interval, as: "interval", to: &$0) }
      $0.field("model", match.model)
      $0.field("reached", match.reached)
    }
  }

  private static func write(_ parameter: Parameter?, to writer: inout JSONWriter) {
    guard let value = parameter?.value else { return }
    if value == .infinity {
      writer.field("parameter", "unlimited")
    } else {
      writer.field("parameter", value)
    }
  }

  /// JSON has no infinity and no NaN: a report that holds one is refused before a byte is written.
  static func requireFinite(_ report: ExperimentReport) throws(ReportingError) {
    func check(_ values: [Double], _ what: @autoclosure () -> String) throws(ReportingError) {
      for value in values where !value.isFinite { throw .notFinite(what()) }
    }
    func pair(_ point: Point) -> [Double] { [point.cost, point.quality] }
    for task in report.tasks {
      for split in task.splits {
        let place = "task \(task.task), seed \(split.seed)"
        try check(split.oracleShares, place)
        try check(split.references.flatMap { pair($0.point) + [$0.seconds ?? 0] }, place)
        for system in split.systems {
          let place = "\(place), system \(system.name)"
          try check([system.testHullAIQ, system.deployableAIQ, system.referenceAIQ], place)
          for stop in system.swept {
            try check(pair(stop.point) + [stop.seconds ?? 0], place)
            if stop.parameter?.value == -.infinity { throw .notFinite(place) }
          }
          for kept in system.kept {
            try check((kept.training.map(pair) ?? []) + pair(kept.test), place)
            let others = [
              kept.trainingDollars, kept.testDollars, kept.trainingSeconds, kept.testSeconds,
            ]
            try check(others.compactMap(\.self), place)
          }
        }
      }
      for summary in task.summaries {
        let spreads =
          [
            summary.testHull, summary.deployable, summary.testHullLessZero,
            summary.deployableLessZeroTrained, summary.reference,
          ] + [summary.referenceLessZero].compactMap { $0 }
        try check(
          spreads.flatMap { [$0.mean, $0.standardDeviation ?? 0] },
          "task \(task.task), summary of \(summary.name)")
      }
    }
  }
}
