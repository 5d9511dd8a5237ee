import Foundation
import Matrices
import Parallelism

/// The forward pass of `BertModel`, `MPNetModel` and `RobertaModel` over one sequence of tokens.
///
/// - Source: Devlin et al., "BERT", 2019; Song et al., "MPNet", 2020; Liu et al., "RoBERTa", 2019.
struct TransformerEncoder: Sendable {
  /// Which class of model the weights are of.
  enum Kind: String, Sendable, Decodable {
    case bert
    case mpnet
    case roberta
  }

  /// The part of `config.json` that shapes the model.
  struct Configuration: Sendable, Decodable {
    let model_type: Kind
    let hidden_size: Int
    let num_attention_heads: Int
    let num_hidden_layers: Int
    let intermediate_size: Int
    let layer_norm_eps: Float
    let max_position_embeddings: Int
    let hidden_act: String?
    let relative_attention_num_buckets: Int?
    let position_embedding_type: String?
    let pad_token_id: Int?

    /// The token that takes no position of its own; all others are numbered from one after it.
    var padding: Int? {
      switch model_type {
      case .bert: nil
      case .mpnet: 1
      case .roberta: pad_token_id ?? 1
      }
    }

    /// How many of the first layers keep to 32 bits in any precision. In MPNet's first third, where the
    /// few large activations arise that all later layers build on, rounding has turned a text's vector
    /// by a cosine of 0.9996; the rest keeps all texts tried above 0.9999, as does all of a small BERT.
    var exactLayers: Int { model_type == .bert ? 0 : num_hidden_layers / 3 }

    /// The position of a sequence's first token.
    var firstPosition: Int { padding.map { $0 + 1 } ?? 0 }
  }

  private struct Layer: Sendable {
    /// Query, key and value, one below the other: one product makes all three.
    let attention: DenseLayer
    let output: DenseLayer
    let outputNorm: Norm
    let widen: DenseLayer
    let narrow: DenseLayer
    let norm: Norm
  }

  private struct Norm: Sendable {
    let weight: Matrix
    let bias: Matrix
  }

  let configuration: Configuration
  private let scalesToLength1: Bool
  private let words: Matrix
  private let positions: Matrix
  private let types: Matrix?
  private let norm: Norm
  private let layers: [Layer]
  private let relativeBias: Matrix?

