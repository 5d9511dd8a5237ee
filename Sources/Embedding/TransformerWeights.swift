import Matrices

/// The weights of a network, laid out for its forward pass.
struct TransformerWeights: Sendable {
  struct Layer: Sendable {
    /// Query, key and value, one below the other: one product makes all three.
    let attention: DenseLayer
    let output: DenseLayer
    let outputNorm: Norm
    let widen: DenseLayer
    let narrow: DenseLayer
    let norm: Norm
  }

  struct Norm: Sendable {
    let weight: Matrix
    let bias: Matrix
  }

  /// What each class calls the parts of a layer.
  private struct Names {
    let layers: String
    let attention: [String]
    let output: String
    let outputNorm: String
    let widen: String
    let narrow: String
    let norm: String

    init(_ kind: TransformerConfiguration.Kind) {
      switch kind {
      case .bert, .roberta:
        layers = "encoder.layer."
        attention = ["attention.self.query", "attention.self.key", "attention.self.value"]
        (output, outputNorm) = ("attention.output.dense", "attention.output.LayerNorm")
        (widen, narrow, norm) = ("intermediate.dense", "output.dense", "output.LayerNorm")
      case .mpnet:
        layers = "encoder.layer."
        attention = ["attention.attn.q", "attention.attn.k", "attention.attn.v"]
        (output, outputNorm) = ("attention.attn.o", "attention.LayerNorm")
        (widen, narrow, norm) = ("intermediate.dense", "output.dense", "output.LayerNorm")
      case .distilbert:
        layers = "transformer.layer."
        attention = ["attention.q_lin", "attention.k_lin", "attention.v_lin"]
        (output, outputNorm) = ("attention.out_lin", "sa_layer_norm")
        (widen, narrow, norm) = ("ffn.lin1", "ffn.lin2", "output_layer_norm")
      }
    }
  }

  /// Finds tensors under their prefix and checks their shapes.
  private struct Tensors {
    let weights: ModelWeights
    let prefix: String

    func matrix(_ name: String, _ rows: Int?, _ columns: Int) throws(EmbeddingError) -> Matrix {
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
        weight: try matrix("\(name).weight", rows, columns),
        bias: try matrix("\(name).bias", 1, rows), precision: precision)
    }

    func norm(_ name: String, _ width: Int) throws(EmbeddingError) -> Norm {
      // Files from before 2019 have the names of TensorFlow.
      let isOld = !weights.has(prefix + name + ".weight") && weights.has(prefix + name + ".gamma")
      return Norm(
        weight: try matrix("\(name).\(isOld ? "gamma" : "weight")", 1, width),
        bias: try matrix("\(name).\(isOld ? "beta" : "bias")", 1, width))
    }
  }

  let words: Matrix
  let positions: Matrix
  let types: Matrix?
  let norm: Norm
  let layers: [Layer]
  let relativeBias: Matrix?

  /// Takes the weights that the configuration asks for.
  ///
  /// - Parameter precision: What the products of layers are made with, but for the first of some
  ///   classes; all else is of 32 bits.
  init(
    _ configuration: TransformerConfiguration, _ weights: ModelWeights, precision: EncoderPrecision
  ) throws(EmbeddingError) {
    let width = configuration.width
    let wordName = "embeddings.word_embeddings.weight"
    // Some files keep the class's own prefix on every name.
    let tensors = Tensors(weights: weights, prefix: try weights.prefix(of: wordName))
    words = try tensors.matrix(wordName, nil, width)
    positions = try tensors.matrix("embeddings.position_embeddings.weight", nil, width)
    norm = try tensors.norm("embeddings.LayerNorm", width)
    let padding = configuration.padding
    guard (0..<words.rows).contains(padding ?? 0), positions.rows > configuration.firstPosition
    else {
      throw EmbeddingError(
        "The model has no word or no position for its padding token \(padding ?? 0); fetch it "
          + "again.")
    }
    let hasTypes = configuration.kind == .bert || configuration.kind == .roberta
    types =
      hasTypes ? try tensors.matrix("embeddings.token_type_embeddings.weight", nil, width) : nil
    guard types?.rows != 0 else {
      throw EmbeddingError("The model has no token types although its class has; fetch it again.")
    }
    relativeBias =
      configuration.kind == .mpnet
      ? try tensors.matrix(
        "encoder.relative_attention_bias.weight", configuration.buckets, configuration.heads)
      : nil
    let names = Names(configuration.kind)
    var layers: [Layer] = []
    for index in 0..<configuration.layers {
      layers.append(
        try Self.layer(
          "\(names.layers)\(index).", names, tensors, configuration,
          precision: index < configuration.exactLayers ? .float32 : precision))
    }
    self.layers = layers
  }

  private static func layer(
    _ at: String, _ names: Names, _ tensors: Tensors, _ configuration: TransformerConfiguration,
    precision: EncoderPrecision
  ) throws(EmbeddingError) -> Layer {
    let width = configuration.width
    var weights: [Matrix] = []
    var biases: [Float] = []
    for name in names.attention {
      weights.append(try tensors.matrix("\(at + name).weight", width, width))
      biases += try tensors.matrix("\(at + name).bias", 1, width)[row: 0]
    }
    return Layer(
      attention: DenseLayer(
        weight: stacked(weights), bias: Matrix(rows: 1, columns: 3 * width, values: biases),
        precision: precision),
      output: try tensors.dense(at + names.output, width, width, precision),
      outputNorm: try tensors.norm(at + names.outputNorm, width),
      widen: try tensors.dense(at + names.widen, configuration.inner, width, precision),
      narrow: try tensors.dense(at + names.narrow, width, configuration.inner, precision),
      norm: try tensors.norm(at + names.norm, width))
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
}
