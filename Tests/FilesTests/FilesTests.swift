import Foundation
import Testing

@testable import Files

/// A folder that is removed with the value.
final class TemporaryFolder {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "routerbench-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}

@Suite("Files")
struct FilesTests {
  @Test("SHA-256 equals the published examples, in one piece or many")
  func digests() {
    func digest(_ text: String) -> String {
      var digest = SHA256()
      digest.update(Array(text.utf8))
      return digest.hexadecimal
    }
    #expect(
      digest("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    #expect(
      digest("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(
      digest("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")
        == "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1")
    #expect(
      digest(String(repeating: "a", count: 1_000_000))
        == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
    let bytes = (0..<1000).map { UInt8(truncatingIfNeeded: $0) }
    for piece in [1, 3, 55, 56, 63, 64, 65, 130] {
      var whole = SHA256()
      whole.update(bytes)
      var parts = SHA256()
      for start in stride(from: 0, to: 1000, by: piece) {
        parts.update(Array(bytes[start..<min(1000, start + piece)]))
      }
      #expect(parts.hexadecimal == whole.hexadecimal)
    }
  }

  @Test("a symbolic link stays, and the file that it leads to is written")
  func link() throws {
    let folder = try TemporaryFolder()
    let files = FileManager.default
    try files.createDirectory(atPath: folder.path + "/far", withIntermediateDirectories: true)
    let (link, target) = (folder.path + "/link", folder.path + "/far/file")
    try AtomicFile.write("old", to: target)
    try files.createSymbolicLink(atPath: link, withDestinationPath: "far/file")
    try AtomicFile.write("new", to: link)
    #expect(try String(contentsOfFile: target, encoding: .utf8) == "new")
    #expect(try files.destinationOfSymbolicLink(atPath: link) == "far/file")
    #expect(try files.contentsOfDirectory(atPath: folder.path + "/far") == ["file"])
  }

  @Test("a pipe is written to, and no file takes its place")
  func pipe() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/pipe"
    try #require(mkfifo(path, 0o600) == 0)
    // Open for both, so that neither end waits for the other.
    let reading = open(path, O_RDWR | O_CLOEXEC)
    defer { close(reading) }
    try AtomicFile.write("through", to: path)
    var bytes = [UInt8](repeating: 0, count: 16)
    let count = read(reading, &bytes, bytes.count)
    #expect(String(decoding: bytes.prefix(max(0, count)), as: UTF8.self) == "through")
    var status = stat()
    #expect(stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFIFO)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["pipe"])
  }

  @Test("files of a batch take their places together, or not at all")
  func batch() throws {
    struct Stop: Error {}
    let folder = try TemporaryFolder()
    let (first, second) = (folder.path + "/first", folder.path + "/second")
    try AtomicFile.write("old", to: first)
    var batch = FileBatch()
    try batch.write(to: first) { try $0.append("new") }
    #expect(throws: Stop.self) { try batch.write(to: second) { _ in throw Stop() } }
    #expect(try String(contentsOfFile: first, encoding: .utf8) == "old")
    batch.discard()
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["first"])
    try batch.write(to: first) { try $0.append("new") }
    try batch.write(to: second) { try $0.append("newer") }
    try batch.commit()
    #expect(try String(contentsOfFile: first, encoding: .utf8) == "new")
    #expect(try String(contentsOfFile: second, encoding: .utf8) == "newer")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).count == 2)
  }

