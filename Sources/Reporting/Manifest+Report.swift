public import Evaluation
import Words

extension Manifest {
  /// What shows that a report is of another run, as the end of a sentence; `nil` if nothing does.
  public func difference(from report: ExperimentReport) -> String? {
    if version != report.version {
      return "it is of version \(PlainText.line(version)) and the report of version "
        + PlainText.line(report.version)
    }
    let known = Set(seeds)
    let seed = report.tasks.flatMap(\.splits).map(\.seed).first { !known.contains($0) }
    if let seed { return "the report has the seed \(seed), which it does not" }
    let isOfFile =
      inputs.isEmpty || report.data.sha256.isEmpty
      || inputs.contains { $0.sha256 == report.data.sha256 }
    if !isOfFile { return "none of its inputs is the data of the report" }
    return nil
  }
}
