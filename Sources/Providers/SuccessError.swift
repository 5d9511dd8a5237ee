import Foundation
import Transport

/// An error in an answer whose status says that all went well.
///
/// Gateways send one in place of an answer, or beside half of one: the status was sent before the
/// model failed.
enum SuccessError {
  /// What holds an answer, by the names of all protocols.
  private static let answers = ["choices", "content", "answer", "embedding", "data", "output"]

  /// The error; `nil` if there is none.
  static func find(in response: HTTPResponse) -> ErrorBody? {
    guard mayHold(response.body), let body = ReplyBody(response) else { return nil }
    let parts = body.events.flatMap(errors)
    return parts.isEmpty ? nil : ErrorBody(parts: parts)
  }

  /// Whether it is worth reading twice; nearly all answers are not.
  private static func mayHold(_ body: [UInt8]) -> Bool {
    let data = Data(body)
    func holds(_ name: String) -> Bool { data.range(of: Data("\"\(name)".utf8)) != nil }
    let isStream = data.starts(with: Data("event:".utf8))
    if isStream || holds("error") || holds("base_resp") { return true }
    return !body.isEmpty && !answers.contains { $0 != "data" && holds($0) }
  }

  private static func errors(in value: JSONValue) -> [JSONValue] {
    guard case .object(let members) = value else { return [] }
    var found: [JSONValue] = []
    if let error = members["error"], isError(error) { found.append(value.without(answers)) }
    if found.isEmpty, members["type"]?.text == "error" || members["object"]?.text == "error" {
      found.append(value)
    }
    if case .array(let choices)? = members["choices"] {
      for choice in choices.prefix(20) {
        for holder in [choice, choice["message"], choice["delta"]].compactMap({ $0 }) {
          if let error = holder["error"], isError(error) { found.append(error) }
        }
      }
    }
    if let base = members["base_resp"], let code = base["status_code"]?.double, code != 0 {
      found.append(base)
    }
    if found.isEmpty, !answers.contains(where: { members[$0].map { $0 != .null } ?? false }) {
      // A message that is an object may be an answer in a protocol of its own.
      let texts = ["detail", "message", "msg"].compactMap { members[$0]?.text }
      if texts.contains(where: { !$0.isEmpty })
        || ["errors", "detail"].contains(where: { name in
          if case .array(let list)? = members[name] { list.contains(where: isError) } else { false }
        })
      {
        return [value]
      }
    }
    return found
  }

  /// Whether anything stands in it: some servers send an error without a content beside an answer.
  private static func isError(_ value: JSONValue) -> Bool {
    switch value {
    case .null: false
    case .boolean(let value): value
    case .integer(let code): code != 0
    case .number(let code): code != 0
    case .string(let text): !text.isEmpty && text.lowercased() != "null"
    case .array(let values): values.contains(where: isError)
    case .object(let members): members.values.contains(where: isError)
    }
  }
}

extension JSONValue {
  /// An object without some of its members.
  fileprivate func without(_ names: [String]) -> JSONValue {
    guard case .object(let members) = self else { return self }
    return .object(members.filter { !names.contains($0.key) })
  }
}
