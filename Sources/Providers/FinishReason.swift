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

  /// Reads the words of OpenAI-compatible servers, of Anthropic and of those behind gateways.
  public init(_ word: String?) {
    guard let word else {
      self = .untold
      return
    }
    // Gateways put the reason behind: "content_filter: SAFETY".
    let first = word.lowercased().prefix { $0 != ":" }.filter { $0 != " " }
    switch first {
    case "", "null", "none", "untold", "finish_reason_unspecified": self = .untold
    case "stop", "end_turn", "stop_sequence", "eos", "eos_token", "done", "complete", "completed",
      "finished":
      self = .stop
    case "length", "max_tokens", "model_length", "max_output_tokens", "error_limit",
      "model_context_window_exceeded":
      self = .length
    case "content_filter", "content_filtered", "refusal", "filtered", "safety", "recitation",
      "blocklist", "prohibited_content", "spii", "sensitive", "guardrail_intervened", "error_toxic":
      self = .filtered
    case "tool_calls", "tool_use", "function_call", "tool", "tool_call", "malformed_function_call",
      "unexpected_tool_call":
      self = .tool
    default: self = .other(word)
    }
  }

  /// Words of providers for an answer that they could not finish.
  private static let failures: Set<String> = [
    "error", "failed", "failure", "network_error", "internal_error", "server_error", "engine_error",
    "provider_error", "upstream_error", "api_error", "insufficient_system_resource", "abort",
    "aborted", "cancel", "cancelled", "canceled", "user_cancel", "timeout", "disconnected",
    "overloaded", "load", "unload",
  ]

  /// Whether the provider failed on the way, so that what is there is no answer.
  public var isFailure: Bool {
    if case .other(let word) = self { Self.failures.contains(word.lowercased()) } else { false }
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
