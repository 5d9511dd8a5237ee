/// The tokens of one answer by a provider's account, as far as it can be believed.
///
/// Providers agree on no names and not on what is part of what:
///
/// - `total_tokens` beyond the parts was written and is billed (Gemini's thoughts, xAI's reasoning).
/// - Reasoning is a part of what was written, unless it is more than that: then it comes on top.
/// - Tokens from a cache are a part of `prompt_tokens`, but beside Anthropic's `input_tokens`.
///
/// What is not stated, and 0 tokens for a text, is estimated. A count that cannot be is estimated too,
/// and ``remark`` says so: an answer is not lost for a wrong number beside it. Costs that a provider
/// states are not read: they follow from the plan's prices alone.
struct UsageReport {
  /// The tokens.
  var usage: TokenUsage
  /// What is wrong with the account; `nil` if nothing is.
  var remark: String?

  /// Who counts the tokens of a cache in which way.
  enum Style {
    /// Within the input, as OpenAI does.
    case inside
    /// Apart from the input, as Anthropic does.
    case apart
  }

  /// Reads an account.
  ///
  /// - Parameter estimate: What stands in for what is not stated.
  init(_ account: JSONValue?, style: Style, estimate: TokenUsage) {
    let reader = AccountReader(account)
    var input = reader["prompt_tokens", "input_tokens", "promptTokens", "inputTokens"]
    var output = reader["completion_tokens", "output_tokens", "completionTokens", "outputTokens"]
    let total = reader["total_tokens", "totalTokens"].number
    let cacheRead = reader.cacheRead
    let (writtenShort, writtenLong) = reader.cacheWrites
    let reasoning = reader.reasoning.number ?? 0
    let cache = cacheRead.plus(writtenShort).plus(writtenLong)

    // Names alone do not say it: gateways put Anthropic's names beside OpenAI's.
    var isApart = style == .apart
    if !isApart, let input = input.number, let output = output.number, reader.namesAnthropicCache {
      let excess = total.map { $0 - min($0, input.plus(output)) } ?? 0
      isApart =
        cache > input || excess == cache && excess != reasoning
        || reader.namesAnthropicInput && total == nil
    }
    if isApart { input = input.number.map { .told($0.plus(cache)) } ?? input }

    var isSplit = false
    if case .untold = input, case .untold = output, let total {
      input = .told(min(total, estimate.input))
      isSplit = true
    }
    if case .untold = input, let total, let output = output.number, total > output {
      input = .told(total - output)
    }
    if case .untold = output, let total, let input = input.number, total > input {
      output = .told(total - input)
    }
    if let written = output.number {
      var most = reasoning > written ? written.plus(reasoning) : written
      if let total, let input = input.number { most = max(most, total - min(total, input)) }
      output = .told(most)
    }
    usage = TokenUsage(
      input: Self.settled(input, estimate.input), output: Self.settled(output, estimate.output),
      isEstimated: false)
    usage.isEstimated =
      isSplit || usage.input != input.number ?? -1 || usage.output != output.number ?? -1
    usage.cached = min(usage.input, cacheRead)
    usage.cacheWritten = min(usage.input - usage.cached, writtenShort)
    usage.cacheWrittenLong = min(usage.input - usage.cached - usage.cacheWritten, writtenLong)
    usage.reasoning = min(usage.output, reasoning)
    remark = reader.remark
  }

  /// What was stated, but for nothing at all where there must have been something.
  private static func settled(_ count: TokenCount, _ estimate: Int) -> Int {
    guard let number = count.number, number > 0 || estimate == 0 else { return estimate }
    return number
  }
}

/// Finds counts by the names that providers use.
private struct AccountReader {
  private let account: JSONValue?

  init(_ account: JSONValue?) { self.account = account }

  /// The first of some names that states something.
  subscript(_ names: String...) -> TokenCount { first(names.map { [$0] }) }

  private func first(_ paths: [[String]]) -> TokenCount {
    var impossible = TokenCount.untold
    for path in paths {
      let count = TokenCount(path.reduce(account) { $0?[$1] })
      if case .told = count { return count }
      if case .impossible = count, impossible == .untold { impossible = count }
    }
    return impossible
  }

  private static let inputDetails = ["prompt_tokens_details", "input_tokens_details"]

  /// Tokens from a cache, as the part of the input that they are.
  var cacheRead: Int {
    let counts = [
      first(Self.inputDetails.map { [$0, "cached_tokens"] }),
      self["cache_read_input_tokens"], self["prompt_cache_hit_tokens"], self["cached_tokens"],
      first(Self.inputDetails.map { [$0, "cache_read_input_tokens"] }),
      first(Self.inputDetails.map { [$0, "cache_read_tokens"] }), self["cache_read_tokens"],
      self["num_cached_tokens"], self["cachedInputTokens"],
    ]
    // Gateways state one number under two names, or 0 under the one that they do not use.
    return counts.compactMap(\.number).max() ?? 0
  }

  /// Tokens written to a cache, for minutes and for an hour.
  var cacheWrites: (short: Int, long: Int) {
    let all =
      [
        self["cache_creation_input_tokens"], self["cache_write_tokens"],
        first(Self.inputDetails.map { [$0, "cache_write_tokens"] }),
        first(Self.inputDetails.map { [$0, "cache_creation_tokens"] }),
        first(Self.inputDetails.map { [$0, "cache_creation_input_tokens"] }),
      ].compactMap(\.number).max() ?? 0
    let kept = "cache_creation"
    let short = first([[kept, "ephemeral_5m_input_tokens"]]).number ?? 0
    let long = first([[kept, "ephemeral_1h_input_tokens"]]).number ?? 0
    return (max(short, all - min(all, long)), long)
  }

  var reasoning: TokenCount {
    first(
      [
        ["completion_tokens_details", "reasoning_tokens"], ["reasoning_tokens"],
        ["output_tokens_details", "reasoning_tokens"],
        ["output_tokens_details", "thinking_tokens"],
        ["completion_tokens_details", "thinking_tokens"], ["reasoningTokens"],
      ])
  }

  /// Whether the input goes by Anthropic's name.
  var namesAnthropicInput: Bool {
    account?["prompt_tokens"] == nil && account?["input_tokens"] != nil
  }

  /// Whether tokens of a cache go by Anthropic's names.
  var namesAnthropicCache: Bool {
    self["cache_read_input_tokens"].number ?? 0 > 0
      || self["cache_creation_input_tokens"].number ?? 0 > 0
  }

  /// The counts that cannot be, in one sentence.
  var remark: String? {
    let names: [[String]] = [
      ["prompt_tokens"], ["input_tokens"], ["completion_tokens"], ["output_tokens"],
      ["total_tokens"], ["reasoning_tokens"], ["cached_tokens"], ["prompt_cache_hit_tokens"],
      ["cache_read_input_tokens"], ["cache_creation_input_tokens"],
      ["prompt_tokens_details", "cached_tokens"], ["input_tokens_details", "cached_tokens"],
      ["completion_tokens_details", "reasoning_tokens"],
      ["output_tokens_details", "reasoning_tokens"],
    ]
    let found = names.compactMap { path -> String? in
      guard case .impossible(let text) = TokenCount(path.reduce(account) { $0?[$1] }) else {
        return nil
      }
      return "\(path.joined(separator: ".")) \(text)"
    }
    guard !found.isEmpty else { return nil }
    return
      "The provider reports impossible token counts (\(found.joined(separator: ", "))); the answer "
      + "is kept, and these counts are estimated."
  }
}
