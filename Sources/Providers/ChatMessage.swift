/// One turn of a conversation with a model.
public struct ChatMessage: Sendable, Hashable, Codable {
  /// Who speaks.
  public enum Role: String, Sendable, Hashable, Codable {
    /// What holds for the whole conversation.
    case system
    /// The one who asks.
    case user
    /// The model.
    case assistant
  }

  /// Who speaks.
  public let role: Role
  /// What is said.
  public let text: String

  /// A turn.
  public init(_ role: Role, _ text: String) {
    self.role = role
    self.text = text
  }
}
