import Foundation
import Testing

@testable import Providers

@Suite("JSON as programs send it")
struct JSONReaderTests {
  private func read(_ text: String) -> JSONReader.Reading? { JSONReader.read(Array(text.utf8)) }

  @Test(
    "What JSON does not allow and still has one meaning is read",
    arguments: [
      (#"{"a": 1}"#, #"{"a":1}"#), ("\u{FEFF} {\"a\": 1}", #"{"a":1}"#),
      ("\n\n  {\"a\": 1}\n\ndata: [DONE]\n", #"{"a":1}"#),
      (#"{"a": NaN, "b": 2}"#, #"{"a":null,"b":2}"#),
      (#"{"a": -Infinity, "b": [Infinity, nan]}"#, #"{"a":null,"b":[null,null]}"#),
      (#"{"a": True, "b": None}"#, #"{"a":true,"b":null}"#),
      (
        #"{"a": 12.0, "b": 1e3, "c": -0.5, "d": +4, "e": 007}"#,
        #"{"a":12.0,"b":1000.0,"c":-0.5,"d":4,"e":7}"#
      ),
      (
        #"{"a": 9223372036854775807, "b": 9223372036854775808}"#,
        #"{"a":9223372036854775807,"b":9.223372036854776e+18}"#
      ),
      (#"{"a": [1, 2, ], "b": {"c": 3,},}"#, #"{"a":[1,2],"b":{"c":3}}"#),
      (#"{"a": 1, "a": 2}"#, #"{"a":2}"#), (#"{"a": "x", "a": null}"#, #"{"a":"x"}"#),
      (#"{"a": , "b": 1}"#, #"{"b":1}"#), ("[[], {}, \"\"]", #"[[],{},""]"#),
      ("{\"a\": \"one\ntwo\tthree\u{1}\"}", #"{"a":"one\ntwo\tthree\u0001"}"#),
      (#"{"a": "\ud83d\ude00"}"#, #"{"a":"😀"}"#), (#"{"a": "x \ud83d"}"#, "{\"a\":\"x \u{FFFD}\"}"),
      (#"{"a": "\ude00 x \ud83dy"}"#, "{\"a\":\"\u{FFFD} x \u{FFFD}y\"}"),
      (#"{"a": "\ud83d\ud83d\ude00"}"#, "{\"a\":\"\u{FFFD}😀\"}"),
      (#"{"a": "1\u00002"}"#, #"{"a":"1\u00002"}"#),
      (#"{"a": "\q \u12g"}"#, #"{"a":"\\q \\u12g"}"#),
      (#"{"a": "\/ \" \\ \b"}"#, #"{"a":"/ \" \\ \u0008"}"#),
    ])
  func lenient(text: String, written: String) throws {
    let reading = try #require(read(text))
    #expect(reading.isWhole)
    #expect(String(decoding: reading.value.bytes, as: UTF8.self) == written)
  }

  @Test(
    "What breaks off gives what came before, but for a text that seems to end too early",
    arguments: [
      (#"{"a": 1, "b": "cut"#, #"{"a":1}"#), (#"{"a": {"b": [1, 2"#, #"{"a":{"b":[1,2]}}"#),
      (#"{"a": 1, "b": "He said "hi" and left", "c": 2}"#, #"{"a":1}"#),
      (#"{"a": 1, "b": 2 3}"#, #"{"a":1}"#), (#"{"a": 1]"#, "{}"), (#"{"a": x}"#, "{}"),
      (#"{"a" 1}"#, "{}"), ("{", "{}"), ("[1, 2", "[1,2]"),
    ])
  func broken(text: String, written: String) throws {
    let reading = try #require(read(text))
    #expect(!reading.isWhole)
    #expect(String(decoding: reading.value.bytes, as: UTF8.self) == written)
    #expect(JSONValue(reading: Array(text.utf8)) == nil)
  }

  @Test(
    "What is neither an object nor a list is none", arguments: ["", "  ", "<html>", "nope", "1"])
  func none(text: String) { #expect(read(text) == nil) }

  @Test("Bytes that are not UTF-8 become replacement characters, and the rest is kept")
  func bytes() throws {
    let bytes = Array(#"{"a": "caf"#.utf8) + [0xE9] + Array(#"", "b": 1}"#.utf8)
    let value = try #require(JSONValue(reading: bytes))
    #expect(value["a"]?.text == "caf\u{FFFD}" && value["b"] == .integer(1))
  }

  @Test("Deep nesting is read as nothing, at any depth and in linear time")
  func depth() throws {
    let deep = String(repeating: "[", count: 500_000)
    #expect(read(deep)?.isWhole == false)
    let closed = deep + String(repeating: "]", count: 500_000)
    let value = try #require(JSONValue(reading: Array(("{\"a\": " + closed + ", \"b\": 1}").utf8)))
    #expect(value["b"] == .integer(1))
    let objects = String(repeating: "{\"a\":", count: 200_000) + "1"
    #expect(read(objects)?.isWhole == false)
  }

  @Test(
    "Any change of any byte is read or refused, never a crash, and what is written is read again")
  func mutations() {
    let text = Array(
      (#"{"model": "m", "choices": [{"index": 0, "message": {"content": "a\ud83d\n\\"}}], "#
        + #""usage": {"prompt_tokens": 1.5e3, "x": [null, true, -7]}}"#).utf8)
    for place in text.indices {
      for byte: UInt8 in [0, 0x22, 0x5C, 0x2C, 0x7B, 0x7D, 0x5B, 0x5D, 0x3A, 0x31, 0x75, 0xFF] {
        var changed = text
        changed[place] = byte
        guard let reading = JSONReader.read(changed) else { continue }
        #expect(JSONReader.read(reading.value.bytes)?.isWhole == true)
      }
      _ = JSONReader.read(Array(text[..<place]))
    }
  }
}
