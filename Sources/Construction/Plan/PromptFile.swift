import Outcomes

extension PlannedTask {
  /// The questions of the task's file, in its order.
  ///
  /// - Throws: Where the file cannot be read, lacks a column or a cell, or has an id twice.
  public func items() throws(ConstructionError) -> [PromptItem] {
    var templates: [PromptTemplate] = []
    for turn in turns { templates.append(try PromptTemplate(turn)) }
    let needed = templates.flatMap(\.columns) + [id, reference].compactMap { $0 }
    let records: RecordFile
    do throws(OutcomesError) { records = try RecordFile.read(file, wanted: needed) } catch {
      throw ConstructionError(error.description)
    }
    for column in needed where !records.columns.contains(column) {
      throw ConstructionError(
        "\(file) has no column '\(column)', which task \(name) needs; add it, or name another in "
          + "the plan.")
    }
    var seen: Set<String> = []
    var items: [PromptItem] = []
    for record in records.records.prefix(limit ?? .max) {
      func cell(_ column: String) -> String? { records.text(record, column) }
      let texts = templates.compactMap { $0.text(cell) }
      guard texts.count == templates.count, texts.allSatisfy({ !$0.isEmpty }) else {
        throw ConstructionError(
          "\(file), row \(record.row): a cell that the prompt needs is empty; fill it.")
      }
      guard let own = id.map({ cell($0) }) ?? String(record.row), !own.isEmpty else {
        throw ConstructionError("\(file), row \(record.row): the id is empty; fill it.")
      }
      guard seen.insert(own).inserted else {
        throw ConstructionError(
          "\(file), row \(record.row): the id '\(own)' was there before; make ids distinct.")
      }
      items.append(
        PromptItem(
          sampleID: "\(name).\(own)", task: name, system: system, turns: texts,
          reference: reference.flatMap(cell).map { .text($0) }, scorer: scorer))
    }
    guard !items.isEmpty else {
      throw ConstructionError("\(file) has no rows; task \(name) needs at least one.")
    }
    return items
  }
}

extension CollectionPlan {
  /// The questions of all tasks, task by task.
  public func items() throws(ConstructionError) -> [PromptItem] {
    var items: [PromptItem] = []
    for task in tasks { items += try task.items() }
    return items
  }
}
