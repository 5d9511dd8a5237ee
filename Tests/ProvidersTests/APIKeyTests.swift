import Foundation
import Loopback
import Testing
import Transport

@testable import Providers

@Suite("Keys")
struct APIKeyTests {
  private func file(_ text: String, mode: Int) throws -> String {
    let path = NSTemporaryDirectory() + "routerbench-key-\(UUID().uuidString)"
    try text.write(toFile: path, atomically: false, encoding: .utf8)
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
    return path
  }

  private func sentence(_ body: () throws -> APIKey) -> String {
    do {
      _ = try body()
      return "no error"
    } catch { return "\(error)" }
  }

  @Test("No print, dump or interpolation shows a key")
  func hidden() throws {
    let key = try APIKey("sk-very-secret", origin: "KEY of the environment")
    var dumped = ""
    dump(key, to: &dumped)
    for text in ["\(key)", String(reflecting: key), dumped, "\([key])", "\(key as Any)"] {
      #expect(!text.contains("very-secret"), "\(text)")
    }
    #expect(key.scrub("a sk-very-secret b") == "a [key] b")
    #expect(
      key.scrub(Array("xsk-very-secretsk-very-secret".utf8)) == Array("x[key][key]".utf8))
    #expect(key.scrub(Array("sk-very-secre".utf8)) == Array("sk-very-secre".utf8))
  }

  @Test("A key is taken from the environment, without the space around it")
  func environment() throws {
    let key = try APIKey(variable: "K", environment: ["K": " abc\n"])
    #expect(key.headerValue("Bearer ") == "Bearer abc")
    #expect(
      sentence { try APIKey(variable: "K", environment: [:]) }
        == "The key is taken from K, which is not set; set it.")
    #expect(
      sentence { try APIKey(variable: "K", environment: ["K": "a b"]) }.hasPrefix(
        "The key from K of the environment is empty or holds a space"))
  }

  @Test("A file that others may read is refused")
  func files() throws {
    let safe = try file("abc\n", mode: 0o600)
    #expect(try APIKey(file: safe).headerValue() == "abc")
    let open = try file("abc", mode: 0o644)
    #expect(
      sentence { try APIKey(file: open) }
        == "The key's file \(open) can be read or changed by others; run 'chmod 600 \(open)'.")
    #expect(sentence { try APIKey(file: "/nowhere") }.contains("cannot be read"))
    #expect(sentence { try APIKey(file: "/tmp") }.contains("no regular file"))
    for path in [safe, open] { try FileManager.default.removeItem(atPath: path) }
  }

  @Test("A provider that repeats the key in its answer or its refusal gives it away to nobody")
  func echoed() async throws {
    let key = try APIKey("sk-echoed", origin: "a test")
    for reply in [
      ProviderReply.completion("your key is sk-echoed"), .refusal(400, "bad key sk-echoed"),
      .refusal(401, "sk-echoed"),
    ] {
      let server = try ProviderServer { _ in reply }
      let client = ChatClient(
        http: try HTTPClient(), wire: OpenAIWire(), endpoint: server.address, key: key)
      let result = await client.answer(ChatRequest(model: "m", messages: []))
      #expect(server.asks.first?.headers["authorization"] == "Bearer sk-echoed")
      #expect("\(result)".contains("[key]"))
      #expect(!"\(result)".contains("sk-echoed"))
    }
  }
}
