import Foundation
import Testing

@Suite("The page of the real five-shot rows", .serialized)
struct FiveShotPageTests {
  /// A report of the real rows, and a page of it; nil (said once) where rows or browser are missing.
  private func opened(
    fragment: String = ""
  ) throws -> (directory: ScratchDirectory, report: PageReport, tab: BrowserTab)? {
    guard let path = Tool.shared("data/routerbench/routerbench_5shot_arc_winogrande.pkl"),
      let browser = try Browser()
    else { return nil }
    let directory = try ScratchDirectory()
    let answer = try Tool.run(
      "evaluate", path, "--routers", "knn:5,knn:40", "--seeds", "0,1", "--resamples", "200",
      "--page-prompts", "60", "--out", directory.path, "--quiet")
    #expect(answer.status == 0, "\(answer.remarks)")
    let tab = try BrowserTab(browser)
    try tab.open(directory.path + "/report.html", fragment: fragment)
    return (directory, try PageReport(in: directory.path), tab)
  }

  private func fixed(_ value: Double, _ decimals: Int = 4) -> String {
    String(format: "%.\(decimals)f", value)
  }

  private func signed(_ value: Double) -> String { (value < 0 ? "" : "+") + fixed(value) }

  @Test("The tables show the numbers of report.json, for each task")
  func numbers() throws {
    guard let (_, report, tab) = try opened() else { return }
    #expect(report.tasks.map(\.task) == ["ARC Challenge", "Winogrande"])
    for task in report.tasks {
      try tab.choose("#task", task.task)
      #expect(try tab.text("document.querySelector('h1').textContent").contains(task.task))
      for summary in task.summaries {
        let row = "#systemtable [data-system=\(BrowserTab.quoted(summary.name))]"
        let cells = try tab.texts(
          "[...document.querySelectorAll(\(BrowserTab.quoted(row + " td")))].map(x => x.textContent)"
        )
        let deviation = try #require(summary.deployable.standardDeviation)
        let own = try #require(summary.intervals).deployable
        #expect(
          cells[0]
            == "\(fixed(summary.deployable.mean)) ± \(fixed(deviation)) [\(fixed(own.lower)), "
            + "\(fixed(own.upper))]")
        if let comparison = summary.intervals?.comparison {
          let less = summary.deployableLessZeroTrained
          let ends = comparison.deployable
          #expect(
            cells[1]
              == "\(signed(less.mean)) ± \(fixed(try #require(less.standardDeviation))) "
              + "[\(signed(ends.lower)), \(signed(ends.upper))]")
          let words = ["worse": "worse", "better": "better than zero", "noEvidence": "no evidence"]
          #expect(cells[2] == words[comparison.finding])
        }
        let exact = try tab.numbers(
          "[...document.querySelectorAll(\(BrowserTab.quoted(row + " td[data-value]")))]"
            + ".map(x => Number(x.dataset.value))")
        #expect(exact.first == summary.deployable.mean && exact.last == summary.testHull.mean)
      }
      let bins = try #require(task.splits[0].system("knn:40")?.calibration)
      let total = bins.map(\.count).reduce(0, +)
      let gap = bins.map { $0.count * abs($0.predicted - $0.recorded) }.reduce(0, +) / total
      let shown = try tab.number(
        "Number(document.querySelector('#calibration [data-system=\"knn:40\"]').dataset.gap)")
      #expect(abs(shown - gap) < 1e-12)
    }
    let shares = try tab.numbers(
      "[...document.querySelectorAll('#oracletable tbody tr:nth-child(2) td')]"
        + ".map(x => Number(x.dataset.value))")
    #expect(shares == report.tasks[1].splits[0].oracleShares)
    #expect(tab.complaints == [] && tab.requests == [])
  }

  @Test("The slider moves a marker on every curve, and tells shares and bills")
  func slider() throws {
    guard let (_, report, tab) = try opened(fragment: "#task=Winogrande") else { return }
    let split = report.tasks[1].splits[0]
    try tab.click("#wtp")
    try tab.click("#monthly", times: 3)
    try tab.type("5000")
    for key in ["Home", "ArrowRight", "End", "ArrowLeft"] {
      _ = try tab.value("document.getElementById('wtp').focus()")
      try tab.press(key, times: key == "ArrowLeft" ? 150 : 1)
      let written = try tab.text("new URLSearchParams(location.hash.slice(1)).get('wtp')")
      let willingness = written == "unlimited" ? .infinity : try #require(Double(written))
      for system in split.systems {
        let kept = system.chosen(at: willingness)
        let name = BrowserTab.quoted(system.name)
        let marker = try tab.numbers(
          "(d => [Number(d.cost), Number(d.quality)])(document.querySelector("
            + "'#markers [data-system=' + CSS.escape(\(name)) + ']').dataset)")
        #expect(marker == [kept.test.cost, kept.test.quality], "\(key) \(system.name)")
        let row = try tab.numbers(
          "[...document.querySelectorAll('#operatingtable [data-system=' + CSS.escape(\(name))"
            + " + '] [data-value]')].map(x => Number(x.dataset.value))")
        #expect(row == [kept.test.quality, kept.test.cost, kept.test.cost * 5000])
        let traffic = try tab.numbers(
          "[...document.querySelectorAll('#traffictable [data-system=' + CSS.escape(\(name))"
            + " + '] [data-value]')].map(x => Number(x.dataset.value))")
        #expect(traffic == kept.calls.map { $0 / split.testCount })
        #expect(abs(traffic.reduce(0, +) - 1) < 1e-9)
      }
    }
    #expect(tab.complaints == [])
  }

  @Test("Tables sort, curves hide, the plane zooms and tells exact values")
  func interactions() throws {
    guard let (_, report, tab) = try opened(fragment: "#task=Winogrande") else { return }
    let task = report.tasks[1]
    try tab.click("[data-sort=systems-aiq]")
    func order() throws -> [String] {
      try tab.texts(
        "[...document.querySelectorAll('#systemtable tbody tr')].map(x => x.dataset.system)")
    }
    let best = task.summaries.sorted { $0.deployable.mean > $1.deployable.mean }.map(\.name)
    #expect(try order() == best)
    #expect(
      try tab.text(
        "document.querySelector('#systemtable [aria-sort=descending]').textContent.trim()"
      ).hasPrefix("AIQ"))
    try tab.press("Enter")
    #expect(try order() == best.reversed())
    try tab.click("[data-sort=tasks-prompts]")
    #expect(
      try tab.texts(
        "[...document.querySelectorAll('#tasktable tbody tr')].map(x => x.dataset.task)")
        == report.tasks.sorted { $0.promptCount > $1.promptCount }.map(\.task))

    func curves() throws -> [String] {
      try tab.texts(
        "[...document.querySelectorAll('path.curve[data-system]')].map(x => x.dataset.system)")
    }
    #expect(try curves() == ["zero", "knn:5", "knn:40"])
    try tab.click("[data-legend=\"knn:5\"]")
    #expect(try curves() == ["zero", "knn:40"])
    #expect(
      try tab.text("document.querySelector('[data-legend=\"knn:5\"]').getAttribute('aria-pressed')")
        == "false")
    try tab.click("#showall")
    #expect(try curves().count == 3)

    // Exact values where a model lies.
    let model = try tab.numbers(
      """
      (() => {
        document.querySelector('#picture').scrollIntoView({ block: 'center', behavior: 'instant' });
        const box = document.querySelector('circle.model').getBoundingClientRect();
        return [box.x + box.width / 2, box.y + box.height / 2];
      })()
      """)
    try tab.point(at: (model[0], model[1]))
    #expect(try tab.value("document.getElementById('tip').hidden") as? Bool == false)
    let tip = try tab.text("document.getElementById('tip').textContent")
    #expect(tip.contains("quality 0.") && tip.contains("per prompt"), "\(tip)")

    let before = try tab.box("#picture")
    let whole = try tab.texts(
      "[...document.querySelectorAll('#picture text.muted')].map(x => x.textContent)")
    try tab.drag(
      from: (before.x + before.width * 0.3, before.y + before.height * 0.2),
      to: (before.x + before.width * 0.7, before.y + before.height * 0.6))
    #expect(
      try tab.texts("[...document.querySelectorAll('#picture text.muted')].map(x => x.textContent)")
        != whole)
    #expect(try tab.text("location.hash").contains("zoom="))
    try tab.click("#picture", times: 2)
    #expect(
      try tab.texts("[...document.querySelectorAll('#picture text.muted')].map(x => x.textContent)")
        == whole)
    // By keyboard too, and said aloud.
    _ = try tab.value("document.getElementById('picture').focus()")
    try tab.press("ArrowRight")
    #expect(try tab.text("document.getElementById('live').textContent").contains("quality"))
    try tab.press("+")
    #expect(try tab.text("location.hash").contains("zoom="))
    try tab.press("0")
    #expect(try !tab.text("location.hash").contains("zoom="))

    try tab.choose("#unit", "total")
    #expect(
      try tab.text("document.getElementById('picture').textContent").contains("Total dollars"))
    try tab.choose("#scale", "linear")
    #expect(try !tab.text("document.getElementById('picture').textContent").contains("logarithmic"))
    try tab.click("#hulls")
    #expect(try tab.number("document.querySelectorAll('path.hull').length") == 3)
    #expect(tab.complaints == [] && tab.requests == [])
  }

  @Test("Prompts are found by their words and answers, and routers' choices follow the slider")
  func prompts() throws {
    guard let (directory, report, tab) = try opened(fragment: "#task=Winogrande") else { return }
    let json = try JSONSerialization.jsonObject(
      with: Data(contentsOf: URL(fileURLWithPath: directory.path + "/sample.json")))
    let samples = try #require((json as? [String: Any])?["samples"] as? [[String: Any]])
    let tested = try #require((json as? [String: Any])?["tested"] as? Int)
    #expect(samples.count == 60 && tested > 60)
    #expect(
      try tab.text("document.body.innerText").contains(
        "A sample of 60 of the \(tested) test prompts"))
    let sample = try #require(samples.last { $0["task"] as? String == "Winogrande" })
    let id = try #require(sample["id"] as? String)
    try tab.click("#query")
    try tab.type(id.uppercased())
    #expect(try tab.text("document.getElementById('promptcount').textContent") == "1 prompt.")
    try tab.click("#promptlist button")
    let answers = try #require(sample["answers"] as? [[String: Any]])
    #expect(
      try tab.texts(
        "[...document.querySelectorAll('#answertable .answer')].map(x => x.textContent)")
        == answers.compactMap { $0["text"] as? String })
    #expect(
      try tab.numbers(
        "[...document.querySelectorAll('#answertable td:nth-child(2)')].map(x => Number(x.dataset.value))"
      ) == answers.compactMap { ($0["quality"] as? NSNumber)?.doubleValue })
    // The cheapest choice at no willingness to pay is the cheapest model by training means.
    _ = try tab.value("document.getElementById('wtp').focus()")
    try tab.press("Home")
    let routing = try #require(sample["routing"] as? [[String: Any]])
    for router in routing {
      let choices = try #require(router["choices"] as? [[String: Any]])
      let name = try #require(router["system"] as? String)
      let row = "#choicetable [data-system=\(BrowserTab.quoted(name))] td"
      #expect(
        try tab.text("document.querySelector(\(BrowserTab.quoted(row))).textContent")
          == choices.first?["plan"] as? String)
    }
    try tab.press("End")
    for router in routing {
      let choices = try #require(router["choices"] as? [[String: Any]])
      let name = try #require(router["system"] as? String)
      let row = "#choicetable [data-system=\(BrowserTab.quoted(name))] td"
      #expect(
        try tab.text("document.querySelector(\(BrowserTab.quoted(row))).textContent")
          == choices.last?["plan"] as? String)
    }
    #expect(report.data.models.count == answers.count)
    #expect(tab.complaints == [])
  }

  @Test("A permanent link brings everything back")
  func link() throws {
    guard let (directory, _, tab) = try opened() else { return }
    try tab.choose("#task", "Winogrande")
    try tab.choose("#seed", "seed 1")
    try tab.choose("#scale", "linear")
    try tab.choose("#unit", "total")
    try tab.click("[data-legend=\"knn:5\"]")
    try tab.click("#hulls")
    _ = try tab.value("document.getElementById('wtp').focus()")
    try tab.press("ArrowRight", times: 20)
    try tab.click("[data-sort=systems-less]")
    try tab.click("#query")
    try tab.type("the")
    try tab.click("#promptlist button")
    let box = try tab.box("#picture")
    try tab.drag(
      from: (box.x + box.width * 0.3, box.y + box.height * 0.2),
      to: (box.x + box.width * 0.8, box.y + box.height * 0.7))
    let fragment = try tab.text("location.hash")
    for part in [
      "task=Winogrande", "seed=1", "scale=linear", "unit=total", "hide=knn", "wtp=", "sort=",
      "q=the",
      "prompt=", "zoom=", "hulls=1",
    ] { #expect(fragment.contains(part), "\(part)") }
    let look = """
      JSON.stringify([document.querySelector('h1').textContent,
        [...document.querySelectorAll('select, input')].map(x => x.type === 'checkbox' ? x.checked
          : x.value),
        document.getElementById('systems').innerText, document.getElementById('operating').innerText,
        document.getElementById('prompt').innerText, document.getElementById('legend').innerText,
        [...document.querySelectorAll('#picture path')].map(x => x.getAttribute('d'))])
      """
    let seen = try tab.text(look)
    try tab.open(directory.path + "/report.html", fragment: fragment)
    #expect(try tab.text(look) == seen)
    #expect(try tab.text("location.hash") == fragment)
    #expect(tab.complaints == [])
  }

  @Test("report makes the same page again, and one without prompts")
  func again() throws {
    guard let (directory, _, _) = try opened() else { return }
    let page = directory.path + "/report.html"
    let first = try Data(contentsOf: URL(fileURLWithPath: page))
    #expect(try Tool.run("report", directory.path).status == 0)
    #expect(try Data(contentsOf: URL(fileURLWithPath: page)) == first)
    #expect(try Tool.run("report", directory.path, "--without-prompts").status == 0)
    let short = try Data(contentsOf: URL(fileURLWithPath: page))
    #expect(short.count < first.count && short.count < 2_000_000)
  }
}
