import Foundation
import Testing

@testable import Files

@Suite("Who may read what is made")
struct FileReadersTests {
  private func mode(_ path: String) -> mode_t {
    var status = stat()
    return lstat(path, &status) == 0 ? status.st_mode & 0o777 : 0
  }

  @Test("new files are their owner's, and what is replaced keeps its mode")
  func files() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/report"
    try AtomicFile.write("prompts", to: path)
    #expect(mode(path) == 0o600)
    for kept in [0o600, 0o640, 0o644, 0o666, 0o400] as [mode_t] {
      chmod(path, kept)
      try AtomicFile.write("prompts", to: path)
      #expect(mode(path) == kept)
      try AtomicFile.write("prompts", to: path, readers: .everyone)
      #expect(mode(path) == kept)
    }
    let open = folder.path + "/router"
    try AtomicFile.write("numbers", to: open, readers: .everyone)
    #expect(mode(open) & 0o600 == 0o600 && mode(open) | 0o644 == 0o644)
    let link = folder.path + "/link"
    #expect(symlink(open, link) == 0)
    chmod(open, 0o664)
    try AtomicFile.write("numbers", to: link)
    #expect(mode(open) == 0o664)
  }

  @Test("a new store and its journals are their owner's, and an old one keeps its mode")
  func stores() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/store"
    let database = try SQLiteDatabase(path: path)
    try database.run("CREATE TABLE answers (text TEXT)")
    for file in ["", "-wal", "-shm"] { #expect(mode(path + file) == 0o600) }
    let lock = try FileLock(path: path + ".lock")
    #expect(mode(path + ".lock") == 0o600)
    withExtendedLifetime((database, lock)) {}
    let shared = folder.path + "/shared"
    try Data().write(to: URL(fileURLWithPath: shared))
    chmod(shared, 0o660)
    let other = try SQLiteDatabase(path: shared)
    try other.run("CREATE TABLE answers (text TEXT)")
    for file in ["", "-wal"] { #expect(mode(shared + file) == 0o660) }
  }

  @Test("new folders are their owner's, and what is no folder is refused")
  func folders() throws {
    let folder = try TemporaryFolder()
    try FileReaders.owner.makeFolder(folder.path + "/a/b")
    #expect(mode(folder.path + "/a") == 0o700 && mode(folder.path + "/a/b") == 0o700)
    chmod(folder.path + "/a", 0o755)
    try FileReaders.owner.makeFolder(folder.path + "/a/c")
    #expect(mode(folder.path + "/a") == 0o755 && mode(folder.path + "/a/c") == 0o700)
    try AtomicFile.write("", to: folder.path + "/file")
    for path in ["/file", "/file/below"] {
      #expect(throws: FilesError.self) { try FileReaders.owner.makeFolder(folder.path + path) }
    }
  }

  @Test("a lock is not taken through a link that somebody put there")
  func plantedLock() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/lock"
    #expect(symlink(folder.path + "/elsewhere", path) == 0)
    let error = #expect(throws: FilesError.self) { try FileLock(path: path) }
    #expect(
      error?.description
        == "\(path) is a symbolic link, which somebody else may have put there, so nothing is written "
        + "through it; remove it, or choose another folder.")
    #expect(!FileManager.default.fileExists(atPath: folder.path + "/elsewhere"))
  }
}
