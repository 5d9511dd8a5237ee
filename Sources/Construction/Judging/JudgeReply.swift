import Foundation

/// What a judge said, read out of its words.
enum JudgeReply: Hashable {
  case rating(Double)
  case first, second, neither

  /// The verdict in a judge's reply, thinking aside.
  ///
  /// A line that holds only the verdict goes before one in a sentence, because what else stands between
  /// brackets may be an example or a quote; of two of the same kind the last counts. What is chosen so
  /// decides: if it is no verdict of the method, there is none.
  ///
  /// - Returns: `nil` if there is none, or one that the method does not know.
  init?(_ reply: String, method: JudgeMethod) {
    let text = Self.plain(GivenAnswer(reply).text)
    guard let words = Self.inBrackets(text) ?? Self.inOtherMarks(text) else { return nil }
    self.init(words: words, method: method)
  }

  var word: String {
    switch self {
    case .rating(let rating): rating == rating.rounded() ? String(Int(rating)) : String(rating)
    case .first: "A"
    case .second: "B"
    case .neither: "C"
    }
  }

  private init?(words: Substring, method: JudgeMethod) {
    switch method {
    case .grade(let least, let most):
      guard let rating = Self.rating(words, most: most),
        (Double(least)...Double(most)).contains(rating)
      else { return nil }
      self = .rating(rating)
    case .compare:
      guard let choice = Self.comparison(words) else { return nil }
      self = choice
    }
  }

  /// A rating, alone or with its label or the end of the scale: `8`, `Rating: 8`, `8/10`.
  private static func rating(_ words: Substring, most: Int) -> Double? {
    let form =
      /(?i)\s*(?:(?:the |my |final |overall )*(?:rating|score|grade)\s*(?:is|=|:)?\s*)?([-+]?[0-9]+(?:\.[0-9]+)?)\s*(?:(?:\/|out of)\s*([0-9]+))?\s*(?:points?|stars?)?\s*/
    guard let match = words.wholeMatch(of: form), let rating = Double(match.1) else { return nil }
    if let scale = match.2, Int(scale) != most { return nil }
    return rating
  }

  /// `A`, `Answer B`, `tie`, and Arena-Hard's `A>>B`.
  private static func comparison(_ words: Substring) -> JudgeReply? {
    let form =
      /(?i)\s*(?:(?:the |my |final )*(?:verdict|winner|choice|judge?ment)\s*(?:is|=|:)?\s*)?(?:(?:answer|assistant|response|model|option)\s+)?([ABC])\s*(?:(>>|>|=|<|<<)\s*([AB]))?\s*(?:(?:is|wins?)(?: the)? ?(?:better|best|winner)?)?\s*/
    let bare = words.trimmingCharacters(in: .whitespaces).lowercased()
    if ["tie", "draw", "neither", "equal", "both"].contains(bare) { return .neither }
    guard let match = words.wholeMatch(of: form) else { return nil }
    let left = match.1.uppercased()
    guard let sign = match.2 else {
      return left == "A" ? .first : left == "B" ? .second : .neither
    }
    guard let right = match.3?.uppercased(), left != "C", left != right else { return nil }
    if sign == "=" { return .neither }
    return (left == "A") == sign.hasPrefix(">") ? .first : .second
  }

