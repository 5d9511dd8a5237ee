import Outcomes
import Providers

/// A model that says how good answers are, and what it is asked.
public struct PlannedJudge: Sendable, Hashable {
  /// What a judge looks at unless a plan says otherwise.
  public static let standardRubric =
    "Consider whether the answer is correct, helpful, relevant, complete and at the right level of "
    + "detail, and whether it follows what the user asked for. Do not let its length, its style or "
    + "its certainty stand for its quality."

  /// How the judge is reached, at what price and within what limits; its name is the judge's.
  public var model: PlannedModel
  /// What it says.
  public var method: JudgeMethod
  /// What it looks at.
  public var rubric: String

  /// The name by which tasks know it.
  public var name: String { model.id.name }

  /// What decides its verdicts: others would be other verdicts.
  var settings: JSONValue {
    guard case .object(var members) = model.settings else { return model.settings }
    members["rubric"] = .string(rubric)
    members["method"] = .string(JSONText.of(method))
    members["wording"] = .integer(JudgePrompt.version)
    return .object(members)
  }
}
