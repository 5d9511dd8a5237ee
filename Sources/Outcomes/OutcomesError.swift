/// Why outcomes could not be read or written, as a sentence for a person.
public struct OutcomesError: Error, CustomStringConvertible, Equatable {
  /// What was found, what was needed, and what to do.
  public let description: String

  init(_ description: String) { self.description = description }
}
