/// One request of HTTP, as a value.
public struct HTTPRequest: Sendable, Hashable {
  /// A name and its value.
  public struct Header: Sendable, Hashable {
    /// The name; case does not matter.
    public let name: String
    /// The value, without line breaks.
    public let value: String

    /// A header.
    public init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  /// The verb, such as `POST`.
  public var method: String
  /// The whole address.
  public var address: String
  /// What goes before the body.
  public var headers: [Header]
  /// The body; empty for none.
  public var body: [UInt8]
  /// How long each part of the exchange may take.
  public var timeouts = HTTPTimeouts()
  /// The most bytes of body that an answer may have.
  public var sizeLimit = 32 << 20

  /// A request.
  public init(method: String, address: String, headers: [Header] = [], body: [UInt8] = []) {
    self.method = method
    self.address = address
    self.headers = headers
    self.body = body
  }
}
