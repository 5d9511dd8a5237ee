import Matrices
import Outcomes
import Routing

/// What is said to a child process: one JSON object a line.
struct ChildMessages {
  /// The version of the protocol.
  static let version = 1

  private(set) var bytes: [UInt8] = []

  /// The greeting.
  static func hello(
    models: [ModelID], task: String, seed: UInt64, dimensions: Int
  ) -> [UInt8] {
    var message = ChildMessages()
    message.open("hello")
    message.append(",\"protocol\":\(version),\"models\":[")
    for (place, model) in models.enumerated() {
      if place > 0 { message.append(",") }
      JSONString.append(model.name, to: &message.bytes)
    }
    message.append("],\"task\":")
    JSONString.append(task, to: &message.bytes)
    message.append(",\"seed\":\(seed),\"dimensions\":\(dimensions)}\n")
    return message.bytes
  }

  /// What to learn: a head that says how many, and one line a training prompt.
  static func fit(_ lessons: Lessons, withFeatures: Bool) -> [UInt8] {
    var message = ChildMessages()
    message.open("fit")
    message.append(",\"rows\":\(lessons.count)}\n")
    for row in 0..<lessons.count {
      message.open("lesson")
      message.append(lessons.table.sampleIDs[row], lessons.table.prompts[row])
      message.append(",\"quality\":")
      message.append(lessons.table.quality[row: row])
      message.append(",\"cost\":")
      message.append(lessons.table.cost[row: row])
      if withFeatures { message.append(features: lessons.features[row: row]) }
      message.append("}\n")
    }
    return message.bytes
  }

  /// What to answer: a head that says how many, and one line a prompt, without outcomes.
  static func route(_ sheet: PromptSheet, withFeatures: Bool) -> [UInt8] {
    var message = ChildMessages()
    message.open("route")
    message.append(",\"rows\":\(sheet.count)}\n")
    for row in 0..<sheet.count {
      message.open("prompt")
      message.append(sheet.sampleIDs[row], sheet.prompts[row])
      if withFeatures { message.append(features: sheet.features[row: row]) }
      message.append("}\n")
    }
    return message.bytes
  }

  private mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }

  private mutating func open(_ type: String) { append("{\"type\":\"\(type)\"") }

  private mutating func append(_ id: String, _ prompt: String) {
    append(",\"id\":")
    JSONString.append(id, to: &bytes)
    append(",\"prompt\":")
    JSONString.append(prompt, to: &bytes)
  }

  private mutating func append(features: [Float]) {
    append(",\"features\":")
    append(features)
  }

  /// The fewest digits that give the same number back.
  private mutating func append<Number: BinaryFloatingPoint & CustomStringConvertible>(
    _ numbers: some Collection<Number>
  ) {
    append("[")
    for (place, number) in numbers.enumerated() {
      if place > 0 { append(",") }
      append(number.description)
    }
    append("]")
  }
}
