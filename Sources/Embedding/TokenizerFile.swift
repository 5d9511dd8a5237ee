import Foundation

/// What is read of a `tokenizer.json`.
struct TokenizerFile: Decodable {
  struct Added: Decodable {
    let id: Int32
    let content: String
    let normalized: Bool?
    let lstrip: Bool?
    let rstrip: Bool?
    let single_word: Bool?
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
    let vocab: [String: Int32]
  }

  let added_tokens: [Added]?
  let normalizer: Normalizer?
  let model: Model

  /// The cleaning that the file asks for; a setting that is absent is BERT's own.
  var cleaner: TextCleaner {
    var cleaner = TextCleaner()
    cleaner.cleans = normalizer?.clean_text ?? true
    cleaner.separatesIdeographs = normalizer?.handle_chinese_chars ?? true
    cleaner.lowercases = normalizer?.lowercase ?? true
    cleaner.stripsAccents = normalizer?.strip_accents ?? cleaner.lowercases
    return cleaner
  }
}
