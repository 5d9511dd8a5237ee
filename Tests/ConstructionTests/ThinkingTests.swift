import Testing

@testable import Construction

@Suite("The answer in a reply, without its thinking")
struct ThinkingTests {
  @Test(
    "Thinking goes, whatever its tags are",
    arguments: [
      ("<think>Rome?</think>Oslo", "Oslo"), ("<think>\nRome?\n</think>\n\nOslo", "Oslo"),
      ("<thinking>Rome?</thinking>\nOslo", "Oslo"), ("<thought>Rome?</thought>\nOslo", "Oslo"),
      ("<reasoning>Rome?</reasoning>\nOslo", "Oslo"),
      ("<scratchpad>Rome?</scratchpad>\nOslo", "Oslo"),
      ("[THINK]Rome?[/THINK]Oslo", "Oslo"), ("◁think▷Rome?◁/think▷Oslo", "Oslo"),
      ("<seed:think>Rome?</seed:think>Oslo", "Oslo"), ("<mm:think>Rome?</mm:think>Oslo", "Oslo"),
      ("<|begin_of_thought|>Rome?<|end_of_thought|>\n\nOslo", "Oslo"),
      ("<|START_THINKING|>Rome?<|END_THINKING|>Oslo", "Oslo"),
      ("<|inner_prefix|>Rome?<|inner_suffix|>Oslo", "Oslo"),
      ("<unused94>thought\nRome?<unused95>Oslo", "Oslo"),
      ("<|channel>thought\nRome?<channel|>Oslo", "Oslo"),
      ("<think_never_used_51bce0c785ca>Rome?</think_never_used_51bce0c785ca>Oslo", "Oslo"),
      ("<|think|>Rome?<|/think|>Oslo", "Oslo"),
      ("&lt;think&gt;Rome?&lt;/think&gt;Oslo", "Oslo"),
      ("<THINK>Rome?</THINK>Oslo", "Oslo"), ("< think >Rome?</ think >Oslo", "Oslo"),
      ("<think type=\"deep\">Rome?</think>Oslo", "Oslo"),
      ("<details type=\"reasoning\" done=\"true\">\nRome?\n</details>\nOslo", "Oslo"),
      ("<think>\n\n</think>\n\nOslo", "Oslo"), ("  \n<think>Rome?</think>Oslo", "Oslo"),
      ("<|im_start|>assistant\n<think>Rome?</think>Oslo", "<|im_start|>assistant\n\nOslo"),
      ("<think>Rome?</thinking>Oslo", "Oslo"),
      ("<analysis>Rome?</analysis>\nOslo", "Oslo"),
      (
        "<|channel|>analysis<|message|>Rome?<|end|><|start|>assistant<|channel|>final<|message|>Oslo<|return|>",
        "Oslo"
      ),
      ("analysisThe user asks for Rome.assistantfinalOslo", "Oslo"),
      ("Thinking...\nRome?\n...done thinking.\n\nOslo", "Oslo"),
      ("Here is my thought process: Rome?\nHere is my response: Oslo", "Oslo"),
    ])
  func removed(_ reply: String, _ answer: String) {
    #expect(GivenAnswer(reply) == GivenAnswer(answer), "\(GivenAnswer(reply).text)")
    #expect(GivenAnswer(reply).text == answer)
  }

  @Test(
    "Several blocks, nested ones, and tags that the template or the model lost",
    arguments: [
      ("<think>a</think>Oslo\n<think>b</think>is it", "Oslo\n\nis it"),
      ("<think>a</think>\n<think>b</think>\nOslo", "Oslo"),
      ("<think>a <think>b</think> c</think>Oslo", "Oslo"),
      ("<think>\n<think>\na\n</think>\n\nOslo", "Oslo"),
      ("<think>The end is `</think>`, so wait.</think>Oslo", "Oslo"),
      ("<think>a</think></think>Oslo", "Oslo"), ("<think>a</think>Oslo</think>", "Oslo"),
      ("Rome? No.\n</think>\n\nOslo", "Oslo"), ("Rome? It is cold</think>Oslo", "Oslo"),
      ("Rome? No.[/THINK]Oslo", "Oslo"), ("Rome? No.◁/think▷Oslo", "Oslo"),
      ("a</think>one\n<think>b</think>two", "one\n\ntwo"), ("<think/>Oslo", "Oslo"),
      ("\u{FEFF}<think>a</think>Oslo", "Oslo"), ("<think>a</think>Oslo<think>b</think>", "Oslo"),
      ("<think>a</think>Oslo<|im_end|>", "Oslo"), ("Oslo</s>", "Oslo"),
      ("Sure. <think>Rome?</think> Oslo", "Sure. \n Oslo"),
      ("Oslo\n\n<think>\nOr is it Rome", "Oslo"),
      ("<think>Rome? <answer>Oslo</answer>", "<answer>Oslo</answer>"),
      ("<think>Say <answer>Rome</answer>?</think><answer>Oslo</answer>", "<answer>Oslo</answer>"),
    ])
  func blocks(_ reply: String, _ answer: String) {
    #expect(GivenAnswer(reply).text == answer)
    #expect(!GivenAnswer(reply).isOnlyThinking)
  }

