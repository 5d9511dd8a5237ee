import Arguments
import Evaluation
import Matrices
import Parallelism

/// Outcomes and features, read once for commands that do other work on them than `evaluate`.
struct EvaluationInput {
  let outcomes: PreparedOutcomes
  let features: Matrix
  /// The encoder's identity; nil for features from a file.
  let encoder: String?
  let threads: Threads
  let console: Console

  init(_ settings: EvaluationSettings, _ invocation: Invocation) throws {
    console = Console(invocation)
    threads = try invocation.integer("threads", in: 1...1024).map { Threads($0) } ?? .machine
    Threads.setMachine(threads)
    outcomes = try PreparedOutcomes(settings, threads: threads, console: console)
    try RouterList.check(
      settings.routers, models: outcomes.summary.models, file: outcomes.summary.file)
    for remark in RouterList.remarks(settings.routers, models: outcomes.summary.models) {
      console.note(remark)
    }
    let made = try FeatureSource(
      settings: settings, threads: threads, console: console,
      usesCache: !invocation.has("no-cache")
    ).features(of: outcomes)
    features = made.matrix
    encoder = made.encoder
  }
}
