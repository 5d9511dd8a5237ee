import Arguments
import Foundation
import Testing

/// The shells themselves judge the scripts; a shell that is not installed is skipped by name.
@Suite("Completions")
struct CompletionTests {
  private func run(
    _ shell: String, _ arguments: [String]
  ) throws -> (status: Int32, output: String)? {
    let places = ["/usr/bin/", "/bin/", "/usr/local/bin/"].map { $0 + shell }
    guard let path = places.first(where: { FileManager.default.isExecutableFile(atPath: $0) })
    else {
      print("skipped: needs the shell \(shell)")
      return nil
    }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    process.environment = ["PATH": "/usr/bin:/bin", "HOME": "/nonexistent", "TERM": "dumb"]
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: output, as: UTF8.self))
  }

  private func scriptFile(_ shell: CompletionShell) throws -> String {
    let path = NSTemporaryDirectory() + "completion-\(UUID().uuidString).\(shell.rawValue)"
    try shell.script(for: tool).write(toFile: path, atomically: true, encoding: .utf8)
    return path
  }

  @Test("Every shell accepts its script", arguments: CompletionShell.allCases)
  func syntax(shell: CompletionShell) throws {
    let path = try scriptFile(shell)
    defer { try? FileManager.default.removeItem(atPath: path) }
    guard let result = try run(shell.rawValue, ["-n", path]) else { return }
    #expect(result.status == 0 && result.output.isEmpty, "\(result.output)")
  }

  /// What is typed, with what the shell must offer.
  static let cases: [([String], [String])] = [
    (["tool", ""], ["measure", "store", "help"]),
    (["tool", "me"], ["measure"]),
    (["tool", "store", ""], ["list", "pull", "help"]),
    (["tool", "store", "pull", ""], ["oak", "pine"]),
    (["tool", "store", "pull", "p"], ["pine"]),
    (["tool", "measure", "--unit", ""], ["metre", "yard", "furlong"]),
    (["tool", "measure", "-u", "y"], ["yard"]),
    (["tool", "measure", "--sca"], ["--scale"]),
    (["tool", "measure", "--seeds", "store", "--qu"], ["--quiet"]),
  ]

  @Test("bash offers the names that fit", arguments: cases)
  func bash(words: [String], expected: [String]) throws {
    let path = try scriptFile(.bash)
    defer { try? FileManager.default.removeItem(atPath: path) }
    let list = words.map { "'\($0)'" }.joined(separator: " ")
    let script = """
      source '\(path)'; COMP_WORDS=(\(list)); COMP_CWORD=\(words.count - 1); _tool
      printf '%s\\n' "${COMPREPLY[@]}"
      """
    guard let result = try run("bash", ["--norc", "-c", script]) else { return }
    #expect(Set(result.output.split(separator: "\n").map(String.init)) == Set(expected))
  }

  @Test("bash completes a value after an equals sign, and paths with spaces")
  func bashDetails() throws {
    let path = try scriptFile(.bash)
    let directory = NSTemporaryDirectory() + "completion-\(UUID().uuidString)"
    try FileManager.default.createDirectory(
      atPath: directory + "/two words", withIntermediateDirectories: true)
    defer {
      try? FileManager.default.removeItem(atPath: path)
      try? FileManager.default.removeItem(atPath: directory)
    }
    let script = """
      source '\(path)'; COMP_WORDS=(tool measure --unit = y); COMP_CWORD=4; _tool
      printf '%s\\n' "${COMPREPLY[@]}"
      cd '\(directory)'; COMP_WORDS=(tool measure --out t); COMP_CWORD=3; _tool
      printf '%s\\n' "${COMPREPLY[@]}"
      """
    guard let result = try run("bash", ["--norc", "-c", script]) else { return }
    #expect(result.output == "yard\ntwo words\n")
  }

  @Test("fish offers the names that fit", arguments: cases)
  func fish(words: [String], expected: [String]) throws {
    let path = try scriptFile(.fish)
    defer { try? FileManager.default.removeItem(atPath: path) }
    let script = "source '\(path)'; complete -C '\(words.joined(separator: " "))'"
    guard let result = try run("fish", ["--no-config", "-c", script]) else { return }
    let offered = result.output.split(separator: "\n").map {
      String($0.split(separator: "\t", omittingEmptySubsequences: false)[0])
    }
    #expect(Set(offered) == Set(expected), "\(result.output)")
  }

  @Test("zsh fills in the name that fits, at a real prompt")
  func zsh() throws {
    let path = try scriptFile(.zsh)
    defer { try? FileManager.default.removeItem(atPath: path) }
    let script = """
      zmodload zsh/zpty
      typed=("tool mea" "tool store pul" "tool store pull oa" "tool measure --unit furl" \\
        "tool measure --sca" "tool measure --unit=furl")
      for line in $typed; do
        zpty shell zsh -f -i
        zpty -w shell "PS1= ; unset zle_bracketed_paste; autoload -Uz compinit; compinit -u -D"
        zpty -w shell "source '\(path)'; show() { print -r -- \\"<<\\$BUFFER>>\\"; zle kill-buffer }"
        zpty -w shell "zle -N show; bindkey '^X' show; print -r -- rea''dy"
        while zpty -r shell answer; do [[ $answer == *ready* ]] && break; done
        zpty -w -n shell "$line"$'\\t\\x18'
        while zpty -r shell answer; do [[ $answer == *'<<'*'>>'* ]] && break; done
        print -r -- ${${answer#*<<}%>>*}
        zpty -d shell
      done
      """
    guard let result = try run("zsh", ["-f", "-c", script]) else { return }
    let lines = result.output.split(separator: "\n").map {
      $0.trimmingCharacters(in: .whitespaces)
    }
    #expect(
      lines == [
        "tool measure", "tool store pull", "tool store pull oak", "tool measure --unit furlong",
        "tool measure --scale=", "tool measure --unit=furlong",
      ], "\(result.output)")
  }
}
