import Foundation

/// What a tokenizer changes in a text before it cuts it.
///
/// - Source: equal to the normalizers of Hugging Face's tokenizers.
struct TextNormalizer: Sendable, Hashable {
  /// Unicode's four normal forms.
  enum Form: String, Sendable, Hashable {
    case composed = "NFC"
    case decomposed = "NFD"
    case compatiblyComposed = "NFKC"
    case compatiblyDecomposed = "NFKD"
  }

  enum Step: Sendable, Hashable {
    case bert(TextCleaner)
    case form(Form)
    case lowercase
    case removeMarks
    case trim(left: Bool, right: Bool)
    case replace(TextPattern, with: [Unicode.Scalar])
    case prepend([Unicode.Scalar])
  }

  var steps: [Step]

  static let supported =
    "BertNormalizer, Lowercase, NFC, NFD, NFKC, NFKD, StripAccents, Strip, Replace, Prepend and "
    + "Sequence"

  /// The normalized text's characters.
  func normalized(_ text: some Sequence<Unicode.Scalar>) -> [Unicode.Scalar] {
    guard let first = steps.first else { return Array(text) }
    var scalars = Self.apply(first, to: text)
    for step in steps.dropFirst() { scalars = Self.apply(step, to: scalars) }
    return scalars
  }

  /// Whether something in it lowercases.
  var lowercases: Bool {
    steps.contains { step in
      if case .bert(let cleaner) = step { return cleaner.lowercases }
      return step == .lowercase
    }
  }

  private static func apply(
    _ step: Step, to text: some Sequence<Unicode.Scalar>
  ) -> [Unicode.Scalar] {
    switch step {
    case .bert(let cleaner): return cleaner.cleaned(text)
    case .lowercase: return TextCleaner.lowercased(Array(text))
    case .form(let form): return formed(text, form)
    case .removeMarks:
      return text.filter { scalar in
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .spacingMark, .enclosingMark: false
        default: true
        }
      }
    case .trim(let left, let right):
      var rest = Array(text)[...]
      if left { rest = rest.drop(while: TextCleaner.isSpace) }
      while right, let last = rest.last, TextCleaner.isSpace(last) { rest.removeLast() }
      return Array(rest)
    case .replace(let pattern, let content):
      let scalars = Array(text)
      var (kept, start) = ([Unicode.Scalar](), 0)
      for match in pattern.matches(in: scalars[...]) {
        kept += scalars[start..<match.lowerBound] + content
        start = match.upperBound
      }
      return kept + scalars[start...]
    case .prepend(let content):
      let scalars = Array(text)
      return scalars.isEmpty ? scalars : content + scalars
    }
  }

  private static func formed(_ text: some Sequence<Unicode.Scalar>, _ form: Form) -> [Unicode
    .Scalar]
  {
    let scalars = Array(text)
    if scalars.allSatisfy(\.isASCII) { return scalars }
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    let string = String(view)
    let formed =
      switch form {
      case .composed: string.precomposedStringWithCanonicalMapping
      case .decomposed: string.decomposedStringWithCanonicalMapping
      case .compatiblyComposed: string.precomposedStringWithCompatibilityMapping
      case .compatiblyDecomposed: string.decomposedStringWithCompatibilityMapping
      }
    return Array(formed.unicodeScalars)
  }
}

extension TextNormalizer {
  /// The normalizer of a `tokenizer.json`; none leaves texts as they are.
  init(_ json: ModelJSON?, _ fault: ModelFault) throws(EmbeddingError) {
    steps = []
    guard let json, !json.isNull else { return }
    switch try fault.kind(of: json, "normalizer") {
    case "Sequence":
      for part in json["normalizers"]?.items ?? [] {
        steps += try TextNormalizer(part, fault).steps
      }
    case "BertNormalizer":
      var cleaner = TextCleaner()
      cleaner.cleans = json["clean_text"]?.bool ?? true
      cleaner.separatesIdeographs = json["handle_chinese_chars"]?.bool ?? true
      cleaner.lowercases = json["lowercase"]?.bool ?? true
      cleaner.stripsAccents = json["strip_accents"]?.bool ?? cleaner.lowercases
      steps = [.bert(cleaner)]
    case "Lowercase": steps = [.lowercase]
    case "StripAccents": steps = [.removeMarks]
    case "Strip":
      steps = [
        .trim(
          left: json["strip_left"]?.bool ?? true, right: json["strip_right"]?.bool ?? true)
      ]
    case "Replace":
      steps = [
        .replace(
          try TextPattern(json["pattern"], fault),
          with: Array((json["content"]?.text ?? "").unicodeScalars))
      ]
    case "Prepend": steps = [.prepend(Array((json["prepend"]?.text ?? "").unicodeScalars))]
    case let kind:
      guard let form = Form(rawValue: kind) else {
        throw fault.unsupported("the normalizer \(kind)", known: Self.supported)
      }
      steps = [.form(form)]
    }
  }
}
