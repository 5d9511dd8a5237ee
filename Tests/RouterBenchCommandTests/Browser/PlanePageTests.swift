import Foundation
import Testing

@Suite("The plane on the page", .serialized)
struct PlanePageTests {
  /// A free model, one at each of two prices far apart, and one far below all others.
  private func opened(
    fragment: String = ""
  ) throws -> (directory: ScratchDirectory, tab: BrowserTab)? {
    guard let browser = try Browser() else { return nil }
    let directory = try ScratchDirectory()
    let models = [("free", 0.0, 11), ("cheap", 0.001, 14), ("dear", 0.1, 18), ("broken", 0.01, 1)]
    let heads =
      ["sample_id", "prompt", "eval_name"] + models.map(\.0) + models.map { $0.0 + "|total_cost" }
    var text = heads.joined(separator: ",") + "\n"
    for row in 0..<200 {
      let cells =
        ["\(row)", "prompt \(row) \(row % 7)", "t"]
        + models.map { row % 20 < $0.2 ? "1" : "0" } + models.map { "\($0.1)" }
      text += cells.joined(separator: ",") + "\n"
    }
    let path = directory.path + "/made.csv"
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    let answer = try Tool.run(
      "evaluate", path, "--routers", "knn:5", "--resamples", "0", "--out", directory.path + "/out",
      "--quiet")
    #expect(answer.status == 0, "\(answer.remarks)")
    let tab = try BrowserTab(browser)
    try tab.open(directory.path + "/out/report.html", fragment: fragment)
    return (directory, tab)
  }

  private let title = "[...document.querySelectorAll('#picture text')].map(x => x.textContent)"

  @Test("follows the picture: an arrow for a model far below, costs bent, and a break before $0")
  func rules() throws {
    guard let (directory, tab) = try opened() else { return }
    let picture = try String(
      contentsOfFile: directory.path + "/out/figures/t.svg", encoding: .utf8)
    #expect(picture.contains("logarithmic right of the break"))
    #expect(picture.contains("Far below the frame (arrows): broken, quality 0.0"))
    #expect(try tab.text("document.getElementById('scale').value") == "log")
    let texts = try tab.texts(title)
    #expect(texts.contains("$0") && texts.contains("free") && texts.contains("broken"))
    #expect(texts.contains("Dollars per prompt, logarithmic right of the break"))
    #expect(try tab.number("document.querySelectorAll('#picture .break').length") == 1)
    #expect(
      try tab.texts("[...document.querySelectorAll('#picture .below')].map(x => x.dataset.model)")
        == ["broken"])
    let said = try tab.text("document.getElementById('planeoutside').textContent")
    #expect(said.contains("Far below the frame (arrows): broken, quality 0.0"), "\(said)")
    #expect(said.contains("left of it they run straight down to $0."), "\(said)")
    // The weak model does not stretch the qualities, and still can be pointed at.
    #expect(!texts.contains("0.1"))
    _ = try tab.value("document.getElementById('picture').focus()")
    var heard: [String] = []
    for _ in 0..<12 {
      try tab.press("ArrowRight")
      heard.append(try tab.text("document.getElementById('live').textContent"))
    }
    #expect(heard.contains { $0.hasPrefix("broken: ") && $0.contains("far below the frame") })
    // The free model's circle stands left of the break, inside the frame; its curve starts there.
    let places = try tab.numbers(
      """
      (() => {
        const frame = document.querySelector('rect.frame');
        const curve = document.querySelector('path.curve[data-system=zero]').getAttribute('d');
        return [Number(frame.getAttribute('x')),
          Math.min(...[...document.querySelectorAll('circle.model')].map(x => x.cx.baseVal.value)),
          Number(document.querySelector('#picture .gap').getAttribute('x1')),
          Number(curve.slice(1).split(' ')[0])];
      })()
      """)
    #expect(places[0] < places[1] && places[1] + 10 < places[2])
    #expect(abs(places[3] - places[1]) < 0.01)
    #expect(tab.complaints == [])
  }

  @Test("the reader's switch still decides, and a zoom into the paid models has no break")
  func switched() throws {
    guard let (directory, tab) = try opened() else { return }
    try tab.choose("#scale", "linear")
    #expect(try !tab.texts(title).contains { $0.contains("logarithmic") })
    #expect(try tab.number("document.querySelectorAll('#picture .break').length") == 0)
    #expect(try tab.number("document.querySelectorAll('#picture .below').length") == 1)
    try tab.choose("#scale", "logarithmic")
    #expect(try tab.texts(title).contains { $0.contains("right of the break") })
    let page = directory.path + "/out/report.html"
    for (zoom, isBroken, scale) in [
      ("0.0005,0.2,0,1", 0.0, ", logarithmic"), ("0,0.2,0,1", 1, "right of the break"),
      ("0,0.00001,0,1", 0, "Dollars per prompt"),
    ] {
      try tab.open(page, fragment: "#zoom=\(zoom)")
      #expect(try tab.number("document.querySelectorAll('#picture .break').length") == isBroken)
      #expect(try tab.texts(title).contains { $0.hasSuffix(scale) }, "\(zoom)")
      // In a zoom nothing is set at the foot: what lies there is shown, or is away.
      #expect(try tab.number("document.querySelectorAll('#picture .below').length") == 0)
    }
    // Zooming in and out by buttons never leaves the costs that there are.
    try tab.open(page)
    for button in ["#zoomin", "#zoomout", "#zoomout", "#zoomout"] { try tab.click(button) }
    let zoom = try #require(
      try tab.text("decodeURIComponent(location.hash)").split(separator: "=").last)
    let ends = zoom.split(separator: ",").compactMap { Double($0) }
    #expect(ends.count == 4 && ends[0] >= 0 && ends[1] > 0.1, "\(zoom)")
    #expect(tab.complaints == [])
  }
}
