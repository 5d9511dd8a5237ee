import Matrices
import Parallelism

/// The weights of one multilayer perceptron with one output.
struct PerceptronNetwork: Sendable, Equatable {
  /// One matrix a layer: a row an input and a column an output, then the intercepts as a last row.
  let layers: [Matrix]

  /// How many numbers one prompt has.
  var inputs: Int { (layers.first?.rows ?? 1) - 1 }

  /// The widths of the hidden layers.
  var hidden: [Int] { layers.dropLast().map(\.columns) }

  /// Whether no weight is infinite or not a number.
  var isFinite: Bool {
    layers.allSatisfy { $0.withUnsafeBufferPointer { $0.allSatisfy(\.isFinite) } }
  }

  /// Random weights and intercepts, uniform in plus or minus the root of 6 / (inputs + outputs).
  ///
  /// Drawn in scikit-learn's order: layer by layer, weights row by row, then intercepts.
  ///
  /// - Source: Glorot and Bengio, 2010, with the factor that scikit-learn takes for ReLU.
  static func random(
    widths: [Int], generator: inout SeededGenerator
  ) -> PerceptronNetwork {
    PerceptronNetwork(
      layers: zip(widths, widths.dropFirst()).map { inputs, outputs in
        let bound = (6 / Double(inputs + outputs)).squareRoot()
        return Matrix(rows: inputs + 1, columns: outputs) { values in
          for index in values.indices {
            values[index] = Float(bound * (2 * generator.unit() - 1))
          }
        }
      })
  }
}

extension PerceptronNetwork: Codable {
  /// Reads the layers, and refuses those that do not fit together.
  init(from decoder: any Decoder) throws {
    layers = try [Matrix](from: decoder)
    let fits =
      zip(layers, layers.dropFirst()).allSatisfy { $0.columns + 1 == $1.rows }
      && layers.last?.columns == 1 && layers.allSatisfy { $0.rows >= 2 && $0.columns >= 1 }
    guard fits else {
      throw DecodingError.dataCorrupted(
        .init(
          codingPath: decoder.codingPath,
          debugDescription: "The layers of a perceptron do not fit together."))
    }
  }

  /// Writes the layers.
  func encode(to encoder: any Encoder) throws { try layers.encode(to: encoder) }
}
