import Matrices
import Parallelism

/// Several perceptrons of one shape, laid out to predict together.
struct PerceptronPredictor: Sendable {
  /// Rows that pass through all layers together; small enough for their activations to stay in cache.
  private static let blockRows = 32

  /// The first layers of all networks side by side, for they share their inputs.
  private let first: PanelLayer
  /// The other hidden layers of each network.
  private let deeper: [[PanelLayer]]
  /// The output layer of each network: its weights and, last, its intercept.
  private let outputs: [[Float]]
  private let hidden: [Int]

  /// How many numbers a prompt has.
  var inputs: Int { first.inputs }

  /// - Precondition: There is a network, and all have one shape.
  init(_ networks: [PerceptronNetwork]) {
    hidden = networks[0].hidden
    let (width, inputs) = (networks[0].hidden[0], networks[0].inputs)
    first = PanelLayer(
      inputs: inputs, outputs: width * networks.count,
      weight: { networks[$1 / width].layers[0][$0, $1 % width] },
      intercept: { networks[$0 / width].layers[0][inputs, $0 % width] })
    deeper = networks.map { network in
      network.layers.dropFirst().dropLast().map { layer in
        PanelLayer(
          inputs: layer.rows - 1, outputs: layer.columns, weight: { layer[$0, $1] },
          intercept: { layer[layer.rows - 1, $0] })
      }
    }
    outputs = networks.map { network in
      let layer = network.layers[network.layers.count - 1]
      return (0..<layer.rows).map { layer[$0, 0] }
    }
  }

  /// Predictions, rows x networks; a row's are the same bits whatever the other rows and the threads.
  func predict(_ features: Matrix, threads: Threads = .machine) -> Grid {
    let blocks = (features.rows + Self.blockRows - 1) / Self.blockRows
    let parts = threads.map(count: blocks) { block -> [Double] in
      let start = block * Self.blockRows
      return predict(features, start..<min(start + Self.blockRows, features.rows))
    }
    return Grid(rows: features.rows, columns: outputs.count, values: parts.flatMap { $0 })
  }

  private func predict(_ features: Matrix, _ rows: Range<Int>) -> [Double] {
    let deepest = deeper[0].map(\.paddedOutputs).max() ?? 0
    let size = rows.count * deepest
    let memory = FloatArena(sizes: [rows.count * first.paddedOutputs, size, size])
    let (wide, spare, other) = (memory.blocks[0], memory.blocks[1], memory.blocks[2])
    features.withUnsafeBufferPointer { values in
      guard let base = values.baseAddress else { return }
      first.apply(
        to: base + rows.lowerBound * inputs, stride: inputs, rows: rows.count, isRectified: true,
        into: wide, stride: first.paddedOutputs)
    }
    var predictions = [Double](repeating: 0, count: rows.count * outputs.count)
    for (network, output) in outputs.enumerated() {
      var (input, stride) = (wide + network * hidden[0], first.paddedOutputs)
      var (target, next) = (spare, other)
      for layer in deeper[network] {
        layer.apply(
          to: input, stride: stride, rows: rows.count, isRectified: true, into: target,
          stride: layer.paddedOutputs)
        (input, stride) = (target, layer.paddedOutputs)
        swap(&target, &next)
      }
      let width = output.count - 1
      for row in 0..<rows.count {
        predictions[row * outputs.count + network] = Double(
          PerceptronKernels.output(
            input + row * stride, weights: output, width: width, intercept: output[width]))
      }
    }
    withExtendedLifetime(memory) {}
    return predictions
  }
}