  @Test(
    "A reply that ends in its thinking holds no answer",
    arguments: [
      "<think>So #### 15 perhaps", "<think>", "<think>\n", "<think>15</think>",
      "<think>15</think>\n\n", "15 it is.</think>", "[THINK]15", "◁think▷15",
      "<thinking>It is 15", "<reasoning>It is 15", "<|begin_of_thought|>It is 15",
      "<|channel|>analysis<|message|>It is 15", "analysisWe need 15", "<THINK>15",
      "<think>a</think>\n<think>The answer is 15", "<think>a\n<think>15</think>",
      "<think>Say <answer>15</answer>? Let me check that",
    ])
  func unanswered(_ reply: String) {
    #expect(GivenAnswer(reply).isOnlyThinking && GivenAnswer(reply).text.isEmpty)
    let item = PromptItem(sampleID: "n", task: "n", turns: ["?"], reference: .number("15"))
    let score = NumberMatch().score(answer: reply, item: item)
    #expect(score.value == 0 && score.extraction.rule == "only-thinking")
    #expect(score.reason == "The reply is thinking and nothing else; nothing was answered.")
  }

  @Test(
    "What only mentions a tag is text",
    arguments: [
      "Oslo", "", "Use the <think> tag and close it with </think>. Then answer.",
      "Models write `<think>` first and `</think>` last.", "The tag is \"<think>\".",
      "<think> is the tag that opens thinking.", "<think>, <thinking> and others are tags.",
      "Text:\n```\n<think>\nRome?\n</think>\n```\nOslo", "I think, so I am. [1]",
      "Wrap it in <think> and </think>", "The closing tag is `</think>`",
      "- `<think>` opens\n- `</think>` closes", "「<think>」is a tag", "x < think > y",
      "[Reasoning]\nIt is cold.\n[Answer]\nOslo", "<analysis>It is Oslo.</analysis>",
      "<rethink>Oslo</rethink>", "<b>Oslo</b>", "analysis of Oslo", "Thinking... it is Oslo",
      "The token <|channel|> parts messages.", "In XML, <reasoning> and </reasoning> are elements.",
    ])
  func mentions(_ reply: String) {
    #expect(GivenAnswer(reply).text == reply && !GivenAnswer(reply).isOnlyThinking)
  }

  @Test("No scorer, refusal or judge reads what stands in thinking")
  func everywhere() {
    func item(_ reference: Reference, _ choices: [Choice] = []) -> PromptItem {
      PromptItem(
        sampleID: "q", task: "t", turns: ["Which?"], reference: reference, choices: choices)
    }
    let text = item(.text("Rome"))
    #expect(ContainsMatch().score(answer: "<think>Rome? No.</think>Oslo", item: text).value == 0)
    #expect(ContainsMatch().score(answer: "<think>Oslo? No.</think>Rome", item: text).value == 1)
    #expect(ExactMatch().score(answer: "<think>Oslo? No.</think>\n\nRome", item: text).value == 1)
    #expect(ExactMatch().score(answer: "<answer>Rome</answer>", item: text).value == 1)
    let choice = item(.choice("B"), Choice.lettered(["Paris", "Rome"]))
    #expect(
      ChoiceMatch().score(answer: "<think>Answer: A</think>\n\nRome", item: choice).value == 1)
    let number = item(.number("12"))
    #expect(NumberMatch().score(answer: "<think>#### 15</think>It is 12.", item: number).value == 1)
    #expect(Refusal.kind(of: "<think>I am not sure about this.</think>Rome") == nil)
    #expect(Refusal.kind(of: "<think>Easy.</think>I am not sure about this.") == .uncertainty)
    let scale = JudgeMethod.grade(least: 1, most: 10)
    #expect(JudgeReply("<think>Maybe [[9]]?</think>\n\n[[4]]", method: scale) == .rating(4))
    #expect(JudgeReply("<think>Maybe [[9]]? Let me", method: scale) == nil)
  }

  @Test("An answer without its reference stays without a score, thinking or not")
  func reference() {
    let item = PromptItem(sampleID: "n.1", task: "n", turns: ["?"])
    #expect(NumberMatch().score(answer: "<think>15", item: item).value == nil)
  }

  @Test("Long replies full of tags are read in time that grows with their length")
  func long() {
    for piece in [
      "<think>", "</think>", "x. <think>", "<analysis>\n", "`<think>` ", "[THINK]\n</think>",
    ] {
      let reply = String(repeating: piece, count: 20_000)
      #expect(GivenAnswer(reply) == GivenAnswer(reply))
    }
  }
}
