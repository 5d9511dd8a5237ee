import Testing

@testable import Construction

/// Answers as models write them, and the programs that stand in them.
@Suite("Taking programs out of answers")
struct ProgramExtractionTests {
  private static let program = "def triple(n):\n    return 3 * n"
  private static let tests = CodeTests(assertions: [
    "assert triple(2) == 6", "assert triple(0) == 0",
  ])

  private func find(_ answer: String, tests: CodeTests = tests, question: String = "") -> Extraction
  {
    ProgramExtraction(answer: answer, tests: tests, question: question).find()
  }

  @Test(
    "One program is found however it is wrapped",
    arguments: [
      ("def triple(n):\n    return 3 * n\n```", "closing-fence"),
      ("def triple(n):\n    return 3 * n\n```\nThis triples `n`.", "closing-fence"),
      ("\n    def triple(n):\n        return 3 * n\n```\n\nIt triples.", "closing-fence"),
      (
        "def triple(n):\n    return 3 * n\n```\nUse it so:\n```python\ntriple(2)\n```",
        "closing-fence"
      ),
      ("def triple(n):\n    return 3 * n```", "first-statement"),
      (
        "1. Write it:\n\n   ```python\n   def triple(n):\n       return 3 * n\n   ```",
        "fenced-block"
      ),
      ("- So:\n\t```python\n\tdef triple(n):\n\t    return 3 * n\n\t```", "fenced-block"),
      ("1. ```python\n   def triple(n):\n       return 3 * n\n   ```", "fenced-block"),
      ("```python\n    def triple(n):\n        return 3 * n\n```", "fenced-block"),
      ("> ```python\n> def triple(n):\n>     return 3 * n\n> ```", "fenced-block"),
      ("~~~python\ndef triple(n):\n    return 3 * n\n~~~", "fenced-block"),
      ("````python\ndef triple(n):\n    return 3 * n\n````", "fenced-block"),
      ("````markdown\n```python\ndef triple(n):\n    return 3 * n\n```\n````", "fenced-block"),
      ("```markdown\n```python\ndef triple(n):\n    return 3 * n\n```\n```", "fenced-block"),
      ("```py\ndef triple(n):\n    return 3 * n\n```", "fenced-block"),
      ("```Python3\ndef triple(n):\n    return 3 * n\n```", "fenced-block"),
      ("``` python \ndef triple(n):\n    return 3 * n\n``` ", "fenced-block"),
      ("```python title=\"a.py\"\ndef triple(n):\n    return 3 * n\n```", "fenced-block"),
      ("```{.python .numberLines}\ndef triple(n):\n    return 3 * n\n```", "fenced-block"),
      ("```python def triple(n):\n    return 3 * n\n```", "fenced-block"),
      ("```def triple(n):\n    return 3 * n\n```", "fenced-block"),
      ("```\npython\ndef triple(n):\n    return 3 * n\n```", "fenced-block"),
      ("Here: ```python\ndef triple(n):\n    return 3 * n\n```", "fenced-block"),
      ("```python\r\ndef triple(n):\r\n    return 3 * n\r\n```\r\n", "fenced-block"),
      ("\u{FEFF}def triple(n):\n    return 3 * n", "first-statement"),
      ("```python\n\u{FEFF}def triple(n):\n    return 3 * n\n```", "fenced-block"),
      ("```python\ndef triple(n):\n\u{A0}\u{A0}\u{A0}\u{A0}return 3 * n\n```", "fenced-block"),
      ("```python\ndef triple(n):\n    return\u{A0}3 * n\n```", "fenced-block"),
      ("```python\ndef triple(n):\n    return 3 * n", "unclosed-block"),
      ("```python\ndef triple(n):\n    return 3 * n\n\n```python\ntriple(", "fenced-block"),
      ("[PYTHON]\ndef triple(n):\n    return 3 * n\n[/PYTHON]", "tagged"),
      ("def triple(n):\n    return 3 * n\n[/PYTHON]\n[TESTS]\nassert f", "tagged"),
      ("[PYTHON]\n```python\ndef triple(n):\n    return 3 * n\n```\n[/PYTHON]", "fenced-block"),
      ("[BEGIN]\ndef triple(n):\n    return 3 * n\n[DONE]\nYou are an expert", "begin-done"),
      ("def triple(n):\n    return 3 * n\n[DONE]\n\nYou are an expert", "begin-done"),
      ("<code>\ndef triple(n):\n    return 3 * n\n</code>", "tagged"),
      ("<python>\ndef triple(n):\n    return 3 * n\n</python>", "tagged"),
      ("<answer>\n```\ndef triple(n):\n    return 3 * n\n```\n</answer>", "fenced-block"),
      (
        "Sure, this is it:\ndef triple(n):\n    return 3 * n\nIt uses `3 * n` (see above).",
        "first-statement"
      ),
      (
        "def triple(n):\n    return 3 * n\n\n- It multiplies by 3.\n- It returns (n = 2) 6.",
        "first-statement"
      ),
      ("def triple(n):\n    return 3 * n\n\n**Explanation:** `n` is tripled.", "first-statement"),
      ("def triple(n):\n    return 3 * n\n\nExplanation:\nx", "first-statement"),
      ("这是函数：\ndef triple(n):\n    return 3 * n\n这个函数返回三倍。", "first-statement"),
      ("def triple(n):\n    return 3 * n\n<|im_end|>", "first-statement"),
      ("from the task: import this.\ndef triple(n):\n    return 3 * n", "first-statement"),
      (
        "```python\n>>> def triple(n):\n...     return 3 * n\n...\n>>> triple(2)\n6\n```", "session"
      ),
      (
        "```bash\npip install numpy\n```\n```python\ndef triple(n):\n    return 3 * n\n```",
        "fenced-block"
      ),
      (
        "```python\n!pip install numpy\n%matplotlib inline\ndef triple(n):\n    return 3 * n\n```",
        "fenced-block"
      ),
      ("```\n6\n```\n```\ndef triple(n):\n    return 3 * n\n```\n```text\n6\n```", "fenced-block"),
      (
        "```python\ndef triple(n):\n    return n\n```\nBetter:\n```python\ndef triple(n):\n    return 3 * n\n```",
        "fenced-block"
      ),
      (
        "```python\ndef triple(n):\n    return 3 * n\n```\nOr:\n```python\ndef triple(n):\n    return sum([n,",
        "fenced-block"
      ),
      (
        "```python\ndef triple(n):\n    return 3 * n\n```\nAs asked:\n```python\ndef triple(n):\n    pass\n```",
        "fenced-block"
      ),
      (
        "```python\ndef triple(n):\n    return 3 * n\n```\n```python\nprint(triple(2))\n```",
        "fenced-block"
      ),
    ])
  func one(_ answer: String, _ rule: String) {
    let found = find(answer)
    let text = found.text.split(separator: "\n").filter { !$0.allSatisfy(\.isWhitespace) }
      .filter { $0 != "triple(2)" }.joined(separator: "\n")
    #expect(text == Self.program, "\(answer)")
    #expect(found.rule == rule, "\(answer)")
  }

