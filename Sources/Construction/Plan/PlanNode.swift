/// A part of a plan file with the line it stands on, before anyone asks what it means.
struct PlanNode: Sendable {
  enum Content: Sendable {
    /// Text; plain text without quotes may be a number or a truth value.
    case scalar(String, isPlain: Bool)
    case list([PlanNode])
    case map([Entry])
  }

  struct Entry: Sendable {
    let name: String
    let line: Int
    let value: PlanNode
  }

  let line: Int
  let content: Content

  /// What it is, for sentences.
  var kind: String {
    switch content {
    case .scalar(let text, _): isNothing ? "nothing" : "'\(text)'"
    case .list: "a list"
    case .map: "a group of settings"
    }
  }

  /// Whether nothing, or `null`, stands here.
  var isNothing: Bool {
    if case .scalar(let text, isPlain: true) = content {
      ["", "~", "null"].contains(text)
    } else {
      false
    }
  }
}
