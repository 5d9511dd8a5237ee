import Arguments

/// A router from elsewhere as it was typed: `FILE`, or `NAME=FILE`; the same for commands.
struct ForeignSource: Equatable {
  /// As it was typed.
  let typed: String
  /// The name in reports.
  let name: String
  /// The file or the command line.
  let value: String

  /// A predictions file, named after the file without its ending unless told.
  init(predictions typed: String) throws(ArgumentsError) {
    try self.init(typed, option: "predictions", what: "FILE") { path in
      let file = path.split(separator: "/").last ?? ""
      return Self.withoutEndings(file)
    }
  }

  /// A command line, named after the first word that is a file with an ending, or its first word.
  init(command typed: String) throws(ArgumentsError) {
    try self.init(typed, option: "command", what: "COMMAND") { line in
      let words = line.split(whereSeparator: \.isWhitespace)
        .map { $0.split(separator: "/").last ?? $0 }
      let script = words.first { !$0.hasPrefix("-") && $0.dropFirst().contains(".") }
      return Self.withoutEndings(script ?? words.first ?? "")
    }
  }

  private init(
    _ typed: String, option: String, what: String, defaultName: (String) -> String
  ) throws(ArgumentsError) {
    self.typed = typed
    let parts = typed.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let head = String(parts.first ?? "")
    let isNamed =
      parts.count == 2 && !head.isEmpty
      && head.allSatisfy { $0.isLetter || $0.isNumber || "._-+: ".contains($0) }
      && !head.contains(" ")
    name = isNamed ? head : defaultName(typed)
    value = isNamed ? String(parts[1]) : typed
    if value.allSatisfy(\.isWhitespace) || name.isEmpty {
      throw ArgumentsError("--\(option) needs \(what) or NAME=\(what); '\(typed)' was given.")
    }
  }

  private static func withoutEndings(_ file: Substring) -> String {
    var name = String(file)
    for ending in [".gz", ".bz2", ".xz", ".zst"] where name.hasSuffix(ending) {
      name.removeLast(ending.count)
    }
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return name }
    return String(name[..<dot])
  }
}

extension EvaluationSettings {
  /// The options that bring routers from elsewhere.
  static let foreignOptions: [CommandOption] = [
    CommandOption(
      "predictions", "FILE", .file,
      summary:
        "A router made elsewhere: its choices or scores for the test prompts, as CSV or JSON "
        + "Lines. NAME=FILE names it. See BringYourOwnRouter in the documentation.",
      isRepeated: true, section: "ROUTERS FROM ELSEWHERE"),
    CommandOption(
      "command", "COMMAND",
      summary: "A router that is a program, taught and asked over JSON Lines; a shell runs it. "
        + "NAME=COMMAND names it.", isRepeated: true, section: "ROUTERS FROM ELSEWHERE"),
  ]

  /// The options that say how programs are run; no number depends on them.
  static let commandOptions: [CommandOption] = [
    CommandOption(
      "command-timeout", "SECONDS",
      summary: "End a program that neither reads nor answers for so long; 600 by default.",
      section: "ROUTERS FROM ELSEWHERE"),
    .flag(
      "verbose", short: "v", summary: "Show what programs write to standard error.",
      section: "ROUTERS FROM ELSEWHERE"),
  ]

  /// Reads the routers from elsewhere, and refuses names that reports could not tell apart.
  mutating func readForeign(_ invocation: Invocation) throws(ArgumentsError) {
    for typed in invocation.texts("predictions") {
      predictions.append(try ForeignSource(predictions: typed))
    }
    for typed in invocation.texts("command") {
      commands.append(try ForeignSource(command: typed))
    }
    var names = Set(routers + ["zero"])
    for source in predictions + commands where !names.insert(source.name).inserted {
      throw ArgumentsError(
        "Two routers are named '\(source.name)'; name one of them, such as other=\(source.value).")
    }
  }
}
