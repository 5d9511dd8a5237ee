import Foundation

/// The tokens of a vocabulary by their bytes; each has one number and each number one token.
struct TokenVocabulary: Sendable {
  private(set) var ids: [[UInt8]: Int32] = [:]

  /// A hundred times the published ones.
  static let longestFile = 1 << 28

  init() {}

  /// The `vocab` of a `tokenizer.json`, or of an older file that is nothing else.
  init(_ json: ModelJSON?, _ fault: ModelFault) throws(EmbeddingError) {
    guard let members = json?.members else { throw fault.damaged("holds no vocabulary") }
    ids.reserveCapacity(members.count)
    for member in members {
      guard let id = member.value.token else { throw fault.damaged("holds no vocabulary") }
      guard id >= 0 else { throw fault.damaged("numbers \(fault.quoted(member.key)) \(id)") }
      ids[Array(member.key.utf8)] = id
    }
  }

  /// Lines, one token each, numbered from 0; of equal ones the last counts.
  init(lines data: Data, _ fault: ModelFault) throws(EmbeddingError) {
    guard data.count <= Self.longestFile else {
      throw fault.damaged(
        "has \(data.count) bytes, more than the \(Self.longestFile) that are read")
    }
    var lines = data.split(separator: 0x0A, omittingEmptySubsequences: false)
    if lines.last?.isEmpty == true { lines.removeLast() }
    ids.reserveCapacity(lines.count)
    for (id, line) in lines.enumerated() {
      ids[Array(line.last == 0x0D ? line.dropLast() : line)] = Int32(id)
    }
  }

  func id(_ token: String) -> Int32? { ids[Array(token.utf8)] }

  var greatest: Int { ids.values.reduce(-1) { max($0, Int($1)) } }

  /// Adds tokens that stand for themselves.
  mutating func add(_ tokens: [AddedTokens.Token], _ fault: ModelFault) throws(EmbeddingError) {
    for token in tokens {
      let text = String(String.UnicodeScalarView(token.text))
      guard token.id >= 0 else { throw fault.damaged("numbers \(fault.quoted(text)) \(token.id)") }
      if let other = ids.updateValue(token.id, forKey: Array(text.utf8)), other != token.id {
        throw fault.damaged("numbers \(fault.quoted(text)) both \(other) and \(token.id)")
      }
    }
  }

  /// Refuses two tokens of one number.
  func requireDistinct(_ fault: ModelFault) throws(EmbeddingError) {
    var tokens: [Int32: [UInt8]] = [:]
    tokens.reserveCapacity(ids.count)
    for (token, id) in ids {
      if let other = tokens.updateValue(token, forKey: id) {
        let both = [other, token].map { String(decoding: $0, as: UTF8.self) }.sorted()
        throw fault.damaged(
          "gives the number \(id) to both \(fault.quoted(both[0])) and \(fault.quoted(both[1]))")
      }
    }
  }
}
