import Matrices

/// One perceptron in training: its weights, Adam's moments, and every buffer a batch needs.
///
/// All memory is taken once, so that an epoch allocates nothing. Each matrix product has a shape that
/// depends on this network and its batches alone, so others trained beside it cannot change a bit.
final class PerceptronTrainer {
  private let features: Matrix
  private let targets: [Float]
  private let widths: [Int]
  private let batchRows: Int
  private let learningRate: Double
  private let penalty: Double
  private let memory: FloatArena

  private let parameters: UnsafeMutablePointer<Float>
  private let gradients: UnsafeMutablePointer<Float>
  private let means: UnsafeMutablePointer<Float>
  private let squares: UnsafeMutablePointer<Float>
  /// The weights of all layers come first: only they are regularised.
  private let weightCount: Int
  private let parameterCount: Int
  private let weightStarts: [Int]
  private let interceptStarts: [Int]

  private let batch: UnsafeMutablePointer<Float>
  private let batchTargets: UnsafeMutablePointer<Float>
  /// One block a hidden layer.
  private let activations: [UnsafeMutablePointer<Float>]
  /// One block a hidden layer but the last, whose derivatives replace its activations.
  private let deltas: [UnsafeMutablePointer<Float>]
  private var step = 0

  /// Prepares training from given weights.
  ///
  /// - Parameter batchRows: The greatest number of rows in a batch.
  init(
    start: PerceptronNetwork, features: Matrix, targets: [Float], batchRows: Int,
    learningRate: Double, penalty: Double
  ) {
    self.features = features
    self.targets = targets
    self.batchRows = batchRows
    self.learningRate = learningRate
    self.penalty = penalty
    widths = [start.inputs] + start.layers.map(\.columns)
    let pairs = Array(zip(widths, widths.dropFirst()))
    let weights = pairs.map { $0 * $1 }
    weightCount = weights.reduce(0, +)
    parameterCount = weightCount + widths.dropFirst().reduce(0, +)
    weightStarts = weights.indices.map { weights[..<$0].reduce(0, +) }
    let first = weightCount
    interceptStarts = pairs.indices.map { first + pairs[..<$0].map(\.1).reduce(0, +) }
    let hidden = widths.dropFirst().dropLast()
    let sizes =
      [Int](repeating: parameterCount, count: 4) + [batchRows * widths[0], batchRows]
      + hidden.map { batchRows * $0 } + hidden.dropLast().map { batchRows * $0 }
    memory = FloatArena(sizes: sizes)
    let blocks = memory.blocks
    (parameters, gradients, means, squares) = (blocks[0], blocks[1], blocks[2], blocks[3])
    (batch, batchTargets) = (blocks[4], blocks[5])
    activations = Array(blocks[6..<(6 + hidden.count)])
    deltas = Array(blocks[(6 + hidden.count)...])
    for (index, layer) in start.layers.enumerated() {
      layer.withUnsafeBufferPointer { values in
        for position in 0..<weights[index] {
          parameters[weightStarts[index] + position] = values[position]
        }
        for column in 0..<layer.columns {
          parameters[interceptStarts[index] + column] = values[weights[index] + column]
        }
      }
    }
  }

  /// The weights as they are now.
  var network: PerceptronNetwork {
    PerceptronNetwork(
      layers: zip(widths, widths.dropFirst()).enumerated().map { index, shape in
        Matrix(rows: shape.0 + 1, columns: shape.1) { values in
          let count = shape.0 * shape.1
          for position in 0..<count {
            values[position] = parameters[weightStarts[index] + position]
          }
          for column in 0..<shape.1 {
            values[count + column] = parameters[interceptStarts[index] + column]
          }
        }
      })
  }

  /// Learns from every row once, in the given order.
  ///
  /// - Returns: The mean over the rows of half the squared error and of the penalty, each batch
  ///   measured before its own update.
  func epoch(order: [Int]) -> Double {
    var total = 0.0
    var start = 0
    while start < order.count {
      let rows = min(batchRows, order.count - start)
      gather(order[start..<(start + rows)])
      total += learn(rows: rows) * Double(rows)
      start += rows
    }
    return total / Double(order.count)
  }

