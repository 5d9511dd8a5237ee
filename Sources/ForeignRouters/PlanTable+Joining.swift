import Matrices
import Outcomes
import Routing

extension PlanTable {
  /// One table of parts that hold the same, each for some rows of the whole.
  init(joining parts: [(rows: [Int], table: PlanTable)], sampleIDs: [String], models: Int) {
    var order = [(part: Int, row: Int)](repeating: (0, 0), count: sampleIDs.count)
    for (number, part) in parts.enumerated() {
      for (row, place) in part.rows.enumerated() { order[place] = (number, row) }
    }
    let contents = parts.map(\.table.content)
    let parameters = parts[0].table.parameters
    if let parameters {
      self.init(
        sampleIDs: sampleIDs,
        content: .stops(
          parameters.indices.map { stop in
            Stop(
              parameter: parameters[stop],
              plans: order.map { part, row in
                guard case .stops(let stops) = contents[part] else { return .none }
                return stops[stop].plans[row]
              })
          }))
      return
    }
    var quality = Grid(rows: sampleIDs.count, columns: models)
    var cost = quality
    for (place, (part, row)) in order.enumerated() {
      guard case .estimates(let estimates) = contents[part] else { continue }
      for model in 0..<models {
        quality[place, model] = estimates.quality[row, model]
        cost[place, model] = estimates.cost.dollars(row: row, model: model)
      }
    }
    self.init(
      sampleIDs: sampleIDs,
      content: .estimates(Estimates(quality: quality, cost: .perPrompt(cost))))
  }
}
