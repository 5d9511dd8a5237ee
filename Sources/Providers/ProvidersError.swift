/// Why keys or prices could not be read, as a sentence for a person.
public struct ProvidersError: Error, CustomStringConvertible, Hashable {
  /// What was found, what was needed, and what to do.
  public let description: String

  init(_ description: String) { self.description = description }
}