  @Test(
    "Pieces of one program are joined, and no others",
    arguments: [
      (
        "```python\nimport math\n```\n```python\ndef triple(n):\n    return math.prod([3, n])\n```",
        "import math\n\ndef triple(n):\n    return math.prod([3, n])"
      ),
      (
        "First a helper:\n```python\ndef twice(n):\n    return 2 * n\n```\nThen:\n```python\n"
          + "def triple(n):\n    return n + twice(n)\n```\nUse:\n```python\nprint(triple(2))\n```",
        "def twice(n):\n    return 2 * n\n\ndef triple(n):\n    return n + twice(n)"
      ),
      (
        "```python\ndef triple(n):\n    return n + twice(n)\n```\nand\n```python\ndef twice(n):\n"
          + "    return 2 * n\n```",
        "def triple(n):\n    return n + twice(n)\n\ndef twice(n):\n    return 2 * n"
      ),
      (
        "def twice(n):\n    return 2 * n\n\nNow the function itself:\n\ndef triple(n):\n"
          + "    return n + twice(n)\n\nThat is all.",
        "def twice(n):\n    return 2 * n\n\n\ndef triple(n):\n    return n + twice(n)\n"
      ),
      (
        "```python\nn = 5\ndef other(x):\n    return x\n```\n```python\ndef triple(n):\n    return 3 * n\n```",
        "def triple(n):\n    return 3 * n"
      ),
      (
        "THREE = 3\n\ndef triple(n):\n    return THREE * n",
        "THREE = 3\n\ndef triple(n):\n    return THREE * n"
      ),
    ])
  func joined(_ answer: String, _ program: String) {
    #expect(find(answer).text == program)
  }

