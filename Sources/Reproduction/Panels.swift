/// The tasks of an exhibit that a file allows.
struct Panels {
  /// The tasks to show, in the paper's order.
  let shown: [String]
  /// The paper's tasks that the file lacks, each with a sentence.
  let missing: [String]

  /// Compares the paper's tasks with a file's.
  ///
  /// Where the file has none of them, its own tasks stand in, so that small files show something.
  init(_ kind: PaperExhibit, in tasks: [String]) {
    let present = kind.tasks.filter(tasks.contains)
    var missing = kind.tasks.filter { !tasks.contains($0) }.map {
      "\($0): the file has no prompts of this task."
    }
    if present.isEmpty && kind.admitsOtherTasks && !tasks.isEmpty {
      shown = tasks
      missing.append("Shown instead, though the paper does not: \(tasks.joined(separator: ", ")).")
    } else {
      shown = present
    }
    self.missing = missing
  }
}
