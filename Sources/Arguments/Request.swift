/// What someone asked for on the command line.
public enum Request: Hashable, Sendable {
  /// Run a command with these arguments.
  case run(Invocation)
  /// Show this help.
  case help(HelpText)
  /// Show this version.
  case version(String)
}
