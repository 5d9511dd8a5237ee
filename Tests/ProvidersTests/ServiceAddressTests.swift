import Testing
import Transport

@testable import Providers

@Suite("Addresses of providers")
struct ServiceAddressTests {
  @Test(
    "However a service is written, the operation is asked below it and before its query",
    arguments: [
      ("http://h/v1", "http://h/v1/chat/completions"),
      ("http://h/v1/", "http://h/v1/chat/completions"),
      ("http://h/v1//", "http://h/v1/chat/completions"),
      ("  http://h/v1\n", "http://h/v1/chat/completions"),
      ("http://h/v1#there", "http://h/v1/chat/completions"),
      ("http://h/v1/chat/completions", "http://h/v1/chat/completions"),
      ("http://h/v1/chat/completions/", "http://h/v1/chat/completions"),
      ("http://h/v1/completions", "http://h/v1/chat/completions"),
      ("http://h/v1/embeddings", "http://h/v1/chat/completions"),
      ("http://h/v1/responses", "http://h/v1/chat/completions"),
      ("http://h:11434", "http://h:11434/chat/completions"),
      ("http://[::1]:8080/v1", "http://[::1]:8080/v1/chat/completions"),
      ("https://h/models", "https://h/models/chat/completions"),
      (
        "https://x.openai.azure.com/openai/deployments/d?api-version=2024-06-01",
        "https://x.openai.azure.com/openai/deployments/d/chat/completions?api-version=2024-06-01"
      ),
      (
        "https://x.openai.azure.com/openai/deployments/d/chat/completions?api-version=2024-06-01",
        "https://x.openai.azure.com/openai/deployments/d/chat/completions?api-version=2024-06-01"
      ),
      ("http://h/v1/?a=1&b=2", "http://h/v1/chat/completions?a=1&b=2"),
      ("http://h/v1?", "http://h/v1/chat/completions"),
      ("http://h?a=b/c?d", "http://h/chat/completions?a=b/c?d"),
    ])
  func operations(endpoint: String, address: String) {
    let request = ChatRequest(model: "m", messages: [])
    #expect(
      OpenAIWire().httpRequest(for: request, endpoint: endpoint, key: nil).address == address)
  }

  @Test("The same for Anthropic and for a search")
  func others() {
    let request = ChatRequest(model: "smart", messages: [])
    for endpoint in ["http://h/v1", "http://h/v1/", "http://h/v1/messages"] {
      #expect(
        AnthropicWire().httpRequest(for: request, endpoint: endpoint, key: nil).address
          == "http://h/v1/messages")
    }
    for endpoint in ["http://h", "http://h/smart"] {
      #expect(
        SearchWire().httpRequest(for: request, endpoint: endpoint, key: nil).address
          == "http://h/smart")
    }
  }

  @Test("Azure takes a key in its own header, and the token of a sign-in as others do")
  func keys() throws {
    let request = ChatRequest(model: "m", messages: [])
    func header(_ endpoint: String, _ secret: String = "k1") throws -> [HTTPRequest.Header] {
      OpenAIWire().httpRequest(
        for: request, endpoint: endpoint, key: try APIKey(secret, origin: "a test")
      ).headers.filter { $0.name != "Content-Type" }
    }
    for endpoint in [
      "https://x.openai.azure.com/openai/v1", "https://X.OpenAI.Azure.com/openai/deployments/d",
      "https://x.cognitiveservices.azure.com/openai/v1", "https://x.services.ai.azure.com/models",
      "http://127.0.0.1:80/openai/deployments/d?api-version=2024-06-01",
    ] {
      #expect(try header(endpoint) == [.init("api-key", "k1")], "\(endpoint)")
    }
    for endpoint in ["https://api.openai.com/v1", "https://azure.com.example.org/v1"] {
      #expect(try header(endpoint) == [.init("Authorization", "Bearer k1")], "\(endpoint)")
    }
    #expect(
      try header("https://x.openai.azure.com/openai/v1", "eyJa.b.c")
        == [.init("Authorization", "Bearer eyJa.b.c")])
  }

  @Test(
    "Where nothing is found, the address asked is shown with what to write",
    arguments: [
      (
        "http://127.0.0.1:8080/chat/completions",
        "The address asked is http://127.0.0.1:8080/chat/completions. Most servers need /v1 in it: "
          + "write http://127.0.0.1:8080/v1 as the endpoint."
      ),
      (
        "http://h/v1/chat/completions",
        "The address asked is http://h/v1/chat/completions. Check the endpoint and 'model'."
      ),
      (
        "http://h/v1beta/openai/chat/completions?key=s3cret",
        "The address asked is http://h/v1beta/openai/chat/completions?key=.... Check the endpoint "
          + "and 'model'."
      ),
      (
        "https://x.openai.azure.com/chat/completions?api-version=2024-10-21",
        "The address asked is https://x.openai.azure.com/chat/completions?api-version=2024-10-21. "
          + "Azure's endpoints are https://x.openai.azure.com/openai/v1, or "
          + "https://x.openai.azure.com/openai/deployments/NAME?api-version=2024-10-21."
      ),
      (
        "https://x.openai.azure.com/openai/deployments/d/chat/completions",
        "The address asked is https://x.openai.azure.com/openai/deployments/d/chat/completions. "
          + "Azure needs '?api-version=...' at the end of the endpoint, such as "
          + "https://x.openai.azure.com/openai/deployments/d?api-version=2024-10-21."
      ),
    ])
  func missing(asked: String, advice: String) {
    #expect(ServiceAddress.advice(onMissing: asked, isModel: false) == advice)
  }
}
