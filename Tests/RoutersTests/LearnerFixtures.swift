import Foundation
import Matrices

@testable import Routers

/// What `Fixtures/make_learners.py` wrote.
enum LearnerFixtures {
  struct Perceptrons: Decodable {
    let networks: [Network]
    let patience: [Patience]
  }

  struct Network: Decodable {
    let hidden: [Int]
    let batch: Int
    let features: [[Float]]
    let targets: [Float]
    let start: [[Float]]
    let orders: [[Int]]
    let losses: [Double]
    let end: [[Float]]
    let queries: [[Float]]
    let predictions: [Double]
    let r2: Double

    /// The network with these weights.
    func network(_ weights: [[Float]]) -> PerceptronNetwork {
      let widths = [features[0].count] + hidden + [1]
      return PerceptronNetwork(
        layers: weights.enumerated().map { index, values in
          Matrix(rows: widths[index] + 1, columns: widths[index + 1], values: values)
        })
    }
  }

  struct Patience: Decodable {
    let values: [Double]
    let tolerance: Double
    let epochs: Int
    let stop: Int?
  }

  struct Machine: Decodable {
    let cost: Double
    let epsilon: Double
    let features: [[Float]]
    let targets: [Double]
    let weights: [Double]
    let objective: Double
    let queries: [[Float]]
    let predictions: [Double]
    /// What it came to at the default tolerance.
    let early: [Stopped]

    struct Stopped: Decodable {
      let seed: UInt64
      let passes: Int
      let weights: [Double]
    }
  }

  static func read<Value: Decodable>(_ type: Value.Type, _ name: String) throws -> Value {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Fixtures").appendingPathComponent(name)
    return try JSONDecoder().decode(type, from: Data(contentsOf: file))
  }

  static func matrix(_ rows: [[Float]]) -> Matrix {
    Matrix(rows: rows.count, columns: rows.first?.count ?? 0, values: rows.flatMap { $0 })
  }
}
