/// A table or figure of the paper that is drawn from data.
///
/// - Source: arXiv:2403.12031. Figures 1 and 2 are drawings without data.
public enum PaperExhibit: String, Sendable, CaseIterable {
  case table1 = "table-1"
  case figure3 = "figure-3"
  case figure4 = "figure-4"
  case figure5 = "figure-5"
  case figure6 = "figure-6"
  case figure7 = "figure-7"
  case figure8 = "figure-8"
  case figure9 = "figure-9"

  /// "Table 1" and the like.
  public var number: String {
    let word = self == .table1 ? "Table" : "Figure"
    return rawValue.last.map { "\(word) \($0)" } ?? word
  }

  /// What it shows.
  public var subject: String {
    switch self {
    case .table1: "single models and the Oracle on seven tasks"
    case .figure3: "all models on all tasks together, and where the Oracle goes"
    case .figure4: "KNN, MLP and Zero in domain"
    case .figure5, .figure8: "cascades whose judge errs, and Zero"
    case .figure6: "predictive routers and a cascade on retrieval-augmented prompts"
    case .figure7: "single models and the Oracle, task by task"
    case .figure9: "KNN, MLP and Zero out of domain"
    }
  }

  /// The tasks that the paper shows there.
  public var tasks: [String] {
    switch self {
    case .table1, .figure3, .figure7: PublishedTable.tasks
    case .figure4: ["MMLU", "HellaSwag", "GSM8K", "ARC Challenge", "Winogrande", "MBPP"]
    case .figure5: ["MMLU", "MBPP", "GSM8K"]
    case .figure6: ["RAG"]
    case .figure8: ["ARC Challenge", "MT-Bench", "HellaSwag"]
    case .figure9: ["MT-Bench", "MBPP", "GSM8K"]
    }
  }

  /// Whether other tasks of the file may stand in where it has none of the paper's.
  var admitsOtherTasks: Bool { self != .table1 && self != .figure6 }

  /// What the paper did.
  public var paper: String {
    switch self {
    case .table1:
      "Mean quality and total dollars of each model and the Oracle over the 30% test part of each task."
    case .figure3:
      "Quality against total dollars of eleven models on all tasks, and how often the Oracle picks each "
        + "model on each task."
    case .figure4:
      "KNN and MLP routers taught on 70% of a task and examined on 30%, swept over 32 values of willingness "
        + "to pay; the hyperparameters shown are those that did best on the test part."
    case .figure5, .figure8:
      "Cascades from the cheapest model to the dearest with a judge that is wrong with a given probability, "
        + "drawn at random once, swept over 11 budgets; AIQ for the judge without errors."
    case .figure6:
      "KNN, MLP and a cascade with a judge's error of 0.2 on 800 retrieval-augmented prompts with five "
        + "models."
    case .figure7: "Quality against total dollars of each model, one picture a task."
    case .figure9:
      "KNN and MLP routers taught on all other tasks, examined on MT-Bench, MBPP and GSM8K."
    }
  }
}
