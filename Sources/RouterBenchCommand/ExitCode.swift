/// What the command says to the shell when it ends.
enum ExitCode: Int32 {
  /// All went well.
  case done = 0
  /// The data had faults, or anything of it would be left out, and `--strict` was given.
  case faults = 1
  /// It was called wrongly.
  case usage = 2
  /// The input cannot be used.
  case unusable = 3
}
