import Foundation
import Matrices

/// The weights of a BERT or MPNet encoder and its forward pass over one sequence.
///
/// One sequence is one call on one thread: no padding, so a text's vector has the same bits alone,
/// in a batch, and on any number of threads.
struct Transformer: Sendable {
  struct Linear: Sendable {
    let weight: Floats
    let bias: Floats
  }

  struct Layer: Sendable {
    let query: Linear
    let key: Linear
    let value: Linear
    let output: Linear
    let attentionNorm: Linear
    let widen: Linear
    let narrow: Linear
    let outputNorm: Linear
  }

  let configuration: ModelConfiguration
  private let words: Floats
  private let places: Floats
  private let types: Floats?
  private let embeddingNorm: Linear
  private let layers: [Layer]
  private let relative: Floats?

  init(
    configuration shape: ModelConfiguration, tensors: Safetensors
  ) throws(EmbeddingError) {
    configuration = shape
    // Some writers keep the class's name in front of every tensor.
    let prefix =
      ["", "bert.", "mpnet."].first {
        tensors.tensors[$0 + "embeddings.word_embeddings.weight"] != nil
      } ?? ""

    func floats(_ name: String, _ extents: [Int]) throws(EmbeddingError) -> Floats {
      let full = prefix + name
      if let tensor = tensors.tensors[full], tensor.shape != extents {
        throw .unsupported(
          tensors.path, "the tensor '\(full)' has the shape \(tensor.shape)", needed: "\(extents)")
      }
      return try tensors.floats(full)
    }
    func linear(_ name: String, _ rows: Int, _ columns: Int) throws(EmbeddingError) -> Linear {
      Linear(
        weight: try floats(name + ".weight", [rows, columns]),
        bias: try floats(name + ".bias", [rows]))
    }
    func norm(_ name: String) throws(EmbeddingError) -> Linear {
      Linear(
        weight: try floats(name + ".weight", [shape.hidden]),
        bias: try floats(name + ".bias", [shape.hidden]))
    }

    let (h, wide) = (shape.hidden, shape.intermediate)
    words = try floats("embeddings.word_embeddings.weight", [shape.vocabulary, h])
    places = try floats("embeddings.position_embeddings.weight", [shape.positions, h])
    embeddingNorm = try norm("embeddings.LayerNorm")
    let mpnet = shape.kind == .mpnet
    types = mpnet ? nil : try tensors.floats(prefix + "embeddings.token_type_embeddings.weight")
    if let types, types.values.count < h || types.values.count % h != 0 {
      throw .malformed(tensors.path, "its token types have an impossible shape")
    }
    relative =
      mpnet
      ? try floats("encoder.relative_attention_bias.weight", [shape.buckets, shape.heads]) : nil
    var stack: [Layer] = []
    for index in 0..<shape.layers {
      let at = "encoder.layer.\(index)."
      let attention = at + (mpnet ? "attention.attn." : "attention.self.")
      stack.append(
        Layer(
          query: try linear(attention + (mpnet ? "q" : "query"), h, h),
          key: try linear(attention + (mpnet ? "k" : "key"), h, h),
          value: try linear(attention + (mpnet ? "v" : "value"), h, h),
          output: try linear(mpnet ? attention + "o" : at + "attention.output.dense", h, h),
          attentionNorm: try norm(
            at + (mpnet ? "attention.LayerNorm" : "attention.output.LayerNorm")),
          widen: try linear(at + "intermediate.dense", wide, h),
          narrow: try linear(at + "output.dense", h, wide),
          outputNorm: try norm(at + "output.LayerNorm")))
    }
    layers = stack
  }

