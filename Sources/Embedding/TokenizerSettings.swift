import Foundation

/// What a model's folder says about the use of its tokens, beside the tokens themselves.
///
/// `special_tokens_map.json` wins over `tokenizer_config.json`, unless the latter lists all added
/// tokens by itself, as newer ones do.
struct TokenizerSettings: Sendable {
  private let config: ModelJSON
  private let names: ModelJSON
  private let older: ModelJSON?
  /// All that was read.
  let content: [UInt8]

  /// What tokens with a name of their own are for.
  static let uses = ["bos", "eos", "unk", "sep", "pad", "cls", "mask"].map { $0 + "_token" }

  /// Settings of none.
  init() {
    (config, names, older, content) = (.object([]), .object([]), nil, [])
  }

  /// Reads the files that are there.
  ///
  /// - Parameter wishes: What `sentence_bert_config.json` asks for in the place of the files.
  init(
    wishes: ModelJSON? = nil, fault: (String) -> ModelFault, has: (String) -> Bool,
    bytes: (String) throws -> Data
  ) throws {
    var content: [UInt8] = []
    func read(_ name: String) throws -> ModelJSON? {
      guard has(name) else { return nil }
      let data = try bytes(name)
      content += Array("\(name) \(data.count) ".utf8) + Array(data)
      guard let json = ModelJSON(data), json.members != nil else {
        throw fault(name).damaged("is no JSON object")
      }
      return json
    }
    config = (try read("tokenizer_config.json") ?? .object([])).replacing(wishes)
    let map = try read("special_tokens_map.json")
    names = config["added_tokens_decoder"] == nil ? config.replacing(map) : config
    older = try read("added_tokens.json")
    self.content = content
  }

  /// A setting that is on or off; the outer `nil` means that the files do not mention it.
  func flag(_ name: String) -> Bool?? { config[name].map { $0.bool } }

  /// Whether the file itself says so or so.
  func choice(_ name: String) -> Bool? { config[name]?.bool }

  /// The greatest number of tokens; what stands for "no limit" is none.
  var longestSequence: Int? {
    let limit = (config["model_max_length"] ?? config["max_len"])?.integer
    return limit.flatMap { $0 < 1_000_000_000 ? $0 : nil }
  }

  /// Whether long texts are cut at the left.
  var cutsAtLeft: Bool? {
    config["truncation_side"]?.text.map { $0.lowercased() == "left" }
  }

  /// The tokenizer's class, without the ending of the fast ones.
  var className: String? {
    config["tokenizer_class"]?.text.map { $0.hasSuffix("Fast") ? String($0.dropLast(4)) : $0 }
  }

  /// A token of a certain use, such as `cls_token`.
  func name(of use: String) -> String? { names[use].flatMap { $0.text ?? $0["content"]?.text } }

  /// A token of a certain use that is described with its flags.
  func described(_ use: String, id: Int32) -> AddedTokens.Token? {
    guard let value = names[use], let text = value["content"]?.text else { return nil }
    return AddedTokens.Token(text, id: id, flags: value)
  }

  /// Other tokens that are marks, such as those for a task.
  var otherMarks: [String] {
    let lists = ["additional_special_tokens", "extra_special_tokens"].map { names[$0]?.items ?? [] }
    return lists.joined().compactMap { $0.text ?? $0["content"]?.text }
  }

  /// Tokens that the settings add to a vocabulary.
  var added: [AddedTokens.Token] {
    var tokens: [AddedTokens.Token] = []
    for member in config["added_tokens_decoder"]?.members ?? [] {
      guard let id = Int32(member.key), let text = member.value["content"]?.text else { continue }
      tokens.append(AddedTokens.Token(text, id: id, flags: member.value))
    }
    let marks = Set(Self.uses.compactMap { name(of: $0) } + otherMarks)
    for member in older?.members ?? [] {
      guard let id = member.value.token, !tokens.contains(where: { $0.id == id }) else { continue }
      var token = AddedTokens.Token(member.key, id: id, flags: .null)
      token.isMark = marks.contains(member.key)
      token.isCleaned = !token.isMark
      tokens.append(token)
    }
    return tokens
  }
}

extension AddedTokens.Token {
  /// A token with the settings that files give to it.
  init(_ text: String, id: Int32, flags: ModelJSON) {
    self.init(
      text: Array(text.unicodeScalars), id: id, isCleaned: flags["normalized"]?.bool ?? false,
      takesSpaceBefore: flags["lstrip"]?.bool ?? false,
      takesSpaceAfter: flags["rstrip"]?.bool ?? false,
      isWholeWord: flags["single_word"]?.bool ?? false,
      isMark: flags["special"]?.bool ?? true)
  }

  /// As it is looked for: one that belongs to cleaned text is cleaned itself.
  func cleaned(by normalizer: TextNormalizer) -> AddedTokens.Token {
    guard isCleaned else { return self }
    return AddedTokens.Token(
      text: normalizer.normalized(text), id: id, isCleaned: true,
      takesSpaceBefore: takesSpaceBefore, takesSpaceAfter: takesSpaceAfter,
      isWholeWord: isWholeWord, isMark: isMark)
  }
}
