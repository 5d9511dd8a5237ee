import Matrices

/// A table as named columns of cells, for the text forms.
struct OutcomeRows {
  private let table: OutcomeTable
  private let names: [String]
  private let isLong: Bool
  private var line: [UInt8] = []

  private typealias Cell = OutcomeExtra.Cell
  private let extras: [OutcomeExtra]

  init(table: OutcomeTable, shape: OutcomeShape, extras: [OutcomeExtra] = []) {
    self.table = table
    self.extras = extras
    isLong = shape == .long
    var names = ["sample_id", "prompt", "eval_name"]
    if table.trueLabels != nil { names.append("true_label") }
    let optional: [(String, Bool)] = [
      ("latency_seconds", table.latency != nil), ("confidence", table.confidence != nil),
      ("input_tokens", table.inputTokens != nil), ("output_tokens", table.outputTokens != nil),
    ]
    let measured = optional.filter(\.1).map(\.0)
    if isLong {
      names.append("performance")
      if table.responses != nil { names.append("model_response") }
      names += ["model_name", "cost"] + measured + extras.map(\.name)
    } else {
      names += table.models.map(\.name)
      if table.responses != nil { names += table.models.map { "\($0)|model_response" } }
      for suffix in ["total_cost"] + measured + extras.map(\.name) {
        names += table.models.map { "\($0)|\(suffix)" }
      }
    }
    self.names = names
  }

  mutating func write(as format: OutcomeFormat, to output: ([UInt8]) throws -> Void) rethrows {
    let isJSON = format == .jsonLines
    if !isJSON {
      line.removeAll()
      for (index, name) in names.enumerated() {
        if index > 0 { line.append(UInt8(ascii: ",")) }
        appendCSV(name)
      }
      line.append(0x0A)
      try output(line)
    }
    let keys: [[UInt8]] = names.map { name in
      var key: [UInt8] = []
      JSONString.append(name, to: &key)
      return key + Array(": ".utf8)
    }
    for row in 0..<table.count {
      for model in isLong ? Array(0..<table.models.count) : [0] {
        let cells = isLong ? longCells(row, model) : wideCells(row)
        line.removeAll(keepingCapacity: true)
        if isJSON { line.append(UInt8(ascii: "{")) }
        for (index, cell) in cells.enumerated() {
          if index > 0 { line.append(UInt8(ascii: ",")) }
          if isJSON {
            if index > 0 { line.append(UInt8(ascii: " ")) }
            line.append(contentsOf: keys[index])
            appendJSON(cell)
          } else {
            appendCSV(cell)
          }
        }
        if isJSON { line.append(UInt8(ascii: "}")) }
        line.append(0x0A)
        try output(line)
      }
    }
  }

  private var grids: [Grid] {
    [table.cost]
      + [table.latency, table.confidence, table.inputTokens, table.outputTokens]
      .compactMap { $0 }
  }

  private func head(_ row: Int) -> [Cell] {
    var cells: [Cell] = [
      .text(table.sampleIDs[row]), .text(table.prompts[row]), .text(table.evalNames[row]),
    ]
    if let labels = table.trueLabels { cells.append(Self.cell(labels[row])) }
    return cells
  }

  private func longCells(_ row: Int, _ model: Int) -> [Cell] {
    var cells = head(row)
    cells.append(Self.cell(table.quality[row, model]))
    if let responses = table.responses { cells.append(Self.cell(responses[row, model])) }
    cells.append(.text(table.models[model].name))
    for grid in grids { cells.append(Self.cell(grid[row, model])) }
    for extra in extras { cells.append(extra.cells[row][model]) }
    return cells
  }

  private func wideCells(_ row: Int) -> [Cell] {
    var cells = head(row)
    cells += table.quality[row: row].map(Self.cell)
    if let responses = table.responses { cells += responses[row: row].map(Self.cell) }
    for grid in grids { cells += grid[row: row].map(Self.cell) }
    for extra in extras { cells += extra.cells[row] }
    return cells
  }

  private static func cell(_ number: Double) -> Cell {
    number.isNaN ? .missing : .number(number)
  }

  private static func cell(_ text: String?) -> Cell { text.map { .text($0) } ?? .missing }

  private mutating func appendJSON(_ cell: Cell) {
    switch cell {
    case .missing: line.append(contentsOf: Array("null".utf8))
    case .number(let number) where number.isFinite: line.append(contentsOf: "\(number)".utf8)
    case .number(let number): line.append(contentsOf: (number > 0 ? "Infinity" : "-Infinity").utf8)
    case .text(let text): JSONString.append(text, to: &line)
    }
  }

  private mutating func appendCSV(_ cell: Cell) {
    switch cell {
    case .missing: break
    case .number(let number): line.append(contentsOf: "\(number)".utf8)
    case .text(let text): appendCSV(text)
    }
  }

  /// Appends text, between quotes where it needs them; the empty text does, a missing one has none.
  private mutating func appendCSV(_ text: String) {
    let needsQuotes =
      text.isEmpty
      || text.utf8.contains { byte in
        byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\"") || byte == 0x0A || byte == 0x0D
      }
    guard needsQuotes else {
      line.append(contentsOf: text.utf8)
      return
    }
    line.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      if byte == UInt8(ascii: "\"") { line.append(byte) }
      line.append(byte)
    }
    line.append(UInt8(ascii: "\""))
  }
}
