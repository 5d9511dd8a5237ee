import Arguments
import Foundation
import Synchronization

/// What a person sees while a command runs: results on standard output, remarks on standard error.
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

  /// Why a result was lost; 0 where none was.
  private static let lost = Mutex<Int32>(0)

  /// A result; a broken pipe ends the output, not the program. Whatever else goes wrong is kept for
  /// `requireOutput`.
  static func print(_ text: String, terminator: String = "\n") {
    var bytes = Array((text + terminator).utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes {
        Foundation.write(STDOUT_FILENO, $0.baseAddress, $0.count)
      }
      if count >= 0 {
        bytes = bytes.dropFirst(count)
      } else if errno != EINTR {
        let code = errno
        if code != EPIPE { lost.withLock { $0 = $0 == 0 ? code : $0 } }
        return
      }
    }
  }

  /// Refuses to call done what could not be written.
  static func requireOutput() throws(CommandError) {
    let code = lost.withLock { $0 }
    guard code != 0 else { return }
    throw CommandError(
      "Cannot write to standard output: \(String(cString: strerror(code))); what was printed is "
        + "not whole.")
  }

  /// A mistake, always shown.
  static func fail(_ sentence: String, hint: String?) {
    let style = TerminalStyle.of(.standardError)
    var text = style.red("error:") + " \(sentence)\n"
    if let hint { text += style.dim(hint) + "\n" }
    write(text)
  }

  /// A remark.
  func note(_ sentence: String) {
    if !isQuiet { Self.write(sentence + "\n") }
  }

  /// A remark that should not be missed.
  func warn(_ sentence: String) {
    if !isQuiet {
      Self.write(TerminalStyle.of(.standardError).yellow("warning:") + " \(sentence)\n")
    }
  }

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

  static func write(_ text: String) {
    try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
  }
}
