import Foundation
import Transport

/// What the body of an answer says about an error, in whichever form a server writes it.
///
/// Servers agree on little: an error is an object, a text or a list; it stands in `error`, `errors`,
/// `detail` or `message`, in a choice, or as JSON inside the text of another error. All that it says
/// is gathered here; what that means for a call is `FaultReading`'s to decide.
struct ErrorBody: Sendable {
  /// What it says to people, the outermost first.
  private(set) var messages: [String] = []
  /// Its codes, types and reasons in small letters without any other character.
  private(set) var words: Set<String> = []
  /// A code among them as the server writes it.
  private(set) var code: String?
  /// A status of HTTP among its codes.
  private(set) var status: Int?
  /// The fields of the request that it speaks of.
  private(set) var parameters: [String] = []
  /// Whether it lists what moderation found in the input.
  private(set) var namesFlaggedInput = false
  /// Names of the quotas that are used up.
  private(set) var quotas: [String] = []
  /// Seconds that a field of it asks to wait.
  private(set) var wait: Double?
  /// Headers of the provider behind a gateway.
  private(set) var headers: [HTTPRequest.Header] = []
  /// Whether it is a web page.
  private(set) var isPage = false

  /// Nothing is said.
  init() {}

  /// One message without a code.
  init(message: String) { messages = [message] }

  /// Reads the body of an answer that is an error by its status.
  init(_ response: HTTPResponse) {
    let start = response.body.first { $0 > 32 }
    if start == UInt8(ascii: "<") {
      isPage = true
      if let title = Self.title(of: response.body) { messages = ["the web page '\(title)'"] }
    } else if let value = Self.json(response.body) {
      take(value, depth: 0)
    } else {
      let text = String(decoding: response.body.prefix(2000), as: UTF8.self)
        .trimmingCharacters(in: .whitespacesAndNewlines)
      if !text.isEmpty { messages = [text] }
    }
    // Amazon's services name the error in a header.
    if let name = response.header("x-amzn-errortype") { add(word: name) }
  }

  /// Gathers from the parts of an answer at 200 that are errors.
  init(parts: [JSONValue]) {
    for part in parts { take(part, depth: 0) }
  }

  /// Its sentence for people; `nil` if it says nothing.
  var sentence: String? {
    guard let first = messages.first else { return code }
    // A gateway's own sentence rarely says why.
    let second = messages.dropFirst().first { !first.contains($0) && !$0.contains(first) }
    let whole = second.map { "\(first): \($0)" } ?? first
    guard let code, !code.allSatisfy(\.isNumber), !whole.contains(code) else { return whole }
    return "\(whole) (\(code))"
  }

  /// All its messages in small letters.
  var text: String { messages.joined(separator: "\n").lowercased() }

  static func json(_ bytes: [UInt8]) -> JSONValue? {
    JSONReader.read(bytes)?.value
  }

  private static func title(of page: [UInt8]) -> String? {
    let text = String(decoding: page.prefix(20_000), as: UTF8.self)
    guard let start = text.range(of: "<title", options: .caseInsensitive),
      let open = text[start.upperBound...].firstIndex(of: ">"),
      let end = text.range(
        of: "</title", options: .caseInsensitive, range: open..<text.endIndex)
    else { return nil }
    let title = text[text.index(after: open)..<end.lowerBound]
      .split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return title.isEmpty ? nil : String(title.prefix(100))
  }
}

extension ErrorBody {
  /// Fields that hold sentences; a field before another is said before it.
  private static let sentences = [
    "message", "Message", "msg", "status_msg", "error_msg", "errorMessage", "error_message",
    "error_description", "detail", "title",
  ]
  /// Fields that hold codes.
  private static let codes = [
    "code", "type", "status", "reason", "error_code", "errorCode", "error_type", "errorType",
    "status_code", "statusCode", "http_code", "__type",
  ]
  /// Fields that hold more of the same.
  private static let nested = [
    "error", "errors", "detail", "details", "metadata", "innererror", "inner_error", "base_resp",
    "provider_specific_fields", "violations", "response",
  ]
  /// Fields that hold seconds.
  private static let waits = [
    "retryDelay", "retry_after", "retry_after_seconds", "retryAfter", "resets_in_seconds",
    "estimated_time",
  ]

