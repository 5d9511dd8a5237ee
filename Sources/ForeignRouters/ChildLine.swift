import Foundation

/// A line of a child's that is no message, and what is wrong with it.
struct ChildLine {
  private let bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The predicate of a sentence about the child.
  ///
  /// - Parameters:
  ///   - error: What the decoder had against it.
  ///   - stage: What the child was doing.
  func complaint(about error: any Error, stage: String) -> String {
    let kind = try? JSONDecoder().decode(Kind.self, from: Data(bytes))
    guard let kind else {
      if let word = strangeNumber {
        return "wrote \(word) \(stage), and JSON has no such number: \(quotation); needed are "
          + "finite numbers"
      }
      return "wrote a line that is no message \(stage): \(quotation) (remarks belong on standard "
        + "error)"
    }
    guard case .object = kind else {
      return "wrote a line that is \(kind.words) \(stage), where an object is needed: \(quotation)"
    }
    let start = "wrote a message \(stage) whose"
    switch error {
    case DecodingError.keyNotFound(let key, let context):
      return "\(start) \(Self.place(context.codingPath)) has no \(key.stringValue): \(quotation)"
    // The decoder does not say where.
    case DecodingError.dataCorrupted(let context) where context.codingPath.isEmpty:
      return "wrote a message \(stage) with a number out of range: \(quotation); needed are finite "
        + "numbers, and a whole one as protocol"
    case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context),
      DecodingError.dataCorrupted(let context):
      let found = kind.at(context.codingPath[...])?.words ?? "something else"
      return "\(start) \(Self.place(context.codingPath)) is \(found), where "
        + "\(Self.needed(context.codingPath)) is needed: \(quotation)"
    default: return "wrote a line that is no message \(stage): \(quotation)"
    }
  }

  private var quotation: String {
    let text = String(decoding: bytes.prefix(120), as: UTF8.self)
    return "'\(text)" + (bytes.count > 120 ? "...'" : "'")
  }

  /// A number that some languages write and JSON does not have, where that is all that is wrong.
  private var strangeNumber: String? {
    let words = ["-Infinity", "Infinity", "NaN", "-inf", "inf", "nan"].map { Array($0.utf8) }
    var mended: [UInt8] = []
    var found: String?
    var isText = false
    var place = 0
    while place < bytes.count {
      let byte = bytes[place]
      if isText {
        let length = byte == UInt8(ascii: "\\") ? 2 : 1
        if byte == UInt8(ascii: "\"") { isText = false }
        mended += bytes[place..<min(bytes.count, place + length)]
        place += length
      } else if let word = words.first(where: { bytes[place...].starts(with: $0) }) {
        found = found ?? String(decoding: word, as: UTF8.self)
        mended.append(UInt8(ascii: "0"))
        place += word.count
      } else {
        isText = byte == UInt8(ascii: "\"")
        mended.append(byte)
        place += 1
      }
    }
    guard let found, (try? JSONDecoder().decode(Kind.self, from: Data(mended))) != nil else {
      return nil
    }
    return found
  }

  private static func place(_ path: [any CodingKey]) -> String {
    path.map { key in key.intValue.map { "[\($0)]" } ?? ".\(key.stringValue)" }.joined()
      .trimmingPrefix(".").description
  }

  /// What the protocol has at a place.
  private static func needed(_ path: [any CodingKey]) -> String {
    let last = path.last
    switch (path.first?.stringValue ?? "", last?.intValue, last?.stringValue ?? "") {
    case ("protocol", _, _): return "a whole number"
    case ("features", _, _), ("learns", _, _): return "true or false"
    case ("quality", nil, _), ("cost", nil, _): return "a list of numbers, one a model,"
    case ("quality", _, _), ("cost", _, _), (_, nil, "parameter"): return "a finite number"
    case ("choices", nil, "choices"): return "a list of choices"
    case ("choices", .some, _): return "an object with parameter and model"
    default: return "a text"
    }
  }

  /// What a JSON value is, whatever it was meant to be.
  private indirect enum Kind: Decodable {
    case null, flag, number, text
    case list([Kind])
    case object([String: Kind])

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if container.decodeNil() {
        self = .null
      } else if (try? container.decode(Bool.self)) != nil {
        self = .flag
      } else if (try? container.decode(String.self)) != nil {
        self = .text
      } else if let list = try? container.decode([Kind].self) {
        self = .list(list)
      } else if let object = try? container.decode([String: Kind].self) {
        self = .object(object)
      } else {
        self = .number
      }
    }

    var words: String {
      switch self {
      case .null: "null"
      case .flag: "a truth value"
      case .number: "a number"
      case .text: "a text"
      case .list: "a list"
      case .object: "an object"
      }
    }

    func at(_ path: ArraySlice<any CodingKey>) -> Kind? {
      guard let key = path.first else { return self }
      switch self {
      case .list(let list):
        guard let index = key.intValue, list.indices.contains(index) else { return nil }
        return list[index].at(path.dropFirst())
      case .object(let object): return object[key.stringValue]?.at(path.dropFirst())
      default: return nil
      }
    }
  }
}
