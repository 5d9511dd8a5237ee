/// Sentences about a file of a model: what was found in it, what is supported, and what to do.
struct ModelFault: Sendable {
  /// The file that the sentences name.
  let path: String

  /// The file is not what its model needs.
  func damaged(_ found: String) -> EmbeddingError {
    EmbeddingError("\(path) \(found). Fetch the model again, or choose another encoder.")
  }

  /// The file asks for something that would change vectors and is not built.
  func unsupported(_ what: String, known: String) -> EmbeddingError {
    EmbeddingError(
      "\(path) asks for \(what), which is not supported; supported: \(known). Choose another "
        + "encoder, or give vectors of this one with --features.")
  }

  /// Text of the file for a sentence: escaped, and cut if it is long.
  func quoted(_ text: String) -> String {
    let scalars = text.unicodeScalars
    let start = String(String.UnicodeScalarView(scalars.prefix(40)))
    return start.debugDescription + (scalars.count > 40 ? "..." : "")
  }

  /// The `type` of a step of a tokenizer.
  func kind(of step: ModelJSON, _ role: String) throws(EmbeddingError) -> String {
    guard let kind = step["type"]?.text else {
      throw damaged("has a \(role) without a type")
    }
    return kind
  }
}
