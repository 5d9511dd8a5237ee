/// What the command says to the shell when it ends.
struct ExitCode: RawRepresentable, Hashable {
  let rawValue: Int32

  /// All went well.
  static let done = ExitCode(rawValue: 0)
  /// The data had faults, or anything of it would be left out, and `--strict` was given.
  static let faults = ExitCode(rawValue: 1)
  /// It was called wrongly.
  static let usage = ExitCode(rawValue: 2)
  /// The input cannot be used.
  static let unusable = ExitCode(rawValue: 3)

  /// It stopped in good order before all was done, since a signal asked it to; as shells count.
  static func stopped(by signal: Int32) -> ExitCode { ExitCode(rawValue: 128 + signal) }
}
