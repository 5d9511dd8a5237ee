import Foundation

/// The part of `config.json` that shapes a network.
///
/// What a file leaves out is as the class has it in Hugging Face's transformers.
struct TransformerConfiguration: Sendable {
  /// Which class of model the weights are of.
  enum Kind: String, Sendable {
    case bert
    case distilbert
    case mpnet
    case roberta
  }

  let kind: Kind
  let width: Int
  let heads: Int
  let layers: Int
  /// The width inside of a layer.
  let inner: Int
  let epsilon: Float
  let activation: Activation
  /// The greatest number of positions that the file claims.
  let positions: Int
  /// How many distances MPNet tells apart.
  let buckets: Int
  /// The token that takes no position of its own; all others are numbered from one after it.
  let padding: Int?

  /// How many of the first layers keep to 32 bits in any precision. In MPNet's first third, where the
  /// few large activations arise that all later layers build on, rounding has turned a text's vector
  /// by a cosine of 0.9996; the rest keeps all texts tried above 0.9999, as does all of a small BERT.
  var exactLayers: Int { kind == .bert ? 0 : layers / 3 }

  /// The position of a sequence's first token.
  var firstPosition: Int { padding.map { $0 + 1 } ?? 0 }

  private static let kinds: [String: Kind] = [
    "bert": .bert, "distilbert": .distilbert, "mpnet": .mpnet, "roberta": .roberta,
    "xlm-roberta": .roberta, "camembert": .roberta,
  ]

  private static let architectures = [
    "Bert", "DistilBert", "MPNet", "Roberta", "XLMRoberta", "Camembert",
  ]

  static let supported = "bert, camembert, distilbert, mpnet, roberta and xlm-roberta"

  /// Reads a `config.json`.
  init(_ data: Data, path: String) throws(EmbeddingError) {
    let fault = ModelFault(path: path)
    guard let json = ModelJSON(data), let type = json["model_type"]?.text else {
      throw fault.damaged("names no model_type")
    }
    guard let kind = Self.kinds[type] else {
      throw fault.unsupported("the model type \(fault.quoted(type))", known: Self.supported)
    }
    self.kind = kind
    try Self.requirePlain(json, fault)
    let isDistilled = kind == .distilbert
    func size(_ name: String, _ other: String, _ usual: Int) throws(EmbeddingError) -> Int {
      guard let value = (isDistilled ? json[other] : nil) ?? json[name], !value.isNull else {
        return usual
      }
      guard let number = value.integer else {
        throw fault.damaged("has a \(name) that is no whole number")
      }
      return number
    }
    width = try size("hidden_size", "dim", 768)
    heads = try size("num_attention_heads", "n_heads", 12)
    layers = try size("num_hidden_layers", "n_layers", isDistilled ? 6 : 12)
    inner = try size("intermediate_size", "hidden_dim", 3072)
    positions = try size("max_position_embeddings", "max_position_embeddings", 512)
    buckets = try size("relative_attention_num_buckets", "relative_attention_num_buckets", 32)
    // DistilBERT's is no setting.
    epsilon = isDistilled ? 1e-12 : Float(json["layer_norm_eps"]?.number ?? 1e-12)
    let name = (isDistilled ? json["activation"] : nil) ?? json["hidden_act"] ?? .text("gelu")
    guard let activation = Activation(network: name.text ?? "") else {
      throw fault.unsupported(
        "the activation \(fault.quoted(name.text ?? ""))", known: Activation.networks)
    }
    self.activation = activation
    padding =
      switch kind {
      case .bert, .distilbert: nil
      case .mpnet: 1
      case .roberta: try size("pad_token_id", "pad_token_id", 1)
      }
    try requireSound(fault)
  }

  /// Refuses what would change vectors and is not built.
  private static func requirePlain(
    _ json: ModelJSON, _ fault: ModelFault
  ) throws(EmbeddingError) {
    for value in json["architectures"]?.items ?? [] {
      let name = value.text ?? ""
      guard architectures.contains(where: name.hasPrefix) else {
        throw fault.unsupported("the architecture \(fault.quoted(name))", known: Self.supported)
      }
    }
    if let type = json["position_embedding_type"]?.text, type != "absolute" {
      throw fault.unsupported("positions of the type \(fault.quoted(type))", known: "absolute")
    }
    for name in ["is_decoder", "add_cross_attention"] where json[name]?.bool == true {
      throw fault.unsupported(name, known: "encoders, which see the whole text")
    }
  }

  private func requireSound(_ fault: ModelFault) throws(EmbeddingError) {
    let plausible = 1...1_000_000
    guard plausible.contains(heads), plausible.contains(width), width % heads == 0 else {
      throw fault.damaged("gives \(width) dimensions to \(heads) heads, which must divide evenly")
    }
    guard plausible.contains(layers), plausible.contains(inner), epsilon.isFinite, epsilon >= 0,
      // Fewer than four would leave a side of the buckets without an exact one.
      (4...1024).contains(buckets)
    else { throw fault.damaged("has impossible sizes") }
    guard (0..<Int(Int32.max)).contains(padding ?? 0) else {
      throw fault.damaged("has the impossible padding token \(padding ?? 0)")
    }
  }
}
