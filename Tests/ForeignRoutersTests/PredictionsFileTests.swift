import Foundation
import Matrices
import Outcomes
import Routing
import Testing

@testable import ForeignRouters

@Suite("Predictions files")
struct PredictionsFileTests {
  static let known = KnownPrompts(
    data: "data.csv", models: ["a", "b"], allModels: ["a", "b", "c"],
    sampleIDs: ["1", "2", "3", "4", "5"])

  /// 1 to 3 teach, 4 and 5 examine.
  static let request = PlanRequest(
    task: "t", seed: 42, lessons: Lessons(table(["1", "2", "3"]), features: features(3)),
    folds: [[0], [1], [2]],
    test: PromptSheet(table(["4", "5"]), features: features(2)))

  static func table(_ ids: [String]) -> OutcomeTable {
    OutcomeTable(
      models: ["a", "b"], sampleIDs: ids, evalNames: ids.map { _ in "t" },
      prompts: ids.map { "prompt \($0)" },
      quality: Grid.rows([0, 1], count: ids.count), cost: Grid.rows([1, 2], count: ids.count))
  }

  static func features(_ count: Int) -> Matrix {
    Matrix(rows: count, columns: 1, values: (0..<count).map { Float($0) })
  }

  static func answer(
    _ text: String, name: String = "p.csv", seeds: [UInt64] = [42]
  ) throws -> PlanAnswer {
    let directory = NSTemporaryDirectory() + "foreign-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: directory) }
    let path = directory + "/" + name
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    do {
      return try PredictionsFile(contentsOf: path, named: "p", seeds: seeds, known: known)
        .plans(for: request)
    } catch {
      // The directory is another each time.
      throw Refusal(sentence: "\(error)".replacing(directory + "/", with: ""))
    }
  }

  struct Refusal: Error, Equatable {
    let sentence: String
  }

