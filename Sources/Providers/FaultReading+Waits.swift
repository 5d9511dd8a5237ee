import Foundation
import Transport

extension FaultReading {
  /// The wait that is asked for in so many words: by a header, a field of the body or its sentence.
  var asked: Double? {
    response.retryAfter() ?? error.wait ?? Self.wait(in: error.text)
      ?? gateway.retryAfter()
  }

  /// When the limit that was reached is renewed.
  var limitReset: Double? { gateway.limitReset() ?? response.limitReset() }

  /// The answer of the provider behind a gateway, as far as the gateway shows it.
  private var gateway: HTTPResponse {
    let date = response.headers.filter { $0.name.lowercased() == "date" }
    return HTTPResponse(status: response.status, headers: error.headers + date)
  }

  /// What stands before a wait in a sentence.
  private static let waitPhrases = [
    "try again in", "try again after", "retry in", "retry after", "retry-after", "retrydelay",
    "retrying in", "request after", "requests after", "wait", "resets in", "reset in",
    "reset after", "available in", "again in",
  ]

  /// The wait that a sentence names.
  static func wait(in text: String) -> Double? {
    for phrase in waitPhrases {
      var rest = text[...]
      while let range = rest.range(of: phrase) {
        rest = rest[range.upperBound...]
        var words = rest.drop { " \":'=~\\(".contains($0) }
        for filler in ["for ", "about ", "at least ", "approximately ", "another "]
        where words.hasPrefix(filler) {
          words = words.dropFirst(filler.count)
        }
        let needsUnit = !phrase.hasPrefix("retry")
        if let duration = WrittenDuration(startOf: words, needsUnit: needsUnit) {
          return duration.seconds
        }
      }
    }
    return nil
  }

  /// A wait for people: `34 s`, `6 min`, `15.2 h`.
  static func words(_ seconds: Double) -> String {
    func text(_ value: Double) -> String {
      let text = String(format: "%.1f", value)
      return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
    switch seconds {
    case ..<1: return "\(max(1, Int((seconds * 1000).rounded()))) ms"
    case ..<120: return "\(text(seconds)) s"
    case ..<7200: return "\(text(seconds / 60)) min"
    case ..<172_800: return "\(text(seconds / 3600)) h"
    default: return "\(text(min(1e9, seconds / 86_400))) days"
    }
  }
}
