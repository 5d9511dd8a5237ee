/// What an answer is held against.
public enum Reference: Sendable, Hashable {
  /// The label of the right choice.
  case choice(String)
  /// The right number, as its source writes it.
  case number(String)
  /// The right text.
  case text(String)
  /// Texts that are all right.
  case alternatives([String])
  /// An answer to each turn that a judge may hold a model's against.
  case answers([String])
  /// Tests that a program must pass.
  case tests(CodeTests)

  /// The texts of which any is right; nil where it is not text that is right.
  var texts: [String]? {
    switch self {
    case .choice(let text), .number(let text), .text(let text): [text]
    case .alternatives(let texts): texts
    case .answers, .tests: nil
    }
  }

  /// The right number as it is written; nil where it is not one text that is right.
  var number: String? {
    switch self {
    case .number(let text), .text(let text): text
    default: nil
    }
  }

  /// The right answer as outcomes keep it for `true_label`.
  public var label: String {
    switch self {
    case .choice(let text), .number(let text), .text(let text): text
    case .alternatives(let texts): texts.joined(separator: " | ")
    case .answers(let answers): answers.joined(separator: "\n")
    case .tests(let tests): tests.assertions.joined(separator: "\n")
    }
  }
}

extension Reference: Codable {
  private enum Kind: String, CodingKey {
    case choice, number, text, alternatives, answers, tests
  }

  /// Reads `{"choice": "B"}` and its like.
  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: Kind.self)
    guard let kind = fields.allKeys.first, fields.allKeys.count == 1 else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: fields.codingPath, debugDescription: "A reference has one kind."))
    }
    self =
      switch kind {
      case .choice: .choice(try fields.decode(String.self, forKey: kind))
      case .number: .number(try fields.decode(String.self, forKey: kind))
      case .text: .text(try fields.decode(String.self, forKey: kind))
      case .alternatives: .alternatives(try fields.decode([String].self, forKey: kind))
      case .answers: .answers(try fields.decode([String].self, forKey: kind))
      case .tests: .tests(try fields.decode(CodeTests.self, forKey: kind))
      }
  }

  /// Writes `{"choice": "B"}` and its like.
  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: Kind.self)
    switch self {
    case .choice(let text): try fields.encode(text, forKey: .choice)
    case .number(let text): try fields.encode(text, forKey: .number)
    case .text(let text): try fields.encode(text, forKey: .text)
    case .alternatives(let texts): try fields.encode(texts, forKey: .alternatives)
    case .answers(let answers): try fields.encode(answers, forKey: .answers)
    case .tests(let tests): try fields.encode(tests, forKey: .tests)
    }
  }
}
