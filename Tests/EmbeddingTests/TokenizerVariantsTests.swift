import Foundation
import Testing

@testable import Embedding

/// Parts of a `tokenizer.json` laid over a whole one; `Fixtures/make_tokenizer_variants.py` made them.
struct TokenizerVariants {
  let texts: [String]
  /// Each variant's name, its whole file, and the tokens of each text by the original program.
  let variants: [(name: String, file: Data, ids: [[Int32]])]

  init() throws {
    let fixtures = TinyModel.folder("")
    let pairs = try Data(contentsOf: fixtures.appendingPathComponent("tiny-roberta/tokenizer.json"))
    let whole = try #require(
      ModelJSON(Data(contentsOf: fixtures.appendingPathComponent("tokenizer-variants.json"))))
    let bases = ["words": whole["words"], "pairs": ModelJSON(pairs)]
    texts = (whole["texts"]?.items ?? []).compactMap(\.text)
    variants = try (whole["variants"]?.items ?? []).map { variant in
      let base = try #require(bases[variant["base"]?.text ?? ""] ?? nil)
      return (
        try #require(variant["name"]?.text),
        Data(Self.laid(variant["parts"], over: base).written.utf8),
        (variant["ids"]?.items ?? []).map { ($0.items ?? []).compactMap(\.token) }
      )
    }
  }

  private static func laid(_ parts: ModelJSON?, over base: ModelJSON) -> ModelJSON {
    var members = base.members ?? []
    for part in parts?.members ?? [] where part.key != "model" { members.append(part) }
    guard let model = parts?["model"] else { return .object(members) }
    var whole = (base["model"] ?? .null).replacing(model)
    if model["merges"]?.text != nil {
      let merges = (base["model"]?["merges"]?.items ?? []).map { pair in
        ModelJSON.text((pair.items ?? []).compactMap(\.text).joined(separator: " "))
      }
      whole = whole.replacing(.object([ModelJSON.Member(key: "merges", value: .list(merges))]))
    }
    let kept = (whole.members ?? []).reversed().filter { !$0.value.isNull }
    members.append(ModelJSON.Member(key: "model", value: .object(Array(kept.reversed()))))
    return .object(members)
  }
}

@Suite("Variants of tokenizer.json against what the original program gives")
struct TokenizerVariantsTests {
  @Test("every variant's tokens are equal for every text")
  func golden() throws {
    let table = try TokenizerVariants()
    #expect(table.variants.count > 100)
    for (name, file, ids) in table.variants {
      let tokenizer = try TokenPipeline(tokenizerJSON: file, path: "t.json")
      for (text, expected) in zip(table.texts, ids) {
        let found = tokenizer.tokens(of: text, limit: .max)
        #expect(found == expected, "\(name): \(text.debugDescription.prefix(60))")
        // A limit keeps the start, or the end, between the same first and last tokens.
        let limit = tokenizer.endCount + 2
        let (first, last) = (tokenizer.ends.first, tokenizer.ends.last)
        let inner = expected.dropFirst(first.count).dropLast(last.count)
        #expect(tokenizer.tokens(of: text, limit: limit) == first + inner.prefix(2) + last)
        #expect(
          tokenizer.tokens(of: text, limit: limit, keepsEnd: true) == first + inner.suffix(2) + last
        )
      }
    }
  }

  @Test("no mutation of a variant crashes the reader")
  func mutations() throws {
    let table = try TokenizerVariants()
    let chosen = ["sequence of three", "split Isolated", "template with several", "word level"]
    for (name, file, _) in table.variants where chosen.contains(name) {
      mutate(Array(file), times: 400) { bytes in
        let read = try? TokenPipeline(tokenizerJSON: Data(bytes), path: "t.json")
        for text in ["é the [SEP] 12 ab", "", "\u{0}\u{301}"] {
          _ = read?.tokens(of: text, limit: 6)
        }
      }
    }
  }
}
