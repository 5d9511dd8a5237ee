import Foundation

/// What `report.json` says of the things that a page shows.
struct PageReport: Decodable {
  struct Point: Decodable, Equatable {
    let cost: Double
    let quality: Double
  }

  struct Ends: Decodable {
    let lower: Double
    let upper: Double
  }

  struct Spread: Decodable {
    let mean: Double
    let standardDeviation: Double?
  }

  struct Kept: Decodable {
    let calls: [Double]
    let test: Point
    let training: Point?
  }

  struct Bin: Decodable {
    let count: Double
    let predicted: Double
    let recorded: Double
  }

  struct System: Decodable {
    let name: String
    let kept: [Kept]
    let calibration: [Bin]?

    /// The kept point that is worth most on the training prompts; ties go to the cheaper.
    func chosen(at willingness: Double) -> Kept {
      func worth(_ kept: Kept) -> (Double, Double) {
        let place = kept.training ?? kept.test
        return willingness == .infinity
          ? (place.quality, -place.cost) : (willingness * place.quality - place.cost, -place.cost)
      }
      return kept.dropFirst().reduce(kept[0]) { worth($1) > worth($0) ? $1 : $0 }
    }
  }

  struct Split: Decodable {
    let seed: UInt64
    let testCount: Double
    let oracleShares: [Double]
    let systems: [System]

    func system(_ name: String) -> System? { systems.first { $0.name == name } }
  }

  struct Match: Decodable {
    let costShare: Double?
    let interval: Ends?
  }

  struct Comparison: Decodable {
    let deployable: Ends
    let finding: String
  }

  struct Intervals: Decodable {
    let deployable: Ends
    let comparison: Comparison?
  }

  struct Summary: Decodable {
    let name: String
    let deployable: Spread
    let deployableLessZeroTrained: Spread
    let testHull: Spread
    let match: Match?
    let intervals: Intervals?
  }

  struct Task: Decodable {
    let task: String
    let promptCount: Int
    let distinctFeatures: Int
    let summaries: [Summary]
    let splits: [Split]
  }

  struct Data: Decodable {
    let models: [String]
  }

  let data: Data
  let tasks: [Task]

  init(in directory: String) throws {
    self = try JSONDecoder().decode(
      PageReport.self,
      from: Foundation.Data(contentsOf: URL(fileURLWithPath: directory + "/report.json")))
  }
}
