import Foundation

extension TokenPipeline {
  /// Reads `vocab.txt`, one piece a line, of models older than `tokenizer.json`.
  init(
    vocabulary data: Data, settings: TokenizerSettings = TokenizerSettings(), path: String
  ) throws(EmbeddingError) {
    let fault = ModelFault(path: path)
    try settings.requireClass(
      of: ["BertTokenizer", "DistilBertTokenizer", "MPNetTokenizer", "ElectraTokenizer"], fault)
    var vocabulary = try TokenVocabulary(lines: data, fault)
    let pieces = vocabulary.ids
    let isMPNet = settings.className.map { $0 == "MPNetTokenizer" } ?? (vocabulary.id("<s>") != nil)
    let named = NamedTokens(settings, usual: isMPNet ? Self.mpnet : Self.bert)
    var added = settings.added
    try vocabulary.add(added, fault)
    let unknown = try named.id("unk_token", in: vocabulary, fault)
    added += named.tokens(in: vocabulary, except: Set(added.map(\.id)))
    // The one that the published MPNet looks for in cleaned text.
    if isMPNet, let id = vocabulary.id("<unk>"), !added.contains(where: { $0.id == id }) {
      added.append(AddedTokens.Token(text: Array("<unk>".unicodeScalars), id: id, isCleaned: true))
    }
    let ends = SequenceEnds(
      first: [try named.id("cls_token", in: vocabulary, fault)],
      last: [try named.id("sep_token", in: vocabulary, fault)])
    self.init(
      model: WordPieces(
        pieces: pieces, prefix: Array("##".utf8), longestWord: 100, unknown: unknown),
      added: added, ends: ends, settings, size: vocabulary.greatest + 1)
    normalizer = TextNormalizer(steps: [.bert(TextCleaner(settings))])
    splitter = TextSplitter(steps: [.bert])
    self.added = AddedTokens(added.map { $0.cleaned(by: normalizer) })
    isPlain =
      normalizer.steps == [.bert(TextCleaner())] && ends.areUsual(in: vocabulary)
      && unknown == vocabulary.id("[UNK]") && !cutsAtLeft
      && NamedTokens.areUsual(settings, isMPNet ? Self.mpnet : Self.bert, in: vocabulary)
  }

  /// Reads `vocab.json` and `merges.txt`, of models older than `tokenizer.json`.
  init(
    vocabulary data: Data, merges lines: Data, settings: TokenizerSettings = TokenizerSettings(),
    path: String, mergesPath: String
  ) throws(EmbeddingError) {
    let (fault, list) = (ModelFault(path: path), BytePairList(fault: ModelFault(path: mergesPath)))
    try settings.requireClass(
      of: ["RobertaTokenizer", "GPT2Tokenizer", "BartTokenizer", "LongformerTokenizer"], fault)
    guard data.count <= TokenVocabulary.longestFile else {
      throw fault.damaged("has \(data.count) bytes, too many for a vocabulary")
    }
    var vocabulary = try TokenVocabulary(ModelJSON(data), fault)
    let ofModel = vocabulary
    let named = NamedTokens(settings, usual: Self.roberta)
    var added = settings.added
    try vocabulary.add(added, fault)
    try vocabulary.requireDistinct(fault)
    added += named.tokens(in: vocabulary, except: Set(added.map(\.id)))
    let ends = SequenceEnds(
      first: [try named.id("cls_token", in: vocabulary, fault)],
      last: [try named.id("sep_token", in: vocabulary, fault)])
    self.init(
      model: try list.merges(
        try list.pairs(lines), of: ofModel, unknown: nil, fusesUnknown: false),
      added: added, ends: ends, settings, size: vocabulary.greatest + 1)
    let addsSpace = settings.choice("add_prefix_space") ?? false
    splitter = TextSplitter(steps: [.byteLevel(addsSpace: addsSpace, cutsWords: true)])
    isPlain =
      ends.areUsual(in: vocabulary) && !cutsAtLeft
      && NamedTokens.areUsual(settings, Self.roberta, in: vocabulary)
  }

  private init(
    model: any TokenModel, added: [AddedTokens.Token], ends: SequenceEnds,
    _ settings: TokenizerSettings, size: Int
  ) {
    self.init(model: model, size: size)
    self.added = AddedTokens(added)
    self.ends = ends
    marks = Set(added.filter(\.isMark).map(\.id) + ends.first + ends.last)
    cutsAtLeft = settings.cutsAtLeft ?? false
  }

  private static let bert = [
    "unk_token": "[UNK]", "sep_token": "[SEP]", "pad_token": "[PAD]", "cls_token": "[CLS]",
    "mask_token": "[MASK]",
  ]

  private static let roberta = [
    "bos_token": "<s>", "eos_token": "</s>", "unk_token": "<unk>", "sep_token": "</s>",
    "pad_token": "<pad>", "cls_token": "<s>", "mask_token": "<mask>",
  ]

  private static let mpnet = roberta.merging(["unk_token": "[UNK]"]) { $1 }
}

extension TokenizerSettings {
  /// Refuses classes whose words are cut in ways that a list of tokens does not tell.
  func requireClass(of known: [String], _ fault: ModelFault) throws(EmbeddingError) {
    guard let className, !known.contains(className), className != "PreTrainedTokenizer" else {
      return
    }
    throw fault.unsupported(
      "the class \(className), which tokenizer_config.json names",
      known: known.joined(separator: ", ") + ", or a tokenizer.json beside it")
  }
}

extension TextCleaner {
  /// BERT's cleaning, with what `tokenizer_config.json` says of case, accents and ideographs.
  init(_ settings: TokenizerSettings) {
    self.init()
    lowercases = settings.choice("do_lower_case") ?? true
    stripsAccents = settings.choice("strip_accents") ?? lowercases
    separatesIdeographs = settings.choice("tokenize_chinese_chars") ?? true
  }
}
