import Outcomes

/// The checked rows of a predictions file, gathered by seed and sample.
struct PredictionRows {
  /// How a file says what its router would do.
  enum Form: Equatable {
    /// A model a sample, at each of these parameters; one nil for a file without them.
    case choices([Double?])
    /// A score a sample and model, with predicted dollars or without.
    case estimates(hasCosts: Bool)
  }

  /// What a file says about one sample; a choice of -1 and a score that is NaN are not there.
  struct Sample {
    var choices: [Int] = []
    var scores: [Double] = []
    var costs: [Double] = []
  }

  let form: Form
  /// Whether rows are for one split seed each.
  let hasSeeds: Bool
  /// Samples by seed; under nil in a file without seeds.
  private(set) var samples: [UInt64?: [String: Sample]] = [:]

  /// The columns a predictions file may have.
  static let columns = ["sample_id", "model", "model_name", "parameter", "score", "cost", "seed"]

  init(_ file: RecordFile, named path: String, known: KnownPrompts) throws(ForeignRouterError) {
    let modelColumn = file.columns.contains("model") ? "model" : "model_name"
    for column in ["sample_id", modelColumn] where !file.columns.contains(column) {
      throw ForeignRouterError(
        "\(path) has no column \(column == "model_name" ? "model" : column); needed are sample_id "
          + "and model, with parameter for a sweep of choices, or score (and cost) for estimates.")
    }
    guard !file.records.isEmpty else {
      throw ForeignRouterError("\(path) has no rows; needed is at least one a test prompt.")
    }
    let isEstimates = file.columns.contains("score")
    if isEstimates, file.columns.contains("parameter") {
      throw ForeignRouterError(
        "\(path) has the columns score and parameter; scores are swept over willingness to pay, so "
          + "leave one of the two out.")
    }
    hasSeeds = file.columns.contains("seed")
    var reader = PredictionReader(
      file: file, path: path, known: known, modelColumn: modelColumn, hasSeeds: hasSeeds,
      isEstimates: isEstimates)
    let rows = reader.rows()
    if let fault = reader.firstFault { throw fault }
    if isEstimates {
      form = .estimates(hasCosts: file.columns.contains("cost"))
      let missing = [Double](repeating: .nan, count: known.models.count)
      for row in rows {
        var sample =
          samples[row.seed, default: [:]][row.id] ?? Sample(scores: missing, costs: missing)
        sample.scores[row.model] = row.score
        sample.costs[row.model] = row.cost
        samples[row.seed, default: [:]][row.id] = sample
      }
    } else {
      let parameters: [Double?] =
        file.columns.contains("parameter")
        ? Set(rows.compactMap(\.parameter)).sorted().map { $0 } : [nil]
      form = .choices(parameters)
      let places = Dictionary(uniqueKeysWithValues: parameters.enumerated().map { ($1, $0) })
      let missing = [Int](repeating: -1, count: parameters.count)
      for row in rows {
        samples[row.seed, default: [:]][row.id, default: Sample(choices: missing)]
          .choices[places[row.parameter] ?? 0] = row.model
      }
    }
  }
}
