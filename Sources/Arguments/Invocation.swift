/// A command with the arguments it was called with, asked for by name and type.
///
/// Every question checks the value and refuses it with a sentence that says what was needed.
public struct Invocation: Hashable, Sendable {
  /// The command that was called.
  public let command: Command
  /// The words that lead to it: `["routerbench", "models", "pull"]`.
  public let path: [String]
  /// The operands, in order.
  public private(set) var operands: [String] = []
  private var values: [String: [String]] = [:]

  init(command: Command, path: [String]) {
    self.command = command
    self.path = path
  }

  mutating func add(operand: String) throws(ArgumentsError) {
    guard operands.count < command.operands.count else {
      throw .extraOperand(operand, wanted: command.operands.count)
    }
    let definition = command.operands[operands.count]
    try check(operand, definition.kind, of: definition.name)
    operands.append(operand)
  }

  mutating func add(_ option: CommandOption, _ value: String?) throws(ArgumentsError) {
    if !option.isRepeated, values[option.name] != nil { throw .repeated("--\(option.name)") }
    if let value { try check(value, option.kind, of: "--\(option.name)") }
    values[option.name, default: []].append(value ?? "")
  }

  private func check(
    _ value: String, _ kind: ValueKind, of name: String
  ) throws(ArgumentsError) {
    guard case .oneOf(let words) = kind, !words.contains(value) else { return }
    throw .notAValue(
      name, value, needed: "one of \(words.joined(separator: ", "))",
      hint: ArgumentsError.hint(value, among: words))
  }

  private func precheck(_ name: String) {
    precondition(
      command.option(long: name) != nil, "'\(command.name)' defines no option --\(name).")
  }

  /// Whether the command has such an option at all; commands share readers of options.
  public func defines(_ name: String) -> Bool { command.option(long: name) != nil }

  /// Whether an option was given.
  public func has(_ name: String) -> Bool {
    precondition(
      command.option(long: name) != nil || name == "version",
      "'\(command.name)' defines no option --\(name).")
    return values[name] != nil
  }

  /// The operand of that name, or nil when it was left out.
  public func operand(_ name: String) -> String? {
    guard let place = command.operands.firstIndex(where: { $0.name == name }) else {
      preconditionFailure("'\(command.name)' defines no operand \(name).")
    }
    return place < operands.count ? operands[place] : nil
  }

  /// The operand of that name, which the parser has already required.
  public func required(_ name: String) throws(ArgumentsError) -> String {
    guard let value = operand(name) else {
      let summary = command.operands.first { $0.name == name }?.summary ?? ""
      throw .missingOperand(name, summary: summary)
    }
    return value
  }

  /// The value of an option as it was typed, or nil.
  public func text(_ name: String) -> String? {
    precheck(name)
    return values[name]?.last
  }

  /// Every value of an option as it was typed, in order; none when it was not given.
  public func texts(_ name: String) -> [String] {
    precheck(name)
    return values[name] ?? []
  }

  /// Every value of an option, split at commas; nil when it was not given.
  public func list(_ name: String) throws(ArgumentsError) -> [String]? {
    precheck(name)
    guard let given = values[name] else { return nil }
    let items = given.flatMap { $0.split(separator: ",", omittingEmptySubsequences: false) }
      .map(String.init)
    if items.contains("") {
      throw .notAValue(
        "--\(name)", given.joined(separator: ","), needed: "names with commas between them")
    }
    return items
  }

  /// The value of an option as a whole number within `range`.
  public func integer(
    _ name: String, in range: ClosedRange<Int> = Int.min...Int.max
  ) throws(ArgumentsError) -> Int? {
    guard let typed = text(name) else { return nil }
    if let number = Int(typed), range.contains(number) { return number }
    throw .notAValue("--\(name)", typed, needed: "a whole number\(Self.words(range))")
  }

  /// The value of an option as a finite number for which `isValid` holds.
  public func number(
    _ name: String, needed: String = "a number", where isValid: (Double) -> Bool = { _ in true }
  ) throws(ArgumentsError) -> Double? {
    guard let typed = text(name) else { return nil }
    if let number = Double(typed), number.isFinite, isValid(number) { return number }
    throw .notAValue("--\(name)", typed, needed: needed)
  }

  /// The value of an option as a case of an enumeration.
  public func choice<Choice: RawRepresentable & CaseIterable>(
    _ name: String, as type: Choice.Type = Choice.self
  ) throws(ArgumentsError) -> Choice? where Choice.RawValue == String {
    guard let typed = text(name) else { return nil }
    if let choice = Choice(rawValue: typed) { return choice }
    let words = Choice.allCases.map(\.rawValue)
    throw .notAValue(
      "--\(name)", typed, needed: "one of \(words.joined(separator: ", "))",
      hint: ArgumentsError.hint(typed, among: words))
  }

  /// Whole numbers of at least zero, as a list of numbers and ranges: `0-9` or `1,2,5-7`.
  public func integers(_ name: String) throws(ArgumentsError) -> [Int]? {
    guard let items = try list(name) else { return nil }
    var numbers: [Int] = []
    for item in items {
      let ends = item.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
      switch (ends.count, ends.first ?? nil, ends.last ?? nil) {
      case (1, let only?, _): numbers.append(only)
      case (2, let first?, let last?) where first <= last && last - first < 10_000:
        numbers.append(contentsOf: first...last)
      default:
        throw .notAValue("--\(name)", item, needed: "whole numbers and ranges, such as 0-9 or 1,4")
      }
    }
    return numbers
  }

  private static func words(_ range: ClosedRange<Int>) -> String {
    switch (range.lowerBound, range.upperBound) {
    case (Int.min, Int.max): ""
    case (let low, Int.max): " of at least \(low)"
    case (Int.min, let high): " of at most \(high)"
    case (let low, let high): " from \(low) to \(high)"
    }
  }
}
