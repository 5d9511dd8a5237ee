/// One of the answers that a multiple-choice question offers.
public struct Choice: Sendable, Hashable, Codable {
  /// The capital letter by which it is chosen.
  public let label: String
  /// What it says.
  public let text: String

  /// A choice.
  public init(label: String, text: String) {
    self.label = label
    self.text = text
  }

  /// Choices with the letters A, B, C and on, as many as there are letters for.
  public static func lettered(_ texts: [String]) -> [Choice] {
    zip(letters, texts).map(Choice.init)
  }

  static let letters = (UInt8(ascii: "A")...UInt8(ascii: "Z")).map {
    String(UnicodeScalar($0))
  }
}
