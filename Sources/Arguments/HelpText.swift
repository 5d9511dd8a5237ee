/// The help of one command, made from its definition.
public struct HelpText: Hashable, Sendable {
  /// The command it explains.
  public let command: Command
  /// The words that lead to it.
  public let path: [String]

  init(command: Command, path: [String]) {
    self.command = command
    self.path = path
  }

  private static let width = 80
  private static let column = 28

  /// The text, 80 columns wide, with bold headings where `style` allows.
  public func text(style: TerminalStyle = .plain) -> String {
    let name = path.joined(separator: " ")
    var blocks = ["\(style.bold(name)): \(command.summary)"]
    blocks.append(style.bold("USAGE") + "\n  " + usage)
    for paragraph in command.discussion {
      blocks.append(Self.wrap(paragraph, indent: 0).joined(separator: "\n"))
    }
    if !command.commands.isEmpty {
      let rows = command.commands.map { ($0.name, $0.summary) }
      blocks.append(Self.table(style.bold("COMMANDS"), rows))
    }
    if !command.operands.isEmpty {
      let rows = command.operands.map { ($0.name, Self.describe($0.summary, $0.kind)) }
      blocks.append(Self.table(style.bold("OPERANDS"), rows))
    }
    var sections: [String] = []
    for option in command.options where !sections.contains(option.section) {
      sections.append(option.section)
    }
    // The section that --help is in comes last, however early it was first used.
    let last = CommandOption.help.section
    sections = sections.filter { $0 != last } + [last]
    for section in sections {
      let rows = command.options.filter { $0.section == section }.map {
        (Self.left($0), Self.describe($0.summary, $0.kind))
      }
      blocks.append(Self.table(style.bold(section), rows))
    }
    if !command.examples.isEmpty {
      let lines = command.examples.map { "  # \($0.summary)\n  \($0.line)" }
      blocks.append(style.bold("EXAMPLES") + "\n" + lines.joined(separator: "\n\n"))
    }
    if !command.commands.isEmpty {
      blocks.append("'\(name) help COMMAND' explains one command.")
    }
    return blocks.joined(separator: "\n\n") + "\n"
  }

  /// One line that shows how it is called.
  public var usage: String {
    var words = path
    if !command.commands.isEmpty { words.append("COMMAND") }
    words += command.operands.map { $0.isOptional ? "[\($0.name)]" : $0.name }
    if command.options.count > 1 { words.append("[OPTIONS]") }
    return words.joined(separator: " ")
  }

  private static func left(_ option: CommandOption) -> String {
    let short = option.short.map { "-\($0), " } ?? "    "
    return short + "--\(option.name)" + (option.valueName.map { " \($0)" } ?? "")
  }

  private static func describe(_ summary: String, _ kind: ValueKind) -> String {
    guard case .oneOf(let words) = kind else { return summary }
    return summary + " One of: \(words.joined(separator: ", "))."
  }

  private static func table(_ heading: String, _ rows: [(String, String)]) -> String {
    var lines = [heading]
    let indent = min(column, (rows.map(\.0.count).max() ?? 0) + 4)
    for (left, right) in rows {
      let wrapped = wrap(right, indent: indent)
      let first = wrapped.first.map { String($0.dropFirst(indent)) } ?? ""
      if left.count + 4 <= indent {
        lines.append(
          "  " + left + String(repeating: " ", count: indent - left.count - 2) + first)
        lines += wrapped.dropFirst()
      } else {
        lines.append("  " + left)
        lines += wrapped
      }
    }
    return lines.joined(separator: "\n")
  }

  static func wrap(_ text: String, indent: Int) -> [String] {
    let margin = String(repeating: " ", count: indent)
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ") {
      if !line.isEmpty, indent + line.count + 1 + word.count > width {
        lines.append(margin + line)
        line = ""
      }
      line += (line.isEmpty ? "" : " ") + word
    }
    lines.append(margin + line)
    return lines
  }
}
