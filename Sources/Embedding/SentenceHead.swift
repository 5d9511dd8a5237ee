import Files
import Foundation
import Matrices
import Parallelism

/// What sentence-transformers' modules do to a pooled vector, one after the other.
struct SentenceHead: Sendable {
  enum Step: Sendable {
    /// Scales to length 1.
    case normalize
    case dense(DenseLayer, width: Int, Activation, residual: Residual)
    case layerNorm(weight: Matrix, bias: Matrix)
  }

  enum Residual: Sendable {
    case none
    case same
    case projected(DenseLayer)
  }

  private let steps: [Step]
  /// How many numbers a vector has in the end.
  let width: Int
  /// All files that were read, for the hash that names the encoder.
  let content: [UInt8]

  /// Reads the modules' weights.
  ///
  /// - Parameters:
  ///   - width: How many numbers a pooled vector has.
  ///   - keeps: How many of the last vector's numbers are kept; `nil` keeps all.
  init(
    _ modules: [SentenceLayout.HeadModule], width: Int, keeps: Int?, directory: String,
    has: (String) -> Bool
  ) throws {
    var steps: [Step] = []
    var content: [UInt8] = []
    var width = width
    for module in modules {
      switch module {
      case .normalize: steps.append(.normalize)
      case .layerNorm(let folder):
        let weights = try Weights(folder, directory, has)
        content += weights.content
        steps.append(
          .layerNorm(
            weight: try weights.matrix("norm.weight", 1, width),
            bias: try weights.matrix("norm.bias", 1, width)))
      case .dense(let folder, let dense):
        let weights = try Weights(folder, directory, has)
        content += weights.content + Array(dense.description.utf8)
        guard dense.inputs == width else {
          throw EmbeddingError(
            "\(directory)/\(folder)/config.json takes \(dense.inputs) numbers; the module before it "
              + "gives \(width). Fetch the model again.")
        }
        steps.append(try Self.step(dense, weights))
        width = dense.outputs
      }
    }
    self.steps = steps
    self.width = min(width, keeps ?? width)
    self.content = content
  }

  private static func step(_ dense: DenseModule, _ weights: Weights) throws -> Step {
    let (inputs, outputs) = (dense.inputs, dense.outputs)
    let none = Matrix(rows: 1, columns: outputs, values: [Float](repeating: 0, count: outputs))
    let layer = DenseLayer(
      weight: try weights.matrix("linear.weight", outputs, inputs),
      bias: dense.hasBias ? try weights.matrix("linear.bias", 1, outputs) : none)
    let residual: Residual =
      !dense.addsInput
      ? .none
      : inputs == outputs
        ? .same
        : .projected(
          DenseLayer(weight: try weights.matrix("residual.weight", outputs, inputs), bias: none))
    return .dense(layer, width: outputs, dense.activation, residual: residual)
  }

  /// The vector of a pooled one.
  func vector(_ pooled: [Float]) -> [Float] {
    var vector = pooled
    for step in steps {
      switch step {
      case .normalize:
        var square: Float = 0
        for value in vector { square += value * value }
        let scale = 1 / max(square.squareRoot(), 1e-12)
        vector = vector.map { $0 * scale }
      case .layerNorm(let weight, let bias):
        weight.withUnsafeBufferPointer { weight in
          bias.withUnsafeBufferPointer { bias in
            guard let weight = weight.baseAddress, let bias = bias.baseAddress else { return }
            Kernels.normalise(
              &vector, rows: 1, width: vector.count, weight: weight, bias: bias, epsilon: 1e-5)
          }
        }
      case .dense(let layer, let width, let activation, let residual):
        vector = Self.apply(layer, width, activation, residual, to: vector)
      }
    }
    return width < vector.count ? Array(vector[..<width]) : vector
  }

  private static func apply(
    _ layer: DenseLayer, _ width: Int, _ activation: Activation, _ residual: Residual,
    to input: [Float]
  ) -> [Float] {
    var output = [Float](repeating: 0, count: width)
    layer.apply(to: input, rows: 1, into: &output, threads: Threads(1))
    activation.apply(&output, count: width)
    switch residual {
    case .none: break
    case .same: for index in 0..<width { output[index] += input[index] }
    case .projected(let other):
      var added = [Float](repeating: 0, count: width)
      other.apply(to: input, rows: 1, into: &added, threads: Threads(1))
      for index in 0..<width { output[index] += added[index] }
    }
    return output
  }

  /// The weights of a module, with the shapes that its settings ask for.
  private struct Weights {
    let tensors: Safetensors
    let path: String
    let content: [UInt8]

    init(_ folder: String, _ directory: String, _ has: (String) -> Bool) throws {
      let name = SentenceLayout.join(folder, ModelWeights.single)
      path = directory + "/" + name
      guard has(name) else {
        throw EmbeddingError(
          "\(directory) has no \(name), the only kind of weights that is read. If it has a "
            + "pytorch_model.bin there, load and save the model with sentence-transformers once.")
      }
      let file = try MappedFile(path: path)
      tensors = try Safetensors(file)
      content = file.withUnsafeBytes { Array($0) }
    }

    func matrix(_ name: String, _ rows: Int, _ columns: Int) throws(EmbeddingError) -> Matrix {
      let matrix = try tensors.matrix(named: name)
      guard matrix.rows == rows, matrix.columns == columns else {
        throw EmbeddingError(
          "The tensor \(name) in \(path) is \(matrix.rows) x \(matrix.columns); its config.json asks "
            + "for \(rows) x \(columns).")
      }
      return matrix
    }
  }
}