  private mutating func take(_ value: JSONValue, depth: Int) {
    guard depth < 8 else { return }
    switch value {
    case .object(let members): take(members, depth: depth)
    case .array(let values): for value in values.prefix(20) { take(value, depth: depth + 1) }
    case .string(let text): add(message: text, depth: depth)
    default: break
    }
  }

  private mutating func take(_ members: [String: JSONValue], depth: Int) {
    let error = members["error"]
    for name in Self.sentences {
      guard case .string(let text)? = members[name] else { continue }
      add(message: text, depth: depth)
    }
    for name in Self.codes { if let code = members[name] { add(code: code) } }
    if case .string(let text)? = error {
      // Beside a message it is a code, unless it is written as a sentence is.
      if messages.isEmpty || text.contains(" ") {
        add(message: text, depth: depth)
      } else {
        add(code: .string(text))
      }
    }
    for name in Self.nested where name != "error" || error?.text == nil {
      guard let value = members[name], value.text == nil else { continue }
      take(value, depth: depth + 1)
    }
    for name in ["param", "loc"] { if let value = members[name] { add(parameter: value) } }
    if let raw = members["raw"] { take(raw, depth: depth + 1) }
    if case .array(let reasons)? = members["reasons"], !reasons.isEmpty { namesFlaggedInput = true }
    if members["flagged_input"]?.text != nil { namesFlaggedInput = true }
    for name in ["quotaId", "quotaMetric"] {
      if let text = members[name]?.text { quotas.append(text) }
    }
    for name in Self.waits { if let value = members[name] { add(wait: value, scale: 1) } }
    if let value = members["retry_after_ms"] { add(wait: value, scale: 0.001) }
    if case .object(let fields)? = members["headers"] {
      headers += fields.sorted { $0.key < $1.key }.compactMap { name, value in
        (value.text ?? value.double.map { String(format: "%.3f", $0) }).map {
          HTTPRequest.Header(name, $0)
        }
      }
    }
  }

  private mutating func add(message text: String, depth: Int) {
    let text = text.trimmingCharacters(in: .whitespacesAndNewlines)
    if text.hasPrefix("{") || text.hasPrefix("["), depth < 8,
      // A sentence may begin with a bracket, as "[model] is overloaded" does.
      let reading = JSONReader.read(Array(text.utf8)), reading.isWhole,
      reading.end == text.utf8.count
    {
      take(reading.value, depth: depth + 1)
    } else if !text.isEmpty, !messages.contains(text) {
      messages.append(text)
    }
  }

  private mutating func add(code value: JSONValue) {
    if let number = value.double, number == number.rounded(), abs(number) < 1e9 {
      add(number: Int(number))
    } else if case .string(let text) = value {
      if let number = Int(text) { add(number: number) } else { add(word: text) }
      let says = !["", "error", "failure", "fail", "failed"].contains(text.lowercased())
      if code == nil, says { code = text }
    }
  }

  private mutating func add(number: Int) {
    if status == nil, (400..<600).contains(number) { status = number }
    words.insert(String(number))
  }

  private mutating func add(word text: String) {
    // Amazon writes a name space before and an address behind the name.
    let name = text.split(separator: "#").last?.split(separator: ":").first ?? ""
    let word = name.lowercased().filter { $0.isLetter || $0.isNumber }
    if !word.isEmpty, word != "error" { words.insert(word) }
  }

  private mutating func add(parameter value: JSONValue) {
    switch value {
    case .string(let text): parameters.append(text)
    case .array(let path): if let last = path.last?.text { parameters.append(last) }
    default: break
    }
  }

  private mutating func add(wait value: JSONValue, scale: Double) {
    if let text = value.text, let duration = WrittenDuration(text) {
      wait = wait ?? duration.seconds
    } else if let seconds = value.double, seconds >= 0, seconds < 1e9 {
      wait = wait ?? seconds * scale
    } else if let seconds = value["seconds"]?.double ?? value["seconds"]?.text.flatMap(Double.init),
      seconds >= 0, seconds < 1e9
    {
      // A duration of protocol buffers.
      wait = wait ?? seconds + max(0, min(1e9, value["nanos"]?.double ?? 0)) / 1e9
    }
  }
}
