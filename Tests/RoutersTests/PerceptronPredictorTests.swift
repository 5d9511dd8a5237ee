import Matrices
import Parallelism
import Testing

@testable import Routers

@Suite("Perceptron predictor")
struct PerceptronPredictorTests {
  private func features(rows: Int, columns: Int) -> Matrix {
    var generator = SeededGenerator(seed: 17)
    return Matrix(
      rows: rows, columns: columns,
      values: (0..<(rows * columns)).map { _ in Float(generator.unit() - 0.5) })
  }

  private func networks(_ widths: [Int], count: Int) -> [PerceptronNetwork] {
    var generator = SeededGenerator(seed: 5)
    return (0..<count).map { _ in .random(widths: widths, generator: &generator) }
  }

  /// The plain twin: layer by layer in 64 bits.
  private func plain(_ network: PerceptronNetwork, _ prompt: [Float]) -> Double {
    var values = prompt.map(Double.init)
    for (index, layer) in network.layers.enumerated() {
      values = (0..<layer.columns).map { column in
        let sum = values.indices.reduce(Double(layer[layer.rows - 1, column])) {
          $0 + values[$1] * Double(layer[$1, column])
        }
        return index == network.layers.count - 1 ? sum : max(0, sum)
      }
    }
    return values[0]
  }

  static let shapes: [[Int]] = [
    [7, 3, 1], [30, 8, 1], [13, 100, 1], [9, 20, 11, 1], [5, 6, 4, 3, 1],
  ]

  @Test("predictions equal the plain twin's", arguments: shapes)
  func twin(widths: [Int]) {
    let networks = networks(widths, count: 3)
    let features = features(rows: 71, columns: widths[0])
    let predicted = PerceptronPredictor(networks).predict(features)
    for row in 0..<features.rows {
      for (column, network) in networks.enumerated() {
        #expect(abs(predicted[row, column] - plain(network, features[row: row])) <= 1e-5)
      }
    }
  }

  @Test(
    "a row's predictions are the same bits alone, in any batch, with any threads", arguments: shapes
  )
  func alone(widths: [Int]) {
    let networks = networks(widths, count: 4)
    let features = features(rows: 71, columns: widths[0])
    let predictor = PerceptronPredictor(networks)
    let together = predictor.predict(features, threads: Threads(1))
    #expect(predictor.predict(features, threads: Threads(5)) == together)
    for row in 0..<features.rows {
      let one = predictor.predict(features.selecting(rows: [row]))
      #expect(one.values == Array(together[row: row]))
    }
    let some = [70, 3, 3, 41, 0]
    #expect(
      predictor.predict(features.selecting(rows: some)) == together.selecting(rows: some))
    for (column, network) in networks.enumerated() {
      #expect(
        PerceptronPredictor([network]).predict(features) == together.selecting(columns: [column]))
    }
  }

  @Test("no prompts get no predictions")
  func none() {
    let predicted = PerceptronPredictor(networks([4, 3, 1], count: 2))
      .predict(Matrix(rows: 0, columns: 4, values: []))
    #expect(predicted.rows == 0 && predicted.columns == 2)
  }
}
