/// One option of a command: a flag, or a name with a value.
public struct CommandOption: Hashable, Sendable {
  /// The name without its two dashes.
  public let name: String
  /// The one-letter form, if there is one.
  public let short: Character?
  /// What the value is called in the help; nil for a flag.
  public let valueName: String?
  /// What the value is.
  public let kind: ValueKind
  /// What the option does, in one or two sentences.
  public let summary: String
  /// Whether it may be given more than once.
  public let isRepeated: Bool
  /// The heading it is listed under in the help.
  public let section: String

  /// An option that takes a value.
  public init(
    _ name: String, short: Character? = nil, _ valueName: String, _ kind: ValueKind = .text,
    summary: String, isRepeated: Bool = false, section: String = "OPTIONS"
  ) {
    self.name = name
    self.short = short
    self.valueName = valueName
    self.kind = kind
    self.summary = summary
    self.isRepeated = isRepeated
    self.section = section
  }

  private init(flag name: String, short: Character?, summary: String, section: String) {
    self.name = name
    self.short = short
    self.valueName = nil
    self.kind = .text
    self.summary = summary
    self.isRepeated = false
    self.section = section
  }

  /// An option without a value.
  public static func flag(
    _ name: String, short: Character? = nil, summary: String, section: String = "OPTIONS"
  ) -> CommandOption {
    CommandOption(flag: name, short: short, summary: summary, section: section)
  }

  /// Every command has this one.
  static let help = CommandOption.flag("help", short: "h", summary: "Show this help.")
  /// Only the outermost command has this one.
  static let version = CommandOption.flag("version", summary: "Show the version.")

  var isFlag: Bool { valueName == nil }

  /// The ways it can be typed: `-o` and `--out`.
  var spellings: [String] { (short.map { ["-\($0)"] } ?? []) + ["--\(name)"] }
}
