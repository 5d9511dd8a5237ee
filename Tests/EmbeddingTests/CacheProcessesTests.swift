import Files
import Foundation
import Matrices
import Parallelism
import Prompts
import Testing

@testable import Embedding

/// Each exit test is a process of its own.
@Suite("The cache of embeddings between processes")
struct CacheProcessesTests {
  private static let encoder = HashedNgramEncoder(dimensions: 16)

  private static func prompts(_ range: Range<Int>) -> [String] { range.map { "text \($0)" } }

  /// Sees to it that a list of prompts is in a cache, in small batches.
  private static func fill(_ path: String, _ range: Range<Int>) throws {
    let cached = CachedEncoder(encoder, cache: try EmbeddingCache(path: path))
    for start in stride(from: range.lowerBound, to: range.upperBound, by: 20) {
      _ = try cached.features(of: prompts(start..<start + 20), view: .head)
    }
  }

  /// How many of the prompts a cache knows, all of them rightly.
  private static func known(_ cache: EmbeddingCache, _ range: Range<Int>) throws -> Int {
    let prompts = prompts(range)
    let plain = try encoder.features(of: prompts, view: .head)
    let keys = prompts.map {
      EmbeddingCache.Key(
        identity: encoder.identity, view: PromptView.head.rawValue,
        text: PromptView.head.text(of: $0))
    }
    let vectors = cache.vectors(for: keys, dimensions: 16)
    for (row, key) in keys.enumerated() {
      if let vector = vectors[key] { #expect(vector == plain[row: row].map { $0 }) }
    }
    return vectors.count
  }

  /// Opening a pipe waits until the other end is opened too: two processes meet there.
  private static func meet(at pipe: String, as flags: Int32) {
    close(open(pipe, flags))
  }

  @Test("two processes that write one cache at once both end well, with all vectors kept")
  func two() async throws {
    let folder = NSTemporaryDirectory() + "cache-processes-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    #expect(mkfifo(folder + "/pipe", 0o600) == 0)
    async let first = #expect(processExitsWith: .success) { [folder = folder as String] in
      Self.meet(at: folder + "/pipe", as: O_RDONLY)
      try Self.fill(folder + "/vectors.sqlite", 0..<1200)
    }
    async let second = #expect(processExitsWith: .success) { [folder = folder as String] in
      Self.meet(at: folder + "/pipe", as: O_WRONLY)
      try Self.fill(folder + "/vectors.sqlite", 800..<2000)
    }
    _ = await (first, second)
    let cache = try EmbeddingCache(path: folder + "/vectors.sqlite")
    #expect(cache.notice == nil)
    #expect(try Self.known(cache, 0..<2000) == 2000)
  }

  @Test("a process killed in the middle of a batch costs the cache that batch alone")
  func killed() async throws {
    let folder = NSTemporaryDirectory() + "cache-processes-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    await #expect(processExitsWith: .signal(SIGKILL)) { [folder = folder as String] in
      let path = folder + "/vectors.sqlite"
      try Self.fill(path, 0..<100)
      // The same rows as a batch writes, and the end comes before they are committed.
      let database = try SQLiteDatabase(path: path)
      try database.transaction {
        for row in 0..<5000 {
          try database.run(
            "INSERT INTO vectors (key, vector, checksum) VALUES (?, ?, 0)",
            [.blob(Array("key \(row)".utf8)), .blob([UInt8](repeating: 1, count: 1536))])
        }
        kill(getpid(), SIGKILL)
      }
    }
    let path = folder + "/vectors.sqlite"
    let cache = try EmbeddingCache(path: path)
    #expect(cache.notice == nil)
    #expect(try SQLiteDatabase(path: path).run("SELECT count(*) FROM vectors") == [[.integer(100)]])
    #expect(try Self.known(cache, 0..<200) == 100)
    try Self.fill(path, 0..<200)
    #expect(try Self.known(cache, 0..<200) == 200)
  }

  @Test("a process killed while it opens the cache leaves one that opens")
  func killedAtOpening() async throws {
    let folder = NSTemporaryDirectory() + "cache-processes-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    await #expect(processExitsWith: .signal(SIGKILL)) { [folder = folder as String] in
      // It has the lock and an empty file, and no tables yet.
      let lock = try FileLock(path: folder + "/vectors.sqlite.lock")
      _ = try SQLiteDatabase(path: folder + "/vectors.sqlite")
      kill(getpid(), SIGKILL)
      withExtendedLifetime(lock) {}
    }
    try Self.fill(folder + "/vectors.sqlite", 0..<100)
    let cache = try EmbeddingCache(path: folder + "/vectors.sqlite")
    #expect(cache.notice == nil)
    #expect(try Self.known(cache, 0..<100) == 100)
  }
}
