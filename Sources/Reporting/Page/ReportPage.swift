public import Evaluation
import Files
import Foundation
import Words

/// `report.html`: the page that people look at, in one file without any other.
///
/// It holds the report's numbers as JSON, a style sheet and a script written by hand, and the verdicts
/// and tables as plain HTML for readers without scripts. It asks for nothing from any network: a content
/// security policy forbids it, and allows this one script by its hash, so that no text of the data can
/// run as another.
public enum ReportPage {
  /// The file's bytes: equal for equal reports.
  ///
  /// - Parameters:
  ///   - report: The report; the page shows its numbers.
  ///   - samples: Prompts to be searched; nil for a page without them.
  /// - Throws: `ReportingError` when the report holds a number that is not finite.
  public static func encode(
    _ report: ExperimentReport, samples: PromptSamples?
  ) throws -> [UInt8] {
    try ReportDocument.requireFinite(report)
    let script = PageScript.text
    let policy =
      "default-src 'none'; style-src 'unsafe-inline'; script-src '\(hash(of: script))'; "
      + "base-uri 'none'; form-action 'none'"
    let head = """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="\(policy)">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <meta name="referrer" content="no-referrer">
      <meta name="generator" content="RouterBench \(PlainText.xml(report.version))">
      <title>\(PlainText.xml(report.title))</title>
      <style>
      \(PageStyle.text)
      </style>
      </head>
      <body>
      \(StaticPage.body(of: report))
      <script type="application/json" id="data">
      """
    return Array(head.utf8) + PagePayload.text(of: report, samples: samples)
      + Array("</script>\n<script>\(script)</script>\n</body>\n</html>\n".utf8)
  }

  /// The source expression that lets one script run.
  private static func hash(of script: String) -> String {
    var digest = SHA256()
    digest.update(Array(script.utf8))
    return "sha256-" + Data(digest.finalize()).base64EncodedString()
  }
}
