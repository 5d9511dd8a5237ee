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
      try database.forEachStored(
        [
          .column("m.name", .text), .column("p.sample_id", .text), .column("a.repeat", .count),
        ],
        from: """
          answers a JOIN models m ON m.id = a.model JOIN prompts p ON p.id = a.prompt
          """
      ) { row in
        guard let place = modelPlaces[row.text(0)], let item = promptPlaces[row.text(1)] else {
          return
        }
        found.insert([place, item, row.integer(2)])
      }
      return found
    }
  }
}
