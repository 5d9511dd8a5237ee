import Foundation
import Testing

@testable import ForeignRouters

/// Every way to go wrong gives one sentence, and leaves no process.
@Suite("Children that misbehave")
struct MisbehaviourTests {
  private static let ready = "echo '{\"type\":\"ready\",\"protocol\":1}'\n"
  /// Reads a message of as many lines as its head says.
  private static let shell = """
    next() {
      read -r head
      rows=$(printf '%s' "$head" | sed 's/.*"rows":\\([0-9]*\\).*/\\1/')
      while [ "$rows" -gt 0 ]; do read -r line; rows=$((rows - 1)); done
    }
    read -r hello

    """
  private static let fitted = shell + ready + "next; echo '{\"type\":\"fitted\"}'\n"
  private static let must =
    "it must read every line and flush its answers, or be given a longer --command-timeout."

  /// A script and the sentence that it gets.
  struct Case: Sendable {
    let text: String
    let sentence: String
  }

  private static let cases: [Case] = {
    var cases: [Case] = []
    func add(_ text: String, _ sentence: String) {
      cases.append(Case(text: text, sentence: sentence))
    }
    add("exit 0", "The router mine ended with exit status 0 before it said that it is ready.")
    add(
      "echo one >&2; echo two >&2; exit 3",
      "The router mine ended with exit status 3 before it said that it is ready. Its last words: "
        + "one | two")
    add(
      fitted + "next; echo 'Traceback: no' >&2; exit 1",
      "The router mine ended with exit status 1 while it was to route. Its last words: "
        + "Traceback: no")
    add(
      shell + ready + "kill -SEGV $$",
      "The router mine was ended by signal 11 while it was to learn.")
    // What it started still holds its output open.
    add(
      "sleep 30 & exit 7",
      "The router mine ended with exit status 7 before it said that it is ready.")
    add("no-such-program", "127")
    add(
      "echo hello world",
      "The router mine wrote a line that is no message before it said that it is ready: 'hello "
        + "world' (remarks belong on standard error).")
    add(
      shell + ready + "echo '{\"type\":\"routed\"}'; cat >/dev/null",
      "The router mine said 'routed' while it was to learn; needed is 'fitted'.")
    add(
      "echo '{\"type\":\"ready\",\"protocol\":2}'; cat >/dev/null",
      "The router mine speaks version 2 of the protocol; needed is 1.")
    add(
      "echo '{\"type\":\"ready\"}'; cat >/dev/null",
      "The router mine speaks no version of the protocol; needed is 1.")
    add(
      "echo '{\"type\":\"error\",\"message\":\"no GPU\"}'; cat >/dev/null",
      "The router mine gave up: no GPU.")
    add(
      "echo '{\"id\":\"4\",\"model\":\"a\"}'; cat >/dev/null",
      "The router mine answered for '4' before it was asked.")
    add(
      shell + ready + "echo '{\"id\":\"1\",\"model\":\"a\"}'; cat >/dev/null",
      "The router mine answered for '1' before it was asked.")
    add(
      fitted + "next; echo '{\"id\":\"9\",\"model\":\"a\"}'; cat >/dev/null",
      "The router mine answered for '9', which it was not asked about.")
    add(
      fitted + "next; echo '{\"model\":\"a\"}'; cat >/dev/null",
      "The router mine answered without saying for which id.")
    add(
      fitted
        + "next; for i in 1 2; do echo '{\"id\":\"1\",\"model\":\"a\"}'; done; cat >/dev/null",
      "The router mine answered twice for '1'.")
    add(
      fitted + "next; echo '{\"id\":\"1\",\"model\":\"gpt\"}'; cat >/dev/null",
      "The router mine chose the model 'gpt' for '1'; there are only a, b.")
    add(
      fitted + "next; echo '{\"id\":\"1\"}'; cat >/dev/null",
      "The router mine answered for '1' with none of model, choices and quality; needed is "
        + "exactly one.")
    add(
      fitted + "next; echo '{\"id\":\"1\",\"quality\":[1,2,3]}'; cat >/dev/null",
      "The router mine gave 3 qualities for '1'; needed is one for each of the 2 models.")
    add(
      fitted + "next; echo '{\"id\":\"1\",\"quality\":[1]}'; cat >/dev/null",
      "The router mine gave 1 quality for '1'; needed is one for each of the 2 models.")
    add(
      fitted + "next; echo '{\"id\":\"1\",\"quality\":[1,2],\"cost\":[-1,2]}'; cat >/dev/null",
      "The router mine gave a cost of -1.0 for '1'; needed are dollars of 0 or more.")
    add(
      fitted + "next; echo '{\"id\":\"1\",\"choices\":[]}'; cat >/dev/null",
      "The router mine gave no choices for '1'.")
    add(
      fitted + "next; echo '{\"id\":\"1\",\"quality\":[NaN,1]}'; cat >/dev/null",
      "The router mine wrote NaN while it was to route, and JSON has no such number: "
        + "'{\"id\":\"1\",\"quality\":[NaN,1]}'; needed are finite numbers.")
    func wrong(_ line: String, _ rest: String) {
      add(
        fitted + "next; echo '\(line)'; cat >/dev/null",
        "The router mine wrote a message while it was to route whose \(rest): '\(line)'.")
    }
    wrong(#"{"id":1,"model":"a"}"#, "id is a number, where a text is needed")
    wrong(#"{"id":"1","model":0}"#, "model is a number, where a text is needed")
    wrong(#"{"id":["1"],"model":"a"}"#, "id is a list, where a text is needed")
    wrong(
      #"{"id":"1","quality":[1,null]}"#, "quality[1] is null, where a finite number is needed")
    wrong(
      #"{"id":"1","quality":["0.5",1]}"#, "quality[0] is a text, where a finite number is needed")
    add(
      fitted + "next; echo '{\"id\":\"1\",\"quality\":[1e999,1]}'; cat >/dev/null",
      "The router mine wrote a message while it was to route with a number out of range: "
        + "'{\"id\":\"1\",\"quality\":[1e999,1]}'; needed are finite numbers, and a whole one as "
        + "protocol.")
    add(
      "echo '{\"type\":\"ready\",\"protocol\":1.5}'; cat >/dev/null",
      "The router mine wrote a message before it said that it is ready with a number out of range: "
        + "'{\"type\":\"ready\",\"protocol\":1.5}'; needed are finite numbers, and a whole one as protocol."
    )
    wrong(
      #"{"id":"1","quality":{"a":1,"b":0}}"#,
      "quality is an object, where a list of numbers, one a model, is needed")
    wrong(
      #"{"id":"1","quality":[1,1],"cost":0.5}"#,
      "cost is a number, where a list of numbers, one a model, is needed")
    wrong(
      #"{"id":"1","choices":{"0.5":"a"}}"#,
      "choices is an object, where a list of choices is needed")
    wrong(
      #"{"id":"1","choices":["a"]}"#,
      "choices[0] is a text, where an object with parameter and model is needed")
    wrong(
      #"{"id":"1","choices":[{"parameter":true,"model":"a"}]}"#,
      "choices[0].parameter is a truth value, where a finite number is needed")
    wrong(#"{"id":"1","choices":[{"parameter":1}]}"#, "choices[0] has no model")
    for (line, word) in [
      (#"{"id":"1","quality":[1,-Infinity]}"#, "-Infinity"),
      (#"{"id":"a NaN","quality":[1,Infinity]}"#, "Infinity"),
      (#"{"id":"1","quality":[nan,1]}"#, "nan"),
    ] {
      add(
        fitted + "next; echo '\(line)'; cat >/dev/null",
        "The router mine wrote \(word) while it was to route, and JSON has no such number: "
          + "'\(line)'; needed are finite numbers.")
    }
    // A word in a text is no number.
    add(
      fitted + "next; echo '{\"id\":\"NaN\",}}'; cat >/dev/null",
      "The router mine wrote a line that is no message while it was to route: "
        + "'{\"id\":\"NaN\",}}' (remarks belong on standard error).")
    for (line, what) in [
      ("[1,2]", "a list"), ("3", "a number"), ("null", "null"), ("true", "a truth value"),
      ("\"1\"", "a text"),
    ] {
      add(
        fitted + "next; echo '\(line)'; cat >/dev/null",
        "The router mine wrote a line that is \(what) while it was to route, where an object is needed: "
          + "'\(line)'.")
    }
    for line in [#"{"id":null,"model":"a"}"#, #"{"type":"answer","model":"a"}"#] {
      add(
        fitted + "next; echo '\(line)'; cat >/dev/null",
        "The router mine answered without saying for which id.")
    }
    add(
      fitted + "next; echo '{\"id\":\"1\",\"model\":null,\"quality\":null}'; cat >/dev/null",
      "The router mine answered for '1' with none of model, choices and quality; needed is "
        + "exactly one.")
    add(
      "echo '{\"type\":\"ready\",\"protocol\":\"1\"}'; cat >/dev/null",
      "The router mine wrote a message before it said that it is ready whose protocol is a text, where a "
        + "whole number is needed: '{\"type\":\"ready\",\"protocol\":\"1\"}'.")
    add(
      "echo '{\"type\":\"ready\",\"protocol\":1,\"features\":1}'; cat >/dev/null",
      "The router mine wrote a message before it said that it is ready whose features is a number, "
        + "where true or false is needed: '{\"type\":\"ready\",\"protocol\":1,\"features\":1}'.")
    add(
      fitted + "next; echo '{\"type\":\"routed\"}'; cat >/dev/null",
      "The router mine ended its answers with 1 of 1 prompts unanswered, '1' the first.")
    add(
      fitted + "next; exec >&-; cat >/dev/null; sleep 100",
      "The router mine closed its standard output while it was to route.")
    add(
      "yes '{' | tr -d '\\n'",
      "The router mine wrote a line of more than 1048576 bytes before it said that it is ready.")
    add(
      "yes garbage",
      "The router mine wrote a line that is no message before it said that it is ready: 'garbage' "
        + "(remarks belong on standard error).")
    return cases
  }()

  @Test(
    "Each is refused with one sentence and leaves nothing running",
    arguments: cases)
  func refused(example: Case) throws {
    let sentence = example.sentence
    let script = try Script(shell: example.text)
    let found = script.refusal()
    if sentence == "127" {
      #expect(
        found?.hasPrefix(
          "The router mine was not found: the shell knows no such command ('/bin/sh DIR/child')."
            + " Its last words: ") == true, "\(found ?? "")")
    } else {
      #expect(found == sentence)
    }
    #expect(!script.isRunning)
  }

  @Test(
    "A child that hangs is ended after the idle limit, with its own children, even against its will",
    arguments: [
      ("sleep 1000", "before it said that it is ready"),
      ("trap '' TERM; sleep 1000 & while :; do sleep 1; done", "before it said that it is ready"),
      ("exec <&-; sleep 1000", "before it said that it is ready"),
      (shell + ready + "sleep 1000", "while it was to learn"),
      (fitted + "while :; do echo busy >&2; sleep 0.05; done", "while it was to route"),
    ])
  func hangs(text: String, stage: String) throws {
    let script = try Script(shell: text.replacing("sleep 1000", with: "sh -c 'sleep 1000' \"$0\""))
    let found = try #require(script.refusal(idleLimit: 0.5))
    #expect(
      found.hasPrefix(
        "The router mine neither read nor answered for 0.5 seconds \(stage); \(Self.must)"))
    #expect(!script.isRunning)
  }

  @Test("A child that fills its output before it reads is no reason to stand still")
  func fullPipes() throws {
    // A megabyte of signs of life before the first line is read, and between reading and answering.
    let text = """
      import json, sys
      def noise():
          for _ in range(10000): print(json.dumps({"type": "progress", "note": "x" * 100}))
          sys.stderr.write("y" * 1000000)
      noise()
      print(json.dumps({"type": "ready", "protocol": 1, "learns": False}), flush=True)
      hello = json.loads(sys.stdin.readline())
      while True:
          head = sys.stdin.readline()
          if not head: break
          prompts = [json.loads(sys.stdin.readline()) for _ in range(json.loads(head)["rows"])]
          noise()
          for prompt in prompts: print(json.dumps({"id": prompt["id"], "model": "a"}))
          print(json.dumps({"type": "routed"}), flush=True)
      """
    guard let script = try Script(python: text) else { return }
    #expect(script.refusal() == nil)
    #expect(!script.isRunning)
  }

  @Test("A large message to a child that never reads ends at the idle limit")
  func neverReads() throws {
    let script = try Script(shell: Self.ready + "sleep 1000")
    let child = try ChildProcess(command: script.command)
    let conversation = Conversation(child, idleLimit: 0.5)
    #expect(throws: (any Error).self) {
      try conversation.exchange([UInt8](repeating: 0x20, count: 1 << 22)) { _ in true }
    }
    child.end(grace: 0)
    #expect(!script.isRunning)
  }

  @Test("A command that the shell does not know is told with its words")
  func notFound() throws {
    let router = ChildRouter(command: "routerbench-no-such-program --x", named: "mine")
    #expect {
      try router.plans(for: PredictionsFileTests.request)
    } throws: { error in
      "\(error)".hasPrefix(
        "The router mine was not found: the shell knows no such command "
          + "('routerbench-no-such-program --x').")
    }
  }
}
