import Foundation
import Loopback
import Testing

/// The command that pulls models, against a hub on this machine.
@Suite("Pulling models")
struct ModelsTests {
  private func run(
    _ arguments: [String], cache: ScratchDirectory, hub: String? = nil, token: String? = nil
  ) throws -> Tool.Answer {
    try Tool.run(
      ["models"] + arguments,
      environment: [
        "XDG_CACHE_HOME": cache.path, "HF_ENDPOINT": hub ?? "", "HF_TOKEN": token ?? "",
      ])
  }

  @Test("A model is pulled from the endpoint of the environment and listed, and not pulled twice")
  func pull() throws {
    let (hub, cache) = (try LoopbackHub(MadeModel.files), try ScratchDirectory())
    let place = cache.path + "/routerbench/models/made"
    let first = try run(["pull", "made"], cache: cache, hub: hub.address, token: "secret\n")
    #expect(first.status == 0)
    #expect(first.output == "made is in \(place)\n")
    #expect(!(first.output + first.remarks).contains("secret"))
    #expect(hub.hub.requests.allSatisfy { $0.headers["authorization"] == "Bearer secret" })
    #expect(hub.store.requests.map { $0.headers["authorization"] } == [nil])

    let second = try run(["pull", "made"], cache: cache, hub: "http://127.0.0.1:1")
    #expect(second.output == "made is there already, whole: \(place)\n")
    #expect(try run(["list"], cache: cache).output == "made  \(place)\n")
    #expect(try run(["path", "made"], cache: cache).output == "\(place)\n")
  }

  @Test("The option for the endpoint and the revision win, and the pulled model embeds prompts")
  func evaluate() throws {
    let (hub, cache) = (try LoopbackHub(MadeModel.files), try ScratchDirectory())
    let pulled = try run(
      [
        "pull", "sentence-transformers/made", "--endpoint", hub.address, "--revision",
        LoopbackHub.commit, "--quiet",
      ], cache: cache, hub: "http://127.0.0.1:1")
    #expect(pulled.status == 0)
    #expect(pulled.remarks.isEmpty)
    let data = cache.path + "/data.csv"
    var text = "sample_id,prompt,eval_name,a,b,a|total_cost,b|total_cost\n"
    for row in 0..<40 { text += "\(row),prompt \(row),t,0,\(row % 2),1,2\n" }
    try text.write(toFile: data, atomically: true, encoding: .utf8)
    let answer = try Tool.run(
      [
        "evaluate", data, "--encoder", "made", "--routers", "knn:2", "--quiet", "--out",
        cache.path + "/out",
      ], environment: ["XDG_CACHE_HOME": cache.path])
    #expect(answer.status == 0, "\(answer.remarks)")
  }

  @Test("Without a token a refusal says where one is taken from; with one it is never shown")
  func refused() throws {
    let hub = try LoopbackHub(MadeModel.files) { _, _ in Reply(401) }
    let cache = try ScratchDirectory()
    let address = "\(hub.address)/sentence-transformers/made/resolve/main/config.json"
    let without = try run(["pull", "made"], cache: cache, hub: hub.address)
    #expect(without.status == 3)
    #expect(
      without.remarks
        == "error: The server refused \(address) with status 401; check the name, and "
        + "it may need a token. A token is taken from HF_TOKEN, which is not set.\n")
    let with = try run(["pull", "made"], cache: cache, hub: hub.address, token: "secret")
    #expect(
      with.remarks == "error: The server refused \(address) with status 401; check the name, and "
        + "check that the token is right and may read this.\n")
  }
}
