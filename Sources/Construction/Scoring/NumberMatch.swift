/// 1 where the number that an answer gives is the right one.
///
/// Numbers are compared, not their spellings: "$1,234.50" is 1234.5, "50%" is 50 as well as 0.5, and
/// a fraction is right where it rounds to the decimals of the reference.
public struct NumberMatch: Scorer {
  /// What it does.
  public let card = ScorerCard(
    name: "number",
    summary: "The number that the answer gives equals the right one, however it is written.",
    source: "Cobbe et al., arXiv:2110.14168, compare what follows '####'; the other rules are ours."
  )

  /// A scorer of numbers.
  public init() {}

  /// The worth of an answer to a question with a number for its reference.
  public func score(_ answer: GivenAnswer, item: PromptItem) -> Score {
    guard let text = item.reference?.number,
      let right = NumberScanner.tokens(in: NumberNotation.plain(text)).first
    else { return .wrongReference(item, scorer: card.name, needed: "right number") }
    let extraction = NumberExtraction(answer: answer.text, question: item.question)
    guard let finding = extraction.find() else { return .right(false, .none) }
    return .right(
      finding.token.map { NumberMatch.equals($0, right, written: text) } ?? false,
      Extraction(rule: finding.rule, text: finding.text))
  }

  static func equals(_ found: NumberToken, _ right: NumberToken, written: String) -> Bool {
    guard let value = right.values.first else { return false }
    if right.values.contains(where: found.stands) { return true }
    guard found.isFraction, let share = found.values.first else { return false }
    let decimals =
      written.split(separator: ".").dropFirst().first?.prefix { $0.isNumber }.count ?? 0
    // Two decimals or more are a rounded fraction; fewer are meant as they stand.
    guard decimals >= 2 else { return false }
    var half = 0.5
    for _ in 0..<decimals { half /= 10 }
    return abs(share - value) <= half
  }
}
