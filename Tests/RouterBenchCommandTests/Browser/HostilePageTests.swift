import Foundation
import Testing

@Suite("The page of hostile data", .serialized)
struct HostilePageTests {
  private static let attack =
    "</script><script>window.pwned = 1</script><img src=x onerror=window.pwned=1><!--<script>"

  private static func quoted(_ text: String) -> String {
    "\"" + text.replacingOccurrences(of: "\"", with: "\"\"") + "\""
  }

  @Test("Names, prompts and answers that are markup stay text, in the page and without scripts")
  func markup() throws {
    guard let browser = try Browser() else { return }
    let directory = try ScratchDirectory()
    let path = directory.path + "/hostile.csv"
    let models = ["good", "\(Self.attack)\u{202E}evil'\"&{{1}}"]
    var text =
      (["sample_id", "prompt", "eval_name"] + models + models.map { $0 + "|total_cost" }
      + models.map { $0 + "|model_response" }).map(Self.quoted).joined(separator: ",") + "\n"
    for row in 0..<60 {
      text +=
        ([
          "id\(row)\(Self.attack)", "prompt \(row) \(Self.attack) ${window.pwned=1}",
          "task\(Self.attack)" + String(repeating: "T", count: 10_000),
        ].map(Self.quoted) + ["\(row % 2)", "1", "0.01", "0.02"]
        + ["answer \(Self.attack)", "javascript:window.pwned=1"].map(Self.quoted)).joined(
          separator: ",") + "\n"
    }
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    let out = directory.path + "/out"
    let answer = try Tool.run("evaluate", path, "--routers", "knn:3", "--out", out, "--quiet")
    #expect(answer.status == 0, "\(answer.remarks)")
    let tab = try BrowserTab(browser)
    try tab.open(out + "/report.html")
    try tab.click("#promptlist button")
    #expect(try tab.text("typeof window.pwned") == "undefined")
    #expect(try tab.number("document.querySelectorAll('img, iframe, #app script').length") == 0)
    #expect(try tab.number("document.scripts.length") == 2)
    let shown = try tab.text("document.body.innerText")
    #expect(shown.contains("<img src=x onerror=window.pwned=1>"))
    #expect(!shown.contains("\u{202E}"))
    #expect(
      try tab.texts("[...document.querySelectorAll('.answer')].map(x => x.textContent)")
        == ["answer \(Self.attack)", "javascript:window.pwned=1"])
    // Names that nobody could read are shortened, and push nothing over the side.
    #expect(try tab.number("document.querySelector('h1').innerText.length") < 600)
    try tab.resize(width: 375, height: 800)
    #expect(try tab.number("document.documentElement.scrollWidth") <= 375)
    #expect(tab.complaints == [] && tab.requests == [])
    // A link that was made to harm is read as text too.
    let fragment =
      "#task=x&hide=%3Cimg%20src%3Dx%20onerror%3Dwindow.pwned%3D1%3E&wtp=NaN&zoom=1,2&q=%3Cb%3E"
    try tab.open(out + "/report.html", fragment: fragment)
    #expect(try tab.text("typeof window.pwned") == "undefined")
    #expect(
      try tab.text("document.getElementById('promptcount').textContent") == "No prompt matches.")
    // And what it names that is not here is told, so that no other task passes for the one that was sent.
    #expect(
      try tab.text("document.getElementById('lost').innerText")
        == "The link names what this report lacks: task x; system <img src=x onerror=window.pwned=1>."
    )
    #expect(tab.complaints == [] && tab.requests == [])
  }
}
