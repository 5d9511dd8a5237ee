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

  /// - Parameter found: The columns that are there.
  static func missingColumns(
    _ missing: [String], file: String, found: [String], isLong: Bool
  ) -> OutcomesError {
    var advice: [String] = []
    // Rows of long form are gathered by their ids, so numbers do not help there.
    if missing.contains("sample_id"), !isLong {
      advice.append("let ids be made from row numbers (--number-rows)")
    }
    if missing.contains("eval_name") {
      advice.append("give a task name for the whole file (--eval-name NAME)")
    }
    let list = missing.joined(separator: " and no ")
    let other = advice.isEmpty ? "" : ", or " + advice.joined(separator: " and ")
    return OutcomesError(
      "\(file) has no column \(list); needed are sample_id, eval_name and prompt, and found "
        + "\(found.count == 1 ? "is" : "are") \(found.prefix(8).joined(separator: ", "))"
        + (found.count > 8 ? ", ..." : "")
        + ". Rename \(missing.count == 1 ? "it" : "them") if there under another name, or add "
        + "\(missing.count == 1 ? "it" : "them")\(other).")
  }
}
