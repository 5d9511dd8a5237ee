import Construction
import Foundation
import Matrices
import Outcomes
import Prompts

/// Scores published answers anew, and says how far our scores agree with the recorded ones.
///
/// `ExtractionMeasure FOLDER [--list] [--each]`: FOLDER holds `routellm`, `routerbench` and `tasks`;
/// `--list` writes every answer whose scores differ, for a person to read; `--each` writes one line
/// per answer with its score, rule and finding, so that two versions can be compared with diff.
struct Measurement {
  let name: String
  var answers = 0
  var agreed = 0
  /// We say right where the record says wrong, and the other way round.
  var onlyOurs = 0
  var onlyRecord = 0
  var rules: [String: Int] = [:]

  init(_ name: String) { self.name = name }

  mutating func add(_ score: Score, recorded: Bool) {
    answers += 1
    let isRight = score.value == 1
    if isRight == recorded { agreed += 1 }
    if isRight, !recorded { onlyOurs += 1 }
    if !isRight, recorded { onlyRecord += 1 }
    rules[score.extraction.rule, default: 0] += 1
  }

  var row: String {
    let share = String(format: "%.2f", 100 * Double(agreed) / Double(answers))
    let rules = rules.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { "\($0) \($1)" }
    return "| \(name) | \(answers) | \(share)% | \(onlyOurs) | \(onlyRecord) | "
      + rules.joined(separator: ", ") + " |"
  }
}

let folder = CommandLine.arguments.dropFirst().first ?? "../shared/data"
let isListing = CommandLine.arguments.contains("--list")
let isWritingEach = CommandLine.arguments.contains("--each")

func write(_ place: String, _ score: Score, recorded: Bool) {
  guard isWritingEach else { return }
  let text = score.extraction.text.replacing("\n", with: " ").prefix(80)
  let worth = score.value == 1 ? "right" : "wrong"
  print("\(place)\t\(recorded ? "right" : "wrong")\t\(worth)\t\(score.extraction.rule)\t\(text)")
}

func tell(_ place: String, _ item: PromptItem, _ score: Score, _ answer: String) {
  guard isListing else { return }
  let right = item.reference?.label ?? ""
  print(
    "\n--- \(place): right is '\(right)', read '\(score.extraction.text)' "
      + "by \(score.extraction.rule)\n\(item.question.suffix(300))\n>>> \(answer.suffix(700))")
}

/// GSM8K's answers of two models with RouteLLM's verdicts.
func measureNumbers() throws -> [Measurement] {
  var right: [String: String] = [:]
  let tasks = try RecordFile.read(
    folder + "/tasks/gsm8k_test.jsonl", wanted: ["question", "answer"])
  for record in tasks.records {
    guard let question = tasks.text(record, "question"), let answer = tasks.text(record, "answer")
    else { continue }
    right[question.trimmingCharacters(in: .whitespacesAndNewlines)] =
      answer.components(separatedBy: "####").last?.trimmingCharacters(in: .whitespaces)
  }
  var measurements: [Measurement] = []
  for model in ["mistralai/Mixtral-8x7B-Instruct-v0.1", "gpt-4-1106-preview"] {
    var measurement = Measurement("GSM8K, \(model)")
    let rows = try RecordFile.read(
      folder + "/routellm/gsm8k_mixtral_gpt4_responses.csv.gz",
      wanted: ["prompt", model, model + "_response"])
    for record in rows.records {
      let prompt = (rows.text(record, "prompt") ?? "").trimmingCharacters(
        in: .whitespacesAndNewlines)
      guard let reference = right[prompt] else { fatalError("No answer to '\(prompt)'.") }
      let item = PromptItem(
        sampleID: "\(record.row)", task: "gsm8k", turns: [prompt], reference: .number(reference))
      let answer = rows.text(record, model + "_response") ?? ""
      let score = NumberMatch().score(answer: answer, item: item)
      let recorded = rows.text(record, model) == "True"
      measurement.add(score, recorded: recorded)
      write("\(model) row \(record.row)", score, recorded: recorded)
      if (score.value == 1) != recorded {
        tell("\(model) row \(record.row), recorded \(recorded)", item, score, answer)
      }
    }
    measurements.append(measurement)
  }
  return measurements
}

