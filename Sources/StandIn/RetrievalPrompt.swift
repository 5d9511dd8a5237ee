/// One made-up query of a search assistant, with what lies behind it.
struct RetrievalPrompt: Sendable {
  /// A list literal with one item, as in the published files.
  let text: String
  /// Whether the answer is newer than what models without a search have read.
  let isTimely: Bool
  /// How hard it is, standard normal.
  let difficulty: Double
  /// How long the answers are, standard normal.
  let verbosity: Double

  /// Queries, all different.
  static func prompts(count: Int, seed: UInt64) -> [RetrievalPrompt] {
    var seen = Set<String>()
    return (0..<count).map { row in
      var attempt = 0
      var prompt = RetrievalPrompt(row: row, seed: seed, attempt: attempt)
      while !seen.insert(prompt.text).inserted {
        attempt += 1
        prompt = RetrievalPrompt(row: row, seed: seed, attempt: attempt)
      }
      return prompt
    }
  }

  private init(row: Int, seed: UInt64, attempt: Int) {
    var generator = StandInGenerator(seed, [5, row, attempt])
    difficulty = generator.normal()
    verbosity = generator.normal()
    let subject = Self.subjects[generator.below(Self.subjects.count)]
    let words = Words(
      event: generator.pick(subject.events), role: generator.pick(subject.roles),
      deed: generator.pick(subject.deeds), place: generator.pick(Self.places))
    // The kind stays when words are drawn anew, so that its share does not depend on the count.
    var kind = StandInGenerator(seed, [7, row])
    let draw = kind.uniform()
    isTimely = draw < 0.45
    let query: String
    if isTimely {
      query = Self.timely(words, &generator)
    } else if draw < 0.5 {
      // A date alone does not make a query timely: these were known long before.
      let planned = 2022 + 2 * generator.below(3)
      query = "When was it decided that \(words.place) would host the \(words.event) of \(planned)?"
    } else {
      query = Self.timeless(words, &generator)
    }
    text = StandInPrompt.literal([query])
  }

  private struct Words {
    let event: String
    let role: String
    let deed: String
    let place: String
  }

  private static func timely(_ words: Words, _ generator: inout StandInGenerator) -> String {
    let (event, role, deed, place) = (words.event, words.role, words.deed, words.place)
    let month = generator.pick(["January", "February", "March"])
    return switch generator.below(6) {
    case 0: "Who \(deed) the \(event) in \(place) in 2024?"
    case 1: "What happened at the \(event) of \(place) in \(month) 2024?"
    case 2: "Who is the current \(role) of \(place), as of \(month) 2024?"
    case 3: "What is the latest news about the \(event) in \(place)?"
    case 4: "Which \(role) from \(place) is in the news this week?"
    default: "How did the \(role) of \(place) do at the 2024 \(event)?"
    }
  }

  private static func timeless(_ words: Words, _ generator: inout StandInGenerator) -> String {
    let (event, role, deed, place) = (words.event, words.role, words.deed, words.place)
    let year = 1950 + generator.below(68)
    return switch generator.below(5) {
    case 0: "Who \(deed) the \(event) in \(place) in \(year)?"
    case 1: "Which \(role) of \(place) is best known for the \(event) of \(year)?"
    case 2: "Where did the \(event) first take place, before \(place) in \(year)?"
    case 3: "How long was a \(role) of \(place) in office before the \(event) of \(year)?"
    default: "Why is the \(event) of \(year) in \(place) remembered?"
    }
  }

  /// Sports, history, media and art, politics: what the paper's queries are about.
  private static let subjects: [(events: [String], roles: [String], deeds: [String])] = [
    (
      ["marathon", "football cup", "tennis open", "cycling tour", "chess championship"],
      ["champion", "coach", "captain", "goalkeeper"], ["won", "hosted", "missed"]
    ),
    (
      ["peace conference", "coronation", "revolt", "world fair", "expedition"],
      ["governor", "ambassador", "general", "explorer"], ["opened", "led", "ended"]
    ),
    (
      ["film festival", "book fair", "art biennale", "music awards", "song contest"],
      ["director", "novelist", "curator", "singer"], ["won", "opened", "presented"]
    ),
    (
      ["general election", "budget vote", "climate summit", "referendum", "party congress"],
      ["prime minister", "mayor", "finance minister", "speaker"], ["won", "chaired", "lost"]
    ),
  ]
  private static let places = [
    "Argentina", "Austria", "Brazil", "Canada", "Chile", "Denmark", "Egypt", "Finland", "Ghana",
    "Greece", "India", "Ireland", "Japan", "Kenya", "Malaysia", "Mexico", "Morocco", "Norway",
    "Peru", "Poland", "Portugal", "Romania", "Senegal", "Sweden", "Thailand", "Uruguay",
  ]
}
