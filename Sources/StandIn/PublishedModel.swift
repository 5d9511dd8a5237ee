/// One model as the paper's Table 1 measured it: quality and dollars on seven tasks.
///
/// - Source: arXiv:2403.12031, Table 1. Costs there are totals over the 30% test part of a task.
public struct PublishedModel: Hashable, Sendable {
  /// The name in the published files.
  public let name: String
  /// Mean quality on each task, in the order of `StandInTask.allCases`.
  public let quality: [Double]
  /// Total dollars over the test part of each task, in the same order.
  public let testCost: [Double]
  /// How fast the odds of an answer fall with difficulty; ours, so that models differ in kind.
  let slope: Double

  /// The eleven models of Table 1, in its order.
  public static let all: [PublishedModel] = [
    PublishedModel(
      name: "WizardLM/WizardLM-13B-V1.2",
      quality: [0.568, 0.796, 0.364, 0.636, 0.512, 0.510, 0.660],
      testCost: [0.122, 0.006, 0.011, 0.727, 0.040, 0.354, 0.068], slope: 1.1),
    PublishedModel(
      name: "mistralai/mistral-7b-chat",
      quality: [0.562, 0.779, 0.349, 0.541, 0.562, 0.409, 0.642],
      testCost: [0.081, 0.003, 0.006, 0.485, 0.027, 0.210, 0.046], slope: 1.1),
    PublishedModel(
      name: "mistralai/mixtral-8x7b-chat",
      quality: [0.733, 0.921, 0.573, 0.707, 0.677, 0.515, 0.844],
      testCost: [0.245, 0.012, 0.023, 1.455, 0.081, 0.594, 0.137], slope: 1.0),
    PublishedModel(
      name: "meta/code-llama-instruct-34b-chat",
      quality: [0.569, 0.796, 0.465, 0.525, 0.617, 0.462, 0.644],
      testCost: [0.317, 0.015, 0.021, 1.882, 0.104, 0.752, 0.177], slope: 1.1),
    PublishedModel(
      name: "zero-one-ai/Yi-34B-Chat",
      quality: [0.743, 0.938, 0.333, 0.931, 0.748, 0.552, 0.882],
      testCost: [0.326, 0.018, 0.031, 1.938, 0.107, 0.867, 0.182], slope: 0.95),
    PublishedModel(
      name: "gpt-3.5-turbo-1106",
      quality: [0.720, 0.908, 0.651, 0.816, 0.630, 0.601, 0.855],
      testCost: [0.408, 0.026, 0.044, 2.426, 0.134, 1.170, 0.228], slope: 0.9),
    PublishedModel(
      name: "claude-instant-v1",
      quality: [0.384, 0.863, 0.550, 0.801, 0.512, 0.626, 0.821],
      testCost: [0.327, 0.030, 0.064, 1.943, 0.108, 1.300, 0.183], slope: 0.95),
    PublishedModel(
      name: "meta/llama-2-70b-chat",
      quality: [0.647, 0.854, 0.302, 0.736, 0.504, 0.529, 0.794],
      testCost: [0.367, 0.022, 0.039, 2.183, 0.121, 0.870, 0.205], slope: 1.0),
    PublishedModel(
      name: "claude-v1",
      quality: [0.475, 0.938, 0.527, 0.841, 0.570, 0.653, 0.889],
      testCost: [3.269, 0.361, 0.607, 19.43, 1.077, 11.09, 1.829], slope: 0.9),
    PublishedModel(
      name: "claude-v2",
      quality: [0.619, 0.854, 0.605, 0.421, 0.446, 0.664, 0.546],
      testCost: [3.270, 0.277, 0.770, 19.50, 1.081, 13.49, 1.833], slope: 0.9),
    PublishedModel(
      name: "gpt-4-1106-preview",
      quality: [0.828, 0.971, 0.682, 0.923, 0.858, 0.654, 0.921],
      testCost: [4.086, 0.721, 1.235, 24.29, 1.346, 19.08, 2.286], slope: 0.75),
  ]

  /// Mean dollars for one prompt of a task.
  ///
  /// The published number of prompts turns Table 1's total over 30% of them into a mean.
  public func costPerPrompt(_ task: StandInTask) -> Double {
    testCost[task.place] / (0.3 * Double(task.publishedCount))
  }
}
