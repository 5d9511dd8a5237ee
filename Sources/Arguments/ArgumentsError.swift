/// A mistake in how a command was called, as one sentence for the person who typed it.
public struct ArgumentsError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What was found, what was needed and what to do.
  public let description: String
  /// The commands down to the one that refused, as typed: `["routerbench", "models", "pull"]`.
  public internal(set) var path: [String]

  /// A sentence about a value that only the command itself can judge.
  public init(_ sentence: String) {
    description = sentence
    path = []
  }

  /// The same sentence, said by the command at a path unless one is known already.
  public func located(at place: [String]) -> ArgumentsError {
    var located = self
    if located.path.isEmpty { located.path = place }
    return located
  }

  static func unknownOption(_ name: String, candidates: [String]) -> ArgumentsError {
    ArgumentsError("There is no option \(name)\(hint(name, among: candidates))")
  }

  static func unknownCommand(_ name: String, of parent: String, candidates: [String])
    -> ArgumentsError
  {
    ArgumentsError("'\(parent)' has no command '\(name)'\(hint(name, among: candidates))")
  }

  static func missingCommand(of parent: String, candidates: [String]) -> ArgumentsError {
    ArgumentsError("'\(parent)' needs a command: \(candidates.joined(separator: ", ")).")
  }

  static func missingValue(_ option: String, _ valueName: String) -> ArgumentsError {
    ArgumentsError("\(option) needs a value: \(option) \(valueName).")
  }

  static func dashValue(_ option: String, _ found: String) -> ArgumentsError {
    ArgumentsError(
      "\(option) needs a value, but '\(found)' looks like an option; "
        + "write \(option)=\(found) if it is the value.")
  }

  static func valueOfFlag(_ option: String, _ value: String) -> ArgumentsError {
    ArgumentsError("\(option) takes no value, but '\(value)' was given; write \(option) alone.")
  }

  static func repeated(_ option: String) -> ArgumentsError {
    ArgumentsError("\(option) was given more than once; give it once.")
  }

  static func missingOperand(_ name: String, summary: String) -> ArgumentsError {
    ArgumentsError("\(name) is missing: \(summary)")
  }

  static func extraOperand(_ found: String, wanted: Int) -> ArgumentsError {
    let needed = wanted == 0 ? "no operands" : wanted == 1 ? "1 operand" : "\(wanted) operands"
    return ArgumentsError("'\(found)' is one operand too many; this command takes \(needed).")
  }

  static func notAValue(_ name: String, _ found: String, needed: String, hint: String = "")
    -> ArgumentsError
  {
    ArgumentsError("\(name) needs \(needed); '\(found)' was given\(hint.isEmpty ? "." : hint)")
  }

  /// `; did you mean X?`, or a full stop when nothing is near.
  static func hint(_ name: String, among candidates: [String]) -> String {
    guard let near = Suggestion.nearest(to: name, among: candidates) else { return "." }
    return "; did you mean '\(near)'?"
  }
}
