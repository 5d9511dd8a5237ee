import Foundation
import Testing

@testable import Construction

@Suite("Public tasks")
struct BenchmarkTaskTests {
  @Test("Every file of a task is in the catalogue, and cards tell everything")
  func catalogue() throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Sources/Construction/Tasks/Benchmarks")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .map { String($0.prefix { $0 != "." }) }
    #expect(Set(files) == Set(BenchmarkTasks.all.map { "\(type(of: $0))" }))
    #expect(Set(BenchmarkTasks.cards.map(\.name)).count == files.count)
    for card in BenchmarkTasks.cards {
      #expect(card.version >= 1 && !card.forms.isEmpty)
      for text in [card.source, card.licence, card.citation, card.split, card.scorer] {
        #expect(!text.isEmpty, "\(card.name)")
      }
    }
    #expect(MultitaskUnderstanding().subjects.count == 57)
    #expect(Set(MultitaskUnderstanding().subjects).count == 57)
  }

  @Test("ARC in its three forms, worded as published")
  func arc() throws {
    let items = try TaskFixtures.read(
      "arc-challenge", [("q.jsonl", TaskFixtures.arc)], change: { $0.order = .file }
    ).items
    #expect(items.map(\.sampleID) == (0..<3).map { "arc-challenge.test.\($0)" })
    #expect(items.map(\.reference) == [.choice("A"), .choice("A"), .choice("B")])
    #expect(
      items[0].turns == [
        """
        What melts ice?
        A) heat
        B) cold
        C) dark
        Print only a single choice  from "A" or "B" or "C" without explanation.
        Answer:
        """
      ])
    #expect(items[2].question == "Which flies?")
    #expect(items[1].choices == Choice.lettered(["iron", "wood"]) && items[1].scorer == "choice")
  }

  @Test("Choices in the published order keep their right answer")
  func shuffled() throws {
    let items = try TaskFixtures.read("arc-challenge", [("q.jsonl", TaskFixtures.arc)]).items
    let right = ["heat", "iron", "a bird"]
    for (item, text) in zip(items, right) {
      let letter = try #require(item.choices.first { $0.text == text }?.label)
      #expect(item.reference == .choice(letter))
      #expect(item.turns[0].contains("\n\(letter)) \(text)\n"))
    }
    // Python: r = random.Random(b"arc-challenge.test.0:20220722"); p = list(range(n)); r.shuffle(p)
    #expect(PublishedOrder.order(of: "arc-challenge.test.0", count: 4) == [1, 3, 2, 0])
    for count in 1...26 {
      #expect(PublishedOrder.order(of: "x.\(count)", count: count).sorted() == Array(0..<count))
    }
  }

  @Test("Winogrande from sentences, contexts and labels")
  func winogrande() throws {
    let items = try TaskFixtures.read(
      "winogrande", [("q.jsonl", TaskFixtures.winogrande)], examples: ["q.jsonl"], shots: 1,
      draw: .first, change: { $0.order = .file }
    ).items
    let (first, second) = (
      """
      The cup did not fit the bag as the _ was small.
      A) cup
      B) bag
      Print only a single choice  from "A" or "B" without explanation. Answer:
      """,
      """
      The pencil beat the pen as the _ was dry.
      A) pen
      B) pencil
      Print only a single choice  from "A" or "B" without explanation. Answer:
      """
    )
    let lead = "Please answer with the letter of the correct answer.\n\n"
    #expect(items[0].turns == [lead + second + "\nA\n\n" + first])
    #expect(items[1].turns == [lead + first + "\nB\n\n" + second])
    let bare = #"{"sentence": "As the _ fell.", "option1": "a", "option2": "b"}"#
    let labelled = try TaskFixtures.read(
      "winogrande", [("q.jsonl", bare), ("l.lst", "2\n")],
      change: {
        $0.answers = "l.lst"
        $0.order = .file
      })
    #expect(labelled.items[0].reference == .choice("B"))
  }

  @Test("MMLU from its authors' CSV, with names, and from the hub")
  func multitask() throws {
    let authors = "\"What, now?\",one,two,three,four,C\n"
    let named =
      "question,choice0,choice1,choice2,choice3,answer\n\"What, now?\",one,two,three,four,2\n"
    let hub =
      #"{"question": "What, now?", "subject": "high_school_us_history", "#
      + #""choices": ["one", "two", "three", "four"], "answer": 2}"#
    let files = [
      ("high_school_us_history_test.csv", authors), ("high_school_us_history_test.csv", named),
      ("all.jsonl", hub),
    ]
    for file in files {
      let items = try TaskFixtures.read("mmlu", [file], change: { $0.order = .file }).items
      #expect(items.map(\.sampleID) == ["mmlu-high-school-us-history.val.0"])
      #expect(items[0].task == "mmlu-high-school-us-history")
      #expect(items[0].reference == .choice("C"))
      #expect(
        items[0].turns == [
          """
          Please answer with the letter of the correct answer.

          What, now?
          A) one
          B) two
          C) three
          D) four
          Print only a single choice  from "A" or "B" or "C" or "D" without explanation. Answer:
          """
        ])
    }
  }

  @Test("GSM8K, HellaSwag, MBPP, MT-Bench and RAG")
  func others() throws {
    let math = """
      {"question": "What is 1+1?", "answer": "1+1=2\\n#### 2"}
      {"question": "What is 500*2?", "answer": "#### 1,000"}

      """
    let sums = try TaskFixtures.read(
      "gsm8k", [("q.jsonl", math)], examples: ["q.jsonl"], shots: 1)
    #expect(sums.items[1].reference == .number("1,000"))
    #expect(
      sums.items[1].system
        == "TASK: Solve the following grade school math problem and provide a numerical answer.\n"
        + "The following are examples of grade school math problems and answers:\n"
        + "Question: What is 1+1?\nAnswer: 2\n\n")
    #expect(sums.items[1].turns == ["What is 500*2?"])
    #expect(
      sums.remarks == [
        "grade-school-math: 2 of 2 questions stand among the examples' part too; none is shown "
          + "before itself."
      ])

    let scene = #"{"ctx": "A man sits. he", "endings": ["runs.", "rests."], "label": "1"}"#
    let scenes = try TaskFixtures.read(
      "hellaswag", [("q.jsonl", scene)], change: { $0.order = .file })
    #expect(scenes.items[0].sampleID == "hellaswag.val.0")
    #expect(scenes.items[0].reference == .choice("B"))
    #expect(scenes.items[0].turns[0].hasPrefix("A man sits. he\nA) runs.\nB) rests.\nPrint only"))

    let program =
      #"[{"prompt": "Add.", "task_id": 7, "test_imports": ["import math"], "#
      + #""test_list": ["assert add(1) == 2"]}]"#
    let programs = try TaskFixtures.read("mbpp", [("q.json", program)])
    #expect(programs.items[0].sampleID == "mbpp.task.7")
    #expect(
      programs.items[0].reference
        == .tests(CodeTests(setUp: "import math", assertions: ["assert add(1) == 2"])))
    #expect(
      programs.items[0].turns[0]
        == "You are an expert Python programmer, and here is your task: Add. Your code should pass "
        + "these tests:\n\nassert add(1) == 2\n")
    let plain = try TaskFixtures.read(
      "mbpp", [("q.json", program)], change: { $0.wording = "published" })
    #expect(plain.items[0].turns == ["Add."])

    let talk = #"{"question_id": 81, "turns": ["Hello?", "And now?"]}"#
    let answer = #"{"question_id": 81, "choices": [{"turns": ["Yes.", "No."]}]}"#
    let talks = try TaskFixtures.read(
      "mt-bench", [("q.jsonl", talk), ("a.jsonl", answer)], change: { $0.answers = "a.jsonl" })
    #expect(talks.items[0].turns == ["Hello?", "And now?"])
    #expect(talks.items[0].reference == .answers(["Yes.", "No."]))

    let queries = try TaskFixtures.read(
      "rag", [("q.jsonl", #"{"id": "a", "query": "Who?", "answers": ["Ann", "Anna"]}"#)])
    #expect(queries.items[0].sampleID == "rag.query.a")
    #expect(queries.items[0].reference == .alternatives(["Ann", "Anna"]))
  }

  @Test(
    "Bad files are one sentence with file and line",
    arguments: [
      (
        "arc-challenge", "q.jsonl",
        #"{"question": "Q", "choices": {"text": ["a", "b"], "label": ["A", "B"]}, "answerKey": "E"}"#,
        "q.jsonl, line 1: the answerKey 'E' is none of the labels A, B."
      ),
      (
        "arc-challenge", "q.jsonl", #"{"query": "Q", "choices": ["a", "b"], "gold": 2}"#,
        "q.jsonl, line 1: the right answer needs a letter from A to B or a number from 0 to 1; found "
          + "'2'."
      ),
      (
        "arc-challenge", "q.jsonl", #"{"query": "Q", "choices": ["a", " "], "gold": 0}"#,
        "q.jsonl, line 1: choice B is empty; fill it."
      ),
      (
        "hellaswag", "q.jsonl", #"{"ctx": "C", "endings": ["a", "b"], "label": ""}"#,
        "q.jsonl, line 1: the question has no right answer; take a part that gives them."
      ),
      (
        "hellaswag", "q.jsonl", #"{"ctx": "C", "endings": "a", "label": 0}"#,
        #"q.jsonl, line 1: 'endings' needs a list of texts, such as ["one", "two"]."#
      ),
      (
        "winogrande", "q.jsonl", #"{"sentence": "a _", "option1": "x", "option2": "y"}"#,
        "q.jsonl, line 1: the question has no right answer; take a part that gives them, or name a "
          + "file of one number a line, 1 or 2 under 'answers'."
      ),
      (
        "winogrande", "q.jsonl",
        #"{"sentence": "a", "option1": "x", "option2": "y", "answer": "1"}"#,
        "q.jsonl, line 1: the sentence has no blank '_'."
      ),
      (
        "gsm8k", "q.jsonl",
        "{\"question\": \"Q\", \"answer\": \"#### 1\"}\n"
          + #"{"question": "Q", "answer": "1"}"#,
        "q.jsonl, line 2: the answer has no '####' before its number."
      ),
      (
        "mbpp", "q.jsonl", #"{"text": "T", "task_id": 1, "test_list": []}"#,
        "q.jsonl, line 1: 'test_list' has no tests."
      ),
      (
        "mbpp", "q.jsonl",
        "{\"text\": \"T\", \"task_id\": 1, \"test_list\": [\"a\"]}\n"
          + #"{"text": "T", "task_id": 1, "test_list": ["a"]}"#,
        "q.jsonl, line 2: question 1 was there before, at q.jsonl, line 1; keep one of them."
      ),
      (
        "mt-bench", "q.jsonl", #"{"question_id": 1, "turns": ["only"]}"#,
        "q.jsonl, line 1: a question needs two turns with something in them."
      ),
      (
        "rag", "q.csv", "query,answer\nWho?,\n",
        "q.csv, line 2: there is nothing under 'answer'; fill it."
      ),
      (
        "rag", "q.csv", "query,answer\n", "q.csv has no rows; task rag needs at least one."
      ),
      (
        "mmlu", "other.csv", "Q,a,b,c,d,A\n",
        "other.csv, line 1: 'other' is none of the 57 subjects; give a column 'subject', or name the "
          + "file SUBJECT_test.csv."
      ),
      (
        "rag", "q.parquet", "PAR1....",
        "q.parquet is a Parquet file, which is not read; save it as CSV or JSON Lines."
      ),
    ])
  func faults(_ task: String, _ name: String, _ text: String, _ sentence: String) {
    #expect(TaskFixtures.sentence(task, text, named: name) == sentence)
  }

  @Test("Any bytes are read or refused with a sentence, never a crash")
  func fuzz() throws {
    var generator = Noise(state: 1)
    let seeds: [(task: String, name: String, text: String)] = [
      ("arc-challenge", "q.jsonl", TaskFixtures.arc),
      ("winogrande", "q.jsonl", TaskFixtures.winogrande),
      ("mmlu", "anatomy_test.csv", "\"What, now?\",one,two,three,four,C\nQ,a,b,c,d,A\n"),
      ("gsm8k", "q.jsonl", "{\"question\": \"Q\", \"answer\": \"#### 1\"}"),
      ("mbpp", "q.json", #"[{"prompt": "A", "task_id": 7, "test_list": ["assert 1"]}]"#),
      ("mt-bench", "q.jsonl", #"{"question_id": 81, "turns": ["Hello?", "And now?"]}"#),
      ("hellaswag", "q.jsonl", #"{"ctx": "A", "endings": ["runs.", "rests."], "label": 1}"#),
    ]
    var refused = 0
    for seed in seeds {
      for _ in 0..<60 {
        var bytes = Array(seed.text.utf8)
        for _ in 0...Int(generator.next() % 3) {
          let place = Int(generator.next() % UInt64(bytes.count))
          switch generator.next() % 3 {
          case 0: bytes[place] = UInt8(truncatingIfNeeded: generator.next())
          case 1: bytes.remove(at: place)
          default: bytes.insert(Array("{}[]\",:\n09".utf8)[Int(generator.next() % 10)], at: place)
          }
        }
        let text = String(decoding: bytes, as: UTF8.self)
        do {
          let items = try TaskFixtures.read(seed.task, [(seed.name, text)]).items
          #expect(
            items.allSatisfy {
              !$0.turns[0].isEmpty && $0.reference != nil || seed.task == "mt-bench"
            })
        } catch {
          #expect("\(error)".hasPrefix(seed.name))
          refused += 1
        }
      }
    }
    #expect(refused > 100)
  }

  private struct Noise {
    var state: UInt64
    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state >> 33
    }
  }
}
