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
}
