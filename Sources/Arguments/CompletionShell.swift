/// A shell that completion scripts are made for.
public enum CompletionShell: String, CaseIterable, Sendable {
  /// The Bourne-again shell, 4.0 or later.
  case bash
  /// The Z shell.
  case zsh
  /// The friendly interactive shell, 3.0 or later.
  case fish

  /// The script that teaches the shell to complete `command` and everything below it.
  public func script(for command: Command) -> String {
    let nodes = command.walk().map { CompletionNode(path: $0.path, command: $0.command) }
    return switch self {
    case .bash: BashCompletion.script(command.name, nodes)
    case .zsh: ZshCompletion.script(command.name, nodes)
    case .fish: FishCompletion.script(command.name, nodes)
    }
  }

  /// Where the script belongs, as a line to type.
  public func installation(of name: String) -> String {
    switch self {
    case .bash:
      "\(name) completions bash > ~/.local/share/bash-completion/completions/\(name)"
    case .zsh: "\(name) completions zsh > \"${fpath[1]}/_\(name)\""
    case .fish: "\(name) completions fish > ~/.config/fish/completions/\(name).fish"
    }
  }
}

/// One command as the script writers see it.
struct CompletionNode {
  let path: [String]
  let command: Command

  /// The words that lead here, with spaces between.
  var key: String { path.joined(separator: " ") }

  /// The words that lead here, as a shell function's name.
  var function: String {
    "_" + path.joined(separator: "_").replacing("-", with: "_")
  }

  /// Options that take a value, as they are typed.
  var valued: [(spellings: [String], option: CommandOption)] {
    command.options.filter { !$0.isFlag }.map { ($0.spellings, $0) }
  }

  /// The first sentence alone: shells show one line.
  static func short(_ summary: String) -> String {
    let end = summary.firstRange(of: /\. |; |\.$/)?.lowerBound ?? summary.endIndex
    return String(summary[..<end])
  }
}
