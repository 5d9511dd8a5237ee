import Embedding

/// A sentence encoder as it is spelt: a model's name or directory, with `:bfloat16` for the faster
/// arithmetic.
struct SentenceSpelling {
  private let model: String
  private let precision: EncoderPrecision

  init(_ text: String) {
    let precision = EncoderPrecision.allCases.first { text.hasSuffix(":" + $0.rawValue) }
    self.precision = precision ?? .float32
    model = precision.map { String(text.dropLast($0.rawValue.count + 1)) } ?? text
  }

  /// Reads the model.
  ///
  /// - Throws: A sentence that says how to get it.
  func encoder() throws -> SentenceEncoder {
    try SentenceEncoder(directory: ModelStore.directory(of: model), precision: precision)
  }
}
