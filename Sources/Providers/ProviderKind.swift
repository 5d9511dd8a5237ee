/// A kind of provider, by the name that plans use.
public enum ProviderKind: String, Sendable, Hashable, CaseIterable {
  /// OpenAI itself.
  case openAI = "openai"
  /// Together AI.
  case together
  /// Perplexity.
  case perplexity
  /// Any server that speaks OpenAI's chat completions: vLLM, llama.cpp and the rest.
  case openAICompatible = "openai-compatible"
  /// Anthropic.
  case anthropic
  /// You.com, or a server that answers as it does.
  case you

  /// How it writes questions and answers.
  public var wire: any ProviderWire {
    switch self {
    case .openAI: OpenAIWire(maxTokensName: "max_completion_tokens")
    case .together, .perplexity, .openAICompatible: OpenAIWire()
    case .anthropic: AnthropicWire()
    case .you: SearchWire()
    }
  }

  /// Where it is asked unless a plan says otherwise; nil where a plan must.
  public var endpoint: String? {
    switch self {
    case .openAI: "https://api.openai.com/v1"
    case .together: "https://api.together.xyz/v1"
    case .perplexity: "https://api.perplexity.ai"
    case .openAICompatible: nil
    case .anthropic: "https://api.anthropic.com/v1"
    case .you: "https://chat-api.you.com"
    }
  }

  /// The variable that holds its key; nil where a key need not be.
  public var keyVariable: String? {
    switch self {
    case .openAI: "OPENAI_API_KEY"
    case .together: "TOGETHER_API_KEY"
    case .perplexity: "PERPLEXITY_API_KEY"
    case .openAICompatible: nil
    case .anthropic: "ANTHROPIC_API_KEY"
    case .you: "YDC_API_KEY"
    }
  }

  /// The most tokens it writes where a question sets no limit; nil where that is unknown.
  public var standardMaxTokens: Int? {
    self == .anthropic ? AnthropicWire.standardMaxTokens : nil
  }
}