  /// The share of variance that the network explains on some rows (R squared); 0 where there is none.
  func score(rows chosen: [Int]) -> Double {
    let mean = chosen.reduce(0.0) { $0 + Double(targets[$1]) } / Double(chosen.count)
    var (residual, spread) = (0.0, 0.0)
    var start = 0
    while start < chosen.count {
      let rows = min(batchRows, chosen.count - start)
      gather(chosen[start..<(start + rows)])
      let last = forward(rows: rows)
      for row in 0..<rows {
        let error = Double(output(last, row: row)) - Double(batchTargets[row])
        let distance = Double(batchTargets[row]) - mean
        residual += error * error
        spread += distance * distance
      }
      start += rows
    }
    if spread == 0 { return residual == 0 ? 1 : 0 }
    return 1 - residual / spread
  }

  private func gather(_ chosen: ArraySlice<Int>) {
    let width = widths[0]
    features.withUnsafeBufferPointer { values in
      guard let base = values.baseAddress else { return }
      for (position, row) in chosen.enumerated() {
        // Rows lie anywhere: ask for one while an earlier one is copied.
        let later = chosen.startIndex + position + 2
        if later < chosen.endIndex { DenseRow(base + chosen[later] * width, width).prefetched() }
        (batch + position * width).update(from: base + row * width, count: width)
        batchTargets[position] = targets[row]
      }
    }
  }

  /// Computes all hidden layers; gives the last one's activations.
  private func forward(rows: Int) -> UnsafeMutablePointer<Float> {
    var input = batch
    for (layer, active) in activations.enumerated() {
      let (inputs, outputs) = (widths[layer], widths[layer + 1])
      LinearAlgebra.multiply(
        rows, outputs, inputs, input, strideA: inputs, parameters + weightStarts[layer],
        strideB: outputs, into: active, strideC: outputs)
      PerceptronKernels.activate(
        active, rows: rows, width: outputs, bias: parameters + interceptStarts[layer])
      input = active
    }
    return input
  }

  private func output(_ active: UnsafeMutablePointer<Float>, row: Int) -> Float {
    let (width, last) = (widths[widths.count - 2], weightStarts.count - 1)
    return PerceptronKernels.output(
      active + row * width, weights: parameters + weightStarts[last], width: width,
      intercept: parameters[interceptStarts[last]])
  }

  /// One batch: forwards, backwards, and one step of Adam; gives the batch's loss.
  private func learn(rows: Int) -> Double {
    let last = weightStarts.count - 1
    var delta = forward(rows: rows)
    let sums = PerceptronKernels.outputStep(
      delta, rows: rows, width: widths[last], targets: batchTargets,
      weights: parameters + weightStarts[last], intercept: parameters[interceptStarts[last]],
      share: 1 / Float(rows), weightGradient: gradients + weightStarts[last],
      biasGradient: gradients + interceptStarts[last - 1])
    gradients[interceptStarts[last]] = sums.intercept
    for layer in stride(from: last - 1, through: 0, by: -1) {
      let (inputs, outputs) = (widths[layer], widths[layer + 1])
      let input = layer == 0 ? batch : activations[layer - 1]
      LinearAlgebra.multiplyLeftTransposed(
        inputs, outputs, rows, input, strideA: inputs, delta, strideB: outputs,
        into: gradients + weightStarts[layer], strideC: outputs)
      if layer == 0 { break }
      LinearAlgebra.multiplyTransposed(
        rows, inputs, outputs, delta, strideA: outputs, parameters + weightStarts[layer],
        strideB: outputs, into: deltas[layer - 1], strideC: inputs)
      delta = deltas[layer - 1]
      PerceptronKernels.passBack(
        delta, activations: activations[layer - 1], rows: rows, width: inputs,
        biasGradient: gradients + interceptStarts[layer - 1])
    }
    return 0.5 * sums.loss / Double(rows) + 0.5 * penalty * update(rows: rows) / Double(rows)
  }

  /// Moves all parameters; gives the sum of the squared weights before.
  private func update(rows: Int) -> Double {
    step += 1
    let adam = AdamStep(step: step, learningRate: learningRate)
    let norm = adam.apply(
      to: parameters, gradients: gradients, means: means, squares: squares, count: weightCount,
      decay: Float(penalty / Double(rows)))
    _ = adam.apply(
      to: parameters + weightCount, gradients: gradients + weightCount, means: means + weightCount,
      squares: squares + weightCount, count: parameterCount - weightCount, decay: 0)
    return norm
  }
}
