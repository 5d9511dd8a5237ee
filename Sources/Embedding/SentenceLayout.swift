import Foundation

/// What the files that sentence-transformers puts around a network say about its use.
struct SentenceLayout {
  /// How many tokens are read; nil where only the network's own limit holds.
  let longestSequence: Int?
  /// Whether vectors are scaled to length 1.
  let scalesToLength1: Bool
  /// Whether texts are lowercased before they are cut into tokens.
  let lowercases: Bool

  /// Reads `modules.json`, the pooling's `config.json` and `sentence_bert_config.json`.
  init(
    directory: String, has: (String) -> Bool, bytes: (String) throws -> Data
  ) throws {
    var pooling = "1_Pooling"
    var scales = false
    for module in try JSONDecoder().decode([Module].self, from: bytes("modules.json")) {
      switch module.type.split(separator: ".").last {
      case "Transformer": break
      case "Pooling": pooling = module.path
      case "Normalize": scales = true
      default:
        throw EmbeddingError(
          "\(directory) has a module of the type \(module.type); only Transformer, Pooling and "
            + "Normalize are known.")
      }
    }
    scalesToLength1 = scales
    guard !pooling.hasPrefix("/"), !pooling.split(separator: "/").contains("..") else {
      throw EmbeddingError("\(directory) keeps its pooling outside of the folder; fetch it again.")
    }
    let modes = try JSONDecoder().decode(Pooling.self, from: bytes("\(pooling)/config.json"))
    guard modes.pooling_mode_mean_tokens == true, modes.pooling_mode_cls_token != true,
      modes.pooling_mode_max_tokens != true, modes.pooling_mode_mean_sqrt_len_tokens != true
    else {
      throw EmbeddingError("\(directory) does not pool by the mean, the only way known here.")
    }
    let name = "sentence_bert_config.json"
    let limits = has(name) ? try JSONDecoder().decode(Limits.self, from: bytes(name)) : nil
    longestSequence = limits?.max_seq_length
    lowercases = limits?.do_lower_case ?? false
  }

  private struct Module: Decodable {
    let path: String
    let type: String
  }

  private struct Limits: Decodable {
    let max_seq_length: Int?
    let do_lower_case: Bool?
  }

  private struct Pooling: Decodable {
    let pooling_mode_mean_tokens: Bool?
    let pooling_mode_cls_token: Bool?
    let pooling_mode_max_tokens: Bool?
    let pooling_mode_mean_sqrt_len_tokens: Bool?
  }
}
