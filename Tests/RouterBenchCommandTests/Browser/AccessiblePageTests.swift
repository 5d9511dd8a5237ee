import Foundation
import Testing

@Suite("The page for everybody", .serialized)
struct AccessiblePageTests {
  private func opened(
    _ arguments: [String] = []
  ) throws -> (directory: ScratchDirectory, tab: BrowserTab)? {
    guard let browser = try Browser() else { return nil }
    let directory = try ScratchDirectory()
    let answer = try Tool.run(
      [
        "demo", "--design", "pooled", "--prompts", "800", "--routers", "knn:5,knn:40,cascade:e=0.1",
        "--seeds", "0,1", "--resamples", "100", "--page-prompts", "30", "--out", directory.path,
        "--quiet",
      ] + arguments)
    #expect(answer.status == 0, "\(answer.remarks)")
    let tab = try BrowserTab(browser)
    try tab.open(directory.path + "/report.html")
    return (directory, tab)
  }

  /// Opens what only shows on demand.
  private func openPrompt(_ tab: BrowserTab) throws {
    try tab.click("#promptlist button")
    #expect(try tab.number("document.querySelectorAll('#answertable tbody tr').length") == 11)
  }

  @Test("Every control, picture and region has a role and a name")
  func names() throws {
    guard let (_, tab) = try opened() else { return }
    try openPrompt(tab)
    let tree = try tab.send("Accessibility.getFullAXTree")
    let nodes = try #require(tree["nodes"] as? [[String: Any]])
    var counts: [String: Int] = [:]
    for node in nodes where node["ignored"] as? Bool != true {
      func text(_ key: String) -> String {
        ((node[key] as? [String: Any])?["value"] as? String ?? "").trimmingCharacters(
          in: .whitespaces)
      }
      let role = text("role")
      counts[role, default: 0] += 1
      let needsName = [
        "button", "checkbox", "combobox", "slider", "spinbutton", "searchbox", "link", "image",
        "region", "table", "heading", "columnheader", "rowheader", "group",
      ]
      if needsName.contains(role) { #expect(!text("name").isEmpty, "\(node)") }
    }
    for role in [
      "main", "banner", "slider", "spinbutton", "searchbox", "combobox", "checkbox", "table",
      "columnheader", "rowheader", "status", "image",
    ] { #expect(counts[role, default: 0] > 0, "\(role)") }
    #expect(counts["main"] == 1)
    #expect(try tab.text("document.documentElement.lang") == "en")
    #expect(try !tab.text("document.title").isEmpty)
    #expect(
      try tab.value(
        "(ids => ids.length === new Set(ids).size)([...document.querySelectorAll('[id]')].map(x => x.id))"
      ) as? Bool == true)
    // Headings go down one level at a time, from one first heading.
    let levels = try tab.numbers(
      "[...document.querySelectorAll('h1,h2,h3,h4')].filter(x => x.checkVisibility())"
        + ".map(x => Number(x.tagName[1]))")
    #expect(levels.first == 1 && levels.filter { $0 == 1 }.count == 1)
    for (above, below) in zip(levels, levels.dropFirst()) { #expect(below <= above + 1) }
  }

  /// Texts whose contrast is too small, after WCAG 2.2, 1.4.3; disabled controls are exempt there.
  private static let faintTexts = """
    (() => {
      const canvas = document.createElement('canvas');
      canvas.width = canvas.height = 1;
      const ink = canvas.getContext('2d', { willReadFrequently: true });
      const over = (colours) => {
        ink.clearRect(0, 0, 1, 1);
        for (const colour of colours) { ink.fillStyle = colour; ink.fillRect(0, 0, 1, 1); }
        return [...ink.getImageData(0, 0, 1, 1).data].slice(0, 3);
      };
      const luminance = rgb => {
        const [r, g, b] = rgb.map(v => v / 255)
          .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
      };
      const faint = [];
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      let checked = 0;
      while (walker.nextNode()) {
        const node = walker.currentNode;
        const parent = node.parentElement;
        if (!node.textContent.trim() || !parent.checkVisibility() || parent.closest('script')
          || parent.closest(':disabled') || parent.closest('.unseen') || parent.closest('option')) {
          continue;
        }
        const style = getComputedStyle(parent);
        const grounds = [];
        for (let one = parent; one; one = one.parentElement) {
          grounds.unshift(getComputedStyle(one).backgroundColor);
        }
        const ground = over(grounds);
        const colour = parent.closest('svg') ? style.fill : style.color;
        const text = over([...grounds, colour]);
        const [a, b] = [luminance(text), luminance(ground)].sort((x, y) => y - x);
        const size = parseFloat(style.fontSize);
        const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
        checked += 1;
        if ((a + 0.05) / (b + 0.05) < (isLarge ? 3 : 4.5)) {
          faint.push(node.textContent.slice(0, 40) + ' ' + text + ' on ' + ground);
        }
      }
      return checked > 200 ? faint : ['only ' + checked + ' texts were checked'];
    })()
    """

  /// Curves and markers that stand out too little from the page (WCAG 2.2, 1.4.11).
  private static let faintCurves = """
    (() => {
      const style = getComputedStyle(document.documentElement);
      const luminance = text => {
        const [r, g, b] = [1, 3, 5].map(i => parseInt(text.slice(i, i + 2), 16) / 255)
          .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
      };
      const page = luminance(style.getPropertyValue('--page').trim());
      return ['--zero', '--c0', '--c1', '--c2', '--c3', '--c4', '--c5', '--c6', '--muted', '--accent']
        .filter(name => {
          const own = luminance(style.getPropertyValue(name).trim());
          return (Math.max(own, page) + 0.05) / (Math.min(own, page) + 0.05) < 3;
        });
    })()
    """

  @Test("Texts and curves have contrast enough, in light and dark")
  func contrast() throws {
    guard let (_, tab) = try opened() else { return }
    try openPrompt(tab)
    for isDark in [false, true] {
      try tab.emulate(isDark: isDark)
      #expect(try tab.texts(Self.faintTexts) == [], "dark: \(isDark)")
      #expect(try tab.texts(Self.faintCurves) == [], "dark: \(isDark)")
    }
  }

  @Test("Nothing runs over the side at 375 and 1440 pixels, in any state")
  func overflow() throws {
    guard let (_, tab) = try opened() else { return }
    try openPrompt(tab)
    for width in [375, 1440] {
      try tab.resize(width: width, height: 812)
      _ = try tab.value(
        "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
      #expect(try tab.number("document.documentElement.scrollWidth") <= Double(width))
      let outside = try tab.texts(
        """
        [...document.querySelectorAll('body *')].filter(x => x.checkVisibility()
          && !x.closest('.scroll, .skip, .unseen, svg, #promptlist, pre')
          && x.getBoundingClientRect().right > innerWidth + 0.5).map(x => x.outerHTML.slice(0, 120))
        """)
      #expect(outside == [], "\(width)")
      #expect(try tab.number("document.getElementById('picture').clientWidth") <= Double(width))
      let small = try tab.texts(
        """
        [...document.querySelectorAll('button, select, input')].filter(x => x.checkVisibility()
          && !x.matches('[type=checkbox]') && x.getBoundingClientRect().height < 24)
          .map(x => x.outerHTML.slice(0, 120))
        """)
      #expect(small == [], "\(width)")
    }
    // All columns of the first table are in sight beside the plane, without a scroll to the side.
    let hidden = "(x => x.scrollWidth - x.clientWidth)(document.querySelector('#systems .scroll'))"
    #expect(try tab.number(hidden) == 0)
    // Widths change while the page watches its own: the browser has nothing to complain of.
    for width in [1099, 1100, 500, 320, 1440] {
      try tab.resize(width: width, height: 500)
      _ = try tab.value(
        "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
      let sides = try tab.numbers(
        "[document.getElementById('picture').clientWidth, document.getElementById('plane').clientWidth]"
      )
      #expect(abs(sides[0] - sides[1]) <= 1, "\(width)")
    }
    #expect(tab.complaints == [])
  }

  @Test("A finger zooms in where it tapped, and out again, on a phone")
  func touch() throws {
    guard let (_, tab) = try opened() else { return }
    try tab.resize(width: 375, height: 800)
    try tab.send("Emulation.setTouchEmulationEnabled", ["enabled": true])
    _ = try tab.value(
      "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    let sizes = try tab.numbers(
      "['zoomin', 'zoomout'].flatMap(x => (b => [b.width, b.height])(document.getElementById(x)"
        + ".getBoundingClientRect()))")
    #expect(sizes.allSatisfy { $0 >= 36 }, "\(sizes)")
    var box = try tab.box("#picture")
    try tab.tap(at: (box.x + box.width * 0.8, box.y + box.height * 0.25))
    try tab.touch("#zoomin")
    try tab.touch("#zoomin")
    let fragment = try tab.text("decodeURIComponent(location.hash)")
    let zoom = try #require(fragment.split(separator: "zoom=").last).split(separator: ",")
      .compactMap { Double($0) }
    #expect(zoom.count == 4, "\(fragment)")
    try tab.touch("#reset")
    box = try tab.box("#picture")
    try tab.tap(at: (box.x + box.width * 0.3, box.y + box.height * 0.7))
    try tab.touch("#zoomin")
    try tab.touch("#zoomin")
    let other = try #require(
      try tab.text("decodeURIComponent(location.hash)").split(separator: "zoom=").last
    ).split(separator: ",").compactMap { Double($0) }
    // Dearer and better where the first tap was.
    #expect(other.count == 4 && zoom[0] > other[0] && zoom[3] > other[3], "\(zoom) \(other)")
    try tab.touch("#reset")
    #expect(try !tab.text("location.hash").contains("zoom"))
    #expect(tab.complaints == [])
  }

  @Test("Everything can be reached and seen by keyboard")
  func keyboard() throws {
    guard let (_, tab) = try opened() else { return }
    let focusable = try tab.number(
      """
      [...document.querySelectorAll('a[href], button, select, input, [tabindex="0"]')]
        .filter(x => x.checkVisibility() && !x.disabled).length
      """)
    var reached: Set<String> = []
    for step in 0..<Int(focusable) {
      try tab.press("Tab")
      let seen = try tab.texts(
        """
        (node => {
          node.dataset.stop = node.dataset.stop || String(\(step));
          const style = getComputedStyle(node);
          return [node.dataset.stop, style.outlineStyle === 'none' || style.outlineWidth === '0px'
            ? node.outerHTML.slice(0, 100) : ''];
        })(document.activeElement)
        """)
      reached.insert(seen[0])
      #expect(seen[1].isEmpty, "no outline: \(seen[1])")
    }
    #expect(Double(reached.count) >= focusable - 1)
  }

  @Test("Without scripts the verdicts and tables are there")
  func plain() throws {
    guard let (directory, tab) = try opened() else { return }
    let report = try PageReport(in: directory.path)
    let headline = try tab.text("document.getElementById('headline').textContent")
    try tab.send("Emulation.setScriptExecutionDisabled", ["value": true])
    try tab.open(directory.path + "/report.html")
    try tab.send("Emulation.setScriptExecutionDisabled", ["value": false])
    #expect(try tab.text("document.querySelector('h1').textContent") == headline)
    let shown = try tab.text("document.body.innerText")
    for summary in report.tasks.flatMap(\.summaries) {
      #expect(shown.contains(String(format: "%.4f", summary.deployable.mean)))
    }
    #expect(shown.contains("SYNTHETIC"))
  }

  @Test("It prints: tables whole, controls away")
  func printing() throws {
    guard let (_, tab) = try opened() else { return }
    let answer = try tab.send("Page.printToPDF", ["printBackground": true])
    let bytes = try #require(
      (answer["data"] as? String).flatMap { Data(base64Encoded: $0) })
    #expect(bytes.starts(with: Data("%PDF".utf8)) && bytes.count > 20_000)
    try tab.emulate(isDark: true, media: "print")
    #expect(
      try tab.number(
        "[...document.querySelectorAll('.controls, #picker')].filter(x => x.checkVisibility()).length"
      ) == 0)
    #expect(
      try tab.text("getComputedStyle(document.documentElement).getPropertyValue('--page').trim()")
        == "#ffffff")
  }
}
