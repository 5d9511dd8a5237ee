import Matrices
import Outcomes
import RouterBenchTesting
import Testing

@testable import Routing

@Suite("Judges")
struct JudgeTests {
  private let scorer = LearnedScorer(weights: [Float](repeating: 0.25, count: 64))

  @Test("say what they judge by, with an error's chance")
  func opinions() throws {
    let evidence = Evidence(
      quality: 0.75, confidence: -1.5,
      text: AnswerText(prompt: "What is 1 + 1?", answer: "2", model: 0))
    #expect(
      try Judge.quality(error: 0.1).opinion(of: evidence)
        == Opinion(score: 0.75, flipped: 0.25, chance: 0.1))
    #expect(try Judge.confidence.opinion(of: evidence) == Opinion(score: -1.5))
    let calibrated = Judge(
      .calibrated(ConfidenceCalibration(intercepts: [9, 1.5], slopes: [9, 1])))
    var known = evidence
    known.model = 1
    #expect(try calibrated.opinion(of: known) == Opinion(score: 0.5))
    #expect(throws: RoutingError.self) { _ = try calibrated.opinion(of: evidence) }
    let score = try Judge(.scorer(scorer)).opinion(of: evidence).score
    #expect(score > 0.5 && score < 1)
  }

  @Test("refuse what is not known with a sentence: a server has no recorded quality")
  func unknown() throws {
    let cases: [(Judge, String)] = [
      (
        .quality(error: 0),
        "The judge of recorded quality was asked about an answer whose quality is not known, as on "
          + "a live server; use a judge of confidence or a learned scorer there."
      ),
      (
        .confidence,
        "The judge of confidence was asked about an answer without a confidence; ask a model that "
          + "returns one, or use another judge."
      ),
      (
        Judge(.scorer(scorer)),
        "The learned scorer was asked about an answer whose text is not known; read the outcomes "
          + "with their responses, or use another judge."
      ),
    ]
    for (judge, sentence) in cases {
      let error = #expect(throws: RoutingError.self) {
        _ = try judge.opinion(of: Evidence(quality: .nan, confidence: .nan))
      }
      #expect(error?.description == sentence)
    }
  }

  @Test("outcomes that lack what a judge judges by are refused with a count")
  func missing() throws {
    let whole = Fixture(prompts: 4, models: 3, seed: 2, hasEvidence: true).table
    var confidence = try #require(whole.confidence)
    confidence[0, 0] = .nan
    confidence[2, 0] = .nan
    confidence[2, 1] = .nan
    confidence[3, 2] = .nan
    let table = OutcomeTable(
      models: whole.models, sampleIDs: whole.sampleIDs, evalNames: whole.evalNames,
      prompts: whole.prompts, quality: whole.quality, cost: whole.cost, confidence: confidence)
    let plan = Plan.cascade(Cascade(models: [0, 1, 2], threshold: -1, judge: .confidence))
    func refusal(_ table: OutcomeTable, _ plan: Plan) -> String? {
      do throws(RoutingError) {
        try RecordedOutcomes(table).requireEvidence(
          for: [Plan](repeating: plan, count: table.count))
        return nil
      } catch {
        return error.description
      }
    }
    #expect(refusal(whole, plan) == nil)
    // The last answer is never judged, so its missing confidence does no harm.
    #expect(
      refusal(table, plan)
        == "A judge needs the confidence of every answer, and 3 are missing (maker/model-0 2, "
        + "maker/model-1 1); leave out the prompts that lack one first.")
    #expect(
      refusal(table, .rerank(Rerank(models: [1, 2], judge: Judge(.scorer(scorer)))))
        == "A judge needs the response of every answer, and the outcomes have none; read a file "
        + "that has them, or use another judge.")
  }

  @Test("features of a text do not depend on the text before it, and refusals stand out")
  func features() {
    let text = AnswerText(prompt: "Who?", answer: "I'm sorry, I cannot say.", model: 1)
    let one = AnswerFeatures(of: text, buckets: 4096)
    #expect(one == AnswerFeatures(of: text, buckets: 4096))
    #expect(one.buckets.allSatisfy { (0..<4096).contains($0) })
    let other = AnswerFeatures(
      of: AnswerText(prompt: "Who?", answer: "I'm merry, I sonnet say.", model: 1), buckets: 4096)
    #expect(one.buckets.count == other.buckets.count + 2, "a refusal word and its model")
  }
}
