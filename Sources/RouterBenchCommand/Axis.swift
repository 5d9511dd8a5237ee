import Arguments
import CostQuality
import Matrices
import Outcomes

extension CostUnit {
  /// The unit in the head of a table.
  var symbol: String { self == .dollars ? "$" : rawValue }
}

/// What quality is traded for.
enum Axis: Equatable {
  case dollars
  case latency
  /// The share of prompts that go to a model.
  case calls(String)

  init(_ typed: String) throws(ArgumentsError) {
    switch typed {
    case "dollars": self = .dollars
    case "latency": self = .latency
    case let typed where typed.hasPrefix("calls:") && typed.count > 6:
      self = .calls(String(typed.dropFirst(6)))
    default:
      throw ArgumentsError("--axis needs dollars, latency or calls:MODEL; '\(typed)' was given.")
    }
  }

  var typed: String {
    switch self {
    case .dollars: "dollars"
    case .latency: "latency"
    case .calls(let model): "calls:\(model)"
    }
  }

  var unit: CostUnit {
    switch self {
    case .dollars: .dollars
    case .latency: .seconds
    case .calls: .calls
    }
  }

  /// The outcomes with this in the place of dollars.
  func apply(to table: OutcomeTable, file: String) throws -> OutcomeTable {
    switch self {
    case .dollars: return table
    case .latency:
      guard let latency = table.latency else {
        throw CommandError(
          "\(file) has no latencies; --axis latency needs a column latency_seconds for each model.")
      }
      return table.replacingCost(with: latency, in: .seconds)
    case .calls(let name):
      guard table.index(of: ModelID(name)) != nil else {
        let known = table.models.map(\.name)
        let near = Suggestion.nearest(to: name, among: known).map { "; did you mean '\($0)'?" }
        throw ArgumentsError(
          "\(file) has no model '\(name)'\(near ?? "; it has \(known.joined(separator: ", ")).")")
      }
      return table.countingCalls(of: ModelID(name))
    }
  }
}
