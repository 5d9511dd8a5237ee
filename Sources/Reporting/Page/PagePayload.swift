import CostQuality
import Evaluation

/// The numbers of a page as JSON: those of `report.json`, from the same value, in columns.
enum PagePayload {
  /// The fullest text that stays under the limit, or the leanest.
  static func text(of report: ExperimentReport, samples: PromptSamples?) -> [UInt8] {
    var bytes: [UInt8] = []
    for detail in PageDetail.levels {
      bytes = text(of: report, samples: nil, detail: detail)
      guard bytes.count <= PageDetail.limit else { continue }
      return samples == nil ? bytes : text(of: report, samples: samples, detail: detail)
    }
    return samples == nil
      ? bytes
      : text(of: report, samples: samples, detail: PageDetail.levels[PageDetail.levels.count - 1])
  }

  /// The task that a page starts with: all tasks together, or the one of which most can be said.
  static func start(_ report: ExperimentReport) -> Int {
    if let all = report.tasks.firstIndex(where: { $0.task == Experiment.allTasks }) { return all }
    let findings = report.tasks.map { Headline(on: $0).finding }
    return findings.max().flatMap { findings.firstIndex(of: $0) } ?? 0
  }

  static func text(
    of report: ExperimentReport, samples: PromptSamples?, detail: PageDetail
  ) -> [UInt8] {
    var writer = JSONWriter(isDense: true)
    let share = detail.sweptShare(of: report)
    writer.object(inline: true) { writer in
      writer.field("axis", report.axis.rawValue)
      writer.key("data")
      ReportDocument.write(report.data, to: &writer)
      writer.key("notices")
      writer.array(report.notices) { $0.value($1) }
      writer.key("omitted")
      writer.array(detail.omissions(of: report)) { $0.value($1) }
      writer.key("options")
      writer.array(report.options) { writer, option in
        writer.array([option.name, option.value]) { $0.value($1) }
      }
      if let samples {
        writer.key("samples")
        samples.write(to: &writer)
      }
      writer.field("start", start(report))
      writer.key("tasks")
      writer.array(report.tasks) { writer, task in
        write(task, detail, swept: share, to: &writer)
      }
      writer.field("title", report.title)
      writer.field("version", report.version)
    }
    return escaped(writer.take())
  }

