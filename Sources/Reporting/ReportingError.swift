/// Why a report or a manifest could not be written, read or repeated.
public struct ReportingError: Error, Hashable, CustomStringConvertible {
  /// The sentence for the user.
  public let description: String

  private init(_ description: String) { self.description = description }

  static func cannotMakeFolder(_ path: String, reason: String) -> ReportingError {
    ReportingError("Cannot make the folder \(path): \(reason). Choose another place to write to.")
  }

  static func notFinite(_ what: String) -> ReportingError {
    ReportingError(
      "The report holds a number that is not finite (\(what)), which its files cannot hold. "
        + "Leave out prompts with missing cells first.")
  }

  static func notJSON(_ path: String, kind: String, detail: String) -> ReportingError {
    ReportingError(
      "\(path) is not a \(kind): \(detail). Give the \(kind).json that `evaluate` wrote.")
  }

  static func unknownSchema(
    _ path: String, kind: String, found: Int, known: Int
  ) -> ReportingError {
    ReportingError(
      "\(path) is a \(kind) of schema \(found); this version reads schema \(known). "
        + (found > known
          ? "Use a newer routerbench." : "Make it again with `routerbench evaluate`."))
  }

  static func unreadableDecision(file: String, row: Int, column: String) -> ReportingError {
    ReportingError(
      "\(file), row \(row) has no usable \(column); give the decisions.csv that `evaluate` wrote.")
  }

  static func inputsChanged(_ changes: [String]) -> ReportingError {
    ReportingError(changes.joined(separator: "\n"))
  }
}
