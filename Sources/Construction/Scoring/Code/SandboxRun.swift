/// What became of a program in the sandbox.
struct SandboxRun: Sendable, Hashable {
  enum Ending: Sendable, Hashable, CustomStringConvertible {
    case exited(Int32)
    case signalled(Int32)
    /// It was killed because its time was over.
    case outOfTime
    /// It was killed because it printed too much.
    case tooMuchOutput

    var description: String {
      switch self {
      case .exited(let code): "it ended with \(code)"
      case .signalled(let number): "it was ended by signal \(number)"
      case .outOfTime: "it took too long"
      case .tooMuchOutput: "it printed too much"
      }
    }
  }

  let ending: Ending
  /// What came through the channel of its own.
  let verdict: [UInt8]
}
