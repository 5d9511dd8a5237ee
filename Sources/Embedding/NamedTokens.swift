/// The tokens that a tokenizer needs by their use, such as the one before every sequence.
struct NamedTokens {
  private let settings: TokenizerSettings
  private let names: [(use: String, name: String)]

  /// Takes the names of the settings, and the usual ones for what they do not name.
  init(_ settings: TokenizerSettings, usual: [String: String]) {
    self.settings = settings
    names = TokenizerSettings.uses.compactMap { use in
      (settings.name(of: use) ?? usual[use]).map { (use, $0) }
    }
  }

  /// The number of the token of a use.
  func id(
    _ use: String, in vocabulary: TokenVocabulary, _ fault: ModelFault
  ) throws(EmbeddingError) -> Int32 {
    let name = names.first { $0.use == use }?.name ?? ""
    guard let id = vocabulary.id(name) else {
      throw fault.damaged("lacks \(fault.quoted(name)), its \(use)")
    }
    return id
  }

  /// All of them that a vocabulary has, as they are looked for in texts, but for some.
  func tokens(in vocabulary: TokenVocabulary, except listed: Set<Int32>) -> [AddedTokens.Token] {
    var tokens: [AddedTokens.Token] = []
    var seen = listed
    for (use, name) in names {
      guard let id = vocabulary.id(name), seen.insert(id).inserted else { continue }
      // The mask stands for a word with the space before it, unless its flags are written out.
      tokens.append(
        settings.described(use, id: id)
          ?? AddedTokens.Token(
            text: Array(name.unicodeScalars), id: id, takesSpaceBefore: use == "mask_token"))
    }
    for name in settings.otherMarks {
      guard let id = vocabulary.id(name), seen.insert(id).inserted else { continue }
      tokens.append(AddedTokens.Token(name, id: id, flags: .null))
    }
    return tokens
  }

  /// Whether the settings name no others than the usual ones.
  static func areUsual(
    _ settings: TokenizerSettings, _ usual: [String: String], in vocabulary: TokenVocabulary
  ) -> Bool {
    func tokens(_ settings: TokenizerSettings) -> Set<AddedTokens.Token> {
      let named = NamedTokens(settings, usual: usual).tokens(in: vocabulary, except: [])
      // The white space around a word is of no account in a list of pieces.
      return Set(
        named.map { AddedTokens.Token(text: $0.text, id: $0.id, isCleaned: $0.isCleaned) })
    }
    return settings.added.isEmpty && tokens(settings) == tokens(TokenizerSettings())
  }
}
