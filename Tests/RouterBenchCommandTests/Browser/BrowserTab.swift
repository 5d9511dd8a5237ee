import Foundation

/// One page in the browser, used as a reader would use it: by pointer, keys and eyes.
final class BrowserTab {
  private let browser: Browser
  private let session: String

  /// Opens an empty page of a size, in light or dark.
  init(_ browser: Browser, width: Int = 1440, height: Int = 900, isDark: Bool = false) throws {
    self.browser = browser
    let target = try browser.send("Target.createTarget", ["url": "about:blank"])
    let attached = try browser.send(
      "Target.attachToTarget", ["targetId": target["targetId"] ?? "", "flatten": true])
    guard let session = attached["sessionId"] as? String else {
      throw Browser.Failure(description: "The browser gave no session.")
    }
    self.session = session
    for domain in ["Page", "Runtime", "Log", "Network", "Accessibility"] {
      try send("\(domain).enable")
    }
    try resize(width: width, height: height)
    try emulate(isDark: isDark)
  }

  @discardableResult
  func send(_ method: String, _ parameters: [String: Any] = [:]) throws -> [String: Any] {
    try browser.send(method, parameters, session: session)
  }

  func resize(width: Int, height: Int) throws {
    try send(
      "Emulation.setDeviceMetricsOverride",
      ["width": width, "height": height, "deviceScaleFactor": 1, "mobile": false])
  }

  func emulate(isDark: Bool, media: String = "") throws {
    try send(
      "Emulation.setEmulatedMedia",
      [
        "media": media,
        "features": [["name": "prefers-color-scheme", "value": isDark ? "dark" : "light"]],
      ])
  }

  /// Loads a file and waits until it is there.
  func open(_ path: String, fragment: String = "") throws {
    // A new document even where only the fragment differs.
    try send("Page.navigate", ["url": "about:blank"])
    try browser.wait(for: "Page.loadEventFired", session: session)
    let url = URL(fileURLWithPath: path).absoluteString
    try send("Page.navigate", ["url": url + fragment])
    try browser.wait(for: "Page.loadEventFired", session: session)
  }

  /// The value of an expression, by way of JSON.
  func value(_ expression: String) throws -> Any? {
    let answer = try send(
      "Runtime.evaluate",
      ["expression": expression, "returnByValue": true, "awaitPromise": true])
    if let exception = answer["exceptionDetails"] as? [String: Any] {
      let thrown = exception["exception"] as? [String: Any]
      throw Browser.Failure(description: "\(expression): \(thrown?["description"] ?? exception)")
    }
    return (answer["result"] as? [String: Any])?["value"]
  }

  func text(_ expression: String) throws -> String {
    guard let text = try value(expression) as? String else {
      throw Browser.Failure(description: "\(expression) is no text.")
    }
    return text
  }

  func number(_ expression: String) throws -> Double {
    guard let number = try numbers("[\(expression)]").first else {
      throw Browser.Failure(description: "\(expression) is no number.")
    }
    return number
  }

  func texts(_ expression: String) throws -> [String] {
    try value(expression) as? [String] ?? []
  }

  /// Numbers to the last bit, which Foundation's untyped JSON does not keep.
  func numbers(_ expression: String) throws -> [Double] {
    try JSONDecoder().decode(
      [Double].self, from: Data(text("JSON.stringify(\(expression))").utf8))
  }

  /// Where an element is in the window, after it was scrolled into sight: left, top, width, height.
  func box(_ selector: String) throws -> (x: Double, y: Double, width: Double, height: Double) {
    let sides = try numbers(
      """
      (() => {
        const node = document.querySelector(\(Self.quoted(selector)));
        if (!node) return [];
        node.scrollIntoView({ block: 'center', behavior: 'instant' });
        const box = node.getBoundingClientRect();
        return [box.x, box.y, box.width, box.height];
      })()
      """)
    guard sides.count == 4 else { throw Browser.Failure(description: "There is no \(selector).") }
    return (sides[0], sides[1], sides[2], sides[3])
  }

  /// Clicks the middle of an element.
  func click(_ selector: String, times: Int = 1) throws {
    let box = try box(selector)
    let (x, y) = (box.x + box.width / 2, box.y + box.height / 2)
    try mouse("mouseMoved", x, y)
    for time in 1...times {
      try mouse("mousePressed", x, y, clicks: time)
      try mouse("mouseReleased", x, y, clicks: time)
    }
  }

  /// Taps a place of the window with one finger.
  func tap(at place: (x: Double, y: Double)) throws {
    try send(
      "Input.dispatchTouchEvent",
      ["type": "touchStart", "touchPoints": [["x": place.x, "y": place.y]]])
    try send("Input.dispatchTouchEvent", ["type": "touchEnd", "touchPoints": [Any]()])
  }

