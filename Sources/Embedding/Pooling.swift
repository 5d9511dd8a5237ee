import Foundation

/// How the numbers of all tokens become those of a text.
///
/// - Source: equal to the Pooling of sentence-transformers.
struct Pooling: Sendable, Hashable {
  /// One way of several; they stand one after the other in this order where flags name them.
  enum Mode: String, Sendable, Hashable, CaseIterable {
    case first = "cls"
    case greatest = "max"
    case mean
    case meanOfRoot = "mean_sqrt_len_tokens"
    case weightedMean = "weightedmean"
    case last = "lasttoken"

    /// The flag of older files.
    var flag: String {
      switch self {
      case .first: "pooling_mode_cls_token"
      case .greatest: "pooling_mode_max_tokens"
      case .mean: "pooling_mode_mean_tokens"
      case .meanOfRoot: "pooling_mode_mean_sqrt_len_tokens"
      case .weightedMean: "pooling_mode_weightedmean_tokens"
      case .last: "pooling_mode_lasttoken"
      }
    }
  }

  var modes: [Mode] = [.mean]
  /// Whether the tokens of a prompt count too.
  var includesPrompt = true

  /// The numbers of a text.
  ///
  /// - Parameters:
  ///   - states: `width` numbers per token.
  ///   - promptLength: The tokens of the prompt, with those before it.
  func pooled(_ states: [Float], width: Int, promptLength: Int) -> [Float] {
    let count = width == 0 ? 0 : states.count / width
    let start = includesPrompt ? 0 : min(promptLength, count)
    return modes.flatMap { Self.pooled(states, $0, start..<count, width) }
  }

  private static func pooled(
    _ states: [Float], _ mode: Mode, _ rows: Range<Int>, _ width: Int
  ) -> [Float] {
    var result = [Float](repeating: 0, count: width)
    guard !rows.isEmpty else {
      // Where all is prompt, the first token stands for it and all else is empty.
      return mode == .first && states.count >= width ? Array(states[..<width]) : result
    }
    switch mode {
    case .first: return Array(states[(rows.lowerBound * width)...].prefix(width))
    case .last: return Array(states[((rows.upperBound - 1) * width)...].prefix(width))
    case .greatest:
      result = Array(states[(rows.lowerBound * width)...].prefix(width))
      for row in rows.dropFirst() {
        for column in 0..<width {
          result[column] = max(result[column], states[row * width + column])
        }
      }
    case .mean, .meanOfRoot:
      for row in rows {
        for column in 0..<width { result[column] += states[row * width + column] }
      }
      let count = mode == .mean ? Float(rows.count) : Float(rows.count).squareRoot()
      for column in 0..<width { result[column] /= count }
    case .weightedMean:
      var total: Float = 0
      for row in rows {
        let weight = Float(row + 1)
        total += weight
        for column in 0..<width { result[column] += states[row * width + column] * weight }
      }
      for column in 0..<width { result[column] /= total }
    }
    return result
  }
}

extension Pooling {
  /// Reads a Pooling module's `config.json`, in the compact form or with a flag per mode.
  init(_ data: Data, path: String) throws(EmbeddingError) {
    let fault = ModelFault(path: path)
    guard let json = ModelJSON(data), json.members != nil else {
      throw fault.damaged("is no JSON object")
    }
    includesPrompt = json["include_prompt"]?.bool ?? true
    if let named = json["pooling_mode"], !named.isNull {
      var modes: [Mode] = []
      for value in named.items ?? [named] {
        let name = value.text ?? ""
        guard let mode = Mode(rawValue: name) else {
          throw fault.unsupported("pooling by \(fault.quoted(name))", known: Self.supported)
        }
        modes.append(mode)
      }
      guard !modes.isEmpty else { throw fault.damaged("names no pooling") }
      self.modes = modes
      return
    }
    let flags = Set(Mode.allCases.map(\.flag))
    for member in json.members ?? []
    where member.key.hasPrefix("pooling_mode_") && member.value.bool == true {
      guard flags.contains(member.key) else {
        throw fault.unsupported(member.key, known: Self.supported)
      }
    }
    let active = Mode.allCases.filter { json[$0.flag]?.bool == true }
    modes = active.isEmpty ? [.mean] : active
  }

  private static var supported: String { Mode.allCases.map(\.rawValue).joined(separator: ", ") }
}
