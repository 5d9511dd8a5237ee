public import Matrices
public import Outcomes

/// Small made-up outcomes and features, the same for the same seed.
///
/// Qualities are graded and costs coarse on purpose, so that ties of every kind occur.
public struct Fixture: Sendable {
  /// Complete outcomes.
  public let table: OutcomeTable
  /// One row a prompt; some rows repeat, one is all zeros.
  public let features: Matrix

  /// Makes a fixture.
  ///
  /// - Parameters:
  ///   - hasEvidence: Whether answers have confidences, tokens and texts, as learned judges need.
  ///   - hasLatency: Whether answers have latencies; all else stays the same.
  public init(
    prompts: Int, models: Int, dimensions: Int = 12, seed: UInt64, hasEvidence: Bool = false,
    hasLatency: Bool = false
  ) {
    var state = seed &+ 0x9E37_79B9_7F4A_7C15
    func next() -> Double {
      state ^= state >> 12
      state ^= state << 25
      state ^= state >> 27
      return Double((state &* 0x2545_F491_4F6C_DD1D) >> 11) / Double(1 << 53)
    }
    var quality = Grid(rows: prompts, columns: models)
    var cost = Grid(rows: prompts, columns: models)
    for row in 0..<prompts {
      for model in 0..<models {
        quality[row, model] = (next() * 4).rounded() / 4
        cost[row, model] = (1 + (next() * 8).rounded()) * Double(model + 1) * 1e-4
      }
    }
    var values = (0..<(prompts * dimensions)).map { _ in Float(next() - 0.3) }
    var confidence = Grid(rows: prompts, columns: models)
    var tokens = Grid(rows: prompts, columns: models)
    var responses: [[String?]] = []
    if hasEvidence {
      for row in 0..<prompts {
        for model in 0..<models {
          confidence[row, model] = -(next() * 8).rounded() / 4
          tokens[row, model] = Double(20 + (row * 7 + model * 3) % 11)
        }
        responses.append(
          (0..<models).map { model in
            quality[row, model] > next() ? "It is \(row + 1)." : "I cannot say what \(row) is."
          })
      }
    }
    var latency = Grid(rows: prompts, columns: models)
    if hasLatency {
      // The cheapest model is the slowest, so that dollars and seconds pull apart.
      for row in 0..<prompts {
        for model in 0..<models {
          latency[row, model] = (1 + (next() * 6).rounded()) * 0.25 * Double(models - model)
        }
      }
    }
    table = OutcomeTable(
      models: (0..<models).map { ModelID("maker/model-\($0)") },
      sampleIDs: (0..<prompts).map { "task.test.\($0)" },
      evalNames: [String](repeating: "task", count: prompts),
      prompts: (0..<prompts).map { "What is \($0) plus one?" }, quality: quality, cost: cost,
      latency: hasLatency ? latency : nil,
      confidence: hasEvidence ? confidence : nil,
      inputTokens: hasEvidence ? tokens : nil, outputTokens: hasEvidence ? tokens : nil,
      responses: hasEvidence ? TextGrid(responses, columns: models) : nil)
    for row in stride(from: 5, to: prompts, by: 7) {
      for column in 0..<dimensions {
        values[row * dimensions + column] = values[(row - 2) * dimensions + column]
      }
    }
    if prompts > 3 { for column in 0..<dimensions { values[3 * dimensions + column] = 0 } }
    features = Matrix(rows: prompts, columns: dimensions, values: values)
  }
}
