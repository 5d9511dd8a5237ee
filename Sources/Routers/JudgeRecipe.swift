import Matrices
import Outcomes
import Routing

/// How a judge is made from lessons.
public struct JudgeRecipe: Sendable, Hashable, Codable {
  /// Where its scores come from.
  public enum Source: Sendable, Hashable, Codable {
    /// The recorded quality, with an error: a benchmark's judge, of which no server has one.
    case quality(error: Double)
    /// The recorded confidence.
    case confidence
    /// The quality to be expected by the recorded confidence, learned for each model.
    case calibrated
    /// A scorer of prompt and answer, trained on the lessons' answers.
    case scorer
  }

  /// Where its scores come from.
  public let source: Source
  /// What one consultation costs, in dollars.
  public let dollars: Double
  /// How long one consultation takes, in milliseconds.
  public let milliseconds: Double

  /// Makes a recipe.
  public init(_ source: Source, dollars: Double = 0, milliseconds: Double = 0) {
    self.source = source
    self.dollars = dollars
    self.milliseconds = milliseconds
  }

  /// The recorded quality with an error, free of charge.
  public static func quality(error: Double) -> JudgeRecipe { JudgeRecipe(.quality(error: error)) }

  /// The recorded confidence, free of charge.
  public static let confidence = JudgeRecipe(.confidence)

  /// The calibrated confidence, free of charge.
  public static let calibrated = JudgeRecipe(.calibrated)

  /// A trained scorer, free of charge.
  public static let scorer = JudgeRecipe(.scorer)

  /// What outcomes must have besides quality and cost.
  var needs: Set<OutcomePart> {
    switch source {
    case .quality: []
    case .confidence, .calibrated: [.confidence]
    case .scorer: [.response]
    }
  }

  /// Whether it learns from the answers.
  var learns: Bool {
    switch source {
    case .quality, .confidence: false
    case .calibrated, .scorer: true
    }
  }

  /// The settings as names spell them; what is usual goes without saying.
  var spelling: [String] {
    var parts: [String] = []
    switch source {
    case .quality(let error): if error != 0 { parts.append("e=\(error)") }
    case .confidence: parts.append("judge=confidence")
    case .calibrated: parts.append("judge=calibrated")
    case .scorer: parts.append("judge=scorer")
    }
    if dollars != 0 { parts.append("dollars=\(dollars)") }
    if milliseconds != 0 { parts.append("ms=\(milliseconds)") }
    return parts
  }

  /// Makes the judge.
  func judge(_ lessons: Lessons, router: String) throws(RoutingError) -> Judge {
    for (what, value) in [("dollars", dollars), ("milliseconds", milliseconds)]
    where !(value >= 0 && value.isFinite) {
      throw .unusableSetting(
        router: router, found: "\(value) \(what) a consultation",
        needed: "a finite number of at least 0")
    }
    switch source {
    case .quality(let error):
      guard (0...1).contains(error) else {
        throw .unusableSetting(
          router: router, found: "a judge of error \(error)", needed: "a probability from 0 to 1")
      }
      return Judge(.quality(error: error), dollars: dollars, milliseconds: milliseconds)
    case .confidence:
      return Judge(.confidence, dollars: dollars, milliseconds: milliseconds)
    case .calibrated:
      let calibration = CalibrationTraining().calibration(of: lessons.table)
      return Judge(.calibrated(calibration), dollars: dollars, milliseconds: milliseconds)
    case .scorer:
      let scorer = ScorerTraining().scorer(of: lessons.table)
      return Judge(.scorer(scorer), dollars: dollars, milliseconds: milliseconds)
    }
  }

  /// Scores that the judge would give the training answers, without having learned from them.
  func trainingScores(_ lessons: Lessons) -> [Double] {
    switch source {
    case .quality(let error):
      let scores = lessons.table.quality.values
      return error > 0 ? scores + scores.map { 1 - $0 } : scores
    case .confidence: return lessons.table.confidence?.values.filter { !$0.isNaN } ?? []
    case .calibrated:
      let calibration = CalibrationTraining().calibration(of: lessons.table)
      guard let confidence = lessons.table.confidence else { return [] }
      return confidence.values.indices.filter { !confidence.values[$0].isNaN }.map { cell in
        calibration.quality(
          confidence: confidence.values[cell], model: cell % confidence.columns)
      }
    case .scorer: return ScorerTraining().scoresWithoutSelf(of: lessons.table)
    }
  }
}
