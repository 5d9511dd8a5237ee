import Files
import Foundation

/// What is read of a `tokenizer.json`.
struct TokenizerFile: Decodable {
  struct Added: Decodable {
    let id: Int32
    let content: String
    let normalized: Bool?
  }

  struct Normalizer: Decodable {
    let clean_text: Bool?
    let handle_chinese_chars: Bool?
    let strip_accents: Bool?
    let lowercase: Bool?
  }

  struct Model: Decodable {
    let type: String?
    let unk_token: String?
    let max_input_chars_per_word: Int?
    let vocab: [String: Int32]?
  }

  /// The names of the tokens put around a text, by either of the two forms in use.
  struct PostProcessor: Decodable {
    let start: String?
    let end: String?

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: Keys.self)
      start = try Self.name(.cls, in: container)
      end = try Self.name(.sep, in: container)
    }

    private static func name(
      _ key: Keys, in container: KeyedDecodingContainer<Keys>
    ) throws -> String? {
      guard container.contains(key) else { return nil }
      var pair = try container.nestedUnkeyedContainer(forKey: key)
      return try pair.decode(String.self)
    }

    enum Keys: String, CodingKey { case cls, sep }
  }

  let added_tokens: [Added]?
  let normalizer: Normalizer?
  let post_processor: PostProcessor?
  let model: Model?

  /// The file's content; nil where there is no such file.
  static func read(_ path: String) throws(EmbeddingError) -> TokenizerFile? {
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    return try JSONFile.read(TokenizerFile.self, path)
  }
}

/// Reads small JSON files of a model's folder.
enum JSONFile {
  static func read<Value: Decodable>(
    _ type: Value.Type, _ path: String
  ) throws(EmbeddingError) -> Value {
    let bytes: Data
    do {
      bytes = try MappedFile(path: path).withUnsafeBytes { Data($0) }
    } catch { throw .unreadable(path, error) }
    do { return try JSONDecoder().decode(type, from: bytes) } catch {
      throw .malformed(path, "it is not the JSON that was expected")
    }
  }
}
