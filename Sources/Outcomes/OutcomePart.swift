import Matrices

/// A part of a recorded outcome that a file may lack, or lack in places.
public enum OutcomePart: String, Sendable, Hashable, Codable, CaseIterable {
  /// The graded answer.
  case quality
  /// Its price.
  case cost
  /// The judge's or the model's own confidence in it.
  case confidence
  /// Its text.
  case response
  /// The time until it was complete.
  case latency
  /// Its price, where quality is traded for something else.
  case dollars
}

extension OutcomeTable {
  /// Whether one cell lacks a part.
  public func isMissing(_ part: OutcomePart, row: Int, model: Int) -> Bool {
    switch part {
    case .quality: quality[row, model].isNaN
    case .cost: cost[row, model].isNaN
    case .confidence: confidence?[row, model].isNaN ?? true
    case .response: responses?.isMissing(row, model) ?? true
    case .latency: latency?[row, model].isNaN ?? true
    case .dollars: dollars?[row, model].isNaN ?? true
    }
  }

  /// Whether any cell has a part.
  public func has(_ part: OutcomePart) -> Bool {
    switch part {
    case .quality: quality.values.contains { !$0.isNaN }
    case .cost: hasCosts
    case .confidence: confidence?.values.contains { !$0.isNaN } ?? false
    case .response: responses.map { !$0.isEmpty } ?? false
    case .latency: latency?.values.contains { !$0.isNaN } ?? false
    case .dollars: dollars?.values.contains { !$0.isNaN } ?? false
    }
  }
}
