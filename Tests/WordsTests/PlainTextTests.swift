import Testing
import Words

@Suite("Foreign text on its way to a person")
struct PlainTextTests {
  @Test(
    "What a terminal obeys, hides or reorders is replaced, and breaks become spaces",
    arguments: [
      // Control characters.
      ("a\u{1B}[31mred\u{1B}[0m", "a\u{FFFD}[31mred\u{FFFD}[0m"),
      ("\u{1B}]0;title\u{07}x", "\u{FFFD}]0;title\u{FFFD}x"),
      ("\u{1B}]8;;http://e.org\u{1B}\\link", "\u{FFFD}]8;;http://e.org\u{FFFD}\\link"),
      ("\u{1B}]52;c;Zm9v\u{07}", "\u{FFFD}]52;c;Zm9v\u{FFFD}"),
      ("\u{1B}c\u{1B}[2J\u{1B}[H", "\u{FFFD}c\u{FFFD}[2J\u{FFFD}[H"),
      ("a\u{9B}31m", "a\u{FFFD}31m"),
      ("a\u{9D}0;t\u{9C}", "a\u{FFFD}0;t\u{FFFD}"),
      ("a\u{90}q\u{9C}", "a\u{FFFD}q\u{FFFD}"),
      ("safe\u{08}\u{08}\u{08}\u{08}evil", "safe\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}evil"),
      ("a\u{00}b\u{07}c\u{0E}d\u{7F}e", "a\u{FFFD}b\u{FFFD}c\u{FFFD}d\u{FFFD}e"),
      // Breaks.
      ("m\nerror: no", "m error: no"), ("m\r\nerror: no", "m  error: no"),
      ("m\rerror: no", "m error: no"), ("m\u{0B}x\u{0C}y", "m x y"),
      ("m\u{85}x\u{2028}y\u{2029}z", "m x y z"), ("a\tb", "a b"),
      // Direction.
      ("\u{202E}gnp.exe", "\u{FFFD}gnp.exe"),
      ("a\u{202A}b\u{202B}c\u{202C}d\u{202D}e", "a\u{FFFD}b\u{FFFD}c\u{FFFD}d\u{FFFD}e"),
      ("a\u{2066}b\u{2067}c\u{2068}d\u{2069}e", "a\u{FFFD}b\u{FFFD}c\u{FFFD}d\u{FFFD}e"),
      ("a\u{200E}b\u{200F}c\u{061C}d", "a\u{FFFD}b\u{FFFD}c\u{FFFD}d"),
      // Nothing to see.
      ("gpt\u{200B}-4", "gpt\u{FFFD}-4"), ("\u{FEFF}id", "\u{FFFD}id"),
      ("a\u{00AD}b", "a\u{FFFD}b"),
      ("a\u{2060}b\u{2063}c\u{180E}d\u{3164}e", "a\u{FFFD}b\u{FFFD}c\u{FFFD}d\u{FFFD}e"),
      ("a\u{E0041}\u{E0042}b", "a\u{FFFD}\u{FFFD}b"),
      ("a\u{E0101}\u{E0102}b", "a\u{E0101}\u{FFFD}b"),
      ("g\u{200D}pt", "g\u{FFFD}pt"), ("g\u{200C}pt", "g\u{FFFD}pt"), ("a\u{034F}b", "a\u{FFFD}b"),
      ("a\u{FFF9}b\u{FFFE}c\u{1FFFF}", "a\u{FFFD}b\u{FFFD}c\u{FFFD}"),
    ])
  func harmful(text: String, expected: String) {
    #expect(PlainText.line(text) == expected)
    #expect(PlainText.line(expected) == expected)
  }

  @Test(
    "Honest text of any script stays as it is",
    arguments: [
      "", "gpt-4o-mini", "mistralai/Mixtral-8x7B-Instruct-v0.1", "a|b`c*d_e",
      "Übergröße, naïve, e\u{301}te\u{301}", "Tiếng Việt", "日本語の問題", "中文　全角", "한국어",
      "هذا سؤال", "می\u{200C}خواهم", "שָׁלוֹם", "हिन्दी क\u{94D}\u{200D}ष", "ภาษาไทยที่นี่", "བོད་ཡིག",
      "👍🏽 🇩🇪 1\u{FE0F}\u{20E3}", "👩\u{200D}💻", "👨\u{200D}👩\u{200D}👧\u{200D}👦",
      "❤\u{FE0F}\u{200D}🔥", "🏳\u{FE0F}\u{200D}🌈", "葛\u{E0100}", "x² ≤ ∑ αβγ → ∞",
      "a\u{A0}b\u{202F}c",
      "\u{E0A0} main", "\u{FFFD}",
    ])
  func honest(text: String) {
    #expect(PlainText.line(text) == text)
  }

  @Test("A flood of marks, or of what is replaced, ends after eight")
  func floods() {
    let marks = "e" + String(repeating: "\u{301}", count: 500) + "x"
    #expect(PlainText.line(marks).unicodeScalars.count == 1 + 8 + 8 + 1)
    let hidden = "a" + String(repeating: "\u{200B}", count: 500) + "b"
    #expect(PlainText.line(hidden).unicodeScalars.count == 1 + 8 + 1)
  }

  @Test("The middle of a long text is left out and counted")
  func lengths() {
    #expect(PlainText.short("short", limit: 10) == "short")
    #expect(PlainText.short("日本語日本語", limit: 6) == "日本語日本語")
    #expect(
      PlainText.short("abcdefgh" + String(repeating: "x", count: 1000) + "yz", limit: 8)
        == "abcdef... (1002 more characters) ...yz")
    #expect(!PlainText.short(String(repeating: "\n", count: 100), limit: 8).contains("\n"))
  }
}
