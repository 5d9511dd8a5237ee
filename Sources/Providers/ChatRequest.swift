/// What a model is asked, in no provider's own form.
public struct ChatRequest: Sendable, Hashable {
  /// The model by the endpoint's name.
  public var model: String
  /// The conversation so far.
  public var messages: [ChatMessage]
  /// How the model chooses its words.
  public var sampling: SamplingParameters

  /// A question.
  public init(
    model: String, messages: [ChatMessage], sampling: SamplingParameters = SamplingParameters()
  ) {
    self.model = model
    self.messages = messages
    self.sampling = sampling
  }

  /// More tokens than any tokenizer can make of the messages.
  ///
  /// A token of a byte-level vocabulary stands for a byte or more, and a chat template adds a few
  /// tokens a turn. What a provider adds unseen, such as search results, is not in it.
  public var mostInputTokens: Int {
    messages.reduce(64) { $0 + $1.text.utf8.count + 16 }
  }

  /// About as many tokens as the messages have: four bytes each, as in English prose.
  public var likelyInputTokens: Int {
    messages.reduce(3) { $0 + TokenUsage.likelyTokens(in: $1.text) + 4 }
  }
}
