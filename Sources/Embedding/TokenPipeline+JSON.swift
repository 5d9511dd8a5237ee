import Foundation

extension TokenPipeline {
  /// Reads `tokenizer.json`, which describes the whole pipeline.
  init(
    tokenizerJSON data: Data, settings: TokenizerSettings = TokenizerSettings(), path: String
  ) throws(EmbeddingError) {
    let fault = ModelFault(path: path)
    guard data.count <= TokenVocabulary.longestFile else {
      throw fault.damaged(
        "has \(data.count) bytes, more than the \(TokenVocabulary.longestFile) that are read")
    }
    guard let file = ModelJSON(data), let model = file["model"] else {
      throw fault.damaged("holds no tokenizer")
    }
    let saved = try TextNormalizer(file["normalizer"], fault)
    let normalizer = saved.following(settings)
    let splitter = try TextSplitter(file["pre_tokenizer"], fault).following(settings)
    var added: [AddedTokens.Token] = []
    for json in file["added_tokens"]?.items ?? [] {
      guard let id = json["id"]?.token, let text = json["content"]?.text else {
        throw fault.damaged("has an added token without a number or a text")
      }
      added.append(AddedTokens.Token(text, id: id, flags: json))
    }
    let known = Set(added.map(\.id))
    let others = settings.added.filter { !known.contains($0.id) }
    added += others

    var vocabulary = try TokenVocabulary(Self.vocabulary(of: model, fault), fault)
    let ofModel = vocabulary
    try vocabulary.add(added, fault)
    if Self.kind(of: model) == "BPE" { try vocabulary.requireDistinct(fault) }
    let ends = try SequenceEnds(
      file["post_processor"], ids: { vocabulary.id($0) }, fault)
    let tokens = try Self.tokens(
      model, of: ofModel, splitter, isKnown: { vocabulary.id($0) != nil }, fault)
    let marks = (ends.first + ends.last).map { Int($0) }
    self.init(
      model: tokens, size: 1 + (marks + [vocabulary.greatest]).reduce(-1) { max($0, $1) })
    self.added = AddedTokens(added.map { $0.cleaned(by: normalizer) })
    (self.normalizer, self.splitter, self.ends) = (normalizer, splitter, ends)
    self.marks = Set(added.filter(\.isMark).map(\.id) + ends.first + ends.last)
    cutsAtLeft = settings.cutsAtLeft ?? (file["truncation"]?["direction"]?.text == "Left")
    let isPlain =
      switch (splitter.steps.first, normalizer.steps.first) {
      case (.bert, .bert): (model["continuing_subword_prefix"]?.text ?? "##") == "##"
      case (.byteLevel, nil): true
      default: false
      }
    self.isPlain =
      isPlain && splitter.steps.count == 1 && normalizer.steps.count < 2 && normalizer == saved
      && others.isEmpty && !cutsAtLeft
      && ends.areUsual(in: vocabulary)
  }

  /// The kind of the model, which the oldest files do not name.
  private static func kind(of model: ModelJSON) -> String {
    model["type"]?.text ?? (model["merges"] != nil ? "BPE" : "WordPiece")
  }

  private static func vocabulary(
    of model: ModelJSON, _ fault: ModelFault
  ) throws(EmbeddingError) -> ModelJSON? {
    let kind = kind(of: model)
    guard ["WordPiece", "WordLevel", "BPE"].contains(kind) else {
      throw fault.unsupported("the model \(kind)", known: "WordPiece, WordLevel and byte-level BPE")
    }
    return model["vocab"]
  }