  /// JSON that can stand in a script element: no byte of it can end the element or open a comment.
  static func escaped(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count + bytes.count / 50)
    for byte in bytes {
      switch byte {
      // These stand in strings alone, so that an escape means the same.
      case UInt8(ascii: "<"): result.append(contentsOf: Array("\\u003c".utf8))
      case UInt8(ascii: ">"): result.append(contentsOf: Array("\\u003e".utf8))
      case UInt8(ascii: "&"): result.append(contentsOf: Array("\\u0026".utf8))
      default: result.append(byte)
      }
    }
    return result
  }

  private static func write(
    _ task: TaskResult, _ detail: PageDetail, swept: Int, to writer: inout JSONWriter
  ) {
    writer.object { writer in
      writer.field("distinctFeatures", task.distinctFeatures)
      writer.field("featureWarning", task.featureWarning)
      writer.field("headline", Headline(on: task).description)
      writer.field("nearDuplicates", task.nearDuplicates)
      writer.key("notes")
      writer.array(task.notes) { $0.value($1) }
      writer.field("promptCount", task.promptCount)
      writer.field("splitCount", task.splits.count)
      writer.key("splits")
      writer.array(detail.splits(of: task)) { write($1, detail, swept: swept, to: &$0) }
      writer.key("summaries")
      writer.array(task.summaries) { ReportDocument.write($1, to: &$0) }
      writer.field("task", task.task)
      writer.field("verdict", Verdict(on: task).description)
    }
  }

  private static func write(
    _ split: SplitResult, _ detail: PageDetail, swept: Int, to writer: inout JSONWriter
  ) {
    writer.object { writer in
      ReportDocument.writeHead(of: split, to: &writer)
      writePlane(of: split, to: &writer)
      // A seed may be larger than the whole numbers that JavaScript tells apart.
      writer.field("seed", String(split.seed))
      writer.key("systems")
      writer.array(zip(split.systems, detail.isWhole(in: split))) {
        write($1.0, detail, isWhole: $1.1, swept: swept, to: &$0)
      }
      writer.field("testCount", split.testCount)
      writer.field("trainingCount", split.trainingCount)
    }
  }

  /// How the pictures draw the plane, and how they would with the other scale of costs.
  private static func writePlane(of split: SplitResult, to writer: inout JSONWriter) {
    func ends(_ geometry: PlaneGeometry) -> [Double] {
      [geometry.cost, geometry.quality].flatMap { [$0.lower, $0.upper] }
    }
    let frame = TaskFigure.frame
    let logarithmic = PlaneGeometry(split, frame: frame, isLogarithmic: true)
    writer.key("plane")
    writer.object(inline: true) { writer in
      writer.field("holdsZero", logarithmic.cost.holdsZero)
      writer.key("linear")
      writer.array(ends(PlaneGeometry(split, frame: frame, isLogarithmic: false))) { $0.value($1) }
      writer.key("log")
      writer.array(ends(logarithmic)) { $0.value($1) }
      writer.field(
        "scale", PlaneGeometry(split, frame: frame).cost.isLogarithmic ? "log" : "linear")
    }
  }

  private static func write(
    _ system: SystemResult, _ detail: PageDetail, isWhole: Bool, swept limit: Int,
    to writer: inout JSONWriter
  ) {
    writer.object { writer in
      if let bins = system.calibration {
        writer.key("calibration")
        writer.array(bins) { writer, bin in
          writer.array([Double(bin.count), bin.predicted, bin.recorded]) { $0.value($1) }
        }
      }
      writer.field("deployableAIQ", system.deployableAIQ)
      let hull = PageDetail.places(detail.hull, of: system.testHull.vertices.count)
      writer.key("hull")
      writer.array(numbers(hull.map { system.testHull.vertices[$0] }, detail)) { $0.value($1) }
      writer.key("kept")
      writer.object { write(system.kept, detail, isWhole: isWhole, to: &$0) }
      writer.field("name", system.name)
      let places = PageDetail.places(limit, of: system.swept.count)
      writer.key("swept")
      writer.object { writer in
        writer.field("of", system.swept.count)
        writer.key("parameter")
        writer.array(places) { write(system.swept[$1].parameter, to: &$0) }
        writer.key("point")
        writer.array(numbers(places.map { system.swept[$0].point }, detail)) { $0.value($1) }
      }
      writer.field("testHullAIQ", system.testHullAIQ)
    }
  }

  private static func write(
    _ all: [KeptPoint], _ detail: PageDetail, isWhole: Bool, to writer: inout JSONWriter
  ) {
    let kept = detail.keptPlaces(of: all, isWhole: isWhole).map { all[$0] }
    let calls = kept.compactMap(\.calls)
    if isWhole, calls.count == kept.count {
      writer.key("calls")
      writer.array(calls) { $0.array($1) { $0.value($1) } }
    }
    let intervals = kept.compactMap(\.intervals)
    if detail.hasIntervals, intervals.count == kept.count {
      writer.key("intervals")
      writer.array(
        intervals.flatMap { [$0.cost.lower, $0.cost.upper, $0.quality.lower, $0.quality.upper] }
      ) { $0.value($1) }
    }
    if kept.contains(where: { $0.meaning != nil }) {
      writer.key("meaning")
      writer.array(kept) { $0.value($1.meaning ?? "") }
    }
    if kept.contains(where: { $0.model != nil }) {
      writer.key("model")
      writer.array(kept) { $0.value($1.model ?? "") }
    }
    writer.key("parameter")
    writer.array(kept) { writer, kept in
      write(kept.parameter.map { Parameter(detail.rounded($0.value)) }, to: &writer)
    }
    writer.key("test")
    writer.array(numbers(kept.map(\.test), detail)) { $0.value($1) }
    let training = kept.compactMap(\.training)
    if training.count == kept.count {
      writer.key("training")
      writer.array(numbers(training, detail)) { $0.value($1) }
    }
  }

  private static func numbers(_ points: [Point], _ detail: PageDetail) -> [Double] {
    points.flatMap { [detail.rounded($0.cost), detail.rounded($0.quality)] }
  }

  static func write(_ parameter: Parameter?, to writer: inout JSONWriter) {
    guard let value = parameter?.value else { return writer.value("") }
    if value == .infinity { writer.value("unlimited") } else { writer.value(value) }
  }
}
