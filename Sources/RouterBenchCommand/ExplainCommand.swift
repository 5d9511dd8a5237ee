import Arguments
import CostQuality
import Evaluation
import Routers
import Routing
import Outcomes
import Prompts

/// `routerbench explain`: which words and traits of prompts go with a router's decisions.
enum ExplainCommand {
  static let definition = Command(
    "explain", summary: "List the words and traits that go with a router's decisions.",
    discussion: [
      "Every test prompt's decision is set against its words and traits: the log odds that a prompt "
        + "with the word goes to the model, over one without it, with their interval. A star marks what "
        + "holds when the confidence is shared by all that was tried. An association is no cause: a "
        + "word may stand for the topic that decides."
    ],
    operands: [Operand("DATA", .file, summary: "A file of outcomes.")],
    options: [
      CommandOption(
        "router", "NAME", .suggestions(RouterList.examples + ["oracle"]),
        summary: "The router to explain, or oracle for the best model of each prompt; knn:40 by "
          + "default.", section: "EXPLANATION"),
      CommandOption(
        "willingness", "DOLLARS",
        summary:
          "The kept operating point nearest below that many dollars per unit of quality, or "
          + "unlimited; the middle one by default.", section: "EXPLANATION"),
      CommandOption(
        "top", "N", summary: "How many associations to list for each model; 8 by default.",
        section: "EXPLANATION"),
    ]
      + EvaluationSettings.options.filter {
        ![
          "routers", "detect", "folds", "select", "resamples", "charge-unsolved",
          "free-when-unsolved",
        ].contains($0.name)
      }
      + EvaluationSettings.dataOptions
      + EvaluateCommand.workOptions(json: "Print all associations as one JSON value."),
    examples: [
      .init(
        "What sends prompts to each model?",
        "routerbench explain rag.jsonl --design pooled --router knn:40")
    ])

  private struct Row: Encodable {
    let model: String
    let trait: String
    let chosen: Int
    let prompts: Int
    let logOdds: Double
    let lower: Double
    let upper: Double
    let pValue: Double
    let holds: Bool
  }

  private struct Answer: Encodable {
    let task: String
    let prompts: Int
    let parameter: String
    /// What the parameter counts; empty where there is none, or where it has a meaning.
    let unit: String
    /// What the parameter stands for, where it is no willingness to pay.
    let meaning: String?
    let tried: Int
    let associations: [Row]
    /// Why there are no associations, where all prompts are treated alike.
    let remark: String?
  }

  static func run(_ invocation: Invocation) throws -> ExitCode {
    var settings = try EvaluateCommand.settings(invocation)
    let name = invocation.text("router") ?? "knn:40"
    settings.routers = name == "oracle" ? [] : [name]
    if settings.seeds.count > 1 {
      throw ArgumentsError(
        "explain looks at one split, and --seeds names \(settings.seeds.count); give one seed.")
    }
    let top = try invocation.integer("top", in: 1...10_000) ?? 8
    let willingness =
      invocation.text("willingness") == "unlimited"
      ? .infinity
      : try invocation.number(
        "willingness", needed: "dollars of at least 0, or unlimited", where: { $0 >= 0 })
    let input = try EvaluationInput(settings, invocation)
    let table = input.outcomes.table
    var texts: [String: String] = [:]
    for (id, prompt) in zip(table.sampleIDs, table.prompts) {
      texts[id] = settings.view.text(of: prompt)
    }
    var answers: [Answer] = []
    if name == "oracle" {
      var rowsOfTask: [(String, [Int])] = []
      for row in 0..<table.count {
        let task = input.outcomes.groups.task(of: table.evalNames[row])
        if let place = rowsOfTask.firstIndex(where: { $0.0 == task }) {
          rowsOfTask[place].1.append(row)
        } else {
          rowsOfTask.append((task, [row]))
        }
      }
      for (task, rows) in rowsOfTask {
        let part = table.selecting(rows: rows)
        let choices = Oracle(part).choices.map { part.models[$0].name }
        answers.append(
          answer(task, "", part.sampleIDs.map { texts[$0] ?? "" }, choices, settings.confidence))
      }
    } else {
      guard let recipe = try settings.recipes(models: table.models).first else {
        throw ArgumentsError("zero does not look at prompts, so nothing explains it.")
      }
      var experiment = EvaluationRun.experiment(settings, input.outcomes, threads: input.threads)
      experiment.recipes = [recipe]
      experiment.bootstrap = nil
      _ = try EvaluationRun.tellOmissions(of: experiment, on: table, input.console)
      let outcome = try experiment.run(on: table, features: input.features)
      for task in outcome.tasks {
        let kept = KeptDecisions(of: recipe.name, on: task, in: outcome.decisions)
        guard !kept.parameters.isEmpty else {
          for note in task.notes { input.console.warn("\(task.task): \(note)") }
          continue
        }
        let parameters = kept.parameters
        let chosen =
          willingness.map { limit in parameters.last { $0.value <= limit } ?? parameters[0] }
          ?? parameters[parameters.count / 2]
        let made = kept.at(chosen)
        answers.append(
          answer(
            task.task, "\(chosen)", made.map { texts[$0.sampleID] ?? "" },
            made.map(\.model), settings.confidence,
            unit: "\(settings.axis.unit.rawValue) per unit of quality",
            meaning: kept.meaning(of: chosen),
            // Only a sentence about a task without any choice needs to know where there is one.
            dividing: { kept.dividing }))
      }
    }
    if invocation.has("json") {
      Console.print(json: try JSONText.text(answers))
    } else {
      for answer in answers { Console.print(lines: lines(answer, router: name, top: top)) }
    }
    return .done
  }

