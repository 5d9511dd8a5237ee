import Construction

/// The public tasks that plans can name, for people and for programs.
enum TaskList {
  static func print(asJSON: Bool) throws {
    if asJSON {
      Console.print(json: try JSONText.text(BenchmarkTasks.cards))
      return
    }
    var table = TextTable(
      ["task", "version", "questions", "part", "examples", "scorer", "licence", "source"],
      rightAligned: [1, 2, 4])
    for card in BenchmarkTasks.cards {
      table.add([
        card.name, "\(card.version)", card.size.map(\.grouped) ?? "yours", card.split,
        "\(card.fewShotCount)", card.scorer, card.licence, card.source,
      ])
    }
    Console.print(lines: table.lines())
    Console.print("")
    for card in BenchmarkTasks.cards {
      Console.print("\(card.name): \(card.citation).")
      for form in card.forms { Console.print("  \(form)") }
    }
  }
}
