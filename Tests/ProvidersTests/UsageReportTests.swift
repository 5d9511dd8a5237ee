import Testing

@testable import Providers

@Suite("Tokens by providers' accounts")
struct UsageReportTests {
  private let estimate = TokenUsage(input: 30, output: 3, isEstimated: true)

  private func report(_ account: String, _ style: UsageReport.Style = .inside) -> UsageReport {
    UsageReport(
      JSONValue(reading: Array("{\"u\": \(account)}".utf8))?["u"], style: style, estimate: estimate)
  }

  @Test(
    "Names and sums of many providers",
    arguments: [
      // Input, output, cached, reasoning, written for minutes and for an hour.
      (#"{"prompt_tokens": 9, "completion_tokens": 4, "total_tokens": 13}"#, [9, 4, 0, 0, 0, 0]),
      (#"{"prompt_tokens": "9", "completion_tokens": 4.0}"#, [9, 4, 0, 0, 0, 0]),
      // Thoughts that only the total has.
      (
        #"{"prompt_tokens": 20, "completion_tokens": 198, "total_tokens": 623}"#,
        [20, 603, 0, 0, 0, 0]
      ),
      // Reasoning beside a completion of 0, or beyond it.
      (
        #"{"prompt_tokens": 21, "completion_tokens": 0, "total_tokens": 81, "completion_tokens_details": {"reasoning_tokens": 60}}"#,
        [21, 60, 0, 60, 0, 0]
      ),
      (
        #"{"prompt_tokens": 21, "completion_tokens": 0, "completion_tokens_details": {"reasoning_tokens": 60}}"#,
        [21, 60, 0, 60, 0, 0]
      ),
      (
        #"{"prompt_tokens": 279, "completion_tokens": 6, "total_tokens": 374, "prompt_tokens_details": {"cached_tokens": 149}, "completion_tokens_details": {"reasoning_tokens": 89}}"#,
        [279, 95, 149, 89, 0, 0]
      ),
      (
        #"{"prompt_tokens": 33, "completion_tokens": 163, "total_tokens": 196, "citation_tokens": 16, "reasoning_tokens": 412}"#,
        [33, 575, 0, 412, 0, 0]
      ),
      (
        #"{"prompt_tokens": 8, "completion_tokens": 33, "total_tokens": 41, "completion_tokens_details": {"reasoning_tokens": 21}}"#,
        [8, 33, 0, 21, 0, 0]
      ),
      // A total that is less than its parts says nothing.
      (#"{"prompt_tokens": 8, "completion_tokens": 33, "total_tokens": 33}"#, [8, 33, 0, 0, 0, 0]),
      // Tokens of a cache under every name.
      (
        #"{"prompt_tokens": 1000, "completion_tokens": 10, "prompt_cache_hit_tokens": 800, "prompt_cache_miss_tokens": 200}"#,
        [1000, 10, 800, 0, 0, 0]
      ),
      (
        #"{"prompt_tokens": 19, "completion_tokens": 13, "total_tokens": 32, "cached_tokens": 12}"#,
        [19, 13, 12, 0, 0, 0]
      ),
      (
        #"{"prompt_tokens": 19, "completion_tokens": 13, "cached_tokens": 12, "prompt_tokens_details": {"cached_tokens": 0}}"#,
        [19, 13, 12, 0, 0, 0]
      ),
      (
        #"{"prompt_tokens": 9, "completion_tokens": 4, "prompt_tokens_details": {"cached_tokens": 20}}"#,
        [9, 4, 9, 0, 0, 0]
      ),
      (
        #"{"input_tokens": 50, "output_tokens": 5, "input_tokens_details": {"cached_tokens": 40}, "output_tokens_details": {"reasoning_tokens": 3}}"#,
        [50, 5, 40, 3, 0, 0]
      ),
      // Written to a cache, as parts of the input.
      (
        #"{"prompt_tokens": 194, "completion_tokens": 2, "total_tokens": 196, "prompt_tokens_details": {"cached_tokens": 0, "cache_write_tokens": 100}, "cost": 0.95}"#,
        [194, 2, 0, 0, 100, 0]
      ),
      (
        #"{"prompt_tokens": 500, "completion_tokens": 2, "total_tokens": 502, "cache_read_input_tokens": 100, "cache_creation_input_tokens": 300}"#,
        [500, 2, 100, 0, 300, 0]
      ),
      // A gateway that passes Anthropic's account on: the cache comes on top.
      (
        #"{"prompt_tokens": 5, "completion_tokens": 2, "total_tokens": 407, "cache_read_input_tokens": 100, "cache_creation_input_tokens": 300}"#,
        [405, 2, 100, 0, 300, 0]
      ),
      (
        #"{"prompt_tokens": 5, "completion_tokens": 2, "total_tokens": 7, "cache_read_input_tokens": 100}"#,
        [105, 2, 100, 0, 0, 0]
      ),
      // What is missing follows from the total.
      (#"{"prompt_tokens": 8, "total_tokens": 33}"#, [8, 25, 0, 0, 0, 0]),
      (#"{"completion_tokens": 8, "total_tokens": 33}"#, [25, 8, 0, 0, 0, 0]),
      (#"{"promptTokens": 8, "completionTokens": 3}"#, [8, 3, 0, 0, 0, 0]),
    ])
  func accounts(account: String, counts: [Int]) {
    let report = report(account)
    let usage = report.usage
    #expect(
      [
        usage.input, usage.output, usage.cached, usage.reasoning, usage.cacheWritten,
        usage.cacheWrittenLong,
      ] == counts, "\(account)")
    #expect(!usage.isEstimated && report.remark == nil, "\(account)")
  }

  @Test(
    "Anthropic counts a cache apart",
    arguments: [
      (#"{"input_tokens": 5, "output_tokens": 2, "cache_read_input_tokens": 3}"#, [8, 2, 3, 0, 0]),
      (
        #"{"input_tokens": 5, "output_tokens": 2, "cache_read_input_tokens": null, "cache_creation_input_tokens": null}"#,
        [5, 2, 0, 0, 0]
      ),
      (
        #"{"input_tokens": 5, "output_tokens": 2, "cache_creation_input_tokens": 300}"#,
        [305, 2, 0, 300, 0]
      ),
      (
        #"{"input_tokens": 5, "output_tokens": 2, "cache_creation_input_tokens": 300, "cache_creation": {"ephemeral_5m_input_tokens": 100, "ephemeral_1h_input_tokens": 200}}"#,
        [305, 2, 0, 100, 200]
      ),
      (
        #"{"input_tokens": 0, "output_tokens": 2, "cache_creation": {"ephemeral_1h_input_tokens": 200}}"#,
        [200, 2, 0, 0, 200]
      ),
    ])
  func apart(account: String, counts: [Int]) {
    let usage = report(account, .apart).usage
    #expect(
      [usage.input, usage.output, usage.cached, usage.cacheWritten, usage.cacheWrittenLong]
        == counts, "\(account)")
    #expect(!usage.isEstimated)
  }

  @Test(
    "What is not stated is estimated without a word",
    arguments: [
      ("null", 30, 3), ("[]", 30, 3), ("{}", 30, 3), ("7", 30, 3),
      (#"{"prompt_tokens": null, "completion_tokens": 5}"#, 30, 5),
      (#"{"prompt_tokens": NaN, "completion_tokens": 5}"#, 30, 5),
      (#"{"prompt_tokens": [], "completion_tokens": ""}"#, 30, 3),
      // Nothing was read, or nothing written for a text: such a 0 was put in by a gateway.
      (#"{"prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0}"#, 30, 3),
      (#"{"prompt_tokens": 0, "completion_tokens": 400, "total_tokens": 400}"#, 30, 400),
      (#"{"total_tokens": 50}"#, 30, 20),
    ])
  func missing(account: String, input: Int, output: Int) {
    let report = report(account)
    #expect(report.usage.input == input && report.usage.output == output, "\(account)")
    #expect(report.usage.isEstimated && report.remark == nil, "\(account)")
  }

  @Test(
    "Counts that cannot be are estimated with a sentence",
    arguments: [
      ("9223372036854775807", "9223372036854775807"), ("-1", "-1"), ("1e12", "1000000000000"),
      ("1e300", "1e+300"), ("1e999", "inf"), ("12.5", "12.5"), ("4294967295", "4294967295"),
      ("\"many\"", "'many'"), ("\"-3\"", "-3"), ("1000000001", "1000000001"),
    ])
  func impossible(count: String, shown: String) {
    let report = report("{\"prompt_tokens\": \(count), \"completion_tokens\": 5}")
    #expect(report.usage.input == 30 && report.usage.output == 5 && report.usage.isEstimated)
    #expect(
      report.remark
        == "The provider reports impossible token counts (prompt_tokens \(shown)); the answer is "
        + "kept, and these counts are estimated.")
    for name in ["completion_tokens", "total_tokens", "cached_tokens", "reasoning_tokens"] {
      let other = self.report("{\"prompt_tokens\": 5, \"\(name)\": \(count)}")
      #expect(other.remark?.contains("\(name) \(shown)") == true)
      #expect((0...TokenCount.most).contains(other.usage.output))
    }
  }

  @Test("An answer without words may take nothing")
  func empty() {
    let report = UsageReport(
      .object(["prompt_tokens": .integer(4), "completion_tokens": .integer(0)]), style: .inside,
      estimate: TokenUsage(input: 4, output: 0))
    #expect(report.usage == TokenUsage(input: 4, output: 0))
  }

  @Test("Sums over turns stop at the greatest integer")
  func sums() {
    var sum = TokenUsage(input: .max - 1, output: .max, cached: 5)
    sum += TokenUsage(input: 10, output: .max, cached: 5, isEstimated: true)
    #expect(sum == TokenUsage(input: .max, output: .max, cached: 10, isEstimated: true))
    #expect(Int.min.plus(-1) == .min && Int.max.times(-2) == .min && Int.max.times(2) == .max)
  }
}