  /// The pooled vector of one sequence of token ids, written to `result`.
  func embed(_ ids: [Int32], into result: UnsafeMutablePointer<Float>) {
    let (count, h) = (ids.count, configuration.hidden)
    guard let tokens = words.values.baseAddress, let positions = places.values.baseAddress,
      count > 0
    else { return }
    let x = Scratch(count * h)
    let offset = configuration.kind == .mpnet ? configuration.padding + 1 : 0
    for (row, id) in ids.enumerated() {
      let target = x.base + row * h
      target.update(from: tokens + Int(id) * h, count: h)
      VectorMath.add(positions + (row + offset) * h, to: target, count: h)
      if let type = types?.values.baseAddress { VectorMath.add(type, to: target, count: h) }
    }
    normalise(x.base, rows: count, embeddingNorm)
    let biases = relative.map { RelativeBias(table: $0, configuration, count: count) }
    let room = Room(count: count, configuration)
    for layer in layers { apply(layer, to: x.base, count: count, room, biases) }

    for column in 0..<h { result[column] = 0 }
    for row in 0..<count { VectorMath.add(x.base + row * h, to: result, count: h) }
    let scale = 1 / Float(count)
    for column in 0..<h { result[column] *= scale }
    guard configuration.normalises else { return }
    var square = 0.0
    for column in 0..<h { square += Double(result[column]) * Double(result[column]) }
    let length = Float(max(square.squareRoot(), 1e-12))
    for column in 0..<h { result[column] /= length }
  }

  private func apply(
    _ layer: Layer, to x: UnsafeMutablePointer<Float>, count: Int, _ room: Room,
    _ biases: RelativeBias?
  ) {
    let (h, heads) = (configuration.hidden, configuration.heads)
    let width = h / heads
    let (q, k, v) = (room.query.base, room.key.base, room.value.base)
    project(x, layer.query, into: q, rows: count, from: h, to: h)
    project(x, layer.key, into: k, rows: count, from: h, to: h)
    project(x, layer.value, into: v, rows: count, from: h, to: h)
    let scale = 1 / Float(width).squareRoot()
    let scores = room.scores.base
    for head in 0..<heads {
      let at = head * width
      if let biases { scores.update(from: biases.base + head * count * count, count: count * count) }
      BlockProduct.multiply(
        q + at, stride: h, k + at, stride: h, transposed: true, into: scores, stride: count,
        rows: count, columns: count, inner: width, scale: scale, adding: biases != nil)
      for row in 0..<count { VectorMath.softmax(scores + row * count, count: count) }
      BlockProduct.multiply(
        scores, stride: count, v + at, stride: h, transposed: false, into: room.context.base + at,
        stride: h, rows: count, columns: width, inner: count)
    }
    project(room.context.base, layer.output, into: q, rows: count, from: h, to: h)
    VectorMath.add(q, to: x, count: count * h)
    normalise(x, rows: count, layer.attentionNorm)

    let wide = configuration.intermediate
    project(x, layer.widen, into: room.wide.base, rows: count, from: h, to: wide)
    VectorMath.gelu(room.wide.base, count: count * wide)
    project(room.wide.base, layer.narrow, into: q, rows: count, from: wide, to: h)
    VectorMath.add(q, to: x, count: count * h)
    normalise(x, rows: count, layer.outputNorm)
  }

  private func project(
    _ input: UnsafePointer<Float>, _ linear: Linear, into output: UnsafeMutablePointer<Float>,
    rows: Int, from inner: Int, to columns: Int
  ) {
    guard let weight = linear.weight.values.baseAddress, let bias = linear.bias.values.baseAddress
    else { return }
    for row in 0..<rows { (output + row * columns).update(from: bias, count: columns) }
    BlockProduct.multiply(
      input, stride: inner, weight, stride: inner, transposed: true, into: output,
      stride: columns, rows: rows, columns: columns, inner: inner, adding: true)
  }

  private func normalise(_ x: UnsafeMutablePointer<Float>, rows: Int, _ norm: Linear) {
    guard let weight = norm.weight.values.baseAddress, let bias = norm.bias.values.baseAddress
    else { return }
    for row in 0..<rows {
      VectorMath.normalise(
        x + row * configuration.hidden, count: configuration.hidden, weight: weight, bias: bias,
        epsilon: configuration.epsilon)
    }
  }
}
