/// What a prompt can be about: a name and the words that go with it.
struct StandInTopic: Sendable {
  let name: String
  let nouns: [String]
  let verbs: [String]

  init(_ name: String, _ nouns: String, _ verbs: String) {
    self.name = name
    self.nouns = nouns.split(separator: " ").map(String.init)
    self.verbs = verbs.split(separator: " ").map(String.init)
  }

  /// The topics of a task.
  static func topics(of task: StandInTask) -> [StandInTopic] {
    switch task {
    case .mmlu: fields
    case .mtBench: conversations
    case .mbpp: programs
    case .hellaswag: scenes
    case .winogrande: relations
    case .gsm8k: errands
    case .arc: sciences
    }
  }

  private static let fields = [
    StandInTopic(
      "mathematics", "polynomial group matrix integral proof vector prime graph ring limit",
      "bound map generate divide"),
    StandInTopic(
      "physics", "photon field lens pendulum circuit momentum wave charge orbit entropy",
      "accelerate reflect attract conserve"),
    StandInTopic(
      "chemistry", "molecule acid catalyst isotope solvent bond ion polymer electron buffer",
      "oxidise dissolve bind reduce"),
    StandInTopic(
      "biology", "cell enzyme gene membrane virus protein species tissue mutation receptor",
      "express inhibit replicate secrete"),
    StandInTopic(
      "medicine", "patient artery dose symptom lesion nerve infection diagnosis kidney therapy",
      "treat obstruct relieve aggravate"),
    StandInTopic(
      "law", "contract tort statute defendant clause court evidence treaty remedy jurisdiction",
      "void enforce overrule bar"),
    StandInTopic(
      "history", "empire treaty revolt dynasty trade reform church colony parliament harvest",
      "weaken abolish expand provoke"),
    StandInTopic(
      "economics", "market price tariff budget demand asset inflation ledger subsidy wage",
      "raise offset equal distort"),
    StandInTopic(
      "computing", "cache pointer stack compiler packet register loop hash thread kernel",
      "index allocate encrypt schedule"),
    StandInTopic(
      "philosophy", "argument premise duty virtue belief paradox god soul norm fallacy",
      "entail refute justify presuppose"),
    StandInTopic(
      "psychology", "memory stimulus child motive trait emotion habit group therapy attention",
      "reinforce predict suppress recall"),
    StandInTopic(
      "society", "nation vote family media river border alliance city campaign religion",
      "influence unite divide regulate"),
  ]
  private static let conversations = [
    StandInTopic("writing", "story email poem review speech essay", "draft rewrite shorten open"),
    StandInTopic(
      "roleplay", "detective teacher robot pirate doctor king", "play question answer meet"),
    StandInTopic("reasoning", "puzzle riddle race seat claim clue", "solve check explain order"),
    StandInTopic(
      "maths", "equation probability triangle root ratio series", "compute prove simplify sum"),
    StandInTopic(
      "coding", "program parser server tree test query", "implement debug optimise port"),
    StandInTopic("extraction", "table report name date figure quote", "extract list label count"),
    StandInTopic(
      "science", "star engine cell alloy current climate", "describe compare model test"),
    StandInTopic(
      "humanities", "novel theory law culture economy war", "discuss contrast judge place"),
  ]
  private static let programs = [
    StandInTopic(
      "strings", "string word vowel substring character suffix", "reverse split match replace"),
    StandInTopic("lists", "list tuple element sublist index pair", "sort filter merge rotate"),
    StandInTopic(
      "numbers", "number digit divisor prime factorial power", "sum multiply round convert"),
    StandInTopic(
      "mappings", "dictionary key value record set counter", "group invert count update"),
    StandInTopic(
      "geometry", "cylinder triangle polygon cube circle point", "measure rotate scale locate"),
    StandInTopic(
      "sequences", "sequence path matrix subarray heap permutation", "find minimise search walk"),
  ]
  private static let scenes = [
    StandInTopic("sports", "ball racket goal team pole track", "throw hit jump catch"),
    StandInTopic("cooking", "dough pan knife onion oven sauce", "stir chop fry pour"),
    StandInTopic("grooming", "hair brush razor towel nail mirror", "comb rinse trim dry"),
    StandInTopic("gardening", "lawn hedge spade leaf mower seed", "rake dig plant water"),
    StandInTopic("music", "guitar drum violin stage bow microphone", "play tune strum lift"),
    StandInTopic("repair", "wheel screw roof drill paint engine", "remove fasten sand replace"),
    StandInTopic("animals", "dog horse leash rider calf brush", "walk feed wash lead"),
    StandInTopic("howto", "form friend plan letter budget habit", "choose write avoid prepare"),
  ]
  private static let relations = [
    StandInTopic("size", "box shelf suitcase jacket door table", "fit lift fill fold"),
    StandInTopic("feeling", "party film argument gift exam rumour", "enjoy fear regret ignore"),
    StandInTopic("skill", "piano recipe bicycle puzzle language tent", "learn teach build mend"),
    StandInTopic("possession", "car house watch painting loan ticket", "sell lend buy return"),
    StandInTopic("health", "tooth knee diet cough rash sleep", "treat heal check rest"),
  ]
  private static let errands = [
    StandInTopic("shopping", "apple ticket coin shirt candle loaf", "buy sell"),
    StandInTopic("farm", "hen egg cow bale goat acre", "feed sell"),
    StandInTopic("school", "pencil book page pupil sticker lesson", "share read"),
    StandInTopic("travel", "mile stop passenger seat tunnel litre", "drive pass"),
    StandInTopic("work", "shift dollar crate order client invoice", "earn pay"),
    StandInTopic("garden", "rose seed tree pot row tulip", "plant pick"),
  ]
  private static let sciences = [
    StandInTopic("forces", "magnet ramp cart spring pulley lever", "push lift slow stop"),
    StandInTopic("earth", "rock volcano glacier soil river fossil", "erode cool bury move"),
    StandInTopic("life", "plant insect bird seed predator food", "eat pollinate shelter warm"),
    StandInTopic("matter", "ice metal gas mixture salt flame", "melt heat dissolve change"),
    StandInTopic("space", "moon planet shadow tide star season", "orbit reflect cause light"),
    StandInTopic(
      "inquiry", "graph sample thermometer trial balance record", "measure test compare repeat"),
  ]

  /// The 57 subjects of MMLU, each with its field.
  static let subjects: [(name: String, topic: Int)] = [
    (0, "abstract-algebra college-mathematics elementary-mathematics formal-logic"),
    (0, "high-school-mathematics high-school-statistics econometrics"),
    (1, "astronomy college-physics conceptual-physics electrical-engineering high-school-physics"),
    (2, "college-chemistry high-school-chemistry"),
    (3, "college-biology high-school-biology medical-genetics virology"),
    (4, "anatomy clinical-knowledge college-medicine human-aging nutrition professional-medicine"),
    (5, "business-ethics international-law jurisprudence professional-law"),
    (6, "high-school-european-history high-school-us-history high-school-world-history prehistory"),
    (7, "global-facts high-school-macroeconomics high-school-microeconomics management marketing"),
    (7, "professional-accounting"),
    (8, "college-computer-science computer-security high-school-computer-science machine-learning"),
    (9, "logical-fallacies moral-disputes moral-scenarios philosophy world-religions"),
    (10, "high-school-psychology human-sexuality professional-psychology miscellaneous"),
    (11, "high-school-geography high-school-government-and-politics public-relations"),
    (11, "security-studies sociology us-foreign-policy"),
  ].flatMap { topic, names in names.split(separator: " ").map { (String($0), topic) } }
}
