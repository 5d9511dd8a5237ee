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

  static let all = plain.merging(embeddings) { one, _ in one }

  private static let plain: [String: @Sendable (BenchData) throws -> Work] = [
    "sgemm": { try sgemm($0) }, "stream": { try stream($0) },
    "load-pickle": { try load($0, "outcomes.pkl", responses: true) },
    "load-pickle-numbers": { try load($0, "outcomes.pkl", responses: false) },
    "load-arrow": { try load($0, "outcomes-arrow.pkl", responses: true) },
    "load-arrow-numbers": { try load($0, "outcomes-arrow.pkl", responses: false) },
    "load-csv": { try load($0, "outcomes.csv", responses: true) },
    "load-jsonl": { try load($0, "outcomes.jsonl", responses: true) },
    "hull": { try hull($0) }, "sweep": { try sweep($0) }, "knn": { try neighbors($0) },
    "cascade": { try cascade($0) }, "bootstrap": { try bootstrap($0) },
    "mlp-100": { try train($0, MultilayerPerceptronRouter(hiddenLayers: [100])) },
    "mlp-100-operations": { try operations($0, [100]) },
    "mlp-100-100": { try train($0, MultilayerPerceptronRouter(hiddenLayers: [100, 100])) },
    "mlp-100-100-operations": { try operations($0, [100, 100]) },
    "svr": { try train($0, LinearSupportVectorRouter()) }, "svr-objective": { try objective($0) },
    "decide-knn": { try decide($0, NearestNeighborsRouter(neighbors: 40), rows: lessonRows) },
    "decide-mlp": { try decide($0, brief, rows: 0..<2000) },
    "experiment-part-fast": {
      try ExperimentWork($0, perceptrons: false, isWhole: false).prepare()
    },
    "experiment-part": { try ExperimentWork($0, perceptrons: true, isWhole: false).prepare() },
    "experiment-fast": { try ExperimentWork($0, perceptrons: false, isWhole: true).prepare() },
    "experiment": { try ExperimentWork($0, perceptrons: true, isWhole: true).prepare() },
  ]

  private static let embeddings: [String: @Sendable (BenchData) throws -> Work] = {
    var works: [String: @Sendable (BenchData) throws -> Work] = [:]
    for texts in ["one", "batch", "mixed"] {
      for model in ["minilm", "mpnet"] {
        for precision in EncoderPrecision.allCases {
          let suffix = precision == .float32 ? "" : "-\(precision.rawValue)"
          works["embed-\(texts)-\(model)\(suffix)"] = { @Sendable data in
            try embed(data, "embed-\(texts).txt", model: "model-\(model).txt", precision)
          }
        }
      }
    }
    return works
  }()

  /// A work of `make bench ARGS=scaling`: some prompts and models.
  static func scaled(_ name: String, _ data: BenchData, rows: Int, models: Int) throws -> Work? {
    let taught = 0..<(rows * 7 / 10)
    let tested = taught.upperBound..<rows
    func table(_ rows: Range<Int>) throws -> OutcomeTable {
      first(models, of: try data.table(rows))
    }
    func lessons() throws -> Lessons {
      Lessons(try table(taught), features: try data.features(taught))
    }
    switch name {
    case "sweep":
      let table = try table(tested)
      let estimates = estimates(table)
      return { Double(Sweep(estimates, on: table, grid: .exact).stops.count) }
    case "knn":
      let fitted = try NearestNeighborsRouter(neighbors: 40).fit(lessons())
      let queries = try data.features(tested)
      return { try fitted.estimates(for: queries).quality.values[0] }
    case "svr":
      let lessons = try lessons()
      return {
        _ = try LinearSupportVectorRouter().fit(lessons)
        return 0
      }
    case "cascade":
      let table = try table(tested)
      let order = Array(0..<models)
      return {
        CascadeGrid(models: order, threshold: 1, budgets: CascadeRouter.paperBudgets, on: table)
          .points[0][0].quality
      }
    case "experiment":
      let table = try table(0..<rows)
      let features = try data.features(0..<rows)
      var experiment = Experiment([CascadeRouter(judge: .quality(error: 0.1), threshold: 1)])
      experiment.recipes.append(LinearSupportVectorRouter())
      let ready = experiment
      return { Double(try ready.run(on: table, features: features).tasks.count) }
    default: return nil
    }
  }

  private static func first(_ models: Int, of table: OutcomeTable) -> OutcomeTable {
    table.selecting(models: Array(table.models.prefix(models)))
  }

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
    let estimates = estimates(table)
    return { Double(Sweep(estimates, on: table, grid: .exact).stops.last?.point.quality ?? 0) }
  }

  /// Estimates that err: the recorded qualities pulled to their means, with a wave.
  private static func estimates(_ table: OutcomeTable) -> Estimates {
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

  /// What the machines of all models minimise: half of the squared weights and intercept, and all
  /// absolute errors.
  private static func objective(_ data: BenchData) throws -> Work {
    let rows = 0..<8000
    let lessons = try lessons(data, rows)
    let (table, features) = (try data.table(rows), try data.features(rows))
    let width = features.columns
    // A machine tells its weights by what it makes of one feature alone, and of none.
    let probes = Matrix(rows: width + 1, columns: width) { values in
      for column in 0..<width { values[column * width + column] = 1 }
    }
    return {
      let fitted = try LinearSupportVectorRouter().fit(lessons)
      let (found, told) = (
        try fitted.estimates(for: features).quality, try fitted.estimates(for: probes).quality
      )
      var sum = 0.0
      for model in 0..<found.columns {
        let intercept = told[width, model]
        sum += intercept * intercept / 2
        for column in 0..<width {
          let weight = told[column, model] - intercept
          sum += weight * weight / 2
        }
        for row in rows { sum += abs(found[row, model] - table.quality[row, model]) }
      }
      return sum
    }
  }

  /// The floating-point operations of the products that training takes, in GFLOP.
  ///
  /// Two for each weight and row forwards, two for its gradient, and two to pass errors back through all
  /// layers but the first.
  private static func operations(_ data: BenchData, _ hidden: [Int]) throws -> Work {
    let lessons = try lessons(data, 0..<8000)
    let fitted = try MultilayerPerceptronRouter(hiddenLayers: hidden).fit(lessons)
    let widths = [lessons.features.columns] + hidden + [1]
    let weights = zip(widths, widths.dropFirst()).map { Double($0 * $1) }
    let perRow = 4 * weights.reduce(0, +) + 2 * weights.dropFirst().reduce(0, +)
    let epochs = fitted.epochs.reduce(0, +)
    return { perRow * Double(lessons.count) * Double(epochs) / 1e9 }
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

  private static func embed(
    _ data: BenchData, _ name: String, model: String, _ precision: EncoderPrecision
  ) throws -> Work {
    let directory = try String(contentsOfFile: data.path(model), encoding: .utf8)
      .trimmingCharacters(in: .whitespacesAndNewlines)
    let encoder = try SentenceEncoder(directory: directory, precision: precision)
    let texts = try JSONDecoder().decode(
      [String].self, from: Data(contentsOf: URL(fileURLWithPath: data.path(name))))
    return { Double(try encoder.features(of: texts, view: .head)[0, 0]) }
  }
}
