extension TaskResult {
  /// The task with the Oracle of the original code in the place of ours: it pays nothing for prompts
  /// that nobody solves.
  public var withOracleFreeWhenUnsolved: TaskResult {
    replacing(
      splits: splits.map { split in
        var split = split
        split.references = split.references.compactMap { reference in
          switch reference.role {
          case .oracle: return nil
          case .oracleFreeWhenUnsolved:
            var free = ReferencePoint(
              name: reference.name, role: .oracle, point: reference.point,
              seconds: reference.seconds)
            free.intervals = reference.intervals
            return free
          case .model, .random: return reference
          }
        }
        return split
      }, summaries: summaries)
  }

  /// The task with some of its systems, in their order.
  public func showing(_ isShown: (String) -> Bool) -> TaskResult {
    replacing(
      splits: splits.map { split in
        var split = split
        split.systems = split.systems.filter { isShown($0.name) }
        return split
      }, summaries: summaries.filter { isShown($0.name) })
  }

  /// The same under another name.
  public func named(_ name: String) -> TaskResult {
    replacing(task: name, splits: splits, summaries: summaries)
  }

  private func replacing(
    task name: String? = nil, splits: [SplitResult], summaries: [SystemSummary]
  ) -> TaskResult {
    TaskResult(
      task: name ?? task, promptCount: promptCount, distinctFeatures: distinctFeatures,
      featureWarning: featureWarning, nearDuplicates: nearDuplicates, notes: notes, splits: splits,
      summaries: summaries)
  }
}
