import Arguments

/// `routerbench completions`: writes a shell's completion script.
enum CompletionsCommand {
  static let definition = Command(
    "completions", summary: "Write the completion script of a shell.",
    operands: [
      Operand("SHELL", .oneOf(CompletionShell.allCases.map(\.rawValue)), summary: "The shell.")
    ],
    examples: CompletionShell.allCases.map {
      .init("Install for \($0.rawValue).", $0.installation(of: Program.name))
    })

  static func run(_ invocation: Invocation) throws -> ExitCode {
    let shell = try CompletionShell(rawValue: invocation.required("SHELL"))
    Console.print(own: shell?.script(for: Program.definition) ?? "")
    return .done
  }
}
