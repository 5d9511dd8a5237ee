import Foundation
import Loopback
import Testing

@Suite("Features from an endpoint")
struct EndpointEncoderCommandTests {
  @Test("An endpoint's vectors teach routers, and the second run asks for their width alone")
  func evaluate() throws {
    struct Body: Decodable { var input: [String] }
    let server = try ProviderServer { ask in
      let texts = (try? JSONDecoder().decode(Body.self, from: Data(ask.body)))?.input ?? []
      let vectors = texts.enumerated().map {
        #"{"index": \#($0), "embedding": [\#($1.utf8.count), 1, \#($1.utf8.last ?? 0)]}"#
      }
      return ProviderReply(200, [], #"{"data": [\#(vectors.joined(separator: ","))]}"#)
    }
    let folder = try ScratchDirectory()
    let data = folder.path + "/data.csv"
    var text = "sample_id,prompt,eval_name,a,b,a|total_cost,b|total_cost\n"
    for row in 0..<40 { text += "\(row),prompt \(row),t,0,\(row % 2),1,2\n" }
    try text.write(toFile: data, atomically: true, encoding: .utf8)
    for run in 1...2 {
      let answer = try Tool.run(
        [
          "evaluate", data, "--encoder", "\(server.address)/v1#made", "--routers", "knn:2",
          "--quiet", "--out", folder.path + "/out-\(run)",
        ], environment: ["XDG_CACHE_HOME": folder.path, "EMBEDDING_API_KEY": "sk-made"])
      #expect(answer.status == 0, "\(answer.remarks)")
      #expect(!(answer.output + answer.remarks).contains("sk-made"))
      #expect(server.count == run + 1)
    }
    #expect(server.asks.allSatisfy { $0.headers["authorization"] == "Bearer sk-made" })
  }

  @Test("An address that names no model, holds a password or leads nowhere gets its own sentence")
  func mistakes() throws {
    let server = try ProviderServer { _ in ProviderReply(404, [], #"{"detail":"Not Found"}"#) }
    let folder = try ScratchDirectory()
    let data = folder.path + "/data.csv"
    try "sample_id,prompt,eval_name,a,b,a|total_cost,b|total_cost\n1,p,t,0,1,1,2\n2,q,t,0,1,1,2\n"
      .write(toFile: data, atomically: true, encoding: .utf8)
    for (encoder, sentence) in [
      (
        "http://h/v1",
        "--encoder needs the model's name behind the address and a '#', such as "
          + "http://h/v1#text-embedding-3-small; found 'http://h/v1'."
      ),
      (
        "https://me:s3cret@h/v1#m",
        "--encoder needs an address without a name and password, such as "
          + "https://api.openai.com/v1#text-embedding-3-small; found 'https://h/v1'. A key is taken "
          + "from EMBEDDING_API_KEY."
      ),
      (
        "http://h/v1?Key=s3cret#m",
        "--encoder holds 'Key' in its query, which files would keep; leave it out and set "
          + "EMBEDDING_API_KEY."
      ),
      (
        "\(server.address)?user=s3cret#m",
        "The provider has no such model or address (status 404): Not Found. The address asked is "
          + "\(server.address)/embeddings?user=.... Most servers need /v1 in it: write "
          + "\(server.address)/v1 as the endpoint."
      ),
    ] {
      let answer = try Tool.run(
        [
          "evaluate", data, "--encoder", encoder, "--routers", "knn:1", "--quiet", "--out",
          folder.path + "/out",
        ], environment: ["XDG_CACHE_HOME": folder.path])
      #expect(answer.remarks.contains(sentence), "\(answer.remarks)")
      #expect(!answer.remarks.contains("s3cret"))
    }
  }
}
