import Foundation

/// The settings of a Dense module of sentence-transformers.
struct DenseModule: Sendable, Hashable, CustomStringConvertible {
  let inputs: Int
  let outputs: Int
  let hasBias: Bool
  let activation: Activation
  /// Whether what goes in is added to what comes out.
  let addsInput: Bool

  /// Reads the module's `config.json`.
  init(_ data: Data, path: String) throws(EmbeddingError) {
    let fault = ModelFault(path: path)
    let sizes = 1...1_000_000
    guard let json = ModelJSON(data), let inputs = json["in_features"]?.integer,
      let outputs = json["out_features"]?.integer, sizes.contains(inputs), sizes.contains(outputs)
    else { throw fault.damaged("gives no in_features and out_features") }
    try Self.requireSentence(json, fault)
    // Without a name it is the hyperbolic tangent, as in sentence-transformers.
    let name = json["activation_function"]?.text ?? "torch.nn.Tanh"
    guard let activation = Activation(torch: name) else {
      throw fault.unsupported("the activation \(fault.quoted(name))", known: Activation.modules)
    }
    self.inputs = inputs
    self.outputs = outputs
    self.activation = activation
    hasBias = json["bias"]?.bool ?? true
    addsInput = json["use_residual"]?.bool ?? false
  }

  /// Refuses a module that works on something else than the vector of the text.
  static func requireSentence(_ json: ModelJSON, _ fault: ModelFault) throws(EmbeddingError) {
    for key in ["module_input_name", "module_output_name"] {
      if let name = json[key]?.text, name != "sentence_embedding" {
        throw fault.unsupported("\(key) \(fault.quoted(name))", known: "sentence_embedding")
      }
    }
  }

  var description: String { "\(inputs) \(outputs) \(hasBias) \(activation) \(addsInput)" }
}
