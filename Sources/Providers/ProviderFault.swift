public import Transport

/// Why a call to a provider gave no answer.
public struct ProviderFault: Error, Sendable, Hashable, CustomStringConvertible {
  /// What went wrong, by a name that stores and tables keep.
  public enum Cause: String, Sendable, Hashable, CaseIterable {
    /// There was no connection.
    case noConnection
    /// Something took longer than it may.
    case timeout
    /// The connection broke before or inside the answer.
    case broken
    /// The answer is larger than the limit.
    case tooLarge
    /// The provider asks for fewer calls.
    case rateLimited
    /// The provider has too much to do.
    case overloaded
    /// The provider failed.
    case serverError
    /// The account has no credit left.
    case noCredit
    /// The key is wrong, or may not do this.
    case notAuthorized
    /// The provider has no such model or address.
    case notFound
    /// The provider will not do what was asked.
    case badRequest
    /// The provider sends elsewhere, where a key must not follow.
    case redirected
    /// The answer is not what such a provider sends.
    case badReply
    /// The answer holds no text.
    case emptyReply
    /// The address or the settings can never work.
    case badSettings
  }

  /// What went wrong.
  public let cause: Cause
  /// Whether asking again may help.
  public let isRetryable: Bool
  /// Whether the provider may have done the work all the same, and may bill it.
  public let mayBeBilled: Bool
  /// Seconds that the provider asks to wait.
  public let retryAfter: Double?
  /// The status of the answer, where there was one.
  public let status: Int?
  /// The sentence for the user; keys are taken out of it.
  public let description: String

  /// A fault.
  public init(
    _ cause: Cause, isRetryable: Bool, mayBeBilled: Bool = false, retryAfter: Double? = nil,
    status: Int? = nil, _ description: String
  ) {
    self.cause = cause
    self.isRetryable = isRetryable
    self.mayBeBilled = mayBeBilled
    self.retryAfter = retryAfter
    self.status = status
    self.description = description
  }

  /// What a fault of the connection means for a call.
  public init(_ fault: HTTPFault) {
    let (cause, isRetryable): (Cause, Bool) =
      switch fault.cause {
      case .badAddress: (.badSettings, false)
      case .noConnection: (.noConnection, true)
      case .connectTimeout, .firstByteTimeout, .idleTimeout, .totalTimeout: (.timeout, true)
      case .reset, .truncated: (.broken, true)
      case .tooLarge: (.tooLarge, false)
      case .badProtocol: (.badReply, true)
      case .closed: (.broken, false)
      }
    self.init(
      cause, isRetryable: isRetryable, mayBeBilled: fault.mayHaveArrived, fault.description)
  }

  /// What a status other than 2xx means for a call.
  ///
  /// - Parameter message: What the provider says about it, if anything.
  public init(status: Int, message: String?, response: HTTPResponse) {
    let said = message.map { ": " + $0.prefix(300) } ?? ""
    let wait = response.retryAfter()
    func fault(
      _ cause: Cause, _ isRetryable: Bool, _ words: String, mayBeBilled: Bool = false
    ) -> ProviderFault {
      ProviderFault(
        cause, isRetryable: isRetryable, mayBeBilled: mayBeBilled, retryAfter: wait,
        status: status, "The provider \(words) (status \(status))\(said)")
    }
    switch status {
    case 300..<400:
      self = fault(.redirected, false, "sends elsewhere, where a key must not follow")
    case 401, 403: self = fault(.notAuthorized, false, "refuses the key")
    case 402: self = fault(.noCredit, false, "asks for payment")
    case 404, 410: self = fault(.notFound, false, "has no such model or address")
    case 408, 425: self = fault(.timeout, true, "waited too long", mayBeBilled: true)
    case 429:
      let isQuota = (message ?? "").contains("quota") || (message ?? "").contains("billing")
      self =
        isQuota
        ? fault(.noCredit, false, "says that the account's credit is used up")
        : fault(.rateLimited, true, "asks for fewer calls")
    case 503, 529: self = fault(.overloaded, true, "has too much to do")
    // A gateway gave up waiting; the model behind it may have finished.
    case 502, 504, 520...524:
      self = fault(.serverError, true, "gave up waiting for the model", mayBeBilled: true)
    case 500..<600: self = fault(.serverError, true, "failed")
    default: self = fault(.badRequest, false, "will not do what was asked")
    }
  }

  /// The same fault with a key taken out of its sentence.
  func scrubbed(of key: APIKey?) -> ProviderFault {
    guard let key else { return self }
    return ProviderFault(
      cause, isRetryable: isRetryable, mayBeBilled: mayBeBilled, retryAfter: retryAfter,
      status: status, key.scrub(description))
  }
}
