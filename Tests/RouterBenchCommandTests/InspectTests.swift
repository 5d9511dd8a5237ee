import Foundation
import Testing

@Suite("Inspecting published rows")
struct InspectTests {
  private struct Inspection: Decodable {
    struct Task: Decodable {
      struct Model: Decodable {
        let name: String
        let quality: Double?
        let cost: Double?
      }

      let name: String
      let rows: Int
      let completeRows: Int
      let models: [Model]
    }

    let rowsInFile: Int
    let models: [String]
    let duplicatedSampleIDs: Int
    let tasks: [Task]
  }

  private func inspect(_ arguments: String...) throws -> Inspection {
    let answer = try Tool.run(["inspect", "--json"] + arguments)
    return try JSONDecoder().decode(Inspection.self, from: Data(answer.output.utf8))
  }

  @Test("Five-shot rows: 11 models, 2 tasks, 2,751 rows, 14 duplicates, GPT-4's means")
  func fiveShot() throws {
    guard let path = Tool.shared("data/routerbench/routerbench_5shot_arc_winogrande.pkl") else {
      return
    }
    let found = try inspect(path)
    #expect(found.models.count == 11)
    #expect(found.tasks.map(\.name) == ["ARC Challenge", "Winogrande"])
    #expect(found.rowsInFile == 2751)
    #expect(found.duplicatedSampleIDs == 14)
    #expect(found.tasks.map(\.completeRows) == [1456, 1267])
    let winogrande = try #require(found.tasks.last)
    let model = try #require(winogrande.models.first { $0.name == "gpt-4-1106-preview" })
    #expect(abs((model.quality ?? 0) - 0.8587) < 5e-5)
    #expect(abs((model.cost ?? 0) - 0.0035306) < 5e-8)

    let text = try Tool.run("inspect", path).output
    for piece in [
      "2,751 rows, 11 models, 2 tasks", "14 sample ids occur more than once", "0.8587", "0.0035306",
    ] {
      #expect(text.contains(piece), "\(piece)")
    }
  }

  @Test("A task that is not there: those that are, each once")
  func noSuchTask() throws {
    let directory = try ScratchDirectory()
    let path = directory.path + "/made.csv"
    let rows = ["sample_id,prompt,eval_name,a,a|total_cost", "1,p,mine,1,1"]
    try (rows + ["2,p,grade-school-math,1,1\n"]).joined(separator: "\n").write(
      toFile: path, atomically: true, encoding: .utf8)
    let answer = try Tool.run("inspect", path, "--tasks", "zzzzzz")
    #expect(
      answer.remarks.contains(
        "made.csv has no task 'zzzzzz'; it has mine, GSM8K, grade-school-math."),
      "\(answer.remarks)")
  }

  @Test("The 365 rows give the same from pickle, CSV and the long form")
  func threeForms() throws {
    let names = [
      "routerbench_0shot_sample365.pkl", "routerbench_0shot_sample365.csv",
      "routerbench_raw_sample365_long.pkl",
    ]
    let paths = names.compactMap { Tool.shared("data/routerbench/\($0)") }
    guard paths.count == names.count else { return }
    let all = try paths.map { try inspect($0) }
    for found in all {
      #expect(Set(found.models) == Set(all[0].models))
      #expect(found.tasks.map(\.rows).reduce(0, +) == 365)
      for task in all[0].tasks {
        let same = try #require(found.tasks.first { $0.name == task.name })
        #expect(same.rows == task.rows)
        for model in task.models {
          let other = try #require(same.models.first { $0.name == model.name })
          #expect(abs((other.quality ?? -1) - (model.quality ?? -1)) < 1e-12)
          #expect(abs((other.cost ?? -1) - (model.cost ?? -1)) < 1e-12)
        }
      }
    }
  }

  @Test("Names that the file does not have are refused with the nearest that it has")
  func names() throws {
    guard let path = Tool.shared("data/routerbench/routerbench_0shot_sample365.csv") else { return }
    let model = try Tool.run("inspect", path, "--models", "claude-v3")
    #expect(model.status == 2)
    #expect(model.remarks.contains("has no model 'claude-v3'; did you mean 'claude-v1'?"))
    let task = try Tool.run("inspect", path, "--tasks", "winogrand")
    #expect(task.status == 2)
    #expect(task.remarks.contains("has no task 'winogrand'; did you mean 'Winogrande'?"))
  }

  @Test("Faults end with 1 under --strict only, and are told with file, row and column")
  func strict() throws {
    let directory = try ScratchDirectory()
    let path = directory.path + "/faulty.csv"
    try """
    sample_id,prompt,eval_name,a,b,a|total_cost,b|total_cost
    1,one,t,0.5,1,0.1,-0.2
    2,two,t,1.5,1,0.1,0.2
    3,three,t,0,1,0.1,0.2

    """.write(toFile: path, atomically: true, encoding: .utf8)
    let lenient = try Tool.run("inspect", path)
    #expect(lenient.status == 0)
    #expect(lenient.remarks.contains("row 1"))
    #expect(lenient.remarks.contains("b|total_cost"))
    #expect(try Tool.run("inspect", path, "--strict").status == 1)
    #expect(try Tool.run("inspect", path, "--strict", "--quiet").remarks.isEmpty)
  }

  @Test("A table survives every format it is converted to")
  func convert() throws {
    guard let path = Tool.shared("data/routerbench/routerbench_0shot_sample365.pkl") else { return }
    let directory = try ScratchDirectory()
    let original = try Tool.run("inspect", path, "--json").output
    let means = original.split(separator: "\n").filter { $0.contains("\"quality\"") }
    for name in ["wide.csv", "wide.jsonl", "native.rbt"] {
      let out = directory.path + "/" + name
      let answer = try Tool.run("convert", path, out, "--quiet")
      #expect(answer.status == 0, "\(answer.remarks)")
      let again = try Tool.run("inspect", out, "--json").output
      #expect(
        again.split(separator: "\n").filter { $0.contains("\"quality\"") } == means, "\(name)")
    }
    let long = directory.path + "/long.csv"
    #expect(try Tool.run("convert", path, long, "--shape", "long").status == 0)
    let again = try inspect(long)
    #expect(again.tasks.map(\.rows).reduce(0, +) == 365)
    let unknown = try Tool.run("convert", path, directory.path + "/out.xlsx")
    #expect(unknown.status == 2)
    #expect(unknown.remarks.contains(".csv"))
  }
}
