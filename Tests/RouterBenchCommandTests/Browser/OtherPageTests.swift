import Foundation
import Testing

@Suite("The pages of other data", .serialized)
struct OtherPageTests {
  @Test("Cascades call several models, and their page says how often")
  func cascades() throws {
    guard let path = Tool.shared("data/cascades/nine_models_latency_confidence_long.csv.gz"),
      let browser = try Browser()
    else { return }
    let directory = try ScratchDirectory()
    let answer = try Tool.run(
      "evaluate", path, "--tasks", "truthfulqa", "--routers",
      "knn:5,cascade:e=0.1,cascade:judge=confidence,rerank:e=0.1", "--resamples", "100", "--out",
      directory.path, "--quiet")
    #expect(answer.status == 0, "\(answer.remarks)")
    let report = try PageReport(in: directory.path)
    let tab = try BrowserTab(browser)
    try tab.open(directory.path + "/report.html", fragment: "#wtp=unlimited&hide=")
    let split = report.tasks[0].splits[0]
    for system in split.systems {
      let kept = system.chosen(at: .infinity)
      let row = "#traffictable [data-system=\(BrowserTab.quoted(system.name))] [data-value]"
      let shares = try tab.numbers(
        "[...document.querySelectorAll(\(BrowserTab.quoted(row)))].map(x => Number(x.dataset.value))"
      )
      #expect(shares == kept.calls.map { $0 / split.testCount }, "\(system.name)")
      if system.name.hasPrefix("rerank") { #expect(shares == shares.map { _ in 1 }) }
      if system.name.hasPrefix("cascade:e") { #expect(shares.reduce(0, +) > 1.1) }
    }
    // Judges that know the recorded quality cannot serve: marked, without a bill, in no headline.
    for system in split.systems {
      let isOracular = system.name.contains("e=0.1")
      let place = "[data-system=\(BrowserTab.quoted(system.name))]"
      for (row, mark) in [
        ("#systemtable " + place, "not servable"), ("#operatingtable " + place, "not servable"),
        ("[data-legend=\(BrowserTab.quoted(system.name))]", "not servable"),
      ] {
        let text = try tab.text("document.querySelector(\(BrowserTab.quoted(row))).innerText")
        #expect(text.contains(mark) == isOracular, "\(system.name) in \(row): \(text)")
      }
      let bill = BrowserTab.quoted("#operatingtable " + place + " td:nth-child(6)")
      #expect(
        try tab.text("document.querySelector(\(bill)).innerText").isEmpty == isOracular,
        "\(system.name)")
    }
    #expect(try !tab.text("document.querySelector('h1').innerText").contains("e=0.1"))
    #expect(
      try tab.text("document.getElementById('omissions').innerText").contains("missing confidence"))
    #expect(tab.complaints == [] && tab.requests == [])
  }

  @Test("Exhibits, seconds and reports without intervals have pages too")
  func others() throws {
    guard let path = Tool.shared("data/cascades/nine_models_latency_confidence_long.csv.gz"),
      let browser = try Browser()
    else { return }
    let directory = try ScratchDirectory()
    for (name, arguments) in [
      (
        "exhibits",
        ["reproduce", "--stand-in", "--prompts", "600", "--exhibits", "figure-3,figure-5"]
      ),
      (
        "seconds",
        [
          "evaluate", path, "--tasks", "truthfulqa", "--axis", "latency", "--routers", "knn:5",
          "--resamples", "0", "--page-prompts", "5",
        ]
      ),
    ] {
      let out = directory.path + "/" + name
      let answer = try Tool.run(arguments + ["--out", out, "--quiet"])
      #expect(answer.status == 0, "\(answer.remarks)")
      let report = try PageReport(in: out)
      let tab = try BrowserTab(browser)
      try tab.open(out + "/report.html")
      for task in report.tasks {
        try tab.choose("#task", task.task)
        let means = try tab.numbers(
          "[...document.querySelectorAll('#systemtable td:nth-child(2)')]"
            + ".map(x => Number(x.dataset.value))")
        #expect(means == task.summaries.map(\.deployable.mean))
      }
      if name == "seconds" {
        #expect(
          try tab.text("document.getElementById('picture').textContent").contains(
            "Seconds per prompt"))
        #expect(try tab.text("document.querySelector('h1').textContent").contains("no interval"))
      } else {
        #expect(report.tasks.contains { $0.task == "Figure 3: All tasks" })
        #expect(report.tasks.contains { $0.task == "Figure 5: MMLU" })
      }
      #expect(tab.complaints == [] && tab.requests == [])
    }
  }

  @Test("The full-size stand-in with the published shape fits in 2 MB and answers")
  func fullSize() throws {
    guard let browser = try Browser() else { return }
    let directory = try ScratchDirectory()
    let errors = [0, 0.01, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8].map { "cascade:e=\($0)" }
    let routers = (["knn:40", "rerank:e=0.1"] + errors).joined(separator: ",")
    let answer = try Tool.run(
      "demo", "--design", "pooled", "--routers", routers, "--resamples", "20", "--page-prompts",
      "0",
      "--out", directory.path, "--quiet")
    #expect(answer.status == 0, "\(answer.remarks)")
    let page = directory.path + "/report.html"
    #expect(try Data(contentsOf: URL(fileURLWithPath: page)).count < 2_000_000)
    let report = try PageReport(in: directory.path)
    #expect(report.tasks.count == 8)
    #expect(report.tasks.map { $0.splits[0].systems.count }.reduce(0, +) == 88)
    let tab = try BrowserTab(browser)
    try tab.open(page)
    #expect(try tab.text("document.getElementById('task').selectedOptions[0].text") == "All tasks")
    for task in report.tasks {
      try tab.choose("#task", task.task)
      try tab.click("#showall")
      #expect(try tab.number("document.querySelectorAll('path.curve[data-system]').length") == 11)
      let means = try tab.numbers(
        "[...document.querySelectorAll('#systemtable td:nth-child(2)')].map(x => Number(x.dataset.value))"
      )
      #expect(means == task.summaries.map(\.deployable.mean))
      // No two curves look alike.
      let looks = try tab.texts(
        "[...document.querySelectorAll('#legend .mark')].map(x => x.style.fill + x.getAttribute('d'))"
      )
      #expect(Set(looks).count == 11)
    }
    #expect(
      try tab.text("document.getElementById('omitted').innerText").contains("swept points are here")
    )
    #expect(tab.complaints == [] && tab.requests == [])
  }
}
