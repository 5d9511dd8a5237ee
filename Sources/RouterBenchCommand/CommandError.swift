/// A sentence about input that cannot be used.
struct CommandError: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}

/// What `--strict` has against data that could be used, as a sentence.
struct StrictRefusal: Error, CustomStringConvertible {
  let description: String
}
