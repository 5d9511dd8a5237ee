import Embedding
import Foundation
import Matrices
import Outcomes
import Parallelism
import StandIn

/// The data that both sides read: the synthetic stand-in, with answers and features made up besides.
struct BenchData {
  let directory: String

  static func prepare(_ directory: String, prompts: Int) throws {
    try FileManager.default.createDirectory(
      atPath: directory, withIntermediateDirectories: true)
    let table = SyntheticOutcomes(prompts: prompts).table()
    var generator = SeededGenerator(seed: 7)
    let words = ["the", "answer", "is", "because", "of", "a", "number", "that", "we", "find", "B"]
    let responses = (0..<table.count).map { row in
      table.models.map { model -> String? in
        var text = "Answer of \(model.name) to \(row):"
        for _ in 0..<25 { text += " " + words[Int(generator.next() % UInt64(words.count))] }
        return text
      }
    }
    let whole = OutcomeTable(
      models: table.models, sampleIDs: table.sampleIDs, evalNames: table.evalNames,
      prompts: table.prompts, quality: table.quality, cost: table.cost,
      responses: TextGrid(responses, columns: table.models.count))
    try OutcomeWriter.write(whole, to: directory + "/outcomes.csv", format: .csv)
    try OutcomeWriter.write(whole, to: directory + "/outcomes.jsonl", format: .jsonLines)
    try write(table.quality, directory + "/quality.bin")
    try write(table.cost, directory + "/cost.bin")
    try FeatureFile.write(features(of: table), to: directory + "/features.npy")
    try Data("\(table.count) \(table.models.count) 384\n".utf8).write(
      to: URL(fileURLWithPath: directory + "/shape.txt"))
  }

  /// Vectors that gather by task and by topic, as embeddings do, and tell a little of each model's quality.
  private static func features(of table: OutcomeTable) -> Matrix {
    var generator = SeededGenerator(seed: 11)
    var centres: [String: [Float]] = [:]
    func noise() -> Float { Float(generator.unit() + generator.unit() + generator.unit() - 1.5) }
    for name in table.evalNames where centres[name] == nil {
      centres[name] = (0..<384).map { _ in noise() }
    }
    return Matrix(rows: table.count, columns: 384) { values in
      for row in 0..<table.count {
        let centre = centres[table.evalNames[row]] ?? []
        var squares: Float = 0
        for column in 0..<384 {
          var value = centre[column] + 1.2 * noise()
          if column < table.models.count {
            value += Float(table.quality[row, column]) - 0.5
          }
          values[row * 384 + column] = value
          squares += value * value
        }
        let scale = 1 / squares.squareRoot()
        for column in 0..<384 { values[row * 384 + column] *= scale }
      }
    }
  }

  private static func write(_ grid: Grid, _ path: String) throws {
    try grid.values.withUnsafeBytes { Data($0) }.write(to: URL(fileURLWithPath: path))
  }

  func path(_ name: String) -> String { directory + "/" + name }

  /// Prompts without their texts, as many as asked for from a row on.
  func table(_ rows: Range<Int>) throws -> OutcomeTable {
    let shape = try String(contentsOfFile: path("shape.txt"), encoding: .utf8)
      .split(separator: " ").compactMap { Int($0) }
    let models = shape[1]
    func grid(_ name: String) throws -> Grid {
      let bytes = try Data(contentsOf: URL(fileURLWithPath: path(name)))
      let values = bytes.withUnsafeBytes { Array($0.bindMemory(to: Double.self)) }
      return Grid(
        rows: rows.count, columns: models,
        values: Array(values[(rows.lowerBound * models)..<(rows.upperBound * models)]))
    }
    return OutcomeTable(
      models: (0..<models).map { ModelID("model-\($0)") },
      sampleIDs: rows.map { "task.\($0)" },
      evalNames: [String](repeating: "task", count: rows.count),
      prompts: rows.map { "prompt \($0)" }, quality: try grid("quality.bin"),
      cost: try grid("cost.bin"))
  }

  func features(_ rows: Range<Int>) throws -> Matrix {
    try FeatureFile.read(path("features.npy")).selecting(rows: Array(rows))
  }
}
