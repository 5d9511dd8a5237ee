import Foundation

/// What to write in a plan when a server does not take a setting of the request.
struct SettingAdvice {
  /// The setting by the name that was sent.
  let setting: String
  /// What to write instead.
  let sentence: String

  /// The settings that requests carry.
  private static let settings = [
    "max_completion_tokens", "max_tokens", "temperature", "top_p", "seed", "stop_sequences", "stop",
    "stream",
  ]

  private static let phrases = [
    "unsupported", "not supported", "does not support", "doesn't support", "isn't supported",
    "unknown parameter", "unrecognized", "unexpected", "unknown field", "unknown name",
    "not permitted", "not allowed", "is deprecated", "cannot both be", "only the default",
  ]

  private static let codes: Set<String> = [
    "unsupportedparameter", "unsupportedvalue", "unknownparameter", "extraforbidden",
  ]

  /// `nil` unless the error says that a setting is not taken.
  init?(_ error: ErrorBody) {
    let text = error.text
    guard error.words.hasAny(of: Self.codes) || text.hasAny(of: Self.phrases) else { return nil }
    let named = error.parameters.first { Self.settings.contains($0) }
    // What is not taken is named before what takes its place.
    let mentioned = Self.settings.compactMap { setting in
      Self.place(of: setting, in: text).map { (setting: setting, place: $0) }
    }.min { $0.place < $1.place }?.setting
    if let setting = named ?? mentioned {
      self.setting = setting
      sentence = Self.sentence(for: setting, text)
    } else if error.parameters.contains(where: { $0.hasSuffix("role") }) || text.contains("role"),
      text.contains("system") || text.contains("developer")
    {
      setting = "system"
      sentence = "Leave 'system' out of the task, or ask another model; judges always send one."
    } else {
      return nil
    }
  }

  /// Where a text first speaks of a setting by its name; `nil` if it does not.
  private static func place(of setting: String, in text: String) -> String.Index? {
    var rest = text[...]
    while let range = rest.range(of: setting) {
      let before = rest[..<range.lowerBound].last
      let after = rest[range.upperBound...].first
      func isPart(_ character: Character?) -> Bool {
        character.map { $0.isLetter || $0.isNumber || $0 == "_" } ?? false
      }
      if !isPart(before), !isPart(after) {
        // Short words of the language are names only between quotes.
        let isQuoted = before.map { "'`\"".contains($0) } ?? false
        let isNamed =
          rest[..<range.lowerBound].hasSuffix("supplied: ")
          || rest[range.upperBound...].hasPrefix(": extra inputs")
        if isQuoted || isNamed || setting.contains("_") || setting == "temperature" {
          return range.lowerBound
        }
      }
      rest = rest[range.upperBound...]
    }
    return nil
  }

  private static func sentence(for setting: String, _ text: String) -> String {
    switch setting {
    case "max_tokens":
      return "In the plan, write 'sampling: {extra: {max_completion_tokens: N}}' for this model, "
        + "which takes the place of max_tokens, or 'provider: openai', which sends that name."
    case "max_completion_tokens":
      return "In the plan, write 'provider: openai-compatible' for this model, which sends "
        + "max_tokens, or 'sampling: {extra: {max_tokens: N}}'."
    case "stream":
      return "The server insists on a form of answer; ask it by another address."
    default:
      let name = setting == "stop_sequences" ? "stop" : setting
      return "In the plan, leave '\(name)' out of 'sampling', or take it out for this model alone "
        + "with 'sampling: {extra: {\(setting): null}}'."
    }
  }
}
