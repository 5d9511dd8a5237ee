import CostQuality
import Embedding
import Evaluation
import Foundation
import Matrices
import Outcomes
import Parallelism
import Prompts
import Routers
import Routing

/// One closure a work: it prepares, and gives what is timed, which gives a number to compare.
enum Works {
  typealias Work = () throws -> Double

  /// As many prompts as the paper's split of all its data teaches and tests, or the whole data allows.
  private static let (lessonRows, testRows) = (0..<25_000, 25_000..<36_000)

  static let all: [String: @Sendable (BenchData) throws -> Work] = [
    "sgemm": sgemm, "stream": stream,
    "load-pickle": { try load($0, "outcomes.pkl", responses: true) },
    "load-pickle-numbers": { try load($0, "outcomes.pkl", responses: false) },
    "load-arrow": { try load($0, "outcomes-arrow.pkl", responses: true) },
    "load-arrow-numbers": { try load($0, "outcomes-arrow.pkl", responses: false) },
    "load-csv": { try load($0, "outcomes.csv", responses: true) },
    "load-jsonl": { try load($0, "outcomes.jsonl", responses: true) },
    "hull": hull, "sweep": sweep, "knn": neighbors, "cascade": cascade, "bootstrap": bootstrap,
    "mlp-100": { try train($0, MultilayerPerceptronRouter(hiddenLayers: [100])) },
    "mlp-100-100": { try train($0, MultilayerPerceptronRouter(hiddenLayers: [100, 100])) },
    "svr": { try train($0, LinearSupportVectorRouter()) },
    "decide-knn": { try decide($0, NearestNeighborsRouter(neighbors: 40), rows: lessonRows) },
    "decide-mlp": { try decide($0, brief, rows: 0..<2000) },
    "embed-one": { try embed($0, "embed-one.txt") },
    "embed-batch": { try embed($0, "embed-batch.txt") },
    "embed-mixed": { try embed($0, "embed-mixed.txt") },
    "experiment-fast": { try experiment($0, perceptrons: false) },
    "experiment-all": { try experiment($0, perceptrons: true) },
  ]

  private static var brief: MultilayerPerceptronRouter {
    var recipe = MultilayerPerceptronRouter(hiddenLayers: [100])
    recipe.epochs = 3
    return recipe
  }

  private static func lessons(_ data: BenchData, _ rows: Range<Int>) throws -> Lessons {
    Lessons(try data.table(rows), features: try data.features(rows))
  }

  /// The products of KNN's shape and nothing else: GFLOP/s are 2 x 2048 x 25,000 x 384 over its seconds.
  private static func sgemm(_ data: BenchData) throws -> Work {
    let (left, right) = (try data.features(25_000..<27_048), try data.features(lessonRows))
    return {
      let sums = Threads.machine.map(count: 16) { block in
        left.products(rows: (block * 128)..<((block + 1) * 128), with: right)[0]
      }
      return Double(sums[0])
    }
  }

  /// Copies 512 MiB with all threads: bytes read and written are twice that.
  private static func stream(_ data: BenchData) throws -> Work {
    let bytes = 512 << 20
    let part = bytes / 16
    nonisolated(unsafe) let source = UnsafeMutableRawPointer.allocate(
      byteCount: bytes, alignment: 64)
    nonisolated(unsafe) let target = UnsafeMutableRawPointer.allocate(
      byteCount: bytes, alignment: 64)
    source.initializeMemory(as: UInt8.self, repeating: 1, count: bytes)
    target.initializeMemory(as: UInt8.self, repeating: 0, count: bytes)
    return {
      Threads.machine.forEach(count: 16) { block in
        target.advanced(by: block * part)
          .copyMemory(from: source.advanced(by: block * part), byteCount: part)
      }
      return Double(target.load(as: UInt8.self))
    }
  }

  private static func load(_ data: BenchData, _ name: String, responses: Bool) throws -> Work {
    {
      let table = try OutcomeReading.read(
        data.path(name), options: ReadingOptions(includeResponses: responses)
      ).table
      return table.quality.values.reduce(0, +) + Double(table.responses?.rows ?? 0)
    }
  }

  /// A million points around a rising curve.
  private static func hull(_ data: BenchData) throws -> Work {
    let bytes = try Data(contentsOf: URL(fileURLWithPath: data.path("points.bin")))
    let numbers = bytes.withUnsafeBytes { Array($0.bindMemory(to: Double.self)) }
    let points = (0..<(numbers.count / 2)).map {
      Point(cost: numbers[2 * $0], quality: numbers[2 * $0 + 1])
    }
    return {
      let range = try CostRange(lower: 0.1, upper: 0.9)
      return try NonDecreasingHull(of: points)
        .averageImprovementInQuality(over: range)
    }
  }

  private static func sweep(_ data: BenchData) throws -> Work {
    let table = try data.table(testRows)
    let estimates = try estimates(data, testRows)
    return { Double(Sweep(estimates, on: table, grid: .exact).stops.last?.point.quality ?? 0) }
  }

