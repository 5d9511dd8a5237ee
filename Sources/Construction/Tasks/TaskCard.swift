/// What a task is and where it comes from, in one versioned record.
///
/// The version changes whenever the same files would give other prompts or other right answers.
public struct TaskCard: Sendable, Hashable, Codable {
  /// The name that plans use, such as `mmlu`.
  public let name: String
  /// The name that outcomes use, as the published ones do; subjects follow after a dash.
  public let evalName: String
  /// The version of the prompts that this code makes, from 1.
  public let version: Int
  /// Where the public files are.
  public let source: String
  /// The licence that its authors give it.
  public let licence: String
  /// The paper that introduces it.
  public let citation: String
  /// How many questions the whole split has; nil where that is the user's to say.
  public let size: Int?
  /// The part that is asked.
  public let split: String
  /// How many solved examples stand before each question.
  public let fewShotCount: Int
  /// The name of the scorer that answers are meant for.
  public let scorer: String
  /// The forms of file that are taken, a sentence each.
  public let forms: [String]

  /// A card.
  public init(
    name: String, evalName: String, version: Int = 1, source: String, licence: String,
    citation: String, size: Int?,
    split: String, fewShotCount: Int, scorer: String, forms: [String]
  ) {
    self.name = name
    self.evalName = evalName
    self.version = version
    self.source = source
    self.licence = licence
    self.citation = citation
    self.size = size
    self.split = split
    self.fewShotCount = fewShotCount
    self.scorer = scorer
    self.forms = forms
  }
}
