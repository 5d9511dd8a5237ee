/// The tokens around every sequence.
///
/// - Source: equal to the post-processors of Hugging Face's tokenizers, for single sequences.
struct SequenceEnds: Sendable, Hashable {
  var first: [Int32] = []
  var last: [Int32] = []

  static let supported =
    "BertProcessing, RobertaProcessing, TemplateProcessing with one sequence of type 0, ByteLevel "
    + "and Sequence"
}

extension SequenceEnds {
  /// The post-processor of a `tokenizer.json`; none puts nothing around a sequence.
  ///
  /// - Parameter ids: The number of a token, as far as the vocabulary has it.
  init(
    _ json: ModelJSON?, ids: (String) -> Int32?, _ fault: ModelFault
  ) throws(EmbeddingError) {
    self.init()
    guard let json, !json.isNull else { return }
    switch try fault.kind(of: json, "post-processor") {
    case "ByteLevel": break
    case "Sequence":
      for part in json["processors"]?.items ?? [] {
        let more = try SequenceEnds(part, ids: ids, fault)
        if more == SequenceEnds() { continue }
        // The original takes what the first one made for two sequences.
        guard self == SequenceEnds() else {
          throw fault.unsupported("several post-processors that add tokens", known: Self.supported)
        }
        self = more
      }
    case "BertProcessing", "RobertaProcessing":
      func end(_ role: String, _ usual: [String]) throws(EmbeddingError) -> Int32 {
        let given = json[role]?.items
        let name = given?.first?.text ?? usual.first { ids($0) != nil } ?? usual[0]
        guard let id = ids(name), given == nil || given?.last?.token == id else {
          throw fault.damaged("lacks its token \(fault.quoted(name))")
        }
        return id
      }
      first = [try end("cls", ["<s>", "[CLS]"])]
      last = [try end("sep", ["</s>", "[SEP]"])]
    case "TemplateProcessing": self = try Self(template: json, fault)
    case let kind:
      throw fault.unsupported("the post-processor \(kind)", known: Self.supported)
    }
  }

  private init(template json: ModelJSON, _ fault: ModelFault) throws(EmbeddingError) {
    guard let parts = json["single"]?.items else {
      throw fault.damaged("has a TemplateProcessing without its list 'single'")
    }
    var sequences = 0
    for part in parts {
      guard let (kind, value) = part.members?.first.map({ ($0.key, $0.value) }),
        let name = value["id"]?.text
      else { throw fault.damaged("has a TemplateProcessing with an unknown part") }
      if let type = value["type_id"]?.integer, type != 0 {
        throw fault.unsupported("tokens of type \(type)", known: Self.supported)
      }
      if kind == "Sequence" {
        sequences += 1
        continue
      }
      let numbers = json["special_tokens"]?[name]?["ids"]?.items?.map(\.token)
      guard kind == "SpecialToken", let numbers, !numbers.contains(nil) else {
        throw fault.damaged("lacks its token \(fault.quoted(name))")
      }
      let ids = numbers.compactMap { $0 }
      if sequences == 0 { first += ids } else { last += ids }
    }
    guard sequences == 1 else {
      throw fault.unsupported("a template with \(sequences) sequences", known: Self.supported)
    }
  }
}
