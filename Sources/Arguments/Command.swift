/// A command as data: its options, operands, commands below it, and examples.
///
/// The parser, the help and the completions of three shells are all made from this one value, so
/// they cannot disagree.
public struct Command: Hashable, Sendable {
  /// A call worth showing, with a sentence that says what it does.
  public struct Example: Hashable, Sendable {
    /// What it does.
    public let summary: String
    /// The line to type.
    public let line: String

    /// An example.
    public init(_ summary: String, _ line: String) {
      self.summary = summary
      self.line = line
    }
  }

  /// The word that calls it.
  public let name: String
  /// What it does, in one sentence.
  public let summary: String
  /// More about it, paragraph by paragraph.
  public let discussion: [String]
  /// Its operands, in order.
  public let operands: [Operand]
  /// Its options; `--help` is added by itself.
  public let options: [CommandOption]
  /// The commands below it.
  public let commands: [Command]
  /// Calls worth showing.
  public let examples: [Example]
  /// What `--version` prints; nil where there is no such option.
  public let version: String?

  /// A command.
  ///
  /// - Precondition: a command with commands below it has no operands, and no name occurs twice.
  public init(
    _ name: String, summary: String, discussion: [String] = [], operands: [Operand] = [],
    options: [CommandOption] = [], commands: [Command] = [], examples: [Example] = [],
    version: String? = nil
  ) {
    precondition(
      commands.isEmpty || operands.isEmpty,
      "'\(name)' has commands below it, so its operands could not be told from them.")
    self.name = name
    self.summary = summary
    self.discussion = discussion
    self.operands = operands
    self.options = options + [.help] + (version == nil ? [] : [.version])
    self.commands = commands
    self.examples = examples
    self.version = version
    let spellings = self.options.flatMap(\.spellings)
    precondition(Set(spellings).count == spellings.count, "'\(name)' has an option twice.")
  }

  func command(named name: String) -> Command? { commands.first { $0.name == name } }

  func option(long name: String) -> CommandOption? { options.first { $0.name == name } }

  func option(short letter: Character) -> CommandOption? { options.first { $0.short == letter } }

  /// This command and all below it, each with the words that lead to it.
  func walk(from parents: [String] = []) -> [(path: [String], command: Command)] {
    let path = parents + [name]
    return [(path, self)] + commands.flatMap { $0.walk(from: path) }
  }
}
