import Files
import Foundation
import Matrices
import Parallelism
import Prompts
import Synchronization
import Testing

@testable import Embedding

@Suite("The cache of embeddings")
struct EmbeddingCacheTests {
  /// An encoder that counts what it is asked, so that a test can see what the cache knew.
  private final class CountingEncoder: PromptEncoder {
    let inner = HashedNgramEncoder(dimensions: 16)
    let asked = Mutex<[String]>([])
    var identity: String { inner.identity }
    var dimensions: Int { inner.dimensions }

    func features(
      of prompts: [String], view: PromptView, threads: Threads, progress: ((Int, Int) -> Void)?
    ) throws -> Matrix {
      asked.withLock { $0 += prompts }
      return try inner.features(of: prompts, view: view, threads: threads, progress: progress)
    }
  }

  private static func place(_ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "embedding-cache-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder.appendingPathComponent("vectors.sqlite").path)
  }

  private let prompts = (0..<60).map { "prompt number \($0 % 50)" }

  @Test("a second run asks the encoder nothing and gives the same bits")
  func remembers() throws {
    try Self.place { path in
      let first = CountingEncoder()
      let plain = try first.inner.features(of: prompts, view: .question)
      #expect(
        try CachedEncoder(first, cache: EmbeddingCache(path: path)).features(
          of: prompts, view: .question) == plain)
      #expect(first.asked.withLock { $0.count } == 50)
      let second = CountingEncoder()
      let again = CachedEncoder(second, cache: try EmbeddingCache(path: path))
      #expect(try again.features(of: prompts, view: .question) == plain)
      #expect(second.asked.withLock { $0.isEmpty })
      // Another view is another key, although these prompts show the same text in both.
      _ = try again.features(of: prompts, view: .head)
      #expect(second.asked.withLock { $0.count } == 50)
    }
  }

  @Test("two connections that write at once both end with all vectors")
  func concurrent() throws {
    try Self.place { path in
      let caches = [try EmbeddingCache(path: path), try EmbeddingCache(path: path)]
      let prompts = (0..<400).map { "text \($0)" }
      let encoder = HashedNgramEncoder(dimensions: 16)
      let plain = try encoder.features(of: prompts, view: .head)
      let same = Threads(2).map(count: 8) { turn in
        let cached = CachedEncoder(encoder, cache: caches[turn % 2])
        let part = Array(prompts[(turn * 25)...])
        let made = try? cached.features(
          of: part, view: .head, threads: Threads(1), progress: nil)
        return made == plain.selecting(rows: Array((turn * 25)..<400))
      }
      #expect(same == [Bool](repeating: true, count: 8))
      let counting = CountingEncoder()
      let fresh = CachedEncoder(counting, cache: try EmbeddingCache(path: path))
      #expect(try fresh.features(of: prompts, view: .head) == plain)
      #expect(counting.asked.withLock { $0.isEmpty })
    }
  }

  @Test(
    "a damaged file is set aside with a sentence and the run goes on",
    arguments: ["cut", "overwritten", "text"])
  func damage(kind: String) throws {
    try Self.place { path in
      let encoder = HashedNgramEncoder(dimensions: 64)
      let prompts = (0..<300).map { "text \($0)" }
      let plain = try encoder.features(of: prompts, view: .head)
      _ = try CachedEncoder(encoder, cache: EmbeddingCache(path: path)).features(
        of: prompts, view: .head)
      let url = URL(fileURLWithPath: path)
      var bytes = try Data(contentsOf: url)
      #expect(bytes.count > 40_000)
      switch kind {
      case "cut": bytes = bytes.prefix(bytes.count / 2 + 100)
      case "overwritten":
        bytes.replaceSubrange(4096..<20_480, with: [UInt8](repeating: 0xA5, count: 16_384))
      default: bytes = Data("this is no database, but it is long enough".utf8)
      }
      try? FileManager.default.removeItem(atPath: path + "-wal")
      try? FileManager.default.removeItem(atPath: path + "-shm")
      try bytes.write(to: url)
      let cache = try EmbeddingCache(path: path)
      #expect(
        cache.notice
          == "The cache of embeddings was damaged; it is kept as \(path).damaged-1 and a new one was "
          + "begun.")
      #expect(FileManager.default.contents(atPath: path + ".damaged-1") == bytes)
      #expect(try CachedEncoder(encoder, cache: cache).features(of: prompts, view: .head) == plain)
      #expect(try EmbeddingCache(path: path).notice == nil)
    }
  }

  @Test("a vector with a flipped bit is made again")
  func flippedBit() throws {
    try Self.place { path in
      let encoder = HashedNgramEncoder(dimensions: 16)
      let plain = try encoder.features(of: ["one text"], view: .head)
      _ = try CachedEncoder(encoder, cache: EmbeddingCache(path: path)).features(
        of: ["one text"], view: .head)
      let database = try SQLiteDatabase(path: path)
      try database.run("UPDATE vectors SET checksum = checksum + 1")
      let again = CachedEncoder(encoder, cache: try EmbeddingCache(path: path))
      #expect(try again.features(of: ["one text"], view: .head) == plain)
    }
  }
}
