import Matrices
import Parallelism
import Testing

@testable import Routers

@Suite("Perceptron training")
struct PerceptronTrainingTests {
  private static func trainer(_ golden: LearnerFixtures.Network) -> PerceptronTrainer {
    PerceptronTrainer(
      start: golden.network(golden.start), features: LearnerFixtures.matrix(golden.features),
      targets: golden.targets, batchRows: min(golden.batch, golden.targets.count),
      learningRate: 0.001, penalty: 1e-4)
  }

  @Test("losses, weights, scores and predictions are scikit-learn's within 1e-5")
  func golden() throws {
    let fixture = try LearnerFixtures.read(LearnerFixtures.Perceptrons.self, "perceptron.json")
    #expect(fixture.networks.count == 4)
    for golden in fixture.networks {
      let trainer = Self.trainer(golden)
      for (order, loss) in zip(golden.orders, golden.losses) {
        #expect(abs(trainer.epoch(order: order) - loss) <= 1e-5 * loss)
      }
      for (found, wanted) in zip(trainer.network.layers, golden.network(golden.end).layers) {
        for row in 0..<wanted.rows {
          for column in 0..<wanted.columns {
            #expect(abs(found[row, column] - wanted[row, column]) <= 1e-5)
          }
        }
      }
      #expect(abs(trainer.score(rows: Array(golden.targets.indices)) - golden.r2) <= 1e-5)
      let predicted = PerceptronPredictor([trainer.network])
        .predict(LearnerFixtures.matrix(golden.queries))
      for (row, wanted) in golden.predictions.enumerated() {
        #expect(abs(predicted[row, 0] - wanted) <= 1e-5)
      }
    }
  }

  @Test("patience ends in the same epoch as scikit-learn's")
  func patience() throws {
    let fixture = try LearnerFixtures.read(LearnerFixtures.Perceptrons.self, "perceptron.json")
    #expect(fixture.patience.count == 16)
    for golden in fixture.patience {
      var patience = PerceptronTraining.Patience(
        tolerance: golden.tolerance, epochs: golden.epochs)
      let stop = golden.values.firstIndex { patience.isExhausted(by: $0) }.map { $0 + 1 }
      #expect(stop == golden.stop)
    }
  }

  @Test("Adam's fused step equals the formula in 64 bits, in its lanes and in its tail")
  func adam() {
    let count = 21
    var generator = SeededGenerator(seed: 3)
    var parameters = (0..<count).map { _ in Float(generator.unit() - 0.5) }
    var (means, squares) = (
      [Float](repeating: 0, count: count), [Float](repeating: 0, count: count)
    )
    var exact = parameters.map { (w: Double($0), m: 0.0, v: 0.0) }
    for step in 1...20 {
      let gradients = (0..<count).map { _ in Float(generator.unit() - 0.4) }
      let wanted = exact.reduce(0.0) { $0 + $1.w * $1.w }
      for index in 0..<count {
        let gradient = Double(gradients[index]) + 0.1 * exact[index].w
        exact[index].m = 0.9 * exact[index].m + 0.1 * gradient
        exact[index].v = 0.999 * exact[index].v + 0.001 * gradient * gradient
        let rate = 0.01 * (1 - power(0.999, step)).squareRoot() / (1 - power(0.9, step))
        exact[index].w -= rate * exact[index].m / (exact[index].v.squareRoot() + 1e-8)
      }
      let norm = AdamStep(step: step, learningRate: 0.01).apply(
        to: &parameters, gradients: gradients, means: &means, squares: &squares, count: count,
        decay: 0.1)
      #expect(abs(norm - wanted) <= 1e-5 * wanted)
    }
    for index in 0..<count { #expect(abs(Double(parameters[index]) - exact[index].w) <= 1e-5) }
  }

  private func power(_ base: Double, _ exponent: Int) -> Double {
    (0..<exponent).reduce(1.0) { product, _ in product * base }
  }

  @Test("random weights fill Glorot's range and no more")
  func glorot() {
    var generator = SeededGenerator(seed: 1)
    let network = PerceptronNetwork.random(widths: [40, 20, 1], generator: &generator)
    #expect(network.inputs == 40 && network.hidden == [20])
    for (layer, bound) in zip(network.layers, [(6.0 / 60).squareRoot(), (6.0 / 21).squareRoot()]) {
      let values = (0..<layer.rows).flatMap { layer[row: $0].map(Double.init) }
      #expect(values.allSatisfy { abs($0) <= bound })
      #expect((values.max() ?? 0) > 0.8 * bound && (values.min() ?? 0) < -0.8 * bound)
    }
  }
}
