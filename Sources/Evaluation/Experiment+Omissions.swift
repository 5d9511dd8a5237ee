public import Outcomes

/// What an experiment leaves out, and what it makes of the outcomes.
extension Experiment {
  /// What a run will leave out of these outcomes, known before it: tasks that cannot be examined, and
  /// single splits of others.
  public func omissions(of table: OutcomeTable) -> [DataSummary.Omission] {
    omissions(in: sittings(on: table), of: table)
  }

  func omissions(
    in sittings: Sitting.All, of table: OutcomeTable
  ) -> [DataSummary.Omission] {
    let beyond = sittings.list.map { isBeyond($0, table) }
    return sittings.omissions
      + sittings.subjects.flatMap { omissions(of: $0, in: sittings.list, beyond, table) }
  }

  /// Whether no single model keeps the bounds on the sitting's training prompts.
  private func isBeyond(_ sitting: Sitting, _ table: OutcomeTable) -> Bool {
    ceiling.isBound && !sitting.training.isEmpty
      && ceiling.keepers(of: Exam.stops(of: table.selecting(rows: sitting.training))).isEmpty
  }

  /// One task's: itself where no sitting can examine it for one reason, or else the sittings that cannot.
  private func omissions(
    of subject: Sitting.Subject, in list: [Sitting], _ beyond: [Bool], _ table: OutcomeTable
  ) -> [DataSummary.Omission] {
    var found: [(sitting: Sitting, count: Int, reason: String?)] = []
    for (sitting, isBeyond) in zip(list, beyond) {
      guard let rows = sitting.tests.first(where: { $0.task == subject.name })?.rows else {
        continue
      }
      let reason =
        sitting.training.isEmpty
        ? "every prompt that could teach has its text or question tested"
        : !Exam.canBeSet(on: table, rows: rows)
          ? "models do not differ in cost" : isBeyond ? absence : nil
      found.append((sitting, rows.count, reason))
    }
    let common = found.isEmpty ? "there is no other task to learn from" : found[0].reason
    if let common, found.allSatisfy({ $0.reason == common }) {
      return [.init(task: subject.name, model: nil, reason: common, count: subject.rows.count)]
    }
    return found.compactMap { sitting, count, reason in
      reason.map {
        .init(
          task: subject.name, model: nil, reason: "\($0), in \(name(of: sitting) ?? "the split")",
          count: count)
      }
    }
  }

  /// Why a sitting without a model that keeps the bounds examines nothing.
  private var absence: String {
    "no single model takes at most \(ceiling.text) a training prompt on average"
  }

  /// A sentence on training prompts that are left out for being tested under another task's name; nil where there
  /// are none.
  func note(on sitting: Sitting) -> String? {
    guard sitting.twins > 0 else { return nil }
    return "\(sitting.twins) training prompt\(sitting.twins == 1 ? " was" : "s were") not taught on"
      + (name(of: sitting).map { " in \($0)" } ?? "")
      + ", since another task tests \(sitting.twins == 1 ? "its" : "their") text or question."
  }

  /// What an experiment makes of the outcomes, which must stand in every output.
  public var notices: [String] {
    var notices: [String] = []
    if let sampling {
      notices.append(
        "Mixtures and judges' errors were drawn once a test prompt (seed \(sampling)), where exact expectations "
          + "have no noise; intervals hold for the drawn runs.")
    }
    if ceiling.isBound {
      notices.append(
        "Kept points, and Zero chosen on training prompts, take at most \(ceiling.text) a training prompt on "
          + "average; test hulls are of points that take no more on the test prompts, or of the nearest "
          + "where none does.")
    }
    return notices
  }
}