  /// Estimates that err: the recorded qualities pulled to their means, with a wave.
  private static func estimates(_ data: BenchData, _ rows: Range<Int>) throws -> Estimates {
    let table = try data.table(rows)
    let means = table.quality.columnMeans()
    var quality = table.quality
    for row in 0..<quality.rows {
      for model in 0..<quality.columns {
        quality[row, model] =
          0.7 * means[model] + 0.3 * quality[row, model] + 0.05 * sin(Double(row * 11 + model))
      }
    }
    return Estimates(quality: quality, cost: .perModel(table.cost.columnMeans()))
  }

  private static func neighbors(_ data: BenchData) throws -> Work {
    let fitted = try NearestNeighborsRouter(neighbors: 40).fit(lessons(data, lessonRows))
    let queries = try data.features(testRows)
    return {
      let all = try fitted.estimates(for: queries, neighbors: [5, 10, 40])
      return all.map { $0.quality.values.reduce(0, +) }.reduce(0, +)
    }
  }

  private static func train(_ data: BenchData, _ recipe: some Router) throws -> Work {
    let lessons = try lessons(data, 0..<8000)
    let tested = 8000..<12_000
    let (table, features) = (try data.table(tested), try data.features(tested))
    return {
      let fitted = try recipe.fit(lessons)
      guard let router = fitted as? any EstimatingRouter else { return 0 }
      let found = try router.estimates(for: features).quality
      var error = 0.0
      for cell in found.values.indices {
        let difference = found.values[cell] - table.quality.values[cell]
        error += difference * difference
      }
      return error / Double(found.values.count)
    }
  }

  private static func cascade(_ data: BenchData) throws -> Work {
    let table = try data.table(testRows)
    let costs = table.cost.columnMeans()
    let order = costs.indices.sorted { costs[$0] < costs[$1] }
    return {
      let grid = CascadeGrid(
        models: order, threshold: 1, budgets: CascadeRouter.paperBudgets, on: table)
      return grid.points.joined().map(\.quality).reduce(0, +)
    }
  }

  /// Six routers with 1,000 resamples, less the same without: what the intervals take.
  private static func bootstrap(_ data: BenchData) throws -> Work {
    let table = try data.table(0..<12_000)
    let features = try data.features(0..<12_000)
    var experiment = Experiment(
      [5, 10, 20, 40, 80, 160].map { NearestNeighborsRouter(neighbors: $0) })
    experiment.trainingFraction = 0.1
    experiment.bootstrap = nil
    let clock = ContinuousClock()
    let plain = experiment
    let bare = try (0..<3).map { _ in
      try clock.measure { _ = try plain.run(on: table, features: features) }
    }.min()
    experiment.bootstrap = Bootstrap()
    let whole = experiment
    return {
      let outcome = try whole.run(on: table, features: features)
      let seconds = bare.map {
        Double($0.components.seconds) + Double($0.components.attoseconds) * 1e-18
      }
      return seconds ?? Double(outcome.tasks.count)
    }
  }

  private static func decide<Recipe: Router>(
    _ data: BenchData, _ recipe: Recipe, rows: Range<Int>
  ) throws -> Work where Recipe.Fitted: EstimatingRouter {
    let fitted = try recipe.fit(lessons(data, rows))
    let queries = try (30_000..<30_100).map { try data.features($0..<($0 + 1)) }
    return {
      var sum = 0.0
      for query in queries { sum += try fitted.estimates(for: query).quality[0, 0] }
      return sum
    }
  }

  private static func embed(_ data: BenchData, _ name: String) throws -> Work {
    let model = try String(contentsOfFile: data.path("model.txt"), encoding: .utf8)
      .trimmingCharacters(in: .whitespacesAndNewlines)
    let encoder = try SentenceEncoder(directory: model)
    let texts = try JSONDecoder().decode(
      [String].self, from: Data(contentsOf: URL(fileURLWithPath: data.path(name))))
    return { Double(try encoder.features(of: texts, view: .head)[0, 0]) }
  }

  private static func experiment(_ data: BenchData, perceptrons: Bool) throws -> Work {
    let reading = try OutcomeReading.read(data.path("outcomes.csv"))
    let features = try FeatureFile.read(data.path("features.npy"))
    var recipes: [any Router] = [5, 10, 40].map { NearestNeighborsRouter(neighbors: $0) }
    recipes.append(LinearSupportVectorRouter())
    for error in CascadeGrid.paperErrors {
      recipes.append(CascadeRouter(judge: .quality(error: error), threshold: 1))
    }
    if perceptrons {
      recipes += [[100], [100, 100]].map { MultilayerPerceptronRouter(hiddenLayers: $0) }
    }
    let experiment = Experiment(recipes)
    return { Double(try experiment.run(on: reading.table, features: features).tasks.count) }
  }
}
