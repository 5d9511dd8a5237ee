import Arguments

/// The settings of a router as they are typed: `e=0.1,t=0.9` in `cascade:e=0.1,t=0.9`.
struct SpelledSettings {
  let typed: String
  let name: String
  private(set) var values: [String: String] = [:]

  /// Reads settings by name; none where nothing follows the router's name.
  init(
    _ typed: String, name: String, _ items: [Substring], keys: [String], such example: String
  ) throws(ArgumentsError) {
    self.typed = typed
    self.name = name
    for item in items {
      let parts = item.split(separator: "=", maxSplits: 1).map(String.init)
      guard parts.count == 2, keys.contains(parts[0]) else {
        throw ArgumentsError(
          "\(name) takes settings such as \(example), by the names \(keys.joined(separator: ", ")); "
            + "'\(item)' was given.")
      }
      guard values.updateValue(parts[1], forKey: parts[0]) == nil else {
        throw ArgumentsError("\(name) was given \(parts[0]) twice; '\(typed)' was given.")
      }
    }
  }

  func number(
    _ key: String, needed: String = "a number", where isValid: (Double) -> Bool = { _ in true }
  ) throws(ArgumentsError) -> Double? {
    guard let text = values[key] else { return nil }
    if let number = Double(text), number.isFinite, isValid(number) { return number }
    throw ArgumentsError("\(name) needs \(needed) as \(key); '\(typed)' was given.")
  }

  func choice(_ key: String, of choices: [String]) throws(ArgumentsError) -> String? {
    guard let text = values[key] else { return nil }
    if choices.contains(text) { return text }
    throw ArgumentsError(
      "\(name) needs one of \(choices.joined(separator: ", ")) as \(key); '\(typed)' was given.")
  }
}