  @Test(
    "A fence in a string of the program does not end it",
    arguments: [
      "    \"\"\"\n    Triples.\n\n    ```\n    triple(2)\n    ```\n    \"\"\"",
      "    '''Triples.\n    ```python\n    triple(2)\n    ```\n    '''",
    ])
  func docstring(_ lines: String) {
    let program = "def triple(n):\n\(lines)\n    return 3 * n"
    #expect(find("```python\n\(program)\n```\nIt triples.").text == program)
    #expect(find("\(program)\n\nIt triples.").text == program + "\n")
  }

  @Test(
    "A function's body goes on with the question's beginning",
    arguments: [
      "    return 3 * n\n", "return 3 * n", "```python\n    return 3 * n\n```",
      "    return 3 * n\n```", "    return 3 * n\n\nThis triples (n).",
    ])
  func body(_ answer: String) {
    let question =
      "Complete it:\nfrom typing import List\n\n\ndef triple(n):\n    \"\"\" Triples. \"\"\"\n"
    let found = find(answer, question: question)
    #expect(found.rule == "continued-function")
    #expect(
      found.text.split(separator: "\n").map(String.init) == [
        "from typing import List", "def triple(n):", "    \"\"\" Triples. \"\"\"",
        "    return 3 * n",
      ])
  }

  @Test("A body whose first line lost its margin keeps its shape")
  func strippedBody() {
    let question = "def triple(n):\n    '''Triples.'''\n"
    let found = find(
      "sum = 0\n    for _ in range(3):\n        sum += n\n    return sum", question: question)
    #expect(
      found.text
        == "def triple(n):\n    '''Triples.'''\n    sum = 0\n    for _ in range(3):\n        sum += n\n    return sum"
    )
  }

  @Test(
    "The names that tests want are those that nothing else defines",
    arguments: [
      (CodeTests(assertions: ["assert set(f([1])) == set((1,))"]), ["f"]),
      (CodeTests(assertions: ["assert sum(1, 2) == 3"]), ["sum"]),
      (CodeTests(setUp: "import math", assertions: ["assert math.isclose(f(1), 2)"]), ["f"]),
      (CodeTests(assertions: ["def check(g):\n  assert g(1) == 'x(y)'\n\ncheck(f)"]), ["g", "f"]),
      (CodeTests(setUp: "def f(): pass", assertions: ["assert f(1)"]), ["f"]),
      (CodeTests(assertions: ["s = Stack()\ns.push(1)\nassert s.pop() == 1"]), ["Stack"]),
    ])
  func names(_ tests: CodeTests, _ names: [String]) {
    #expect(WantedNames(tests).names == names)
  }

  @Test("Long answers of the worst shapes are read in time")
  func long() {
    for piece in [
      "```\n", "```py\n\"\"\"\n", "~~~~md\n", "def f(\n", "[BEGIN]", "import a, b\n", "``` '''\n",
    ] {
      _ = find(String(repeating: piece, count: 3000))
    }
  }
}
