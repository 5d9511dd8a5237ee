import Arguments
import Providers

/// Takes values out of a plan's nodes and collects all that is wrong, not only the first.
struct PlanReader {
  let file: String
  private var problems: [(line: Int, sentence: String)] = []

  init(file: String) { self.file = file }

  /// Throws all problems at once, in the order of their lines.
  func finish() throws(ConstructionError) {
    guard !problems.isEmpty else { return }
    let lines = problems.sorted { $0.line < $1.line }.map {
      "\(file), line \($0.line): \($0.sentence)"
    }
    throw ConstructionError(lines.joined(separator: "\n"))
  }

  mutating func note(_ line: Int, _ sentence: String) { problems.append((line, sentence)) }

  /// The settings of a group by name; unknown names are problems.
  mutating func group(
    _ node: PlanNode?, of what: String, known: [String], required: [String] = []
  ) -> [String: PlanNode] {
    guard let node else { return [:] }
    if node.isNothing, required.isEmpty { return [:] }
    guard case .map(let entries) = node.content else {
      note(node.line, "\(what) needs settings such as '\(known[0]): ...'; found \(node.kind).")
      return [:]
    }
    var fields: [String: PlanNode] = [:]
    for entry in entries {
      if known.contains(entry.name) {
        fields[entry.name] = entry.value
      } else {
        let near = Suggestion.nearest(to: entry.name, among: known)
        let hint =
          near.map { "did you mean '\($0)'?" } ?? "known are \(known.joined(separator: ", "))."
        note(entry.line, "'\(entry.name)' is no setting of \(what); \(hint)")
      }
    }
    for name in required where fields[name] == nil {
      note(node.line, "\(what) has no '\(name)'; add it.")
    }
    return fields
  }

  mutating func list(_ node: PlanNode?, of what: String) -> [PlanNode] {
    guard let node, !node.isNothing else { return [] }
    guard case .list(let items) = node.content else {
      note(node.line, "\(what) needs a list; found \(node.kind).")
      return []
    }
    return items
  }

  mutating func text(_ node: PlanNode?, of what: String) -> String? {
    guard let node, !node.isNothing else { return nil }
    guard case .scalar(let text, _) = node.content, !text.isEmpty else {
      note(node.line, "\(what) needs a text; found \(node.kind).")
      return nil
    }
    return text
  }

  /// One text or a list of them.
  mutating func texts(_ node: PlanNode?, of what: String) -> [String] {
    guard let node else { return [] }
    if case .list(let items) = node.content { return items.compactMap { text($0, of: what) } }
    return text(node, of: what).map { [$0] } ?? []
  }

  mutating func number(
    _ node: PlanNode?, of what: String, most: Double = .greatestFiniteMagnitude,
    needed: String = "a number of at least 0", where isValid: (Double) -> Bool = { $0 >= 0 }
  ) -> Double? {
    guard let node, !node.isNothing else { return nil }
    var needed = needed
    if case .scalar(let text, isPlain: true) = node.content, let number = Double(text),
      number.isFinite, isValid(number)
    {
      if number <= most { return number }
      needed = "a number of at most \(Int(most))"
    }
    note(node.line, "\(what) needs \(needed); found \(node.kind).")
    return nil
  }

  mutating func integer(
    _ node: PlanNode?, of what: String, least: Int, most: Int = .max
  ) -> Int? {
    guard let node, !node.isNothing else { return nil }
    var needed = "of at least \(least)"
    if case .scalar(let text, isPlain: true) = node.content, let number = Int(text),
      number >= least
    {
      if number <= most { return number }
      needed = "of at most \(most)"
    }
    note(node.line, "\(what) needs a whole number \(needed); found \(node.kind).")
    return nil
  }

  /// One of some words.
  mutating func word(_ node: PlanNode?, of what: String, among words: [String]) -> String? {
    guard let node, let text = text(node, of: what) else { return nil }
    if words.contains(text) { return text }
    let near = Suggestion.nearest(to: text, among: words)
    let hint = near.map { "; did you mean '\($0)'?" } ?? "."
    note(
      node.line, "\(what) needs one of \(words.joined(separator: ", ")); found '\(text)'\(hint)")
    return nil
  }

  /// Any value, for settings that are passed on as they are.
  func value(_ node: PlanNode) -> JSONValue {
    switch node.content {
    case .scalar(let text, let isPlain):
      if node.isNothing { return .null }
      guard isPlain else { return .string(text) }
      if text == "true" || text == "false" { return .boolean(text == "true") }
      if let integer = Int(text) { return .integer(integer) }
      if let number = Double(text), number.isFinite { return .number(number) }
      return .string(text)
    case .list(let items): return .array(items.map { value($0) })
    case .map(let entries):
      return .object(
        Dictionary(entries.map { ($0.name, value($0.value)) }, uniquingKeysWith: { $1 }))
    }
  }
}