  private static func answer(
    _ task: String, _ parameter: String, _ texts: [String], _ choices: [String], _ level: Double,
    unit: String = "", meaning: String? = nil, dividing: () -> [Parameter] = { [] }
  ) -> Answer {
    let explanation = Explanation(texts: texts, choices: choices, level: level)
    let remark = explanation.onlyChoice.map { only in
      let others = dividing()
      let range = Set([others.first, others.last].compactMap { $0?.description })
      return "All \(texts.count.counted("prompt")) "
        + (texts.count == 1 ? "is " : "are ")
        + (only == "none" ? "left unanswered" : "sent to \(only)")
        + ", so no word or trait goes with a decision."
        + (others.isEmpty
          ? parameter.isEmpty ? "" : " No kept operating point divides them."
          : " They are divided at --willingness "
            + (range.count == 1
              ? "\(others[0])" : "\(others[0]) to \(others[others.count - 1])") + ".")
    }
    return Answer(
      task: task, prompts: texts.count, parameter: parameter,
      unit: meaning == nil ? unit : "", meaning: meaning,
      tried: explanation.tried,
      associations: explanation.associations.map {
        Row(
          model: $0.choice, trait: $0.trait, chosen: $0.chosen, prompts: $0.prompts,
          logOdds: $0.logOdds, lower: $0.interval.lower, upper: $0.interval.upper,
          pValue: $0.pValue, holds: $0.holds)
      }, remark: remark)
  }

  private static func lines(_ answer: Answer, router: String, top: Int) -> [String] {
    let place =
      answer.meaning.map { " at \($0)" }
      ?? (answer.parameter.isEmpty ? "" : " at \(answer.parameter) \(answer.unit)")
    if let remark = answer.remark {
      return ["\(answer.task): \(router)\(place)", "  \(remark)", ""]
    }
    var lines = [
      "\(answer.task): \(router)\(place), \(answer.prompts.counted("prompt")), "
        + "\(answer.tried.counted("association")) tried"
    ]
    var table = TextTable(
      ["model", "trait", "log odds", "interval", "prompts", ""], rightAligned: [2, 3, 4])
    var shown: [String: Int] = [:]
    var hasStar = false
    for row in answer.associations {
      shown[row.model, default: 0] += 1
      if shown[row.model, default: 0] > top { continue }
      hasStar = hasStar || row.holds
      table.add([
        row.model, row.trait, row.logOdds.fixed(2),
        "[\(row.lower.fixed(2)), \(row.upper.fixed(2))]", "\(row.chosen) of \(row.prompts)",
        row.holds ? "*" : "",
      ])
    }
    lines +=
      answer.associations.isEmpty
      ? ["  No word or trait is common enough to say anything of."] : table.lines()
    if hasStar {
      lines.append("* holds when the confidence is shared by all associations tried (Bonferroni).")
    }
    return lines + [""]
  }
}
