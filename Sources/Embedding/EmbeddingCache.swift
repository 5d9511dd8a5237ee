import Files
import Foundation

/// Vectors kept on disk between runs, keyed by encoder, view and text.
///
/// Several threads and processes may use one file at once, and a crash loses at most the batch being
/// written. A damaged file is set aside and a damaged vector is forgotten: both are made again.
///
/// Unchecked because the database is not Sendable; safe because every use holds the lock.
public final class EmbeddingCache: @unchecked Sendable {
  /// Where the file is.
  public let path: String
  /// What was wrong with an older file, in a sentence; nil when all was well.
  public let notice: String?
  private let database: SQLiteDatabase
  private let access = NSLock()

  /// The cache file that the command line uses.
  public static var standardPath: String { UserDirectories.cache + "/embeddings.sqlite" }

  /// Opens or creates a cache.
  ///
  /// - Throws: `FilesError` when the place cannot be written to.
  public init(path: String = EmbeddingCache.standardPath) throws {
    try FileReaders.owner.makeFolder(
      URL(fileURLWithPath: path).deletingLastPathComponent().path)
    // Only one process at a time may create the tables or set a damaged file aside.
    let lock = try FileLock(path: path + ".lock", waits: true)
    defer { withExtendedLifetime(lock) {} }
    self.path = path
    if let sound = try Self.openUnlessDamaged(path) {
      database = sound
      notice = nil
      return
    }
    let aside = try Self.setAside(path)
    database = try Self.open(path)
    notice = "The cache of embeddings was damaged; it is kept as \(aside) and a new one was begun."
  }

  /// The vectors that are known for some keys; damaged ones count as unknown.
  func vectors(for keys: [Key], dimensions: Int) -> [Key: [Float]] {
    access.lock()
    defer { access.unlock() }
    var found: [Key: [Float]] = [:]
    for key in keys {
      let rows = try? database.run(
        "SELECT vector, checksum FROM vectors WHERE key = ?", [.blob(key.bytes)])
      guard let row = rows?.first, case .blob(let bytes) = row[0], case .integer(let sum) = row[1],
        bytes.count == dimensions * 4, Self.checksum(bytes) == sum
      else { continue }
      found[key] = bytes.withUnsafeBytes { raw in
        (0..<dimensions).map {
          Float(
            bitPattern: UInt32(
              littleEndian: raw.loadUnaligned(fromByteOffset: $0 * 4, as: UInt32.self)))
        }
      }
    }
    return found
  }

  /// Keeps vectors, all or none of them.
  func keep(_ vectors: [(key: Key, vector: [Float])]) throws {
    access.lock()
    defer { access.unlock() }
    try database.transaction {
      for (key, vector) in vectors {
        var bytes: [UInt8] = []
        for value in vector {
          for shift in [0, 8, 16, 24] {
            bytes.append(UInt8(truncatingIfNeeded: value.bitPattern >> UInt32(shift)))
          }
        }
        try database.run(
          "INSERT OR REPLACE INTO vectors (key, vector, checksum) VALUES (?, ?, ?)",
          [.blob(key.bytes), .blob(bytes), .integer(Self.checksum(bytes))])
      }
    }
  }

  /// The digest that a vector is found by.
  struct Key: Hashable, Sendable {
    let bytes: [UInt8]

    init(identity: String, view: String, text: String) {
      var digest = SHA256()
      // Lengths keep the three parts apart.
      for part in [identity, view, text] { digest.update(Array("\(part.utf8.count):\(part)".utf8)) }
      bytes = digest.finalize()
    }
  }

  private static func open(_ path: String) throws(FilesError) -> SQLiteDatabase {
    let database = try SQLiteDatabase(path: path)
    try database.run(
      """
      CREATE TABLE IF NOT EXISTS vectors (
        key BLOB PRIMARY KEY, vector BLOB NOT NULL, checksum INTEGER NOT NULL) WITHOUT ROWID
      """)
    // A file cut short or overwritten in its middle opens well and fails later.
    if try database.run("PRAGMA quick_check(1)").first != [.text("ok")] {
      throw .damaged(database: path)
    }
    _ = try database.run("SELECT key, vector, checksum FROM vectors LIMIT 1")
    return database
  }

  private static func openUnlessDamaged(_ path: String) throws(FilesError) -> SQLiteDatabase? {
    do { return try open(path) } catch {
      if error.isDamage { return nil }
      throw error
    }
  }

  private static func setAside(_ path: String) throws -> String {
    let files = FileManager.default
    var number = 1
    while files.fileExists(atPath: "\(path).damaged-\(number)") { number += 1 }
    let aside = "\(path).damaged-\(number)"
    try files.moveItem(atPath: path, toPath: aside)
    // A journal belongs to the file it was written for and would spoil the next.
    for suffix in ["-wal", "-shm"] where files.fileExists(atPath: path + suffix) {
      try files.moveItem(atPath: path + suffix, toPath: aside + suffix)
    }
    return aside
  }

  /// FNV-1a over the bytes: finds flipped bits, which SQLite does not look for.
  private static func checksum(_ bytes: [UInt8]) -> Int64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
    return Int64(bitPattern: hash)
  }
}
