extension Command {
  /// Reads arguments (without the program's own name) into a request.
  ///
  /// `--name value`, `--name=value`, `-n value`, `-nvalue` and joined flags `-qj` are all read;
  /// `--` ends the options. `help COMMAND` is the same as `COMMAND --help`.
  ///
  /// - Throws: The first mistake, as a sentence, with the path of the command that refused.
  public func parse(_ arguments: [String]) throws(ArgumentsError) -> Request {
    var path = [name]
    do {
      return try parse(arguments[...], &path)
    } catch {
      var located = error
      located.path = path
      throw located
    }
  }

  private func parse(
    _ given: ArraySlice<String>, _ path: inout [String]
  ) throws(ArgumentsError) -> Request {
    var rest = given
    var invocation = Invocation(command: self, path: path)
    var operandsOnly = false
    while let argument = rest.popFirst() {
      if operandsOnly || argument == "-" || !argument.hasPrefix("-") {
        if let below = command(named: argument) {
          path.append(argument)
          return try below.parse(rest, &path)
        }
        if argument == "help", !commands.isEmpty { return try help(of: rest, &path) }
        if !commands.isEmpty {
          throw .unknownCommand(argument, of: name, candidates: commands.map(\.name))
        }
        try invocation.add(operand: argument)
      } else if argument == "--" {
        operandsOnly = true
      } else if argument.hasPrefix("--") {
        try readLong(argument.dropFirst(2), &rest, into: &invocation)
      } else {
        try readShort(argument.dropFirst(), &rest, into: &invocation)
      }
      if invocation.has("help") { return .help(HelpText(command: self, path: path)) }
      if let version, invocation.has("version") { return .version("\(name) \(version)") }
    }
    if !commands.isEmpty {
      throw .missingCommand(of: path.joined(separator: " "), candidates: commands.map(\.name))
    }
    for operand in operands.dropFirst(invocation.operands.count) where !operand.isOptional {
      throw .missingOperand(operand.name, summary: operand.summary)
    }
    return .run(invocation)
  }

  private func help(
    of rest: ArraySlice<String>, _ path: inout [String]
  ) throws(ArgumentsError) -> Request {
    var command = self
    for word in rest where !word.hasPrefix("-") {
      guard let below = command.command(named: word) else {
        throw .unknownCommand(word, of: command.name, candidates: command.commands.map(\.name))
      }
      command = below
      path.append(word)
    }
    return .help(HelpText(command: command, path: path))
  }

  private func readLong(
    _ body: Substring, _ rest: inout ArraySlice<String>, into invocation: inout Invocation
  ) throws(ArgumentsError) {
    let parts = body.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let typed = parts.first.map(String.init) ?? ""
    guard let option = option(long: typed) else {
      throw .unknownOption("--\(typed)", candidates: options.map { "--\($0.name)" })
    }
    let attached = parts.count == 2 ? String(parts[1]) : nil
    if option.isFlag, let attached { throw .valueOfFlag("--\(typed)", attached) }
    if let attached { return try invocation.add(option, attached) }
    try invocation.add(option, value(for: option, as: "--\(typed)", &rest))
  }

  private func readShort(
    _ body: Substring, _ rest: inout ArraySlice<String>, into invocation: inout Invocation
  ) throws(ArgumentsError) {
    var letters = body
    while let letter = letters.popFirst() {
      guard let option = option(short: letter) else {
        throw .unknownOption("-\(letter)", candidates: [])
      }
      if option.isFlag {
        try invocation.add(option, nil)
        continue
      }
      if letters.first == "=" { letters.removeFirst() }
      if !letters.isEmpty { return try invocation.add(option, String(letters)) }
      try invocation.add(option, value(for: option, as: "-\(letter)", &rest))
    }
  }

  /// The next argument as a value; one that looks like an option is refused unless it is a number.
  private func value(
    for option: CommandOption, as typed: String, _ rest: inout ArraySlice<String>
  ) throws(ArgumentsError) -> String? {
    guard let valueName = option.valueName else { return nil }
    guard let next = rest.first else { throw .missingValue(typed, valueName) }
    // A number, or a range of them such as -1..1, is a value.
    let isNumber = next.dropFirst().first.map { $0.isNumber || $0 == "." } ?? true
    if next.hasPrefix("-"), !isNumber, Double(next) == nil {
      throw .dashValue("--\(option.name)", next)
    }
    rest.removeFirst()
    return next
  }
}
