import Foundation
import Matrices
import Outcomes
import Routing
import Testing

@testable import ForeignRouters

@Suite("Children that behave")
struct ChildRouterTests {
  /// A child that notes what it is told in `DIR/log` and answers by `answer(id, taught)`.
  private func script(_ answer: String, ready: String = "") throws -> Script? {
    try Script(
      python: """
        import json, os, sys
        log = open(os.path.dirname(os.path.abspath(sys.argv[0])) + "/log", "w")
        def say(message): print(json.dumps(message), flush=True)
        def answer(id, taught): return \(answer)
        taught = []
        for line in sys.stdin:
            message = json.loads(line)
            log.write(line)
            log.flush()
            if message["type"] == "hello":
                say({"type": "ready", "protocol": 1\(ready)})
            if message["type"] == "fit":
                rows = [sys.stdin.readline() for _ in range(message["rows"])]
                log.writelines(rows)
                taught = [json.loads(row)["id"] for row in rows]
                say({"type": "fitted"})
            if message["type"] == "route":
                rows = [sys.stdin.readline() for _ in range(message["rows"])]
                log.writelines(rows)
                for row in reversed(rows):
                    id = json.loads(row)["id"]
                    say(dict(answer(id, taught), id=id))
                say({"type": "routed"})
        """)
  }

  private func answer(_ script: Script) throws -> PlanAnswer {
    try ChildRouter(command: script.command, named: "mine", idleLimit: 20)
      .plans(for: PredictionsFileTests.request)
  }

  @Test("It is taught fold by fold, never about what it is asked, and sees no test outcome")
  func order() throws {
    guard let script = try script("{\"model\": \"b\" if len(taught) == 3 else \"a\"}") else {
      return
    }
    let answer = try answer(script)
    #expect(
      answer.test.content
        == .stops([.init(parameter: nil, plans: [.call(model: 1), .call(model: 1)])]))
    #expect(
      answer.training?.content
        == .stops([.init(parameter: nil, plans: [Plan](repeating: .call(model: 0), count: 3))]))
    let log = try String(contentsOfFile: script.directory + "/log", encoding: .utf8)
    #expect(
      log == """
        {"type":"hello","protocol":1,"models":["a","b"],"task":"t","seed":42,"dimensions":1}
        {"type":"fit","rows":2}
        {"type":"lesson","id":"2","prompt":"prompt 2","quality":[0.0,1.0],"cost":[1.0,2.0]}
        {"type":"lesson","id":"3","prompt":"prompt 3","quality":[0.0,1.0],"cost":[1.0,2.0]}
        {"type":"route","rows":1}
        {"type":"prompt","id":"1","prompt":"prompt 1"}
        {"type":"fit","rows":2}
        {"type":"lesson","id":"1","prompt":"prompt 1","quality":[0.0,1.0],"cost":[1.0,2.0]}
        {"type":"lesson","id":"3","prompt":"prompt 3","quality":[0.0,1.0],"cost":[1.0,2.0]}
        {"type":"route","rows":1}
        {"type":"prompt","id":"2","prompt":"prompt 2"}
        {"type":"fit","rows":2}
        {"type":"lesson","id":"1","prompt":"prompt 1","quality":[0.0,1.0],"cost":[1.0,2.0]}
        {"type":"lesson","id":"2","prompt":"prompt 2","quality":[0.0,1.0],"cost":[1.0,2.0]}
        {"type":"route","rows":1}
        {"type":"prompt","id":"3","prompt":"prompt 3"}
        {"type":"fit","rows":3}
        {"type":"lesson","id":"1","prompt":"prompt 1","quality":[0.0,1.0],"cost":[1.0,2.0]}
        {"type":"lesson","id":"2","prompt":"prompt 2","quality":[0.0,1.0],"cost":[1.0,2.0]}
        {"type":"lesson","id":"3","prompt":"prompt 3","quality":[0.0,1.0],"cost":[1.0,2.0]}
        {"type":"route","rows":2}
        {"type":"prompt","id":"4","prompt":"prompt 4"}
        {"type":"prompt","id":"5","prompt":"prompt 5"}

        """)
  }

  @Test("Features come when they are asked for; a child that does not learn is only asked")
  func options() throws {
    guard
      let script = try script(
        "{\"quality\": [float(id), 0.5]}", ready: ", \"features\": True, \"learns\": False")
    else { return }
    let answer = try answer(script)
    #expect(
      answer.test.content
        == .estimates(
          Estimates(
            quality: Grid(rows: 2, columns: 2, values: [4, 0.5, 5, 0.5]), cost: .perModel([1, 2]))))
    #expect(
      answer.training?.content
        == .estimates(
          Estimates(
            quality: Grid(rows: 3, columns: 2, values: [1, 0.5, 2, 0.5, 3, 0.5]),
            cost: .perPrompt(Grid.rows([1, 2], count: 3)))))
    let log = try String(contentsOfFile: script.directory + "/log", encoding: .utf8)
    #expect(!log.contains("\"fit\""))
    #expect(
      log.contains("{\"type\":\"prompt\",\"id\":\"5\",\"prompt\":\"prompt 5\",\"features\":[1.0]}"))
  }

  @Test("Choices at parameters are put in order")
  func choices() throws {
    guard
      let script = try script(
        "{\"choices\": [{\"parameter\": 2, \"model\": \"b\"}, {\"parameter\": 1, \"model\": \"a\"}]}"
      )
    else { return }
    let answer = try answer(script)
    #expect(answer.test.parameters == [1, 2])
    #expect(answer.training?.parameters == [1, 2])
  }

  @Test("Other answers for training prompts than for test prompts are refused")
  func inconsistent() throws {
    guard
      let script = try script(
        "{\"model\": \"a\"} if len(taught) == 3 else {\"quality\": [0, 1]}")
    else { return }
    #expect(
      script.refusal()
        == "The router mine answered with qualities for training prompts and with a model for test "
        + "prompts; needed is the same for all.")
    guard
      let mixed = try self.script(
        "{\"model\": \"a\"} if id == '5' else {\"choices\": [{\"parameter\": 1, \"model\": \"a\"}]}"
      )
    else { return }
    #expect(mixed.refusal()?.contains("needed is the same for every prompt.") == true)
  }
}
