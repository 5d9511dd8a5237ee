public import CostQuality
public import Evaluation

/// Pictures for others than the report folder.
public enum TaskPicture {
  /// The cost-quality plane of a task's first split, as SVG; nil when nothing was examined.
  ///
  /// - Parameters:
  ///   - hullAIQ: Which AIQ of test hulls is shown.
  ///   - notices: Sentences that must stand under the picture.
  ///   - slug: A prefix for the ids inside, so that several pictures can stand in one page.
  public static func plane(
    of task: TaskResult, axis: CostUnit, hullAIQ: AIQDefinition = .sharedRange, notices: [String],
    slug: String
  ) -> String? {
    TaskFigure(task, axis: axis, hullAIQ: hullAIQ, notices: notices, slug: slug)?.svg()
  }
}
