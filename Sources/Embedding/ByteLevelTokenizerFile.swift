import Foundation

/// What is read of a `tokenizer.json` with a byte-level BPE.
struct ByteLevelTokenizerFile: Decodable {
  /// A step of the pipeline: its name, and the settings that this or that step has.
  struct Step: Decodable {
    let type: String
    let add_prefix_space: Bool?
    let use_regex: Bool?
    let sep: Ending?
    let cls: Ending?
  }

  /// A token and its number, written as a list of both.
  struct Ending: Decodable {
    let content: String
    let id: Int32

    init(from decoder: any Decoder) throws {
      var list = try decoder.unkeyedContainer()
      content = try list.decode(String.self)
      id = try list.decode(Int32.self)
    }
  }

  struct Model: Decodable {
    let type: String?
    let dropout: Double?
    let unk_token: String?
    let continuing_subword_prefix: String?
    let end_of_word_suffix: String?
    let fuse_unk: Bool?
    let byte_fallback: Bool?
    let ignore_merges: Bool?
    let vocab: [String: Int32]
    let merges: MergedPairs
  }

  let added_tokens: [TokenizerFile.Added]?
  let normalizer: Step?
  let pre_tokenizer: Step?
  let post_processor: Step?
  let model: Model

  /// Whether a file is of this kind; old files name no kind, but only this one has merges.
  static func isBytePair(_ data: Data) -> Bool {
    struct Peek: Decodable {
      struct Model: Decodable {
        enum Key: CodingKey { case type, merges }
        let isBytePair: Bool

        init(from decoder: any Decoder) throws {
          let fields = try decoder.container(keyedBy: Key.self)
          let type = try fields.decodeIfPresent(String.self, forKey: .type)
          isBytePair = type.map { $0 == "BPE" } ?? fields.contains(.merges)
        }
      }
      let model: Model
    }
    return (try? JSONDecoder().decode(Peek.self, from: data))?.model.isBytePair ?? false
  }

  /// What the file asks for that would change tokens and is not done here.
  var foreignWish: String? {
    if let normalizer { return "the normaliser \(normalizer.type)" }
    if pre_tokenizer?.type != "ByteLevel" {
      return pre_tokenizer.map { "the pre-tokenizer \($0.type)" } ?? "no pre-tokenizer"
    }
    if let end = post_processor, !["RobertaProcessing", "BertProcessing"].contains(end.type) {
      return "the post-processor \(end.type)"
    }
    if let dropout = model.dropout, dropout != 0 { return "dropout" }
    if model.continuing_subword_prefix?.isEmpty == false { return "a continuing_subword_prefix" }
    if model.end_of_word_suffix?.isEmpty == false { return "an end_of_word_suffix" }
    if model.byte_fallback == true { return "byte_fallback" }
    return model.ignore_merges == true ? "ignore_merges" : nil
  }
}

/// Two neighbouring tokens that become one.
struct MergedPair {
  let left: String
  let right: String
}

/// Merges, written `a b` in older files and `["a", "b"]` in newer ones.
struct MergedPairs: Decodable {
  let pairs: [MergedPair]

  init(from decoder: any Decoder) throws {
    let list = try decoder.singleValueContainer()
    // One try for all: an error for each of fifty thousand merges would take a while.
    if let lines = try? list.decode([String].self) {
      pairs = try lines.map { try Self.pair($0) ?? Self.refuse(decoder) }
    } else {
      pairs = try list.decode([[String]].self).map {
        if $0.count != 2 { return try Self.refuse(decoder) }
        return MergedPair(left: $0[0], right: $0[1])
      }
    }
  }

  /// Reads the older form; nil unless it is two parts with a space between.
  static func pair(_ line: String) -> MergedPair? {
    // By bytes: a combining mark after the space must not hide it.
    let parts = line.utf8.split(separator: 0x20, omittingEmptySubsequences: false)
    guard parts.count == 2, let left = String(parts[0]), let right = String(parts[1]) else {
      return nil
    }
    return MergedPair(left: left, right: right)
  }

  private static func refuse(_ decoder: any Decoder) throws -> MergedPair {
    throw DecodingError.dataCorrupted(
      .init(codingPath: decoder.codingPath, debugDescription: "not two tokens"))
  }
}
