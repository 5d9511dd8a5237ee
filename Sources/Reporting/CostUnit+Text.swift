import CostQuality

extension CostUnit {
  /// As it ends "costs are ...".
  var sentence: String {
    switch self {
    case .dollars: "US dollars per prompt"
    case .seconds: "seconds per prompt"
    case .calls: "the share of prompts that go to the dear model"
    }
  }

  /// The title of an axis.
  var title: String {
    switch self {
    case .dollars: "Cost, US dollars per prompt"
    case .seconds: "Latency, seconds per prompt"
    case .calls: "Share of prompts that go to the dear model"
    }
  }

  /// What stands before a tick's number.
  var prefix: String { self == .dollars ? "$" : "" }
}
