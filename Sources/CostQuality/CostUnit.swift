/// What a cost is counted in; the mathematics is the same for all.
public enum CostUnit: String, Sendable, Hashable, Codable, CaseIterable {
  /// US dollars per prompt.
  case dollars
  /// Seconds until the answer is complete, per prompt.
  case seconds
  /// The share of prompts that go to a dear model.
  case calls
}