  private static func tokens(
    _ model: ModelJSON, of vocabulary: TokenVocabulary, _ splitter: TextSplitter,
    isKnown: (String) -> Bool, _ fault: ModelFault
  ) throws(EmbeddingError) -> any TokenModel {
    let kind = kind(of: model)
    let places = splitter.steps.indices.filter {
      if case .byteLevel = splitter.steps[$0] { return true }
      return false
    }
    if kind == "BPE" {
      guard places == [splitter.steps.count - 1] else {
        throw fault.unsupported(
          places.isEmpty ? "BPE without the pre-tokenizer ByteLevel" : "steps behind ByteLevel",
          known: TextSplitter.supported)
      }
      return try bytePairs(model, of: vocabulary, fault)
    }
    guard places.isEmpty else {
      throw fault.unsupported(
        "the pre-tokenizer ByteLevel with a model \(kind)", known: TextSplitter.supported)
    }
    let name = model["unk_token"]?.text ?? (kind == "WordPiece" ? "[UNK]" : "<unk>")
    guard let unknown = vocabulary.id(name) else {
      throw fault.damaged("lacks its unknown token \(fault.quoted(name))")
    }
    if kind == "WordLevel" { return WordTable(words: vocabulary.ids, unknown: unknown) }
    return WordPieces(
      pieces: vocabulary.ids,
      prefix: Array((model["continuing_subword_prefix"]?.text ?? "##").utf8),
      longestWord: model["max_input_chars_per_word"]?.integer ?? 100, unknown: unknown)
  }

  private static func bytePairs(
    _ model: ModelJSON, of vocabulary: TokenVocabulary, _ fault: ModelFault
  ) throws(EmbeddingError) -> any TokenModel {
    let known = "byte-level BPE without dropout, affixes and byte_fallback"
    if let dropout = model["dropout"]?.number, dropout != 0 {
      throw fault.unsupported("dropout", known: known)
    }
    for affix in ["continuing_subword_prefix", "end_of_word_suffix"]
    where model[affix]?.text?.isEmpty == false {
      throw fault.unsupported("\(affix)", known: known)
    }
    if model["byte_fallback"]?.bool == true {
      throw fault.unsupported("byte_fallback", known: known)
    }
    var pairs: [MergedPair] = []
    guard let merges = model["merges"]?.items else { throw fault.damaged("holds no merges") }
    pairs.reserveCapacity(merges.count)
    for merge in merges {
      guard let pair = MergedPair(merge) else {
        throw fault.damaged("has a merge that is not two tokens")
      }
      pairs.append(pair)
    }
    let list = BytePairList(fault: fault)
    let made = try list.merges(
      pairs, of: vocabulary, unknown: model["unk_token"]?.text,
      fusesUnknown: model["fuse_unk"]?.bool ?? false)
    guard model["ignore_merges"]?.bool == true else { return made }
    var words: [[UInt8]: Int32] = [:]
    for (token, id) in vocabulary.ids {
      if let bytes = ByteAlphabet.bytes(of: token) { words[bytes] = id }
    }
    return WholeWordsFirst(words: words, merges: made)
  }
}

extension TextNormalizer {
  /// The classes whose settings win over the normalizer that was saved with the tokens.
  private static let obedient: Set<String> = [
    "BertTokenizer", "DistilBertTokenizer", "MPNetTokenizer", "ElectraTokenizer",
  ]

  /// The same with what `tokenizer_config.json` says of case, accents and ideographs.
  func following(_ settings: TokenizerSettings) -> TextNormalizer {
    guard case .bert(var cleaner)? = steps.first, steps.count == 1,
      settings.className.map({ Self.obedient.contains($0) }) ?? true
    else { return self }
    if let lowercases = settings.choice("do_lower_case") { cleaner.lowercases = lowercases }
    if let separates = settings.choice("tokenize_chinese_chars") {
      cleaner.separatesIdeographs = separates
    }
    if let strips = settings.flag("strip_accents") {
      cleaner.stripsAccents = strips ?? cleaner.lowercases
    }
    return TextNormalizer(steps: [.bert(cleaner)])
  }
}

extension TextSplitter {
  /// The same with what `tokenizer_config.json` says of a space before each text.
  func following(_ settings: TokenizerSettings) -> TextSplitter {
    guard let wish = settings.choice("add_prefix_space") else { return self }
    return TextSplitter(
      steps: steps.map { step in
        guard case .byteLevel(_, let cutsWords) = step else { return step }
        return .byteLevel(addsSpace: wish, cutsWords: cutsWords)
      })
  }
}
