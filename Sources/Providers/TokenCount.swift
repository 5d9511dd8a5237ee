/// A number of tokens as a provider states it, which may be anything.
enum TokenCount: Sendable, Hashable {
  /// Nothing is stated.
  case untold
  /// A number that can be.
  case told(Int)
  /// A value that cannot be a number of tokens, as it was written.
  case impossible(String)

  /// The most tokens that one call is believed to take: a hundred times the longest contexts there are.
  static let most = 1_000_000_000

  /// Reads a count in any form: `12`, `12.0` and `"12"` are the same.
  init(_ value: JSONValue?) {
    switch value {
    case nil, .null: self = .untold
    case .integer(let number): self = Self.count(Double(number), exactly: number)
    case .number(let number): self = Self.count(number, exactly: Int(exactly: number))
    case .string(let text):
      let bare = text.filter { !$0.isWhitespace && $0 != "," && $0 != "_" }
      if bare.isEmpty {
        self = .untold
      } else if let number = Double(bare) {
        self = Self.count(number, exactly: Int(exactly: number))
      } else {
        self = .impossible("'\(text.prefix(40))'")
      }
    // An empty list is PHP's empty object; details have been read where there are any.
    case .boolean, .array, .object: self = .untold
    }
  }

  private static func count(_ number: Double, exactly whole: Int?) -> TokenCount {
    if let whole, (0...most).contains(whole) { return .told(whole) }
    return .impossible(whole.map { "\($0)" } ?? "\(number)")
  }

  /// The number; `nil` if there is none that can be.
  var number: Int? {
    if case .told(let number) = self { number } else { nil }
  }
}
