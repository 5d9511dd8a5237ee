import Foundation

/// The shape of a sentence encoder, from the files that sentence-transformers lays out.
struct ModelConfiguration: Sendable {
  enum Kind: String, Sendable { case bert, mpnet }

  let kind: Kind
  let hidden: Int
  let intermediate: Int
  let layers: Int
  let heads: Int
  let positions: Int
  let vocabulary: Int
  let buckets: Int
  let padding: Int
  let epsilon: Float
  let longest: Int
  let normalises: Bool

  init(directory: String) throws(EmbeddingError) {
    let path = directory + "/config.json"
    let file = try JSONFile.read(Network.self, path)
    guard let kind = Kind(rawValue: file.model_type) else {
      throw .unsupported(path, "its model_type is '\(file.model_type)'", needed: "bert or mpnet")
    }
    guard file.hidden_act == "gelu" else {
      throw .unsupported(path, "its activation is '\(file.hidden_act)'", needed: "gelu")
    }
    if let style = file.position_embedding_type, style != "absolute" {
      throw .unsupported(path, "its positions are '\(style)'", needed: "absolute")
    }
    let sizes = [
      file.hidden_size, file.intermediate_size, file.num_hidden_layers, file.num_attention_heads,
      file.max_position_embeddings, file.vocab_size,
    ]
    guard sizes.allSatisfy({ (1...10_000_000).contains($0) }),
      file.hidden_size % file.num_attention_heads == 0,
      (2...1024).contains(file.relative_attention_num_buckets ?? 32),
      (0...1024).contains(file.pad_token_id ?? 0)
    else { throw .malformed(path, "its sizes are impossible") }
    self.kind = kind
    hidden = file.hidden_size
    intermediate = file.intermediate_size
    layers = file.num_hidden_layers
    heads = file.num_attention_heads
    vocabulary = file.vocab_size
    buckets = file.relative_attention_num_buckets ?? 32
    padding = file.pad_token_id ?? (kind == .mpnet ? 1 : 0)
    epsilon = file.layer_norm_eps ?? 1e-12
    positions = file.max_position_embeddings

    var pooling = "1_Pooling"
    var scaled = false
    let list = directory + "/modules.json"
    if FileManager.default.fileExists(atPath: list) {
      for module in try JSONFile.read([Module].self, list) {
        switch module.type.split(separator: ".").last {
        case "Transformer": break
        case "Pooling": pooling = module.path
        case "Normalize": scaled = true
        default:
          throw .unsupported(
            list, "it has a module of type '\(module.type)'",
            needed: "Transformer, Pooling and Normalize")
        }
      }
    }
    normalises = scaled
    guard !pooling.hasPrefix("/"), !pooling.split(separator: "/").contains("..") else {
      throw .malformed(list, "its pooling module lies outside the folder")
    }
    let pool = "\(directory)/\(pooling)/config.json"
    let modes = try JSONFile.read(Pooling.self, pool)
    guard modes.pooling_mode_mean_tokens == true, modes.pooling_mode_cls_token != true,
      modes.pooling_mode_max_tokens != true, modes.pooling_mode_mean_sqrt_len_tokens != true
    else { throw .unsupported(pool, "it pools in another way", needed: "the mean of the tokens") }

    let offset = kind == .mpnet ? padding + 1 : 0
    var limit = positions - offset
    let sentence = directory + "/sentence_bert_config.json"
    if FileManager.default.fileExists(atPath: sentence),
      let stated = try JSONFile.read(Sentence.self, sentence).max_seq_length
    {
      limit = min(limit, stated)
    }
    guard limit >= 3 else { throw .malformed(sentence, "it leaves no room for any token") }
    longest = limit
  }

  private struct Network: Decodable {
    let model_type: String
    let hidden_act: String
    let hidden_size: Int
    let intermediate_size: Int
    let num_hidden_layers: Int
    let num_attention_heads: Int
    let max_position_embeddings: Int
    let vocab_size: Int
    let layer_norm_eps: Float?
    let pad_token_id: Int?
    let relative_attention_num_buckets: Int?
    let position_embedding_type: String?
  }

  private struct Module: Decodable {
    let path: String
    let type: String
  }

  private struct Sentence: Decodable { let max_seq_length: Int? }

  private struct Pooling: Decodable {
    let pooling_mode_mean_tokens: Bool?
    let pooling_mode_cls_token: Bool?
    let pooling_mode_max_tokens: Bool?
    let pooling_mode_mean_sqrt_len_tokens: Bool?
  }
}
