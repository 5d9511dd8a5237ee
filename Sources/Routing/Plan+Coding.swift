// Cases with a value are written as {"cascade": {...}}, not with the key "_0" that the compiler makes
// up; saved routers of earlier versions have it, and are read too.

extension Plan: Codable {
  private enum CodingKeys: String, CodingKey {
    case none, call, mix, cascade, rerank
  }

  private enum CallKeys: String, CodingKey { case model }

  /// Reads a plan.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    switch try container.onlyKey() {
    case .none: self = .none
    case .call:
      self = .call(
        model: try container.nestedContainer(keyedBy: CallKeys.self, forKey: .call)
          .decode(Int.self, forKey: .model))
    case .mix: self = .mix(try container.value(of: .mix))
    case .cascade: self = .cascade(try container.value(of: .cascade))
    case .rerank: self = .rerank(try container.value(of: .rerank))
    }
  }

  /// Writes a plan under the name of its kind; models are indices.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .none: try container.encode([String: Int](), forKey: .none)
    case .call(let model): try container.encode(["model": model], forKey: .call)
    case .mix(let shares): try container.encode(shares, forKey: .mix)
    case .cascade(let cascade): try container.encode(cascade, forKey: .cascade)
    case .rerank(let rerank): try container.encode(rerank, forKey: .rerank)
    }
  }
}

extension Judge.Source: Codable {
  private enum CodingKeys: String, CodingKey {
    case quality, confidence, calibrated, scorer
  }

  private enum QualityKeys: String, CodingKey { case error }

  /// Reads where a judge has its scores from.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    switch try container.onlyKey() {
    case .quality:
      self = .quality(
        error: try container.nestedContainer(keyedBy: QualityKeys.self, forKey: .quality)
          .decode(Double.self, forKey: .error))
    case .confidence: self = .confidence
    case .calibrated: self = .calibrated(try container.value(of: .calibrated))
    case .scorer: self = .scorer(try container.value(of: .scorer))
    }
  }

  /// Writes it under its name.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .quality(let error): try container.encode(["error": error], forKey: .quality)
    case .confidence: try container.encode([String: Int](), forKey: .confidence)
    case .calibrated(let calibration): try container.encode(calibration, forKey: .calibrated)
    case .scorer(let scorer): try container.encode(scorer, forKey: .scorer)
    }
  }
}

/// The key under which the compiler would put a case's value.
private enum EarlierKey: String, CodingKey { case value = "_0" }

extension KeyedDecodingContainer {
  /// The key that says which case it is.
  fileprivate func onlyKey() throws -> Key {
    guard allKeys.count == 1, let key = allKeys.first else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: codingPath, debugDescription: "Needed is one known kind."))
    }
    return key
  }

  fileprivate func value<Value: Decodable>(of key: Key) throws -> Value {
    if let earlier = try? nestedContainer(keyedBy: EarlierKey.self, forKey: key),
      earlier.contains(.value)
    {
      return try earlier.decode(Value.self, forKey: .value)
    }
    return try decode(Value.self, forKey: key)
  }
}
