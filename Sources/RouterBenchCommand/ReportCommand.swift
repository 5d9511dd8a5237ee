import Arguments
import Foundation
import Reporting

/// `routerbench report`: makes the page of a report directory anew.
enum ReportCommand {
  static let definition = Command(
    "report", summary: "Make the page of a report directory anew.",
    discussion: [
      "evaluate, demo and reproduce write report.html beside their other outputs. This makes it again "
        + "from report.json and, where it is there, sample.json, such as after an update, or without "
        + "prompts before it is passed on."
    ],
    operands: [Operand("DIR", .directory, summary: "A directory with a report.json.")],
    options: [
      .flag(
        "without-prompts", summary: "Leave the prompts and answers out of the page.",
        section: "OUTPUT")
    ] + Console.options,
    examples: [
      .init("The page again.", "routerbench report routerbench-report"),
      .init("A page to pass on.", "routerbench report routerbench-report --without-prompts"),
    ])

  static func run(_ invocation: Invocation) throws -> ExitCode {
    let directory = try invocation.required("DIR")
    guard FileManager.default.fileExists(atPath: directory + "/report.json") else {
      throw CommandError(
        "\(directory) has no report.json; give a directory that 'routerbench evaluate' or 'routerbench "
          + "reproduce' wrote.")
    }
    let page = try ReportFolder.rewritePage(
      in: directory, withSamples: !invocation.has("without-prompts"))
    Console.print("The page is \(page); open it in a browser.")
    return .done
  }
}