  /// Takes the weights that the configuration asks for.
  ///
  /// - Parameters:
  ///   - scalesToLength1: Whether pooled vectors are scaled to length 1.
  ///   - precision: What the products of layers are made with, but for the first of some classes; all
  ///     else is of 32 bits.
  init(
    _ configuration: Configuration, _ weights: Safetensors, scalesToLength1: Bool,
    precision: EncoderPrecision
  ) throws(EmbeddingError) {
    self.configuration = configuration
    self.scalesToLength1 = scalesToLength1
    let hidden = configuration.hidden_size
    let plausible = 1...1_000_000
    guard plausible.contains(configuration.num_attention_heads), plausible.contains(hidden),
      hidden % configuration.num_attention_heads == 0
    else {
      throw EmbeddingError(
        "The model's config.json gives \(hidden) dimensions to "
          + "\(configuration.num_attention_heads) heads; they must divide evenly.")
    }
    guard plausible.contains(configuration.num_hidden_layers),
      plausible.contains(configuration.intermediate_size),
      // Fewer than four would leave a side of the buckets without an exact one.
      (4...1024).contains(configuration.relative_attention_num_buckets ?? 32)
    else { throw EmbeddingError("The model's config.json has impossible sizes; fetch it again.") }
    guard (configuration.position_embedding_type ?? "absolute") == "absolute" else {
      throw EmbeddingError(
        "The model's positions are \(configuration.position_embedding_type ?? ""); only absolute "
          + "ones are known.")
    }
    guard (configuration.hidden_act ?? "gelu") == "gelu" else {
      throw EmbeddingError(
        "The model's activation is \(configuration.hidden_act ?? ""); only gelu is known.")
    }
    // Some files keep the class's own prefix on every name.
    let root = ["", "bert.", "mpnet.", "roberta."].first {
      weights.names.contains("\($0)embeddings.word_embeddings.weight")
    }
    let prefix = root ?? ""
    func tensor(_ name: String, _ rows: Int?, _ columns: Int) throws(EmbeddingError) -> Matrix {
      let matrix = try weights.matrix(named: prefix + name)
      guard matrix.columns == columns, rows == nil || matrix.rows == rows else {
        throw EmbeddingError(
          "The tensor \(prefix + name) is \(matrix.rows) x \(matrix.columns); config.json asks for "
            + "\(rows.map(String.init) ?? "any") x \(columns).")
      }
      return matrix
    }
    func dense(
      _ name: String, _ rows: Int, _ columns: Int, _ precision: EncoderPrecision
    ) throws(EmbeddingError) -> DenseLayer {
      DenseLayer(
        weight: try tensor("\(name).weight", rows, columns),
        bias: try tensor("\(name).bias", 1, rows), precision: precision)
    }
    func norm(_ name: String) throws(EmbeddingError) -> Norm {
      Norm(
        weight: try tensor("\(name).weight", 1, hidden),
        bias: try tensor("\(name).bias", 1, hidden))
    }
    words = try tensor("embeddings.word_embeddings.weight", nil, hidden)
    positions = try tensor("embeddings.position_embeddings.weight", nil, hidden)
    self.norm = try norm("embeddings.LayerNorm")
    let padding = configuration.padding
    guard (0..<words.rows).contains(padding ?? 0), positions.rows > configuration.firstPosition
    else {
      throw EmbeddingError(
        "The model has no word or no position for its padding token \(padding ?? 0); fetch it "
          + "again.")
    }
    let isMPNet = configuration.model_type == .mpnet
    types = !isMPNet ? try tensor("embeddings.token_type_embeddings.weight", nil, hidden) : nil
    guard types?.rows != 0 else {
      throw EmbeddingError("The model has no token types although its class has; fetch it again.")
    }
    relativeBias =
      isMPNet
      ? try tensor(
        "encoder.relative_attention_bias.weight",
        configuration.relative_attention_num_buckets ?? 32, configuration.num_attention_heads)
      : nil
    var layers: [Layer] = []
    for index in 0..<configuration.num_hidden_layers {
      let precision = index < configuration.exactLayers ? .float32 : precision
      let at = "encoder.layer.\(index)."
      let names =
        isMPNet
        ? ["attention.attn.q", "attention.attn.k", "attention.attn.v"]
        : ["attention.self.query", "attention.self.key", "attention.self.value"]
      var weights: [Matrix] = []
      var biases: [Float] = []
      for name in names {
        weights.append(try tensor("\(at + name).weight", hidden, hidden))
        biases += try tensor("\(at + name).bias", 1, hidden)[row: 0]
      }
      layers.append(
        Layer(
          attention: DenseLayer(
            weight: Self.stacked(weights),
            bias: Matrix(rows: 1, columns: 3 * hidden, values: biases), precision: precision),
          output: try dense(
            at + (isMPNet ? "attention.attn.o" : "attention.output.dense"), hidden, hidden,
            precision),
          outputNorm: try norm(
            at + (isMPNet ? "attention.LayerNorm" : "attention.output.LayerNorm")),
          widen: try dense(
            at + "intermediate.dense", configuration.intermediate_size, hidden, precision),
          narrow: try dense(
            at + "output.dense", hidden, configuration.intermediate_size, precision),
          norm: try norm(at + "output.LayerNorm")))
    }
    self.layers = layers
  }

  /// Matrices of one width, one below the other.
  private static func stacked(_ parts: [Matrix]) -> Matrix {
    let columns = parts.first?.columns ?? 0
    return Matrix(rows: parts.map(\.rows).reduce(0, +), columns: columns) { values in
      var start = 0
      for part in parts {
        part.withUnsafeBufferPointer { source in
          for offset in 0..<source.count { values[start + offset] = source[offset] }
          start += source.count
        }
      }
    }
  }

