public import Transport

/// Answers questions for one model of one provider.
public protocol ChatProvider: Sendable {
  /// Puts a question once; repeating it is the caller's choice.
  func answer(_ request: ChatRequest) async -> Result<ChatReply, ProviderFault>
}

/// A provider over HTTP.
public struct ChatClient: ChatProvider {
  private let http: HTTPClient
  private let wire: any ProviderWire
  private let endpoint: String
  private let key: APIKey?
  private let keyHeader: String?
  private let timeouts: HTTPTimeouts

  /// A client of one endpoint; the HTTP client may be shared by many.
  ///
  /// - Parameter keyHeader: The header that carries the key; the wire's own if `nil`.
  public init(
    http: HTTPClient, wire: any ProviderWire, endpoint: String, key: APIKey?,
    keyHeader: String? = nil, timeouts: HTTPTimeouts = HTTPTimeouts()
  ) {
    self.http = http
    self.wire = wire
    self.endpoint = ServiceAddress(endpoint).text
    self.key = key
    self.keyHeader = keyHeader
    self.timeouts = timeouts
  }

  /// Puts a question once. The key reaches neither answers nor faults.
  public func answer(_ request: ChatRequest) async -> Result<ChatReply, ProviderFault> {
    var asked = wire.httpRequest(
      for: request, endpoint: endpoint, key: keyHeader == nil ? key : nil)
    if let key, let keyHeader {
      let isCommon = keyHeader.lowercased() == "authorization"
      asked.headers.append(.init(keyHeader, key.headerValue(isCommon ? "Bearer " : "")))
    }
    asked.timeouts = timeouts
    switch await http.answer(to: asked) {
    case .failure(let fault): return .failure(ProviderFault(fault).scrubbed(of: key))
    case .success(let response):
      let clean = HTTPResponse(
        status: response.status, headers: response.headers,
        body: key?.scrub(response.body) ?? response.body,
        secondsToFirstByte: response.secondsToFirstByte, seconds: response.seconds)
      return wire.outcome(of: request, clean, asked: asked.address)
        .mapError { $0.scrubbed(of: key) }
    }
  }
}
