import Files

extension AnswerStore {
  /// Which answers there are, as places of a model and a question in lists of names, and a repeat.
  func answered(
    models: [String], _ sampleIDs: [String]
  ) throws(ConstructionError) -> Set<[Int]> {
    let modelPlaces = Dictionary(
      models.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    let promptPlaces = Dictionary(
      sampleIDs.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    return try use { database in
      var found: Set<[Int]> = []
      try database.forEachRow(
        """
        SELECT m.name, p.sample_id, a.repeat FROM answers a JOIN models m ON m.id = a.model
        JOIN prompts p ON p.id = a.prompt
        """
      ) { row in
        guard case .text(let model) = row[0], case .text(let id) = row[1],
          case .integer(let repeated) = row[2], let place = modelPlaces[model],
          let item = promptPlaces[id]
        else { return }
        found.insert([place, item, Int(repeated)])
      }
      return found
    }
  }
}
