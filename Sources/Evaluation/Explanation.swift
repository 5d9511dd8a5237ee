import Foundation

/// Which words and traits of prompts go with a router's decisions, model by model.
///
/// An association is no cause: a word may stand for the topic that decides.
public struct Explanation: Sendable {
  /// How one trait goes with decisions for one model.
  public struct Association: Sendable, Hashable {
    /// The trait: a word in quotation marks, or a property such as "a number".
    public let trait: String
    /// The label of the decision, such as the model's name.
    public let choice: String
    /// Prompts with the trait that got this decision.
    public let chosen: Int
    /// Prompts with the trait.
    public let prompts: Int
    /// The log of the odds of this decision with the trait over those without it.
    public let logOdds: Double
    /// Its interval.
    public let interval: Interval
    /// The probability of counts as uneven as these, were trait and decision independent (Fisher).
    public let pValue: Double
    /// Whether it stands when the error allowed is shared by all associations tried (Bonferroni).
    public let holds: Bool
  }

  /// All associations, for each choice the least likely by chance first.
  public let associations: [Association]
  /// How many associations were tried.
  public let tried: Int
  /// The one decision that all prompts got, with which no trait can go; nil where there are several.
  public let onlyChoice: String?

  /// Compares decisions with the prompts' texts.
  ///
  /// Counts have a half added (Haldane and Anscombe), so that none is 0; the variance of the log odds
  /// is the sum of the counts' reciprocals (Woolf).
  ///
  /// - Parameters:
  ///   - texts: One text a prompt, as the router saw it.
  ///   - choices: One decision a prompt.
  ///   - level: The intervals' confidence.
  ///   - fewest: Traits of fewer prompts, or of all but fewer, are passed over.
  /// - Precondition: As many texts as choices.
  public init(texts: [String], choices: [String], level: Double = 0.95, fewest: Int = 5) {
    precondition(texts.count == choices.count, "An explanation needs one decision a text.")
    var promptsOf: [String: [Int]] = [:]
    let lengths = texts.map(\.count).sorted()
    let median = lengths.isEmpty ? 0 : lengths[lengths.count / 2]
    for (row, text) in texts.enumerated() {
      for trait in Self.traits(of: text, medianLength: median) {
        promptsOf[trait, default: []].append(row)
      }
    }
    let used = promptsOf.filter {
      $0.value.count >= fewest && texts.count - $0.value.count >= fewest
    }.sorted { $0.key < $1.key }
    let labels = Set(choices).sorted()
    onlyChoice = labels.count == 1 ? labels.first : nil
    guard labels.count > 1 else {
      tried = 0
      associations = []
      return
    }
    tried = used.count * labels.count
    let z = Normal.quantile(1 - (1 - level) / 2)
    var counts: [String: Int] = [:]
    for choice in choices { counts[choice, default: 0] += 1 }
    var found: [Association] = []
    for (trait, rows) in used {
      var chosen: [String: Int] = [:]
      for row in rows { chosen[choices[row], default: 0] += 1 }
      for label in labels {
        let here = chosen[label] ?? 0
        let elsewhere = (counts[label] ?? 0) - here
        let table = [
          here, rows.count - here, elsewhere, texts.count - rows.count - elsewhere,
        ].map { Double($0) + 0.5 }
        let logOdds = log(table[0] * table[3] / (table[1] * table[2]))
        let error = table.map { 1 / $0 }.reduce(0, +).squareRoot()
        let p = Self.fisher(
          here, of: rows.count, marked: counts[label] ?? 0, among: texts.count)
        found.append(
          Association(
            trait: trait, choice: label, chosen: here, prompts: rows.count, logOdds: logOdds,
            interval: Interval(lower: logOdds - z * error, upper: logOdds + z * error), pValue: p,
            holds: p * Double(tried) <= 1 - level))
      }
    }
    associations = found.sorted {
      ($0.choice, $0.pValue, $0.trait) < ($1.choice, $1.pValue, $1.trait)
    }
  }

  /// Fisher's exact test, two-sided: all tables no likelier than this one.
  ///
  /// - Parameters:
  ///   - hits: Marked prompts among those with the trait.
  ///   - drawn: Prompts with the trait.
  ///   - marked: Prompts with the decision.
  ///   - count: All prompts.
  static func fisher(_ hits: Int, of drawn: Int, marked: Int, among count: Int) -> Double {
    func logChoose(_ n: Int, _ k: Int) -> Double {
      lgamma(Double(n + 1)) - lgamma(Double(k + 1)) - lgamma(Double(n - k + 1))
    }
    let whole = logChoose(count, drawn)
    func logProbability(_ hits: Int) -> Double {
      logChoose(marked, hits) + logChoose(count - marked, drawn - hits) - whole
    }
    let seen = logProbability(hits)
    var sum = 0.0
    for other in max(0, drawn + marked - count)...min(drawn, marked) {
      let each = logProbability(other)
      if each <= seen + 1e-9 { sum += exp(each) }
    }
    return min(1, sum)
  }

  /// The words of a text, each once, and its properties.
  private static func traits(of text: String, medianLength: Int) -> Set<String> {
    var traits: Set<String> = []
    for word in text.lowercased().split(whereSeparator: { !$0.isLetter && !$0.isNumber }) {
      traits.insert("\"\(word)\"")
    }
    if text.count > medianLength { traits.insert("longer than most") }
    if text.contains(where: \.isNumber) { traits.insert("a number") }
    if text.contains("?") { traits.insert("a question mark") }
    if text.contains("\n") { traits.insert("several lines") }
    if text.unicodeScalars.contains(where: { $0.value > 127 }) {
      traits.insert("letters beyond ASCII")
    }
    return traits
  }
}
