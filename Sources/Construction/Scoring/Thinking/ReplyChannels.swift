import Foundation

/// Replies that put thinking and answer into parts of their own, told apart by more than a tag.
enum ReplyChannels {
  /// The part that is the answer; `nil` if a reply has no such parts, and empty if the answer is missing.
  static func answer(in reply: String) -> String? {
    (harmony(reply) ?? bareHarmony(reply) ?? phrases(reply))?
      .trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// `<|channel|>analysis<|message|>...<|channel|>final<|message|>...`, as gpt-oss writes it.
  private static func harmony(_ reply: String) -> String? {
    guard reply.contains("<|channel|>") else { return nil }
    let isWhole =
      reply.prefixMatch(of: /\s*<\|(?:channel|start|message)\|>/) != nil
      || reply.contains("<|channel|>final")
    guard isWhole else { return nil }
    var final: Substring = ""
    for part in reply.split(separator: "<|channel|>", omittingEmptySubsequences: false).dropFirst()
    {
      guard let message = part.firstRange(of: "<|message|>"),
        part[..<message.lowerBound].trimmingCharacters(in: .whitespaces).hasPrefix("final")
      else { continue }
      final = part[message.upperBound...]
    }
    let end = ["<|end|>", "<|return|>", "<|call|>", "<|start|>"]
      .compactMap { final.firstRange(of: $0)?.lowerBound }.min()
    return String(final[..<(end ?? final.endIndex)])
  }

  /// The same after a decoder that drops the special tokens: `analysis...assistantfinal...`.
  private static func bareHarmony(_ reply: String) -> String? {
    let text = reply.drop { $0.isWhitespace }
    guard text.hasPrefix("analysis") else { return nil }
    if let final = text.ranges(of: "assistantfinal").last {
      return String(text[final.upperBound...])
    }
    return text.dropFirst("analysis".count).first.map(\.isUppercase) ?? false ? "" : nil
  }

  private static let spoken = [
    (start: "Thinking...", end: "...done thinking."),
    (start: "Here is my thought process:", end: "Here is my response:"),
    (start: "Here's my thought process:", end: "Here's my response:"),
  ]

  /// The sentences by which Ollama's terminal and Granite part the two; both have to be there.
  private static func phrases(_ reply: String) -> String? {
    let text = reply.drop { $0.isWhitespace }
    for (start, end) in spoken where text.hasPrefix(start) {
      if let found = text.firstRange(of: end) { return String(text[found.upperBound...]) }
    }
    return nil
  }
}
