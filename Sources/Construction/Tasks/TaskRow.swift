import Foundation
import Outcomes
import Providers

/// One row of a task's file, in CSV or JSON Lines, with where it stands.
struct TaskRow {
  let file: String
  /// The line on which it starts, from 1; the row of a JSON array likewise.
  let line: Int
  private let cell: (String) -> String?

  init(file: String, line: Int, cell: @escaping (String) -> String?) {
    self.file = file
    self.line = line
    self.cell = cell
  }

  var place: String { "\(file), line \(line)" }

  func fault(_ sentence: String) -> ConstructionError { ConstructionError("\(place): \(sentence)") }

  /// The first of some columns that has anything in it.
  func optional(_ names: String...) -> String? {
    for name in names { if let text = cell(name), !text.isEmpty { return text } }
    return nil
  }

  /// The first of some columns that has anything in it.
  ///
  /// - Throws: Where none has.
  func text(_ names: String...) throws(ConstructionError) -> String {
    for name in names {
      if let text = optional(name), text.contains(where: { !$0.isWhitespace }) { return text }
    }
    let known = names.map { "'\($0)'" }.joined(separator: " or ")
    throw fault("there is nothing under \(known); fill it.")
  }

  /// A cell that holds an object or a list of JSON; nil where it holds anything else.
  func json(_ name: String) -> JSONValue? {
    guard let text = optional(name), let first = text.first, first == "{" || first == "[" else {
      return nil
    }
    return try? JSONDecoder().decode(JSONValue.self, from: Data(text.utf8))
  }

  /// A cell that holds a list of texts.
  func texts(_ name: String) throws(ConstructionError) -> [String] {
    try texts(json(name), under: name)
  }

  func texts(_ value: JSONValue?, under name: String) throws(ConstructionError) -> [String] {
    guard case .array(let values) = value else {
      throw fault("'\(name)' needs a list of texts, such as [\"one\", \"two\"].")
    }
    let texts = values.compactMap(\.text)
    guard texts.count == values.count else {
      throw fault("'\(name)' needs texts only; something else is among them.")
    }
    return texts
  }

  /// A question with choices, checked.
  ///
  /// - Parameter right: The place of the right one from 0; nil where the file does not say.
  func question(
    _ text: String, choices: [String], right: Int?, subject: String? = nil
  ) throws(ConstructionError) -> TaskQuestion {
    guard (2...Choice.letters.count).contains(choices.count) else {
      throw fault("a question needs 2 to 26 choices; found \(choices.count).")
    }
    for (place, choice) in choices.enumerated() where choice.allSatisfy(\.isWhitespace) {
      throw fault("choice \(Choice.letters[place]) is empty; fill it.")
    }
    if let right, !choices.indices.contains(right) {
      throw fault("the right answer is choice \(right + 1), but there are \(choices.count).")
    }
    return TaskQuestion(
      subject: subject, text: text, choices: choices, right: right, place: place)
  }

  /// The place that a number or letter names among choices.
  ///
  /// - Parameter base: The number of the first choice.
  func place(_ text: String, among count: Int, base: Int = 0) throws(ConstructionError) -> Int {
    let text = text.trimmingCharacters(in: .whitespaces)
    if let letter = Choice.letters.firstIndex(of: text.uppercased()), letter < count {
      return letter
    }
    guard let number = Int(text), (base..<(base + count)).contains(number) else {
      throw fault(
        "the right answer needs a letter from A to \(Choice.letters[max(0, min(count, 26) - 1)]) or a "
          + "number from \(base) to \(base + count - 1); found '\(text)'.")
    }
    return number - base
  }
}

extension TaskRow {
  /// The rows of a file in one of a task's forms.
  ///
  /// - Parameter header: The columns of a CSV form that names none; nil where there is no such form.
  static func read(
    _ file: String, columns: [String], header: [String]? = nil, of task: TaskCard
  ) throws(ConstructionError) -> [TaskRow] {
    let records: RecordFile
    do throws(OutcomesError) {
      if let header, TaskText.isHeadless(file, columns: header.count) {
        records = try RecordFile.read(file, wanted: columns, header: header)
      } else {
        records = try RecordFile.read(file, wanted: columns)
      }
    } catch { throw ConstructionError(error.description) }
    guard !records.records.isEmpty else {
      throw ConstructionError("\(file) has no rows; task \(task.name) needs at least one.")
    }
    guard !records.columns.isEmpty else {
      throw ConstructionError(
        "\(file) has none of the columns of task \(task.name), which takes: "
          + task.forms.joined(separator: " "))
    }
    return records.records.map { record in
      TaskRow(file: file, line: record.line) { records.text(record, $0) }
    }
  }
}
