import Foundation

/// What a child process says: one JSON object a line.
struct ChildReply: Decodable, Equatable {
  /// A choice at one parameter.
  struct Choice: Decodable, Equatable {
    let parameter: Double
    let model: String
  }

  /// `ready`, `fitted`, `routed`, `progress` or `error`; nil for an answer.
  let type: String?
  /// With `ready`: the version of the protocol.
  let version: Int?
  /// With `ready`: whether features are wanted; not unless said.
  let features: Bool?
  /// With `ready`: whether there is something to fit; there is unless said.
  let learns: Bool?
  /// With `error`.
  let message: String?
  /// The prompt an answer is for.
  let id: String?
  let model: String?
  let choices: [Choice]?
  let quality: [Double]?
  let cost: [Double]?

  private enum CodingKeys: String, CodingKey {
    case type, features, learns, message, id, model, choices, quality, cost
    case version = "protocol"
  }

  /// Reads a line; nil for a blank one.
  ///
  /// - Throws: Where it is no object with these types.
  static func read(_ line: [UInt8]) throws -> ChildReply? {
    if line.allSatisfy({ $0 == 0x20 || (0x09...0x0D).contains($0) }) { return nil }
    return try JSONDecoder().decode(ChildReply.self, from: Data(line))
  }
}
