import Foundation
import Testing

@testable import Outcomes

@Suite("Texts that are not UTF-8")
struct EncodingTests {
  private let text = "sample_id,eval_name,prompt,m,n\na,t,Où est né Zoë?,1,0\nb,t,plain,0,1\n"

  @Test(
    "Bytes of Latin-1 and Windows-1252 are counted, with line, byte and advice",
    arguments: [
      (String.Encoding.isoLatin1, "f.csv"), (.windowsCP1252, "f.csv"), (.isoLatin1, "f.jsonl"),
    ])
  func latin(encoding: String.Encoding, file: String) throws {
    let source =
      file == "f.csv"
      ? text
      : """
      {"sample_id": "a", "eval_name": "t", "prompt": "Où est né Zoë?", "m": 1, "n": 0}
      {"sample_id": "b", "eval_name": "t", "prompt": "plain", "m": 0, "n": 1}
      """
    let bytes = Array(try #require(source.data(using: encoding)))
    let reading = try read(bytes, as: file)
    #expect(reading.table.count == 2)
    #expect(reading.diagnostics.counts == [.notUTF8: 1])
    #expect(!reading.diagnostics.isClean)
    #expect(
      reading.diagnostics.lines == [
        "\(file):\(file == "f.csv" ? 2 : 1): row 1: prompt: The text is not UTF-8: the byte 0xF9 is "
          + "read as U+FFFD. If the file is in Windows-1252 or Latin-1, convert it: "
          + "iconv -f WINDOWS-1252 -t UTF-8."
      ])
  }

  @Test("UTF-8, and U+FFFD that was written, are as they are")
  func utf8() throws {
    let reading = try read(text.replacing("plain", with: "\u{FFFD} 😀 é \u{10FFFF} \u{7FF} \u{800}"))
    #expect(reading.diagnostics.counts.isEmpty)
  }

  @Test(
    "Half of a surrogate pair in JSON is counted, a pair is not",
    arguments: [
      (#"a\ud83d b"#, true), (#"\udc00"#, true), (#"\ud83dx\ude00"#, true),
      (#"\ud83d\ud83d\ude00"#, true),
      (#"\ud83d\ude00"#, false), (#"\uD83D\uDE00 \u00e9"#, false), (#"\\ud83d"#, false),
      (#"\n\ufffd"#, false), (#"\ud7ff\ue000"#, false),
    ])
  func surrogates(prompt: String, isLone: Bool) throws {
    let line =
      "{\"sample_id\": \"a\", \"eval_name\": \"t\", \"prompt\": \"\(prompt)\", \"m\": 1, \"n\": 0}"
    let reading = try read(line, as: "f.jsonl")
    #expect(reading.diagnostics.counts == (isLone ? [.notUTF8: 1] : [:]))
  }

  @Test("JSON Lines most of which are none are refused")
  func brokenLines() {
    let good =
      "{\"sample_id\": \"a\", \"eval_name\": \"t\", \"prompt\": \"p\", \"m\": 1, \"n\": 0}\n"
    let bad = good.replacing("\"", with: "'")
    #expect(
      throws: OutcomesError(
        "f.jsonl: 2 of the 3 lines are not JSON objects, the first in line 2. Write one object per "
          + "line, its keys and texts in double quotes and no comma behind the last one.")
    ) { try read(good + bad + bad, as: "f.jsonl") }
  }

  @Test("A column's name is looked at as well")
  func names() throws {
    let bytes = Array(
      try #require("sample_id,eval_name,prompt,mé,n\na,t,p,1,0\n".data(using: .isoLatin1)))
    let reading = try read(bytes, as: "f.csv")
    #expect(reading.diagnostics.counts == [.notUTF8: 1])
    #expect(reading.diagnostics.entries.first?.column == "m\u{FFFD}")
  }

  @Test(
    "UTF-16 is refused with the command that converts it, with a mark or without",
    arguments: [
      String.Encoding.utf16, .utf16LittleEndian, .utf16BigEndian, .utf32, .utf32LittleEndian,
    ])
  func utf16(encoding: String.Encoding) throws {
    for source in [text, "{\"sample_id\": \"a\", \"prompt\": \"p\"}\n"] {
      let bytes = Array(try #require(source.data(using: encoding)))
      #expect {
        try read(bytes, as: "f.csv")
      } throws: { error in
        ["UTF-16", "UTF-32"].contains { name in
          "\(error)".hasSuffix(
            "text in \(name), which is not read; save it as UTF-8, for instance with iconv -f "
              + "\(name) -t UTF-8.")
        }
          || "\(error)".contains("in no known form")
      }
    }
  }

  @Test(
    "The first byte that is not UTF-8 is found where Unicode's table says",
    arguments: [
      ([0x41, 0xC3, 0xA9], nil), ([0xC3], 0xC3), ([0xC0, 0x80], 0xC0), ([0xC1, 0xBF], 0xC1),
      ([0xE0, 0x9F, 0xBF], 0xE0), ([0xE0, 0xA0, 0x80], nil), ([0xED, 0x9F, 0xBF], nil),
      ([0xED, 0xA0, 0x80], 0xED), ([0xEF, 0xBF, 0xBD], nil), ([0xE2, 0x82], 0xE2),
      ([0xF0, 0x8F, 0xBF, 0xBF], 0xF0), ([0xF0, 0x9F, 0x98, 0x80], nil),
      ([0xF4, 0x8F, 0xBF, 0xBF], nil), ([0xF4, 0x90, 0x80, 0x80], 0xF4), ([0xF5], 0xF5),
      ([0x80], 0x80), ([0xFF], 0xFF), ([0xE2, 0x28, 0xA1], 0xE2), ([0xF0, 0x9F, 0x41, 0x80], 0xF0),
      ([0x41, 0x42, 0x43, 0x44, 0x45, 0x46, 0x47, 0x48, 0x49, 0xE9, 0x41], 0xE9),
    ] as [([UInt8], UInt8?)])
  func table(bytes: [UInt8], invalid: UInt8?) {
    #expect(bytes.withUnsafeBytes(UTF8Check.firstInvalid) == invalid)
    #expect((String(validating: bytes, as: UTF8.self) == nil) == (invalid != nil))
  }
}
