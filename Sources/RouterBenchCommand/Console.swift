import Arguments
import Foundation
import Synchronization
import Words

/// What a person sees while a command runs: results on standard output, remarks on standard error.
///
/// Both go out line by line, and a line is made inert here: whatever names and messages of others it holds,
/// no terminal acts on it and it stays one line. Pipes get the same bytes as terminals.
struct Console: Sendable {
  /// Whether remarks and progress are left out.
  let isQuiet: Bool

  init(_ invocation: Invocation) {
    isQuiet = invocation.has("quiet")
  }

  /// Options that every command with a console has.
  static let options: [CommandOption] = [
    .flag("quiet", short: "q", summary: "Show no progress and no remarks.", section: "OUTPUT")
  ]

  /// Enough for any honest line; the middle of a longer one is left out.
  private static let longest = 8000

  /// Why a result was lost; 0 if none was.
  private static let lost = Mutex<Int32>(0)

  /// A result of one line.
  static func print(_ line: String) { print(lines: [line]) }

  /// A result of several lines.
  static func print(lines: [String]) {
    print(own: lines.map { inert($0) + "\n" }.joined())
  }

  /// A result as JSON: what a terminal could act on is escaped, which any reader of JSON undoes.
  static func print(json: String) { print(own: JSONText.inert(json)) }

  /// Text of this program alone, such as its help; a broken pipe ends the output, not the program.
  /// Whatever else goes wrong is kept for `requireOutput`.
  static func print(own text: String) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes {
        Foundation.write(STDOUT_FILENO, $0.baseAddress, $0.count)
      }
      if count >= 0 {
        bytes = bytes.dropFirst(count)
      } else if errno != EINTR {
        let code = errno
        // A terminal that hung up is a reader that left, too.
        let isGone = code == EPIPE || code == EIO && Interruption.number == SIGHUP
        lost.withLock { $0 = $0 == 0 ? (isGone ? EPIPE : code) : $0 }
        return
      }
    }
  }

  /// Whether nobody reads the results any more.
  static var isLeft: Bool { lost.withLock { $0 } == EPIPE }

  /// A line as it is shown. One that pretends to be a mistake or a warning is marked as quoted.
  private static func inert(_ line: String) -> String {
    let text = PlainText.short(line, limit: longest)
    let start = text.drop { $0 == " " }.prefix(8).lowercased()
    return start.hasPrefix("error:") || start.hasPrefix("warning:") ? "> " + text : text
  }

  /// Refuses to call done what could not be written.
  static func requireOutput() throws(CommandError) {
    let code = lost.withLock { $0 }
    guard code != 0, code != EPIPE else { return }
    throw CommandError(
      "Cannot write to standard output: \(String(cString: strerror(code))); what was printed is "
        + "not whole.")
  }

  /// A mistake, always shown.
  static func fail(_ sentence: String, hint: String?) {
    let style = TerminalStyle.of(.standardError)
    var text = style.red("error:") + " \(PlainText.short(sentence, limit: longest))\n"
    if let hint { text += style.dim(PlainText.short(hint, limit: longest)) + "\n" }
    draw(text)
  }

  /// A remark.
  func note(_ sentence: String) {
    if !isQuiet { Self.remark(sentence) }
  }

  /// A remark that should not be missed.
  func warn(_ sentence: String) {
    if isQuiet { return }
    let start = TerminalStyle.of(.standardError).yellow("warning:")
    Self.draw(start + " \(PlainText.short(sentence, limit: Self.longest))\n")
  }

  /// A line on standard error.
  static func remark(_ line: String) { draw(inert(line) + "\n") }

  /// Starts to show the progress of some work.
  func progress(_ label: String) -> Progress { Progress(label, isShown: !isQuiet) }

  /// The columns of the terminal that standard output is, or 100 elsewhere.
  static var width: Int {
    var size = winsize()
    guard isatty(STDOUT_FILENO) == 1, ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0,
      size.ws_col > 0
    else { return 100 }
    return Int(size.ws_col)
  }

  /// Text for standard error in which all that comes from outside is inert already.
  static func draw(_ text: String) {
    try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
  }
}
