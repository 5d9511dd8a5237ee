import Foundation
import Matrices
import Outcomes

/// The path of a file beside the project, or nil with a line that says it was skipped.
func shared(_ name: String) -> String? {
  let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  let path = root.appendingPathComponent("shared").appendingPathComponent(name).path
  if FileManager.default.fileExists(atPath: path) { return path }
  print("skipped: needs ../shared/\(name)")
  return nil
}

/// Calls `body` with the path of a new folder that is removed afterwards.
func withFolder<R>(_ body: (String) throws -> R) throws -> R {
  let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
    "outcomes-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  return try body(folder.path)
}

/// Whether two tables hold the same, missing cells included, whatever the order of the models.
func sameContent(_ a: OutcomeTable, _ b: OutcomeTable) -> Bool {
  guard Set(a.models) == Set(b.models) else { return false }
  let b = b.selecting(models: a.models)
  func same(_ x: [Double]?, _ y: [Double]?) -> Bool {
    x?.map { $0.isNaN ? Double.nan.bitPattern : $0.bitPattern }
      == y?.map { $0.isNaN ? Double.nan.bitPattern : $0.bitPattern }
  }
  return a.sampleIDs == b.sampleIDs && a.evalNames == b.evalNames && a.prompts == b.prompts
    && same(a.quality.values, b.quality.values) && same(a.cost.values, b.cost.values)
    && same(a.latency?.values, b.latency?.values)
    && same(a.confidence?.values, b.confidence?.values)
    && same(a.inputTokens?.values, b.inputTokens?.values)
    && same(a.outputTokens?.values, b.outputTokens?.values) && a.trueLabels == b.trueLabels
    && a.responses == b.responses
}