  /// Taps an element as a finger does, and waits for the click that follows.
  func touch(_ selector: String) throws {
    let box = try box(selector)
    try send(
      "Runtime.evaluate",
      [
        "expression":
          "window.touched = new Promise(done => document.querySelector(\(Self.quoted(selector)))"
          + ".addEventListener('click', () => requestAnimationFrame(done), { once: true })); 0"
      ])
    try tap(at: (box.x + box.width / 2, box.y + box.height / 2))
    _ = try value("Promise.race([window.touched, new Promise(done => setTimeout(done, 5000))])")
  }

  /// Presses at one place of the window, moves and lets go at another.
  func drag(from start: (x: Double, y: Double), to end: (x: Double, y: Double)) throws {
    try mouse("mouseMoved", start.x, start.y)
    try mouse("mousePressed", start.x, start.y, clicks: 1)
    for step in 1...5 {
      let share = Double(step) / 5
      try mouse(
        "mouseMoved", start.x + share * (end.x - start.x), start.y + share * (end.y - start.y),
        isPressed: true)
    }
    try mouse("mouseReleased", end.x, end.y, clicks: 1)
  }

  func point(at place: (x: Double, y: Double)) throws { try mouse("mouseMoved", place.x, place.y) }

  private func mouse(
    _ type: String, _ x: Double, _ y: Double, clicks: Int = 0, isPressed: Bool = false
  ) throws {
    try send(
      "Input.dispatchMouseEvent",
      [
        "type": type, "x": x, "y": y, "button": clicks > 0 || isPressed ? "left" : "none",
        "buttons": isPressed || type == "mousePressed" ? 1 : 0, "clickCount": clicks,
        "pointerType": "mouse",
      ])
  }

  private static let keyCodes = [
    "Tab": 9, "Enter": 13, "Escape": 27, "End": 35, "Home": 36, "ArrowLeft": 37, "ArrowUp": 38,
    "ArrowRight": 39, "ArrowDown": 40,
  ]

  /// Presses a key by its name, or types one character.
  func press(_ key: String, times: Int = 1) throws {
    for _ in 0..<times {
      var down: [String: Any] = [
        "type": "keyDown", "key": key, "code": key,
        "windowsVirtualKeyCode": Self.keyCodes[key] ?? 0,
      ]
      if key.count == 1 { down["text"] = key }
      if key == "Enter" { down["text"] = "\r" }
      try send("Input.dispatchKeyEvent", down)
      try send(
        "Input.dispatchKeyEvent",
        [
          "type": "keyUp", "key": key, "code": key,
          "windowsVirtualKeyCode": Self.keyCodes[key] ?? 0,
        ])
    }
  }

  /// Types into what has the focus.
  func type(_ text: String) throws { try send("Input.insertText", ["text": text]) }

  /// Chooses an option of a select as a reader would: by its change event.
  func choose(_ selector: String, _ label: String) throws {
    try click(selector)
    try press("Escape")
    _ = try value(
      """
      (() => {
        const node = document.querySelector(\(Self.quoted(selector)));
        const option = [...node.options].find(one => one.text === \(Self.quoted(label)));
        if (!option) throw new Error('no such option');
        node.value = option.value;
        node.dispatchEvent(new Event('change', { bubbles: true }));
      })()
      """)
  }

  /// Every complaint of the page so far: thrown errors, console errors and warnings, blocked things.
  var complaints: [String] {
    browser.events.filter { $0.session == session }.compactMap { event in
      switch event.method {
      case "Runtime.exceptionThrown", "Log.entryAdded": "\(event.parameters)"
      case "Runtime.consoleAPICalled":
        ["error", "warning", "assert"].contains(event.parameters["type"] as? String ?? "")
          ? "\(event.parameters)" : nil
      default: nil
      }
    }
  }

  /// What was asked for besides the pages themselves.
  var requests: [String] {
    browser.events.filter { $0.session == session && $0.method == "Network.requestWillBeSent" }
      .compactMap { event in
        if event.parameters["type"] as? String == "Document" { return nil }
        return (event.parameters["request"] as? [String: Any])?["url"] as? String
      }
  }

  /// Text as a literal of JavaScript.
  static func quoted(_ text: String) -> String {
    let bytes = (try? JSONSerialization.data(withJSONObject: [text])) ?? Data("[\"\"]".utf8)
    return String(decoding: bytes.dropFirst().dropLast(), as: UTF8.self)
  }
}
