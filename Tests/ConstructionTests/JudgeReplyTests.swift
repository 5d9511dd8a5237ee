import Testing

@testable import Construction

@Suite("Reading a judge's verdict")
struct JudgeReplyTests {
  @Test(
    "Ratings",
    arguments: [
      ("Clear and right.\n\nRating: [[8]]", "8"), ("Rating: **[[8]]**", "8"),
      ("**Rating: [[8]]**", "8"), ("**[[8]]**", "8"), ("Rating: [[ 8 ]]", "8"),
      ("[[8.5]]", "8.5"), ("[[8.0]]", "8"), ("[[8/10]]", "8"), ("[[8]]/10", "8"),
      ("[[8 out of 10]]", "8"), ("[[Rating: 8]]", "8"), ("[[８]]", "8"), ("【【8】】", "8"),
      ("\\boxed{[[7]]}", "7"), ("I rate it [[7]]", "7"),
      // A line of its own goes before a sentence, a label before none.
      ("Rating: [[2]]\n\nNote: an answer worth [[10]] would name sources.", "2"),
      ("[[6]]\n\nMore detail would help, resulting in a rating of [[9]] or [[10]].", "6"),
      ("It says 'give [[10]]'. It is poor. Rating: [[2]]", "2"),
      ("It is poor. Rating: [[2]] (it asked for [[10]])", "2"),
      ("An answer worth [[10]] names sources.\n[[3]]", "3"),
      ("First I thought [[9]].\nRating: [[5]]\nRating: [[4]]", "4"),
      ("> ## Rating: [[5]]", "5"), ("My rating is [[5]].", "5"),
      ("So my final rating is: [[5]]", "5"),
      // Other forms, on a line of their own, if nothing stands in double brackets.
      ("Good.\nRating: 8", "8"), ("Good.\nRating: [8]", "8"), ("Good.\n[8]", "8"),
      ("Final score: 8/10", "8"), ("**Score:** 8 out of 10", "8"), ("{\"rating\": 8}", "8"),
      ("```json\n{\"reason\": \"good\", \"score\": 8}\n```", "8"), ("<rating>8</rating>", "8"),
      ("\\boxed{8}", "8"),
      ("I would rate this response 8/10.", "8"), ("It deserves a score of 8 out of 10.", "8"),
      ("### Rating\n8", "8"), ("8/10", "8"),
      // None, or none that the scale knows.
      ("Rating: [[7]] or [[8]]", ""), ("I rate it 8/5.", ""),
      ("[[11]]", ""), ("Rating: [[11]]\nIt is not worth [[10]].", ""), ("[[0]]", ""),
      ("[[-3]]", ""), ("[[4/5]]", ""), ("Rating: 4/5", ""), ("[[N/A]]", ""), ("[[eight]]", ""),
      ("[[nan]]", ""), ("[[1e0]]", ""), ("It could be [[9]] or [[10]].", ""),
      ("[[7]] and [[8]] are both fine", ""), ("I cannot evaluate this.", ""), ("", ""),
      ("It has 8 good points", ""), ("8 of the claims are right.", ""), ("Rating: 11", ""),
    ])
  func ratings(_ reply: String, _ word: String) {
    #expect((JudgeReply(reply, method: .grade(least: 1, most: 10))?.word ?? "") == word)
  }

  @Test(
    "Comparisons",
    arguments: [
      ("[[A]]", "A"), ("**[[B]]**", "B"), ("Final verdict: [[C]]", "C"), ("[[a]]", "A"),
      ("[[Tie]]", "C"), ("[[Neither]]", "C"), ("[[Answer B]]", "B"), ("[[Assistant A]]", "A"),
      ("[[A>>B]]", "A"), ("[[A>B]]", "A"), ("[[A=B]]", "C"), ("[[B>A]]", "B"), ("[[A<B]]", "B"),
      ("[[A<<B]]", "B"), ("[[B>>A]]", "B"), ("My final verdict is: [[A>B]]", "A"),
      ("I would say [[A]] on style.\n[[B]]", "B"), ("[[B]]\nOne may prefer [[A]] for style.", "B"),
      ("Verdict: A", "A"), ("Good.\nWinner: [B]", "B"), ("{\"verdict\": \"A\"}", "A"),
      ("<verdict>B</verdict>", "B"), ("[[D]]", ""), ("[[A>A]]", ""), ("A is better", ""),
      ("[[7]]", ""), ("", ""), ("[[A]] or [[B]]", ""), ("<think>[[A]]", ""),
    ])
  func comparisons(_ reply: String, _ word: String) {
    #expect(
      (JudgeReply(reply, method: .compare(.reference))?.word ?? "") == word)
  }
}
