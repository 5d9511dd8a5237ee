/// Writes a prompt's words: the topic chooses the nouns, the difficulty the qualifiers and clauses.
struct StandInWriter {
  var generator: StandInGenerator
  let topic: StandInTopic
  let level: Int
  let subject: String

  private static let qualifiers = [
    ["simple", "common", "familiar", "everyday", "plain", "small", "usual", "well-known"],
    ["ordinary", "typical", "standard", "regular", "basic", "frequent", "normal", "general"],
    ["particular", "notable", "specific", "moderate", "distinct", "relevant", "mixed", "relative"],
    [
      "intricate", "indirect", "competing", "nested", "uncommon", "conditional", "subtle",
      "partial",
    ],
    [
      "asymptotic", "counterfactual", "degenerate", "paradoxical", "idiosyncratic", "recursive",
      "heterogeneous", "non-trivial",
    ],
  ]
  private static let clauses = [
    ["right away", "at first sight", "in one step", "as everyone knows"],
    ["in most cases", "as a rule", "by and large", "as usual"],
    [
      "when two of them are compared", "once it has been measured", "if nothing else changes",
      "given what was said before",
    ],
    [
      "unless an earlier exception applies", "although the evidence points both ways",
      "assuming that only one premise is dropped", "after every case has been ruled out in turn",
    ],
    [
      "provided that none of the preceding conditions holds simultaneously",
      "notwithstanding an unstated assumption about its limiting behaviour",
      "whenever the converse fails but its contrapositive does not",
      "even where the usual approximation breaks down at second order",
    ],
  ]
  private static let names = [
    "Ada", "Ben", "Chidi", "Dana", "Emil", "Farah", "Grace", "Hugo", "Ines", "Jonas", "Kira",
    "Liam",
    "Mona", "Nils", "Olga", "Pavel", "Quinn", "Rosa", "Sami", "Tara", "Umar", "Vera", "Wendell",
    "Yuki",
  ]

  private mutating func noun() -> String { generator.pick(topic.nouns) }
  private mutating func verb() -> String { generator.pick(topic.verbs) }
  private mutating func qualifier() -> String { generator.pick(Self.qualifiers[level]) }
  private mutating func clause() -> String { generator.pick(Self.clauses[level]) }
  private mutating func thing() -> String { "\(qualifier()) \(noun())" }

  /// As many clauses as the level asks for.
  private mutating func clauses() -> String {
    var parts: [String] = []
    while parts.count <= level / 2 {
      let next = clause()
      if !parts.contains(next) { parts.append(next) }
    }
    return parts.joined(separator: " and ")
  }

  private mutating func choices(_ letters: [String], _ choice: (inout Self) -> String) -> String {
    letters.map { "\($0)) \(choice(&self))" }.joined(separator: "\n")
  }

  /// The turns of one prompt.
  mutating func turns(of task: StandInTask) -> [String] {
    let turns =
      switch task {
      case .mmlu: [knowledge()]
      case .mtBench: conversation()
      case .mbpp: [program()]
      case .hellaswag: [story()]
      case .winogrande: [pronoun()]
      case .gsm8k: [sum()]
      case .arc: [science()]
      }
    return turns.map { $0.replacing(/\ba ([aeio]|unc)/) { "an \($0.output.1)" } }
  }

  private static let four = ["A", "B", "C", "D"]
  private static let printOne =
    "Print only a single choice from \"A\" or \"B\" or \"C\" or \"D\" without explanation."

  private mutating func knowledge() -> String {
    """
    Please answer with the letter of the correct answer.

    In \(subject), which statement about the \(thing()) and the \(noun()) is true \(clauses())?
    \(choices(Self.four) { "They \($0.verb()) the \($0.thing())." })
    \(Self.printOne) Answer:
    """
  }

  private mutating func science() -> String {
    let name = generator.pick(Self.names)
    return """
      \(name) observes that a \(thing()) can \(verb()) a \(noun()) \(clauses()). What explains it best?
      \(choices(Self.four) { "the \($0.thing())" })
      \(Self.printOne)
      Answer:
      """
  }

  private mutating func story() -> String {
    let name = generator.pick(Self.names)
    return """
      \(name) is seen with a \(thing()) and begins to \(verb()) the \(noun()) \(clauses()). next, \(name)
      \(choices(Self.four) { "starts to \($0.verb()) the \($0.thing())." })
      \(Self.printOne)
      Answer:
      """
  }

  private mutating func pronoun() -> String {
    let first = generator.pick(Self.names)
    var second = generator.pick(Self.names)
    while second == first { second = generator.pick(Self.names) }
    return """
      \(first) wanted to \(verb()) the \(thing()) but \(second) kept the \(noun()), \(clauses()), \
      because _ was \(generator.pick(topic.verbs))ing the \(noun()).
      A) \(first)
      B) \(second)
      Print only a single choice from "A" or "B" without explanation. Answer:
      """
  }

  private mutating func sum() -> String {
    let name = generator.pick(Self.names)
    var sentences = [
      "\(name) has \(2 + generator.below(97)) \(qualifier()) \(noun())s and \(2 + generator.below(48)) "
        + "\(noun())s."
    ]
    for _ in 0...level {
      let step = generator.pick(["gives away", "buys", "loses", "doubles all but", "shares out"])
      sentences.append("Then \(name) \(step) \(2 + generator.below(31)) \(noun())s \(clause()).")
    }
    sentences.append("How many \(noun())s does \(name) have now?")
    return sentences.joined(separator: " ")
  }

  private mutating func program() -> String {
    "Write a function to \(verb()) the \(thing()) of a given \(noun()) \(clauses()), "
      + "and return the \(thing())."
  }

  private mutating func conversation() -> [String] {
    [
      "For a reader interested in \(subject), \(verb()) a \(thing()) about a \(noun()), \(clauses()).",
      "Now \(verb()) your answer with the \(thing()) in mind, \(clause()).",
    ]
  }
}
