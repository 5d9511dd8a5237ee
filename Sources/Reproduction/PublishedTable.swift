import Outcomes
import StandIn

/// The paper's Table 1.
///
/// - Source: arXiv:2403.12031, Table 1; the models' rows are those that the stand-in is made from.
enum PublishedTable {
  /// The tasks, by the names of their groups, in the table's order.
  static let tasks = StandInTask.allCases.map { TaskGroups.paper.task(of: $0.rawValue) }

  /// The Oracle's row: quality, and total dollars over the test part.
  static let oracleQuality = [0.957, 0.996, 0.899, 0.994, 1.0, 0.748, 0.977]
  static let oracleCost = [0.297, 0.052, 0.041, 0.860, 0.042, 1.282, 0.091]

  /// What the paper gives for one system on one task.
  struct Entry: Equatable {
    let quality: Double
    /// Total dollars over the test part.
    let cost: Double
  }

  static func model(_ name: String, on task: String) -> Entry? {
    guard let place = tasks.firstIndex(of: task),
      let model = PublishedModel.all.first(where: { $0.name == name })
    else { return nil }
    return Entry(quality: model.quality[place], cost: model.testCost[place])
  }

  /// - Parameter models: Those that the Oracle chooses among; of others the paper's has nothing to say.
  static func oracle(on task: String, among models: [String]) -> Entry? {
    guard Set(models) == Set(PublishedModel.all.map(\.name)) else { return nil }
    return tasks.firstIndex(of: task).map {
      Entry(quality: oracleQuality[$0], cost: oracleCost[$0])
    }
  }

  /// How many prompts of a task were published, and how many of them are the test part.
  static func counts(of task: String) -> (prompts: Int, test: Int)? {
    tasks.firstIndex(of: task).map {
      let prompts = StandInTask.allCases[$0].publishedCount
      return (prompts, prompts - Int(0.7 * Double(prompts)))
    }
  }

  /// Half a unit of the last place that is printed: dollars from 10 up have two decimals.
  static func rounding(ofCost cost: Double) -> Double { cost >= 10 ? 0.005 : 0.0005 }
  static let roundingOfQuality = 0.0005
}
