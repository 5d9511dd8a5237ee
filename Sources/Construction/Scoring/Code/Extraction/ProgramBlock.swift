/// A part of an answer that may be a program or a piece of one.
struct ProgramBlock {
  /// The rule that found it.
  let rule: String
  /// The word behind an opening fence, in lower case; empty if there is none.
  var language = ""
  /// Whether its end is marked.
  var isClosed = true
  let text: String
  let outline: PythonOutline

  init(rule: String, language: String = "", isClosed: Bool = true, lines: [Substring]) {
    self.rule = rule
    self.language = language
    self.isClosed = isClosed
    text = PythonCleaning.cleaned(lines).joined(separator: "\n")
    outline = PythonOutline(text)
  }

  /// The same code without the prompts of a session, and without what the session printed.
  var withoutPrompts: ProgramBlock? {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let said = lines.compactMap { line -> Substring? in
      for prompt in [">>> ", "... "] where line.hasPrefix(prompt) { return line.dropFirst(4) }
      return line == ">>>" || line == "..." ? "" : nil
    }
    return said.isEmpty
      ? nil : ProgramBlock(rule: "session", language: language, isClosed: isClosed, lines: said)
  }

  /// Whether it may be Python by the word behind its fence.
  var mayBePython: Bool {
    language.isEmpty || language.hasPrefix("py") || language.hasPrefix("ipy")
      || ["code", "sage", "tool_code", "text", "txt", "plaintext"].contains(language)
  }

  /// Whether it comes to an end, as one that was cut off seldom does.
  var isComplete: Bool {
    if isClosed { return true }
    var depth = 0
    var quotes: UInt8?
    var last: PythonTokens.Token?
    for line in text.split(separator: "\n") {
      let tokens = PythonTokens(line, within: quotes)
      quotes = tokens.openQuotes
      for token in tokens.tokens {
        if case .sign(let sign) = token {
          if "([{".utf8.contains(sign) { depth += 1 }
          if ")]}".utf8.contains(sign) { depth -= 1 }
        }
      }
      last = tokens.tokens.last ?? last
    }
    guard depth == 0, quotes == nil else { return false }
    switch last {
    case .sign(let sign): return ")]}.".utf8.contains(sign)
    case .word(let word):
      return !PythonWords.keywords.contains(word)
        || ["return", "pass", "break", "continue", "True", "False", "None"].contains(word)
    default: return true
    }
  }
}