/// The right choice's text by the question, of ARC and Winogrande.
func rightChoices() throws -> [String: [String]] {
  var right: [String: [String]] = [:]
  for (task, file) in [
    ("arc-challenge", "arc_challenge.jsonl"), ("winogrande", "winogrande.jsonl"),
  ] {
    let plan = try CollectionPlan.parse(
      "store: s\nmodels: [{name: m, provider: openai}]\n"
        + "tasks: [{task: \(task), files: [\(file)], shots: 0}]",
      file: "plan", folder: URL(fileURLWithPath: folder + "/tasks"),
      scorers: Scorers.cards.map(\.name))
    for item in try plan.questions().items {
      let text = item.choices.first { $0.label == item.reference?.label }?.text
      right[normalisedPrompt(item.question), default: []].append(normalisedPrompt(text ?? ""))
    }
  }
  return right
}

/// The question that a published prompt ends with; nil where we cannot tell what is right.
func question(of prompt: String, id: String, right: [String: [String]]) -> PromptItem? {
  let turn = PromptText(prompt).turns.last ?? ""
  guard let end = turn.range(of: "\nA) ", options: .backwards),
    let stop = turn.range(of: "\nPrint only", options: .backwards), end.upperBound < stop.lowerBound
  else { return nil }
  let lines = turn[..<end.lowerBound].split(separator: "\n", omittingEmptySubsequences: false)
  let choices = turn[turn.index(after: end.lowerBound)..<stop.lowerBound].split(separator: "\n")
    .map { Choice(label: String($0.prefix(1)), text: String($0.dropFirst(3))) }
  for first in lines.indices.reversed() {
    let text = lines[first...].joined(separator: "\n")
    guard let texts = right[normalisedPrompt(text)] else { continue }
    let labels = choices.filter { texts.contains(normalisedPrompt($0.text)) }
    guard labels.count == 1 else { return nil }
    return PromptItem(
      sampleID: id, task: "choices", turns: [text], reference: .choice(labels[0].label),
      choices: choices)
  }
  return nil
}

/// ARC's and Winogrande's answers of eleven models with RouterBench's scores.
func measureChoices() throws -> [Measurement] {
  let right = try rightChoices()
  let table = try OutcomeReading.read(
    folder + "/routerbench/routerbench_5shot_arc_winogrande.pkl",
    options: ReadingOptions(includeResponses: true)
  ).table
  let items = table.sampleIDs.indices.map {
    question(of: table.prompts[$0], id: table.sampleIDs[$0], right: right)
  }
  let known = items.count { $0 != nil }
  print("ARC and Winogrande: the right choice is known of \(known) of \(items.count) questions.\n")
  return table.models.enumerated().map { column, model in
    var measurement = Measurement("ARC and Winogrande, \(model)")
    for (row, item) in items.enumerated() {
      guard let item, let list = table.responses?[row, column] else { continue }
      // The published cells hold a list of one text, as Python writes it.
      let answer = String(list.dropFirst(2).dropLast(2)).replacing("\\n", with: "\n")
      let score = ChoiceMatch().score(answer: answer, item: item)
      let recorded = table.quality[row, column] == 1
      measurement.add(score, recorded: recorded)
      write("\(model) \(item.sampleID)", score, recorded: recorded)
      if (score.value == 1) != recorded {
        tell("\(model) \(item.sampleID), recorded \(recorded)", item, score, answer)
      }
    }
    return measurement
  }
}

let rows = try measureNumbers() + measureChoices()
print(
  """
  | answers of | answers | scores agree | right only to us | right only to the record | read by |
  |---|--:|--:|--:|--:|---|
  """)
for row in rows { print(row.row) }
