import Files
import Foundation
import Loopback
import Matrices
import Parallelism
import Prompts
import Synchronization
import Testing

@testable import Embedding
@testable import Transport

@Suite("Pulling models from a hub on this machine")
struct ModelHubTests {
  private static let weights = "model.safetensors"

  /// Pulls as the command does, except that nothing ever sleeps.
  private static func pull(
    _ hub: LoopbackHub, _ name: String = "made", into folder: URL, revision: String = "main",
    token: String? = nil, tell: @escaping (ModelHub.Stage) -> Void = { _ in }
  ) throws -> ModelHub.PulledModel {
    var client = try ModelHub(endpoint: hub.address + "/", token: token)
    client.prepare = { $0.sleep = { _ in } }
    return try client.pull(name, revision: revision, into: folder.path, tell: tell)
  }

  private static func names(_ folder: URL) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).sorted()
  }

  /// The sentence that a pull ends in, with the addresses and places of this run taken out.
  private static func failure(
    _ hub: LoopbackHub, _ name: String = "made", into folder: URL, revision: String = "main"
  ) -> String? {
    do {
      _ = try pull(hub, name, into: folder, revision: revision)
      return nil
    } catch {
      return "\(error)".replacingOccurrences(of: hub.address, with: "HUB")
        .replacingOccurrences(of: folder.path, with: "FOLDER")
    }
  }

  private static func features(_ directory: String) throws -> Matrix {
    try SentenceEncoder(directory: directory).features(
      of: ["a b", "prompt 12", ""], view: .head)
  }

  @Test("a pulled model loads and gives the vectors of the files that the hub has")
  func whole() throws {
    try withFolder { folder in
      let hub = try LoopbackHub(MadeModel.files)
      let stages = Mutex<[ModelHub.Stage]>([])
      let model = try Self.pull(hub, into: folder, token: "secret") { stage in
        stages.withLock { $0.append(stage) }
      }
      #expect(model.directory == folder.path + "/made" && !model.wasThere)
      #expect(Self.names(folder) == [".made.lock", "made"])
      for (name, bytes) in MadeModel.files {
        let there = FileManager.default.contents(atPath: "\(model.directory)/\(name)")
        #expect(there.map { [UInt8]($0) } == bytes)
      }
      let size = try #require(MadeModel.files[Self.weights]).count
      #expect(
        stages.withLock { $0 }.contains(.fetching(file: Self.weights, bytes: size, of: size)))
      #expect(try Self.features(model.directory).rows == 3)

      // The first file tells the commit, and all others are asked for at it.
      let paths = hub.hub.requests.map(\.path)
      #expect(paths.first == "/sentence-transformers/made/resolve/main/config.json")
      let pinned = "/sentence-transformers/made/resolve/\(LoopbackHub.commit)/"
      #expect(paths.dropFirst().allSatisfy { $0.hasPrefix(pinned) })
      #expect(Set(paths).count == paths.count)
      #expect(hub.hub.requests.allSatisfy { $0.headers["authorization"] == "Bearer secret" })
      #expect(hub.store.requests.map { $0.headers["authorization"] } == [nil])

      // It is there now, by either name and by its commit, and nobody is asked.
      for (name, revision) in [
        ("made", "main"), ("sentence-transformers/made", "main"), ("made", LoopbackHub.commit),
      ] {
        let again = try Self.pull(hub, name, into: folder, revision: revision)
        #expect(again.wasThere && again.directory == model.directory)
      }
      #expect(hub.hub.requests.count == paths.count)
    }
  }

  @Test("a pull that breaks off leaves no model, and the next goes on where it stopped")
  func brokenOff() throws {
    try withFolder { folder in
      let isBroken = Mutex(true)
      let hub = try LoopbackHub(MadeModel.files) { request, reply in
        guard request.path.hasPrefix("/store"), isBroken.withLock({ $0 }) else { return reply }
        return reply.failing(.cut(request.headers["range"] == nil ? 1000 : 0))
      }
      let sentence = try #require(Self.failure(hub, into: folder))
      #expect(sentence.hasPrefix("Could not fetch HUB/sentence-transformers/made/resolve/"))
      #expect(!sentence.contains("secret"))
      #expect(Self.names(folder) == [".made.lock", ".made.part"])
      isBroken.withLock { $0 = false }
      let before = hub.store.requests.count
      let model = try Self.pull(hub, into: folder)
      #expect(hub.store.requests[before...].map { $0.headers["range"] } == ["bytes=1000-"])
      #expect(try Self.features(model.directory).rows == 3)
      #expect(Self.names(folder) == [".made.lock", "made"])
      #expect(!Self.names(URL(fileURLWithPath: model.directory)).contains { $0.contains("mark") })
    }
  }

  @Test("a part of other weights is not built upon")
  func otherWeights() throws {
    try withFolder { folder in
      var older = MadeModel.files
      older[Self.weights] = MadeModel.weights(seed: 8)
      let first = try LoopbackHub(older) { request, reply in
        guard request.path.hasPrefix("/store") else { return reply }
        return reply.failing(.cut(request.headers["range"] == nil ? 1000 : 0))
      }
      #expect(Self.failure(first, into: folder) != nil)
      let second = try LoopbackHub(MadeModel.files)
      let model = try Self.pull(second, into: folder)
      #expect(second.store.requests.map { $0.headers["range"] } == ["bytes=1000-", nil])
      let there = FileManager.default.contents(atPath: "\(model.directory)/\(Self.weights)")
      #expect(there.map { [UInt8]($0) } == MadeModel.files[Self.weights])
    }
  }

  @Test("weights with another hash than the hub vouches for are thrown away")
  func wrongHash() throws {
    try withFolder { folder in
      let isBad = Mutex(true)
      let hub = try LoopbackHub(MadeModel.files) { request, reply in
        var reply = reply
        if request.path.hasPrefix("/store"), isBad.withLock({ $0 }) { reply.body[5000] ^= 1 }
        return reply
      }
      let sentence = try #require(Self.failure(hub, into: folder))
      #expect(
        sentence.hasPrefix("model.safetensors of sentence-transformers/made has the SHA-256 "))
      #expect(sentence.hasSuffix("if this comes again, do not trust the endpoint."))
      isBad.withLock { $0 = false }
      let model = try Self.pull(hub, into: folder)
      #expect(hub.store.requests.map { $0.headers["range"] } == [nil, nil])
      #expect(try Self.features(model.directory).rows == 3)
    }
  }

  @Test("a page of HTML is not taken for a file")
  func page() throws {
    let page = Reply(
      200, [("Content-Type", "text/html")], body: Array("<html>Sign in, please</html>".utf8))
    try withFolder { folder in
      let everywhere = try LoopbackHub(MadeModel.files) { _, _ in page }
      #expect(
        Self.failure(everywhere, into: folder)
          == "The config.json of sentence-transformers/made is no model's configuration; is there a "
          + "sign-in page or a proxy between? Check the network and the endpoint.")
      let atStore = try LoopbackHub(MadeModel.files) { request, reply in
        request.path.hasPrefix("/store") ? page : reply
      }
      let size = try #require(MadeModel.files[Self.weights]).count
      #expect(
        Self.failure(atStore, into: folder)
          == "The server sends a file of 28 bytes where the hub promised \(size); is there a sign-in "
          + "page or a proxy between? Check the network and try again.")
      #expect(Self.names(folder) == [".made.lock", ".made.part"])
    }
  }

  @Test("a hub that is busy or falls over for a while is asked again")
  func trouble() throws {
    try withFolder { folder in
      let hub = try LoopbackHub(MadeModel.files) { request, reply in
        switch request.earlier {
        case 0: Reply(429, [("Retry-After", "2")])
        case 1: Reply(500)
        default: reply
        }
      }
      let model = try Self.pull(hub, into: folder)
      #expect(try Self.features(model.directory).rows == 3)
    }
  }

  @Test(
    "a repository that is no such model is refused in a sentence, before its weights come",
    arguments: [
      (
        "config.json", nil,
        "The server has no HUB/sentence-transformers/made/resolve/main/config.json (status 404); "
          + "check the name and the revision."
      ),
      (
        "config.json", #"{"model_type": "gpt2"}"#,
        "sentence-transformers/made/config.json asks for the model type \"gpt2\", which is not "
          + "supported; supported: bert, camembert, distilbert, mpnet, roberta and xlm-roberta. Choose "
          + "another encoder, or give vectors of this one with --features."
      ),
      (
        "modules.json", "{}",
        "sentence-transformers/made/modules.json is no list of modules. Fetch the model again, or "
          + "choose another encoder."
      ),
      (
        "modules.json", #"[{"path": "../x", "type": "m.Pooling"}]"#,
        "sentence-transformers/made keeps a module outside of the folder; fetch it again."
      ),
      (
        "1_Pooling/config.json", #"{"pooling_mode": "attention"}"#,
        "sentence-transformers/made/1_Pooling/config.json asks for pooling by \"attention\", which is "
          + "not supported; supported: cls, max, mean, mean_sqrt_len_tokens, weightedmean, lasttoken. "
          + "Choose another encoder, or give vectors of this one with --features."
      ),
      (
        "vocab.txt", nil,
        "sentence-transformers/made has no tokenizer.json, no vocab.txt and no vocab.json with "
          + "merges.txt; one of them is needed. Choose another sentence encoder."
      ),
      (
        "model.safetensors", nil,
        "sentence-transformers/made has no model.safetensors at main, the only kind of weights that "
          + "is read; choose another revision or model."
      ),
    ] as [(String, String?, String)])
  func unfit(file: String, text: String?, sentence: String) throws {
    try withFolder { folder in
      var files = MadeModel.files
      files[file] = text.map { Array($0.utf8) }
      let hub = try LoopbackHub(files)
      #expect(Self.failure(hub, into: folder) == sentence)
      #expect(hub.store.requests.isEmpty)
      #expect(!Self.names(folder).contains("made"))
    }
  }

  @Test("files that do not fit together are refused and leave nothing")
  func mismatch() throws {
    try withFolder { folder in
      var files = MadeModel.files
      files["vocab.txt"]? += Array("\nand\nthree\nmore".utf8)
      let hub = try LoopbackHub(files)
      let sentence = try #require(Self.failure(hub, into: folder))
      #expect(sentence.hasPrefix("sentence-transformers/made was fetched and cannot be used: "))
      #expect(Self.names(folder) == [".made.lock"])
    }
  }

  @Test(
    "names and revisions that could lead elsewhere are refused",
    arguments: [
      ("", "main"), ("a/b/c", "main"), ("../made", "main"), ("/made", "main"), (".made", "main"),
      ("made?x", "main"), ("a b", "main"), ("mad\u{e9}", "main"), ("made", ""), ("made", "../main"),
      ("made", "/main"), ("made", "a b"), ("made", "main\r\n"), ("made", "%2e%2e"),
    ])
  func names(name: String, revision: String) throws {
    #expect(throws: EmbeddingError.self) { try HubRepository(name, revision: revision) }
  }

  @Test("a name keeps its owner, and a slash in a revision is no step of the path")
  func address() throws {
    let repository = try HubRepository("owner/name-v1.5", revision: "refs/pr/7")
    let file = repository.address(of: "1_Pooling/config.json", endpoint: "https://h", commit: nil)
    #expect(file == "https://h/owner/name-v1.5/resolve/refs%2Fpr%2F7/1_Pooling/config.json")
    #expect(try HubRepository("name", revision: "main").fullName == "sentence-transformers/name")
  }

  @Test("a model with its tokens as byte pairs brings both of their files")
  func bytePairs() throws {
    let source = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Fixtures/tiny-roberta")
    var files: [String: [UInt8]] = [:]
    for case let name as String in try #require(
      FileManager.default.enumerator(atPath: source.path)) where name != "tokenizer.json"
    {
      let path = source.appendingPathComponent(name).path
      files[name] = FileManager.default.contents(atPath: path).map { [UInt8]($0) }
    }
    try withFolder { [files] folder in
      let model = try Self.pull(try LoopbackHub(files), into: folder)
      let there = Self.names(URL(fileURLWithPath: model.directory))
      #expect(Set(there).isSuperset(of: ["vocab.json", "merges.txt"]))
      #expect(try Self.features(model.directory).rows == 3)
    }
  }

  @Test("a network in its own folder, with its weights in parts, comes whole, with its prompt")
  func parts() throws {
    var files = MadeModel.files
    let removed = files.removeValue(forKey: Self.weights)
    let whole = try #require(removed)
    let parts = try ModelWeightsTests.parted(whole)
    for (name, bytes) in parts.files { files[name] = bytes }
    files["model.safetensors.index.json"] = Array(parts.index.utf8)
    let ofModel = ["modules.json", "1_Pooling/config.json"]
    for name in files.keys where !ofModel.contains(name) {
      files["0_Transformer/" + name] = files.removeValue(forKey: name)
    }
    files["modules.json"] = Array(
      MadeModel.modules.replacingOccurrences(
        of: #"{"path": """#, with: #"{"path": "0_Transformer""#
      ).utf8)
    files["config_sentence_transformers.json"] = Array(
      #"{"prompts": {"q": "prompt 1 "}, "default_prompt_name": "q"}"#.utf8)
    try withFolder { [files] folder in
      let hub = try LoopbackHub(files)
      let model = try Self.pull(hub, into: folder)
      for (name, bytes) in files {
        let there = FileManager.default.contents(atPath: "\(model.directory)/\(name)")
        #expect(there.map { [UInt8]($0) } == bytes, "\(name)")
      }
      #expect(try SentenceEncoder(directory: model.directory).prompt == "prompt 1 ")
      #expect(try Self.pull(hub, into: folder).wasThere)

      var lacking = files
      lacking["0_Transformer/model-00002-of-00002.safetensors"] = nil
      let other = folder.appendingPathComponent("other")
      let sentence = Self.failure(try LoopbackHub(lacking), into: other)
      #expect(sentence?.contains("model-00002-of-00002.safetensors (status 404)") == true)
    }
  }

  @Test("a plain network without modules.json is pulled, and the mean of its tokens is taken")
  func plain() throws {
    var files = MadeModel.files
    for name in ["modules.json", "1_Pooling/config.json"] { files[name] = nil }
    try withFolder { [files] folder in
      let model = try Self.pull(try LoopbackHub(files), into: folder)
      #expect(try Self.features(model.directory).rows == 3)
    }
  }

  @Test("a damaged model, and one at another revision, is pulled again")
  func again() throws {
    try withFolder { folder in
      let hub = try LoopbackHub(MadeModel.files)
      let model = try Self.pull(hub, into: folder)
      let config = URL(fileURLWithPath: model.directory + "/config.json")
      try Data("{}".utf8).write(to: config)
      #expect(try !Self.pull(hub, into: folder).wasThere)
      #expect(try Data(contentsOf: config) == Data(MadeModel.config.utf8))
      try FileManager.default.removeItem(atPath: model.directory + "/" + Self.weights)
      #expect(try !Self.pull(hub, into: folder).wasThere)
      #expect(try Self.pull(hub, into: folder).wasThere)

      // A pull that fails leaves the model that is there alone.
      #expect(Self.failure(hub, into: folder, revision: "v2")?.contains("status 404") == true)
      #expect(try Self.pull(hub, into: folder).wasThere)
      #expect(Self.names(folder) == [".made.lock", "made"])
    }
  }

  @Test("what was not pulled is never replaced")
  func others() throws {
    try withFolder { folder in
      let hub = try LoopbackHub(MadeModel.files)
      let model = try Self.pull(hub, into: folder)
      #expect(
        Self.failure(hub, "other/made", into: folder)
          == "FOLDER/made holds sentence-transformers/made, and other/made needs the same place; move "
          + "the directory away and pull again.")
      // As if another tool had put it there.
      try FileManager.default.removeItem(atPath: model.directory + "/" + ModelRecord.fileName)
      #expect(try Self.pull(hub, into: folder).wasThere)
      #expect(
        Self.failure(hub, "other/made", into: folder)
          == "FOLDER/made holds a model that was not pulled, so whether it is other/made at main is "
          + "not known; move the directory away and pull again.")
      try FileManager.default.removeItem(atPath: model.directory + "/vocab.txt")
      let sentence = try #require(Self.failure(hub, into: folder))
      #expect(sentence.hasPrefix("FOLDER/made is there and is no whole model: "))
      #expect(sentence.hasSuffix("Move the directory away and pull again."))
    }
  }

  @Test("of two pulls of one model at once the second waits and finds it there")
  func two() throws {
    try withFolder { folder in
      let (hasBegun, hasWaited) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
      let hub = try LoopbackHub(MadeModel.files) { request, reply in
        if request.path.hasSuffix("config.json"), request.path.contains("/main/") {
          hasBegun.signal()
          hasWaited.wait()
        }
        return reply
      }
      let wasThere = Threads(2).map(count: 2) { turn -> Bool? in
        if turn == 1 { hasBegun.wait() }
        return try? Self.pull(hub, into: folder) { stage in
          if stage == .waiting { hasWaited.signal() }
        }.wasThere
      }
      #expect(wasThere == [false, true])
      #expect(hub.store.requests.count == 1)
    }
  }

  @Test("a place that cannot be made, and an endpoint that is none, are told")
  func places() throws {
    try withFolder { folder in
      let file = folder.appendingPathComponent("file")
      try Data().write(to: file)
      let hub = try LoopbackHub(MadeModel.files)
      let sentence = Self.failure(hub, into: file.appendingPathComponent("models"))
      #expect(sentence?.hasPrefix("The folder FOLDER cannot be made: ") == true)
      #expect(throws: TransportError.self) { try ModelHub(endpoint: "huggingface.co") }
    }
  }
}
