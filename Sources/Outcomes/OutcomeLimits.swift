/// How much a file of outcomes may hold; more is a mistake in its columns, or an attack.
///
/// The largest leaderboards have some thousands of models and some hundreds of tasks.
enum OutcomeLimits {
  /// Columns, or different keys of JSON Lines, those of no use included.
  static let columns = 100_000
  /// Models.
  static let models = 10_000
  /// Different task names.
  static let tasks = 10_000
  /// A table of this many cells is read however few of them are there.
  private static let cells = 1 << 20
  /// How many cells a table may have beyond that for one that is there.
  private static let sparseness = 256

  static func require(columns count: Int, in file: String) throws(OutcomesError) {
    guard count > columns else { return }
    throw OutcomesError(
      "\(file) has \(count) different columns or keys, and at most \(columns) are read; give each row "
        + "the same ones.")
  }

  static func require(models count: Int, in file: String) throws(OutcomesError) {
    guard count > models else { return }
    throw OutcomesError(
      "\(file) has \(count) models, and at most \(models) are read; check which columns name models "
        + "or hold their qualities.")
  }

  static func require(tasksOf table: OutcomeTable, in file: String) throws(OutcomesError) {
    let count = Set(table.evalNames).count
    guard count > tasks else { return }
    throw OutcomesError(
      "\(file) has \(count) different tasks in eval_name, and at most \(tasks) are read; check that "
        + "the column holds the task's name and not the prompt's.")
  }

  /// Refuses wide tables of which nearly every cell would be missing: they would not fit.
  static func requireFilled(
    _ models: [OutcomeSchema.Columns], rows: Int, in file: String
  ) throws(OutcomesError) {
    try require(models: models.count, in: file)
    let present = models.reduce(0) { $0 + $1.quality.greatestPresent(of: rows) }
    guard models.count * rows > max(cells, present * sparseness) else { return }
    throw OutcomesError(
      "\(file) has \(rows) rows and \(models.count) columns that look like models, and nearly every "
        + "cell would be missing; check that each row has the same columns.")
  }

  /// Refuses tables in long form of which nearly every cell would be missing.
  static func requireFilled(
    samples: Int, models: Int, rows: Int, in file: String
  ) throws(OutcomesError) {
    try require(models: models, in: file)
    guard samples * models > max(cells, rows * sparseness) else { return }
    throw OutcomesError(
      "\(file) has \(rows) rows for \(samples) samples and \(models) models, so "
        + "nearly every cell would be missing; check the columns sample_id and model_name.")
  }
}
