/// Why a model stopped writing.
public enum FinishReason: Sendable, Hashable {
  /// It was done.
  case stop
  /// It reached the most tokens it may write: the answer is cut off.
  case length
  /// The provider kept the rest back.
  case filtered
  /// It wanted to call a tool.
  case tool
  /// The provider gave no reason.
  case untold
  /// A reason by the provider's own name.
  case other(String)

  /// Reads the words of OpenAI-compatible servers and of Anthropic.
  public init(_ word: String?) {
    switch word {
    case nil, "": self = .untold
    case "stop", "end_turn", "stop_sequence", "eos", "done": self = .stop
    case "length", "max_tokens", "model_length": self = .length
    case "content_filter", "refusal", "filtered": self = .filtered
    case "tool_calls", "tool_use", "function_call", "tool": self = .tool
    case "untold": self = .untold
    case let other?: self = .other(other)
    }
  }

  /// One word for it, which `init` reads again.
  public var word: String {
    switch self {
    case .stop: "stop"
    case .length: "length"
    case .filtered: "filtered"
    case .tool: "tool"
    case .untold: "untold"
    case .other(let word): word
    }
  }
}
