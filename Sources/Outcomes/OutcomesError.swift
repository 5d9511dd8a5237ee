/// Why outcomes could not be read or written, as a sentence for a person.
public struct OutcomesError: Error, CustomStringConvertible, Hashable {
  /// What was found, what was needed, and what to do.
  public let description: String

  init(_ description: String) { self.description = description }

  /// A file without data.
  package static func noRows(_ file: String) -> OutcomesError {
    OutcomesError(
      "\(file) has columns and no rows under them; needed is at least one row a prompt.")
  }

  static func missingColumns(_ missing: [String], file: String) -> OutcomesError {
    var advice: [String] = []
    if missing.contains("sample_id") { advice.append("let ids be made from row numbers") }
    if missing.contains("eval_name") { advice.append("give a task name for the whole file") }
    let list = missing.joined(separator: " and no ")
    let other = advice.isEmpty ? "" : ", or " + advice.joined(separator: " and ")
    return OutcomesError(
      "\(file) has no column \(list); needed are sample_id, eval_name and prompt. "
        + "Add \(missing.count == 1 ? "it" : "them")\(other).")
  }
}