  /// Text without the marks of Markdown and TeX, with brackets and digits as on an English keyboard.
  private static func plain(_ text: String) -> String {
    var scalars = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\u{FF01}"..."\u{FF5E}": scalars.append(UnicodeScalar(UInt8(scalar.value - 0xFEE0)))
      case "【", "〔": scalars.append("[")
      case "】", "〕": scalars.append("]")
      case "⟦", "〚": scalars += "[[".unicodeScalars
      case "⟧", "〛": scalars += "]]".unicodeScalars
      case "\u{00A0}", "\u{3000}", "\u{2009}", "\u{202F}": scalars.append(" ")
      case "*", "`", "\u{FEFF}", "\u{200B}", "\r": continue
      case "\\": continue
      default: scalars.append(scalar)
      }
    }
    return String(scalars)
  }

  /// The words between the double brackets that count.
  private static func inBrackets(_ text: String) -> Substring? {
    var best: (rank: Int, words: Substring, range: Range<String.Index>)?
    for match in text.matches(of: /\[\[\s*([^\[\]\n]{1,40}?)\s*\]\]/) {
      let rank = rank(of: match.range, in: text)
      if rank >= best?.rank ?? 0 { best = (rank, match.1, match.range) }
    }
    guard let best else { return nil }
    // "[[7]] or [[8]]" is no verdict, and neither is "resulting in a rating of [[9]] or [[10]]".
    if text[best.range.upperBound...].prefix(16).firstMatch(of: /^\s*(?:or|to|\/|-|–)\s*\[\[/)
      != nil
    {
      return nil
    }
    if best.rank == 0,
      text[..<best.range.lowerBound].suffix(16).firstMatch(of: /\]\]\s*(?:or|to|and|\/|-|–)\s*$/)
        != nil
    {
      return nil
    }
    return best.words
  }

  private static func rank(of range: Range<String.Index>, in text: String) -> Int {
    let before =
      text[..<range.lowerBound].split(
        separator: "\n", omittingEmptySubsequences: false
      ).last ?? ""
    let after = text[range.upperBound...].prefix { $0 != "\n" }
    let isLast = after.wholeMatch(of: /(?:\s*(?:\/|out of)\s*[0-9]+)?[\s.!_#}$)]*/) != nil
    if isLast, before.wholeMatch(of: lineLabel) != nil { return 2 }
    return before.firstMatch(of: label) != nil ? 1 : 0
  }

  /// What may stand before a verdict on its line.
  private static var lineLabel: Regex<Substring> {
    /(?i)[\s#>_\-({$]*(?:boxed\{|text\{)?(?:(?:(?:so|thus|therefore|hence|overall|in conclusion|based on this|final|my|the|i|is|would|give|overall|answer|assistant's|it)[\s,:]+)*(?:rating|score|grade|verdict|judge?ment|decision|winner|conclusion|result)?\s*(?:is|of|as)?\s*[:=\-–—>]*\s*)(?:boxed\{)?/
  }

  /// A label right before a verdict within a sentence.
  private static var label: Regex<Substring> {
    /(?i)\b(?:rating|score|grade|verdict|judge?ment|winner)\b(?:\s+is)?\s*[:=]\s*$/
  }

  /// The last verdict in one of the other forms that judges use, each on a line of its own.
  ///
  /// Only where there are no double brackets at all: they are what a judge is asked for.
  private static func inOtherMarks(_ text: String) -> Substring? {
    let forms: [Regex<(Substring, Substring)>] = [
      /(?i)<(?:rating|score|grade|verdict|winner|answer)>\s*([^<>\n]{1,30}?)\s*<\//,
      /(?i)"(?:rating|score|grade|overall_score|overall_rating|verdict|winner)"\s*:\s*"?([^",{}\n]{1,30}?)"?\s*[,}\n]/,
      /(?i)boxed\{\s*([^{}\n]{1,30}?)\s*\}/,
      /(?i)(?:^|\n)[\s#>_\-]*(?:(?:my|the|final|overall)\s+)*(?:rating|score|grade|verdict|winner|judge?ment)(?:\s+is\s*:?|\s*[:=])\s*\[?\s*([^\[\]\n]{1,30}?)\s*\]?[.!]?\s*(?=\n|$)/,
      /(?:^|\n)[\s#>_\-]*\[\s*([^\[\]\n]{1,30}?)\s*\][.!]?\s*(?=\n|$)/,
      /(?i)(?:^|\n)\s*#+\s*(?:rating|score|verdict)\s*:?\s*\n+\s*([^\[\]\n]{1,30}?)\s*(?=\n|$)/,
      /^\s*([0-9.]+\s*(?:\/|out of)\s*[0-9]+)\s*[.!]?\s*$/,
      /(?i)\b(?:rate|rating|score|grade)\b[^.\n\[\]0-9]{0,40}?\b([0-9]+(?:\.[0-9]+)?\s*(?:\/|out of)\s*[0-9]+)/,
    ]
    for form in forms {
      if let match = text.matches(of: form).last { return match.1 }
    }
    return nil
  }
}