  /// The greatest number of tokens that have a position.
  var longestSequence: Int {
    positions.rows - configuration.firstPosition
  }

  /// Raised for a class whenever its vectors change, so that caches forget the old ones.
  var revision: Int { configuration.model_type == .mpnet ? 3 : 2 }

  /// How many words have a vector; token numbers must be below it.
  var vocabularySize: Int { words.rows }

  /// The mean of the last layer over all tokens, scaled to length 1 where the model says so.
  ///
  /// - Parameter threads: Those that one sequence may use; the vector is the same for any number.
  /// - Precondition: 1 to `longestSequence` tokens, each below `vocabularySize`.
  func embedding(of tokens: [Int32], threads: Threads = Threads(1)) -> [Float] {
    let count = tokens.count
    let hidden = configuration.hidden_size
    var state = start(tokens)
    let bias = relativeBias.map { positionBias($0, count) }
    var scratch = Scratch(
      count: count, hidden: hidden, wide: configuration.intermediate_size)
    for layer in layers { apply(layer, to: &state, count, bias, &scratch, threads) }
    var mean = [Float](repeating: 0, count: hidden)
    for row in 0..<count {
      for column in 0..<hidden { mean[column] += state[row * hidden + column] }
    }
    var square: Float = 0
    for column in 0..<hidden {
      mean[column] /= Float(count)
      square += mean[column] * mean[column]
    }
    guard scalesToLength1 else { return mean }
    let scale = 1 / max(square.squareRoot(), 1e-12)
    return mean.map { $0 * scale }
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
    let hidden = configuration.hidden_size
    var position = configuration.firstPosition - 1
    var state = [Float](repeating: 0, count: tokens.count * hidden)
    words.withUnsafeBufferPointer { words in
      positions.withUnsafeBufferPointer { positions in
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
    if let types {
      let first = types[row: 0]
      for index in state.indices { state[index] += first[index % hidden] }
    }
    normalise(&state, norm, tokens.count)
    return state
  }

  private func apply(
    _ layer: Layer, to state: inout [Float], _ count: Int, _ bias: [Float]?,
    _ scratch: inout Scratch, _ threads: Threads
  ) {
    let hidden = configuration.hidden_size
    layer.attention.apply(to: state, rows: count, into: &scratch.projected, threads: threads)
    attend(count, bias, &scratch)
    layer.output.apply(to: scratch.context, rows: count, into: &scratch.narrow, threads: threads)
    add(scratch.narrow, to: &state, count * hidden)
    normalise(&state, layer.outputNorm, count)
    layer.widen.apply(to: state, rows: count, into: &scratch.wide, threads: threads)
    Kernels.gelu(&scratch.wide, count: count * configuration.intermediate_size)
    layer.narrow.apply(to: scratch.wide, rows: count, into: &scratch.narrow, threads: threads)
    add(scratch.narrow, to: &state, count * hidden)
    normalise(&state, layer.norm, count)
  }

  private func attend(_ count: Int, _ bias: [Float]?, _ scratch: inout Scratch) {
    let hidden = configuration.hidden_size
    let heads = configuration.num_attention_heads
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

  private func normalise(_ state: inout [Float], _ norm: Norm, _ count: Int) {
    state.withUnsafeMutableBufferPointer { values in
      norm.weight.withUnsafeBufferPointer { weight in
        norm.bias.withUnsafeBufferPointer { bias in
          guard let values = values.baseAddress, let weight = weight.baseAddress,
            let bias = bias.baseAddress
          else { return }
          Kernels.normalise(
            values, rows: count, width: configuration.hidden_size, weight: weight, bias: bias,
            epsilon: configuration.layer_norm_eps)
        }
      }
    }
  }

  /// MPNet's bias for each head and pair of tokens, by the bucket of their distance.
  private func positionBias(_ table: Matrix, _ count: Int) -> [Float] {
    let heads = configuration.num_attention_heads
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
