import CostQuality
import Evaluation

/// `points.csv`: every point of every curve, one a line.
enum PointsTable {
  /// The columns' names.
  static let header = [
    "task", "seed", "system", "curve", "parameter", "cost_per_prompt", "quality", "total_cost",
    "seconds_per_prompt", "cost_from", "cost_to", "quality_from", "quality_to",
  ]

  static func write(
    _ report: ExperimentReport, _ emit: (String) throws -> Void
  ) rethrows {
    try emit(CommaSeparated.record(header))
    for task in report.tasks {
      for split in task.splits {
        for reference in split.references {
          try emit(
            line(
              task, split, system: reference.name, curve: "reference", parameter: "",
              reference.point, reference.seconds, reference.intervals))
        }
        for system in split.systems {
          try write(system, task, split, emit)
        }
      }
    }
  }

  private static func write(
    _ system: SystemResult, _ task: TaskResult, _ split: SplitResult,
    _ emit: (String) throws -> Void
  ) rethrows {
    // A point without a parameter is a single model's, and replayed by the model's name.
    var models: [Point: String] = [:]
    for reference in split.references where reference.role == .model {
      models[reference.point] = models[reference.point] ?? reference.name
    }
    var parameters: [Point: String] = [:]
    var seconds: [Point: Double] = [:]
    for stop in system.swept {
      let parameter = stop.parameter.map(text) ?? models[stop.point] ?? ""
      if parameters[stop.point] == nil {
        parameters[stop.point] = parameter
        seconds[stop.point] = stop.seconds
      }
      try emit(
        line(
          task, split, system: system.name, curve: "swept", parameter: parameter, stop.point,
          stop.seconds))
    }
    for vertex in system.testHull.vertices {
      try emit(
        line(
          task, split, system: system.name, curve: "testHull",
          parameter: parameters[vertex] ?? "", vertex, seconds[vertex]))
    }
    for kept in system.kept {
      try emit(
        line(
          task, split, system: system.name, curve: "kept",
          parameter: kept.parameter.map(text) ?? kept.model ?? "", kept.test, kept.testSeconds,
          kept.intervals))
    }
  }

  /// A parameter as files spell it.
  static func text(_ parameter: Parameter) -> String {
    parameter.value == .infinity ? "unlimited" : NumberText.exact(parameter.value)
  }

  private static func line(
    _ task: TaskResult, _ split: SplitResult, system: String, curve: String, parameter: String,
    _ point: Point, _ seconds: Double?, _ intervals: PointIntervals? = nil
  ) -> String {
    let ends = intervals.map {
      [$0.cost.lower, $0.cost.upper, $0.quality.lower, $0.quality.upper]
    }
    return CommaSeparated.record(
      [
        task.task, String(split.seed), system, curve, parameter, NumberText.exact(point.cost),
        NumberText.exact(point.quality), NumberText.exact(point.cost * Double(split.testCount)),
        seconds.map(NumberText.exact) ?? "",
      ] + (ends?.map(NumberText.exact) ?? ["", "", "", ""]))
  }
}
