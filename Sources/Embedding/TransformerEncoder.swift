import Foundation
import Matrices
import Parallelism

/// The forward pass of BERT, DistilBERT, MPNet and RoBERTa over one sequence of tokens.
///
/// - Source: Devlin et al., "BERT", 2019; Sanh et al., "DistilBERT", 2019; Song et al., "MPNet", 2020;
///   Liu et al., "RoBERTa", 2019.
struct TransformerEncoder: Sendable {
  let configuration: TransformerConfiguration
  private let weights: TransformerWeights

  /// Takes the weights that the configuration asks for.
  ///
  /// - Parameter precision: What the products of layers are made with, but for the first of some
  ///   classes; all else is of 32 bits.
  init(
    _ configuration: TransformerConfiguration, _ weights: ModelWeights, precision: EncoderPrecision
  ) throws(EmbeddingError) {
    self.configuration = configuration
    self.weights = try TransformerWeights(configuration, weights, precision: precision)
  }

  /// The greatest number of tokens that have a position.
  var longestSequence: Int {
    weights.positions.rows - configuration.firstPosition
  }

  /// Raised for a class whenever its vectors change, so that caches forget the old ones.
  var revision: Int { configuration.kind == .mpnet ? 3 : 2 }

  /// How many words have a vector; token numbers must be below it.
  var vocabularySize: Int { weights.words.rows }

  /// The last layer, one row of numbers per token.
  ///
  /// - Parameter threads: Those that one sequence may use; the numbers are the same for any number.
  /// - Precondition: At most `longestSequence` tokens, each below `vocabularySize`.
  func states(of tokens: [Int32], threads: Threads = Threads(1)) -> [Float] {
    let count = tokens.count
    guard count > 0 else { return [] }
    var state = start(tokens)
    let bias = weights.relativeBias.map { positionBias($0, count) }
    var scratch = Scratch(
      count: count, hidden: configuration.width, wide: configuration.inner)
    for layer in weights.layers { apply(layer, to: &state, count, bias, &scratch, threads) }
    return state
  }

  private struct Scratch {
    var projected: [Float]
    var context: [Float]
    var scores: [Float]
    var wide: [Float]
    var narrow: [Float]

    init(count: Int, hidden: Int, wide: Int) {
      projected = [Float](repeating: 0, count: count * hidden * 3)
      context = [Float](repeating: 0, count: count * hidden)
      scores = [Float](repeating: 0, count: count * count)
      self.wide = [Float](repeating: 0, count: count * wide)
      narrow = [Float](repeating: 0, count: count * hidden)
    }
  }

  private func start(_ tokens: [Int32]) -> [Float] {
    let hidden = configuration.width
    var position = configuration.firstPosition - 1
    var state = [Float](repeating: 0, count: tokens.count * hidden)
    weights.words.withUnsafeBufferPointer { words in
      weights.positions.withUnsafeBufferPointer { positions in
        for (row, token) in tokens.enumerated() {
          // A padding token written out in a text stands at its own place and moves no other.
          let isPadding = Int(token) == configuration.padding
          if !isPadding { position += 1 }
          let place = isPadding ? Int(token) : position
          for column in 0..<hidden {
            state[row * hidden + column] =
              words[Int(token) * hidden + column] + positions[place * hidden + column]
          }
        }
      }
    }
    if let types = weights.types {
      let first = types[row: 0]
      for index in state.indices { state[index] += first[index % hidden] }
    }
    normalise(&state, weights.norm, tokens.count)
    return state
  }

  private func apply(
    _ layer: TransformerWeights.Layer, to state: inout [Float], _ count: Int, _ bias: [Float]?,
    _ scratch: inout Scratch, _ threads: Threads
  ) {
    let hidden = configuration.width
    layer.attention.apply(to: state, rows: count, into: &scratch.projected, threads: threads)
    attend(count, bias, &scratch)
    layer.output.apply(to: scratch.context, rows: count, into: &scratch.narrow, threads: threads)
    add(scratch.narrow, to: &state, count * hidden)
    normalise(&state, layer.outputNorm, count)
    layer.widen.apply(to: state, rows: count, into: &scratch.wide, threads: threads)
    configuration.activation.apply(&scratch.wide, count: count * configuration.inner)
    layer.narrow.apply(to: scratch.wide, rows: count, into: &scratch.narrow, threads: threads)
    add(scratch.narrow, to: &state, count * hidden)
    normalise(&state, layer.norm, count)
  }

  private func attend(_ count: Int, _ bias: [Float]?, _ scratch: inout Scratch) {
    let hidden = configuration.width
    let heads = configuration.heads
    let width = hidden / heads
    scratch.projected.withUnsafeBufferPointer { projected in
      scratch.context.withUnsafeMutableBufferPointer { context in
        scratch.scores.withUnsafeMutableBufferPointer { scores in
          guard let q = projected.baseAddress, let c = context.baseAddress,
            let s = scores.baseAddress
          else { return }
          for head in 0..<heads {
            let at = q + head * width
            LinearAlgebra.multiplyTransposed(
              count, count, width, scale: 1 / Float(width).squareRoot(), at, strideA: 3 * hidden,
              at + hidden, strideB: 3 * hidden, into: s, strideC: count)
            bias?.withUnsafeBufferPointer { bias in
              guard let base = bias.baseAddress else { return }
              Kernels.add(base + head * count * count, to: s, count: count * count)
            }
            Kernels.softmax(s, rows: count, width: count)
            LinearAlgebra.multiply(
              count, width, count, s, strideA: count, at + 2 * hidden, strideB: 3 * hidden,
              into: c + head * width, strideC: hidden)
          }
        }
      }
    }
  }

  private func add(_ addend: [Float], to state: inout [Float], _ count: Int) {
    addend.withUnsafeBufferPointer { addend in
      state.withUnsafeMutableBufferPointer { state in
        guard let from = addend.baseAddress, let to = state.baseAddress else { return }
        Kernels.add(from, to: to, count: count)
      }
    }
  }

  private func normalise(_ state: inout [Float], _ norm: TransformerWeights.Norm, _ count: Int) {
    state.withUnsafeMutableBufferPointer { values in
      norm.weight.withUnsafeBufferPointer { weight in
        norm.bias.withUnsafeBufferPointer { bias in
          guard let values = values.baseAddress, let weight = weight.baseAddress,
            let bias = bias.baseAddress
          else { return }
          Kernels.normalise(
            values, rows: count, width: configuration.width, weight: weight, bias: bias,
            epsilon: configuration.epsilon)
        }
      }
    }
  }

  /// MPNet's bias for each head and pair of tokens, by the bucket of their distance.
  private func positionBias(_ table: Matrix, _ count: Int) -> [Float] {
    let heads = configuration.heads
    let half = table.rows / 2
    let exact = half / 2
    func bucket(_ distance: Int) -> Int {
      let magnitude = abs(distance)
      let side = distance > 0 ? half : 0
      if magnitude < exact { return side + magnitude }
      let spread = log(Float(magnitude) / Float(exact)) / log(Float(128) / Float(exact))
      return side + min(half - 1, exact + Int(spread * Float(half - exact)))
    }
    let byDistance = ((1 - count)..<count).map { table[row: bucket($0)] }
    return [Float](unsafeUninitializedCapacity: heads * count * count) { bias, filled in
      for head in 0..<heads {
        let values = byDistance.map { $0[head] }
        for row in 0..<count {
          for column in 0..<count {
            bias[(head * count + row) * count + column] = values[column - row + count - 1]
          }
        }
      }
      filled = heads * count * count
    }
  }
}
