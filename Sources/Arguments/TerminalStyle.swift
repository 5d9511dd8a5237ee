public import Foundation

/// Whether text may be coloured.
public struct TerminalStyle: Hashable, Sendable {
  /// Whether escape codes are written.
  public let isColored: Bool

  /// Text with or without escape codes.
  public init(isColored: Bool) { self.isColored = isColored }

  /// No escape codes.
  public static let plain = TerminalStyle(isColored: false)

  /// Colour where the stream is a terminal, NO_COLOR is unset or empty, and TERM is not `dumb`.
  public static func of(
    _ stream: FileHandle,
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) -> TerminalStyle {
    allows(environment: environment, isTerminal: isatty(stream.fileDescriptor) == 1)
  }

  /// The rule alone, for a stream that is or is not a terminal.
  public static func allows(environment: [String: String], isTerminal: Bool) -> TerminalStyle {
    let refused = !(environment["NO_COLOR"] ?? "").isEmpty || environment["TERM"] == "dumb"
    return TerminalStyle(isColored: isTerminal && !refused)
  }

  /// Bold text.
  public func bold(_ text: String) -> String { wrapped(text, "1") }
  /// Text for mistakes.
  public func red(_ text: String) -> String { wrapped(text, "31") }
  /// Text for warnings.
  public func yellow(_ text: String) -> String { wrapped(text, "33") }
  /// Text of less weight.
  public func dim(_ text: String) -> String { wrapped(text, "2") }

  private func wrapped(_ text: String, _ code: String) -> String {
    isColored ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }
}