  @Test("A model a prompt is one stop without a parameter")
  func choices() throws {
    let answer = try Self.answer("sample_id,model\n5,b\n4,a\n")
    #expect(
      answer.test
        == PlanTable(
          sampleIDs: ["4", "5"],
          content: .stops([.init(parameter: nil, plans: [.call(model: 0), .call(model: 1)])])))
    #expect(answer.training == nil)
    #expect(answer.notes.isEmpty)
  }

  @Test("A column parameter makes a sweep in ascending order, whatever the file's order")
  func sweep() throws {
    let text = """
      {"sample_id": 4, "model_name": "a", "parameter": 10}
      {"sample_id": 5, "model_name": "b", "parameter": 10}
      {"sample_id": 5, "model_name": "a", "parameter": -0.5}
      {"sample_id": "4", "model_name": "b", "parameter": -0.5}
      {"sample_id": "1", "model_name": "b", "parameter": 10}
      """
    let answer = try Self.answer(text, name: "p.jsonl")
    #expect(answer.test.parameters == [-0.5, 10])
    #expect(
      answer.test.content
        == .stops([
          .init(parameter: -0.5, plans: [.call(model: 1), .call(model: 0)]),
          .init(parameter: 10, plans: [.call(model: 0), .call(model: 1)]),
        ]))
    #expect(
      answer.notes == [
        "p predicts none of the 3 training prompts in full and 1 in part, so nothing was chosen there: "
          + "its deployable curve follows all of its parameters in order."
      ])
  }

  @Test("Scores are estimates with mean training costs, or with the file's own")
  func estimates() throws {
    let plain = try Self.answer(
      "sample_id,model,score\n4,a,0.25\n4,b,-1\n5,b,3\n5,a,0\n4,c,9\n")
    #expect(
      plain.test.content
        == .estimates(
          Estimates(
            quality: Grid(rows: 2, columns: 2, values: [0.25, -1, 0, 3]), cost: .perModel([1, 2]))))
    let priced = try Self.answer(
      "sample_id,model,score,cost\n4,a,0.25,1\n4,b,-1,2\n5,b,3,4\n5,a,0,3\n")
    #expect(
      priced.test.content
        == .estimates(
          Estimates(
            quality: Grid(rows: 2, columns: 2, values: [0.25, -1, 0, 3]),
            cost: .perPrompt(Grid(rows: 2, columns: 2, values: [1, 2, 3, 4])))))
  }

  @Test("With every training prompt there is a training table; with some there is a note")
  func training() throws {
    let whole = try Self.answer("sample_id,model\n1,a\n2,a\n3,b\n4,a\n5,b\n")
    #expect(whole.training?.sampleIDs == ["1", "2", "3"])
    let some = try Self.answer(
      "sample_id,model,parameter\n1,a,1\n1,b,2\n2,a,1\n4,a,1\n4,a,2\n5,b,1\n5,b,2\n")
    #expect(some.training == nil)
    #expect(
      some.notes.first?.hasPrefix("p predicts 1 of the 3 training prompts in full and 1 in part,")
        == true)
  }

  @Test("A column seed keeps the splits apart; without it several splits get a note")
  func seeds() throws {
    let text = "seed,sample_id,model\n42,4,a\n42,5,b\n7,4,b\n7,5,b\n"
    let answer = try Self.answer(text, seeds: [42, 7])
    #expect(
      answer.test.content
        == .stops([.init(parameter: nil, plans: [.call(model: 0), .call(model: 1)])]))
    #expect(answer.notes.isEmpty)
    let shared = try Self.answer("sample_id,model\n4,a\n5,b\n", seeds: [42, 7])
    #expect(
      shared.notes == [
        "p has one prediction a prompt for all splits; that is fair only for a router that was "
          + "taught on none of these prompts, or whose file has a column seed."
      ])
  }

  @Test(
    "Bad files are refused with one sentence",
    arguments: [
      ("", "p.csv is empty; needed is a header line and rows below it."),
      (
        "id,model\n4,a\n",
        "p.csv has no column sample_id; needed are sample_id and model, with parameter for a sweep "
          + "of choices, or score (and cost) for estimates."
      ),
      (
        "sample_id,choice\n4,a\n",
        "p.csv has no column model; needed are sample_id and model, with parameter for a sweep of "
          + "choices, or score (and cost) for estimates."
      ),
      ("sample_id,model\n", "p.csv has no rows; needed is at least one a test prompt."),
      (
        "sample_id,model,score,parameter\n4,a,1,1\n",
        "p.csv has the columns score and parameter; scores are swept over willingness to pay, so "
          + "leave one of the two out."
      ),
      (
        "sample_id,model\n4,a\n5\n5,b,c\n",
        "p.csv: 2 of the 3 rows are broken, the first in line 3. The row has 1 cells and the header "
          + "has 2. Write a cell that holds a quote, a delimiter or a line break between quotes, and "
          + "each quote in it twice (\"\"), as csv writers do."
      ),
      ("sample_id,model\n4,a\n,b\n", "p.csv, row 2: sample_id is missing."),
      ("sample_id,model\n4,\n5,\n", "p.csv, row 1: model is missing; 2 rows have this fault."),
      (
        "sample_id,model\n4,a\nx,a\ny,zz\n5,a\n",
        "p.csv, row 2: data.csv has no sample_id 'x'; 2 rows have this fault."
      ),
      (
        "sample_id,model\n4,gpt\n5,b\n",
        "p.csv, row 1: data.csv has no model 'gpt' (it has a, b)."
      ),
      (
        "sample_id,model\n4,c\n5,b\n",
        "p.csv, row 1: the model 'c' is not compared here; choose it with --models."
      ),
      (
        "sample_id,model\n4,a\n5,b\n4,b\n4,a\n",
        "p.csv, row 3: the sample '4' was predicted in row 1 already (a sweep needs a column "
          + "parameter); 2 rows have this fault."
      ),
      (
        "sample_id,model,parameter\n4,a,1\n5,b,1\n4,b,1\n",
        "p.csv, row 3: the sample '4' was predicted in row 1 already."
      ),
      (
        "sample_id,model,score\n4,a,1\n4,b,inf\n5,a,nan\n5,b,\n",
        "p.csv, row 2: found 'inf' in the column score, where a finite number is needed; 3 rows "
          + "have this fault."
      ),
      (
        "sample_id,model,score\n4,a,high\n",
        "p.csv, row 1: found 'high' in the column score, where a finite number is needed."
      ),
      (
        "sample_id,model,score,cost\n4,a,1,-2\n",
        "p.csv, row 1: found '-2' in the column cost, where a finite number of 0 or more is needed."
      ),
      (
        "sample_id,model,parameter\n4,a,\n",
        "p.csv, row 1: nothing is in the column parameter, where a finite number is needed."
      ),
      (
        "sample_id,model,seed\n4,a,first\n",
        "p.csv, row 1: found 'first' where a split's seed is needed."
      ),
      (
        "sample_id,model,seed\n4,a,7\n5,a,7\n",
        "p.csv has a column seed and no row for seed 42; predict every split that is examined, or "
          + "choose with --seeds."
      ),
      (
        "sample_id,model\n1,a\n2,a\n5,b\n",
        "p.csv has no prediction for 1 of the 2 test prompts of t (seed 42), '4' the first; every "
          + "test prompt must be predicted ('routerbench split' lists them)."
      ),
      (
        "sample_id,model,parameter\n4,a,1\n5,b,1\n4,b,2\n",
        "p.csv has no choice at parameter 2.0 for 1 of the 2 test prompts of t (seed 42), '5' the "
          + "first; every test prompt must be predicted ('routerbench split' lists them)."
      ),
      (
        "sample_id,model,score\n4,a,1\n5,a,1\n5,b,1\n",
        "p.csv has no score of model 'b' for 1 of the 2 test prompts of t (seed 42), '4' the first; "
          + "every test prompt must be predicted ('routerbench split' lists them)."
      ),
    ])
  func refused(text: String, sentence: String) throws {
    #expect(throws: Refusal(sentence: sentence)) { try Self.answer(text) }
  }

  @Test("A broken line of JSON is refused with its row; other forms are refused by name")
  func otherForms() throws {
    #expect(throws: Refusal(sentence: "p.jsonl, row 2: The line is not one JSON object.")) {
      try Self.answer("{\"sample_id\": \"4\", \"model\": \"a\"}\n{oops}\n", name: "p.jsonl")
    }
    #expect(
      throws: Refusal(sentence: "p.pkl is neither CSV nor JSON Lines; save it as one of them.")
    ) { try Self.answer("\u{1}not a pickle", name: "p.pkl") }
  }
}
