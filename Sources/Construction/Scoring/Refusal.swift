/// Why an answer does without answering: a label beside its score, never a score.
///
/// - Source: Appendix C of arXiv:2403.12031 tells two kinds apart, models that find the context
///   insufficient and models that avoid what they are not certain of; declining on principle is ours.
public enum Refusal: String, Sendable, Hashable, CaseIterable {
  /// It says that it lacks information, or does not understand: "there is not enough context".
  case insufficientContext = "insufficient-context"
  /// It says that it is not sure, or cannot tell: "I am not sure about this".
  case uncertainty
  /// It says that it must not or will not: "I can't help with that".
  case declined

  /// The kind of refusal that an answer opens with; `nil` if it answers.
  ///
  /// Only its first two sentences count: what follows an answer, such as "I am not sure, though", is
  /// no refusal. Doubt voiced in thinking is none either.
  public static func kind(of answer: String) -> Refusal? {
    let opening = GivenAnswer(answer).text.replacing("’", with: "'").drop { !$0.isLetter }.prefix(
      400)
    guard opening.contains(where: { $0 == "I" || $0 == "i" || $0 == "a" || $0 == "o" }) else {
      return nil
    }
    let sentences = opening.split(maxSplits: 2) { ".!?\n".contains($0) }.prefix(2)
    let text = sentences.joined(separator: ". ").lowercased()
    if text.firstMatch(of: declining) != nil { return .declined }
    if text.firstMatch(of: lacking) != nil { return .insufficientContext }
    return text.firstMatch(of: doubting) != nil ? .uncertainty : nil
  }

  private static var declining: Regex<Substring> {
    /\bi(?:'m| am)? (?:cannot|can't|can not|won't|will not|(?:am |'m )?(?:un|not )able to|not comfortable|must decline|have to decline|should not|shouldn't)(?: \w+)?(?: to)? (?:help|assist|comply|engage|discuss|fulfil\w*|provide (?:that|this|advice|assistance)|answer (?:that|this|such)|participate|support|create|generate|write|do that)|\b(?:against|violates?) (?:my|our|the) (?:\w+ )?(?:guidelines|programming|polic|principles)|\bi (?:must|have to) (?:respectfully )?decline|\bas an ai\b[^.]{0,60}\b(?:cannot|can't|not able|unable|do not|don't)\b/
  }

  private static var lacking: Regex<Substring> {
    /\b(?:i|we) (?:do not|don't|did not|didn't|lack) (?:\w+ )?(?:have |see |find |understand|enough|sufficient|any |access|the (?:necessary )?(?:context|information))|\b(?:not|isn't|lacks?|without|in)\s?(?:provide |contain |have |given |enough |sufficient )+(?:context|information|details?|data)|\b(?:insufficient|not enough|no) (?:context|information|detail)|\b(?:unclear|missing) (?:what|which|context|information)|\b(?:question|prompt|passage|context|text|information)(?: \w+){0,3} (?:is|seems|appears) (?:to be )?(?:incomplete|unclear|missing|insufficient|ambiguous)/
  }

  private static var doubting: Regex<Substring> {
    /\bi(?:'m| am) (?:not|un)\s?(?:\w+ )?(?:sure|certain)|\bi (?:do not|don't|can't|cannot|could not|couldn't) (?:\w+ )?(?:know|determine|say|tell|answer|decide|choose|select|infer|identify|make a)|\b(?:it is|it's) (?:impossible|not possible|difficult|hard) to (?:\w+ )?(?:know|determine|say|tell|answer|decide)|\b(?:cannot|can't|could not|not possible to) be (?:determined|answered)|\bunable to (?:determine|answer|say|choose|select)|\bno (?:clear|definitive|way to)/
  }
}
