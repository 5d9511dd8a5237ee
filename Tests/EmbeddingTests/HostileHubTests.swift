import Files
import Foundation
import Loopback
import Matrices
import Prompts
import Testing

@testable import Embedding
@testable import Transport

@Suite("Hubs and shared folders that mean no good")
struct HostileHubTests {
  private static func pull(
    _ hub: LoopbackHub, into folder: URL
  ) throws -> ModelHub.PulledModel {
    var client = try ModelHub(endpoint: hub.address)
    client.prepare = { $0.sleep = { _ in } }
    return try client.pull("made", into: folder.path)
  }

  /// The sentence that a pull ends in, with the places of this run taken out.
  private static func failure(_ hub: LoopbackHub, into folder: URL) -> String? {
    do {
      _ = try pull(hub, into: folder)
      return nil
    } catch {
      return "\(error)".replacingOccurrences(of: folder.path, with: "FOLDER")
    }
  }

  private static func names(_ folder: URL) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).sorted()
  }

  private static func features(_ directory: String) throws -> Matrix {
    try SentenceEncoder(directory: directory).features(of: ["a b", "prompt 12", ""], view: .head)
  }

  @Test("a file without a length is bounded, and so is one that announces too much")
  func boundedSizes() throws {
    try withFolder { folder in
      let hub = try LoopbackHub(MadeModel.files) { request, reply in
        guard request.path.hasSuffix("/config.json") else { return reply }
        var endless = Reply(200, body: [UInt8](repeating: 32, count: 5000))
        endless.hasLength = false
        return endless
      }
      let address = hub.address + "/sentence-transformers/made/resolve/main/config.json"
      func failure(
        _ hub: LoopbackHub, _ change: @escaping @Sendable (inout Download) -> Void
      ) throws -> String? {
        var client = try ModelHub(endpoint: hub.address)
        client.prepare = {
          $0.sleep = { _ in }
          change(&$0)
        }
        do { _ = try client.pull("made", into: folder.path) } catch { return "\(error)" }
        return nil
      }
      #expect(
        try failure(hub) { $0.greatestUnannouncedSize = 4000 }
          == "The server names no size for, and sends more than 4000 bytes of, \(address), where at "
          + "most 4000 were expected; is the address right, and is there a proxy between?")
      #expect(Self.names(folder) == [".made.lock"])
      let large = try LoopbackHub(MadeModel.files)
      let size = try #require(MadeModel.files["config.json"]).count
      #expect(
        try failure(large) { $0.greatestSize = size - 1 }?
          .hasPrefix("The server announces \(size) bytes for ") == true)
      #expect(Self.names(folder) == [".made.lock"])
      // Without a length and within the bounds all is well.
      let quiet = try LoopbackHub(MadeModel.files) { _, reply in
        var reply = reply
        reply.hasLength = reply.status != 200
        return reply
      }
      #expect(try Self.features(Self.pull(quiet, into: folder).directory).rows == 3)
    }
  }

  @Test("links that somebody planted in the folder are not written through")
  func plantedLinks() throws {
    try withFolder { folder in
      let files = FileManager.default
      let victim = folder.path + "/victim"
      try files.createDirectory(atPath: victim, withIntermediateDirectories: true)
      try "precious".write(toFile: victim + "/file", atomically: true, encoding: .utf8)
      let models = folder.appendingPathComponent("models")
      try files.createDirectory(at: models, withIntermediateDirectories: true)
      let hub = try LoopbackHub(MadeModel.files)
      func plant(_ name: String, _ target: String) throws {
        try files.createSymbolicLink(atPath: models.path + "/" + name, withDestinationPath: target)
      }
      func isUntouched() -> Bool {
        files.contents(atPath: victim + "/file") == Data("precious".utf8)
          && (try? files.contentsOfDirectory(atPath: victim)) == ["file"]
      }
      // The folder of a broken-off pull, all of whose files a pull removes.
      try plant(".made.part", victim)
      #expect(
        Self.failure(hub, into: models)
          == "FOLDER/.made.part is a link, no folder or another user's, so nothing is written to it; "
          + "remove it, or pull into another folder.")
      #expect(isUntouched())
      try? files.removeItem(atPath: models.path + "/.made.part")
      // The weights of one, at whose end a pull goes on.
      try files.createDirectory(
        atPath: models.path + "/.made.part", withIntermediateDirectories: true)
      for name in [".made.part/model.safetensors", ".made.part/model.safetensors.mark"] {
        try plant(name, victim + "/file")
      }
      #expect(
        Self.failure(hub, into: models)
          == "FOLDER/.made.part/model.safetensors is a link or no regular file, and somebody else may "
          + "have put it there, so nothing is written to it; remove it, or choose another folder.")
      #expect(isUntouched())
      try? files.removeItem(atPath: models.path + "/.made.part")
      // A second name of a file elsewhere.
      try files.createDirectory(
        atPath: models.path + "/.made.part", withIntermediateDirectories: true)
      try files.linkItem(
        atPath: victim + "/file", toPath: models.path + "/.made.part/model.safetensors")
      #expect(Self.failure(hub, into: models)?.contains("is a link or no regular file") == true)
      #expect(isUntouched())
      try? files.removeItem(atPath: models.path + "/.made.part")
      // The lock, and what older models are moved to.
      try files.removeItem(atPath: models.path + "/.made.lock")
      try plant(".made.lock", victim + "/new")
      #expect(Self.failure(hub, into: models)?.contains(".made.lock is a symbolic link") == true)
      #expect(isUntouched())
      try files.removeItem(atPath: models.path + "/.made.lock")
      try plant(".made.old", victim)
      #expect(try Self.features(Self.pull(hub, into: models).directory).rows == 3)
      #expect(isUntouched())
    }
  }

  @Test(
    "names that a repository gives to its files stay inside the folder",
    arguments: [
      "../up", "/etc", "a/../../b", "a//b", "a/./b", "a\\b", "a\u{0}b", "a\nb",
    ])
  func namesOfFiles(place: String) throws {
    try withFolder { folder in
      var files = MadeModel.files
      let modules: [[String: Any]] = [
        ["path": "", "type": "sentence_transformers.models.Transformer"],
        ["path": place, "type": "sentence_transformers.models.Pooling"],
      ]
      files["modules.json"] = [UInt8](try JSONSerialization.data(withJSONObject: modules))
      let sentence = Self.failure(try LoopbackHub(files), into: folder)
      #expect(sentence != nil)
      #expect(Self.names(folder) == [".made.lock"], "\(sentence ?? "")")
    }
  }
}
