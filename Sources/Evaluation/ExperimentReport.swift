public import CostQuality

/// What was read, with everything that was left out counted.
public struct DataSummary: Sendable, Hashable, Codable {
  /// A count of cells or rows left out for one task and, where one is to blame, one model.
  public struct Omission: Sendable, Hashable, Codable {
    /// The task.
    public let task: String
    /// The model whose cell was missing; nil for whole rows (duplicates).
    public let model: String?
    /// Why: "missing quality", "missing cost", "duplicate sample_id", "task too small", ...
    public let reason: String
    /// How many rows.
    public let count: Int

    /// Makes an omission.
    public init(task: String, model: String?, reason: String, count: Int) {
      self.task = task
      self.model = model
      self.reason = reason
      self.count = count
    }
  }

  /// The file's name, without its folder.
  public let file: String
  /// The SHA-256 of the file's bytes, in hexadecimal; empty for built-in data.
  public let sha256: String
  /// Rows read.
  public let rows: Int
  /// Prompts that every system was compared on.
  public let compared: Int
  /// Models, in the file's order.
  public let models: [String]
  /// What was left out, and why.
  public let omissions: [Omission]
  /// Faults found while reading, as counted sentences.
  public let faults: [String]

  /// Makes a summary.
  public init(
    file: String, sha256: String, rows: Int, compared: Int, models: [String],
    omissions: [Omission], faults: [String]
  ) {
    self.file = file
    self.sha256 = sha256
    self.rows = rows
    self.compared = compared
    self.models = models
    self.omissions = omissions
    self.faults = faults
  }
}

/// The one value that every output of an evaluation is drawn from.
public struct ExperimentReport: Sendable, Hashable, Codable {
  /// The version of this layout; readers refuse what they do not know.
  public static let currentSchema = 1

  /// The layout's version.
  public let schema: Int
  /// The program's version.
  public let version: String
  /// A heading.
  public let title: String
  /// Sentences that must stand in every output, such as that the data is synthetic.
  public var notices: [String]
  /// What was read.
  public let data: DataSummary
  /// The choices that define the experiment, in order, as the user would spell them.
  public let options: [Option]
  /// What costs are counted in.
  public let axis: CostUnit
  /// One result a task, in the file's order.
  public let tasks: [TaskResult]

  /// One choice, as a name and a value.
  public struct Option: Sendable, Hashable, Codable {
    /// The option's name, without dashes.
    public let name: String
    /// Its value.
    public let value: String

    /// Makes an option.
    public init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  /// Makes a report of the current layout.
  public init(
    version: String, title: String, notices: [String], data: DataSummary, options: [Option],
    axis: CostUnit = .dollars, tasks: [TaskResult]
  ) {
    self.axis = axis
    schema = Self.currentSchema
    self.version = version
    self.title = title
    self.notices = notices
    self.data = data
    self.options = options
    self.tasks = tasks
  }
}