  @Test("a failed write leaves the old file and no other")
  func atomic() throws {
    struct Stop: Error {}
    let folder = try TemporaryFolder()
    let path = folder.path + "/file"
    try AtomicFile.write("old", to: path)
    #expect(throws: Stop.self) {
      try AtomicFile.write(to: path) { sink in
        try sink.append(String(repeating: "new", count: 100_000))
        throw Stop()
      }
    }
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "old")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["file"])
    try AtomicFile.write("new", to: path)
    #expect(try MappedFile(path: path).withUnsafeBytes { Array($0) } == Array("new".utf8))
  }

  @Test("bytes that were given back are the same when they are read again")
  func unloading() throws {
    let folder = try TemporaryFolder()
    let content = (0..<50_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    try Data(content).write(to: URL(fileURLWithPath: folder.path + "/file"))
    let mapped = try MappedFile(path: folder.path + "/file").bytes
    for bytes in [mapped, KeptBytes(content)] {
      for range in [0..<50_000, 1..<2, 4095..<12_289, 7..<7] {
        bytes.unload(range)
        #expect(bytes.withUnsafeBytes { Array($0) } == content)
      }
    }
  }

  @Test("missing files and folders are refused with a sentence")
  func refusals() throws {
    let folder = try TemporaryFolder()
    let missing = #expect(throws: FilesError.self) { try MappedFile(path: "/nowhere/file") }
    #expect(missing?.description == "Cannot read /nowhere/file: No such file or directory.")
    let directory = #expect(throws: FilesError.self) { try MappedFile(path: folder.path) }
    #expect(
      directory?.description
        == "\(folder.path) is a folder; give a file.")
    try AtomicFile.write("", to: folder.path + "/empty")
    #expect(try MappedFile(path: folder.path + "/empty").count == 0)
  }

  @Test(
    "unpacks what other programs packed, several members too, and refuses cut and changed bytes")
  func decompression() throws {
    let folder = try TemporaryFolder()
    let text = (0..<60_000).map { "line \($0 * 7919 % 1009)\n" }.joined()
    try AtomicFile.write(text, to: folder.path + "/a")
    let tools: [(Compression, String)] = [(.gzip, "gzip"), (.bzip2, "bzip2"), (.xz, "xz")]
    for (form, tool) in tools {
      let packed = try shell("\(tool) -c \(folder.path)/a")
      #expect(packed.withUnsafeBytes { Compression.detect($0) } == form)
      #expect(Compression(fileName: "x.csv\(form.ending)") == form)
      func unpack(_ bytes: [UInt8], limit: Int? = nil) throws -> [UInt8] {
        try bytes.withUnsafeBytes {
          try Decompression.decompress($0, as: form, limit: limit).withUnsafeBytes { Array($0) }
        }
      }
      #expect(try unpack(packed) == Array(text.utf8))
      #expect(try unpack(packed + packed).count == text.utf8.count * 2)
      let limited = #expect(throws: FilesError.self) { try unpack(packed, limit: 1000) }
      #expect(
        limited?.description
          == "The \(form.rawValue) data unpacks to more than 1000 bytes, the limit given.")
      for length in [0, 1, 5, packed.count / 2, packed.count - 1] {
        #expect(throws: FilesError.self) { try unpack(Array(packed.prefix(length))) }
      }
      var changed = packed
      changed[packed.count / 2] ^= 0xFF
      #expect(throws: FilesError.self) { try unpack(changed) }
    }
  }

  @Test("a lock held elsewhere is refused with a sentence and free after release")
  func locks() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/lock"
    var first: FileLock? = try FileLock(path: path)
    let refused = #expect(throws: FilesError.self) { try FileLock(path: path) }
    #expect(
      refused?.description
        == "\(path) is in use by another process; wait for it to end, or choose another.")
    withExtendedLifetime(first) {}
    first = nil
    _ = try FileLock(path: path)
  }

  @Test("a lock is free after release, though a forked child still has its descriptor")
  func lockOfAForkedChild() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/lock"
    var lock: FileLock? = try FileLock(path: path)
    // What a child has between fork and exec: another number for the same open file.
    let held = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")
      .compactMap { Int32($0) }
      .first {
        (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\($0)"))?
          .hasSuffix(path) == true
      }
    let copy = dup(try #require(held))
    defer { close(copy) }
    withExtendedLifetime(lock) {}
    lock = nil
    _ = try FileLock(path: path)
  }

  @Test("a database keeps every kind of value, and undoes a failed transaction")
  func database() throws {
    struct Stop: Error {}
    let folder = try TemporaryFolder()
    let database = try SQLiteDatabase(path: folder.path + "/db")
    try database.run("CREATE TABLE t (a, b, c, d, e)")
    let row: [SQLiteValue] = [.null, .integer(-7), .real(0.1), .text("é"), .blob([0, 255])]
    try database.run("INSERT INTO t VALUES (?, ?, ?, ?, ?)", row)
    #expect(throws: Stop.self) {
      try database.transaction {
        try database.run("DELETE FROM t")
        throw Stop()
      }
    }
    #expect(try SQLiteDatabase(path: folder.path + "/db").run("SELECT * FROM t") == [row])
    let wrong = #expect(throws: FilesError.self) { try database.run("SELECT * FROM nowhere") }
    #expect(
      wrong?.description
        == "The database \(folder.path)/db reports: no such table: nowhere.")
  }

  private func shell(_ command: String) throws -> [UInt8] {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", command]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return [UInt8](output)
  }
}
