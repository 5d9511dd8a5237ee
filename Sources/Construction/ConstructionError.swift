/// Why a data set could not be planned, kept or read, as a sentence for a person.
public struct ConstructionError: Error, CustomStringConvertible, Hashable {
  /// What was found, what was needed, and what to do.
  public let description: String

  /// A sentence.
  public init(_ description: String) { self.description = description }
}
