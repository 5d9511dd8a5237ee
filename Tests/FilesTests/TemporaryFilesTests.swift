import Foundation
import Testing

@testable import Files

@Suite("Temporary files")
struct TemporaryFilesTests {
  private func scratch() throws -> String {
    let folder = NSTemporaryDirectory() + "routerbench-temporary-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    return folder
  }

  /// A process that has ended, so that its number belongs to nobody.
  private func gone() throws -> pid_t {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/true")
    try process.run()
    process.waitUntilExit()
    return process.processIdentifier
  }

  @Test(
    "What a killed process left beside a target goes with the next write, and nothing else does")
  func sweep() throws {
    let folder = try scratch()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let dead = try gone()
    let old = Date().addingTimeInterval(-4000)
    let files: [(name: String, isOld: Bool, stays: Bool)] = [
      ("out.csv.\(dead).123.tmp", true, false),
      ("out.csv.\(dead).124.tmp", false, true),
      ("out.csv.\(getpid()).125.tmp", true, true),
      ("other.csv.\(dead).126.tmp", true, true),
      ("out.csv.\(dead).x.tmp", true, true),
      ("out.csv.tmp", true, true),
      ("out.csv.\(dead).127", true, true),
    ]
    for file in files {
      let path = folder + "/" + file.name
      try Data().write(to: URL(fileURLWithPath: path))
      if file.isOld {
        try FileManager.default.setAttributes([.modificationDate: old], ofItemAtPath: path)
      }
    }
    try AtomicFile.write("a", to: folder + "/out.csv")
    for file in files {
      #expect(
        FileManager.default.fileExists(atPath: folder + "/" + file.name) == file.stays,
        "\(file.name)")
    }
  }

  @Test("A batch that cannot be placed whole keeps what is not placed, to be discarded")
  func unplaced() throws {
    let folder = try scratch()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    var batch = FileBatch()
    for name in ["a", "b"] { try batch.write(to: folder + "/" + name) { try $0.append(name) } }
    // A folder takes the second one's place in the meantime.
    try FileManager.default.createDirectory(
      atPath: folder + "/b/full", withIntermediateDirectories: true)
    #expect(throws: FilesError.self) { try batch.commit() }
    batch.discard()
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder).sorted() == ["a", "b"])
  }

  @Test(
    "A limit that is met is named with what to do",
    arguments: [
      (ENOSPC, "Cannot write f: No space left on device; make room, or write elsewhere."),
      (EDQUOT, "Cannot write f: Disk quota exceeded; remove files of yours, or write elsewhere."),
      (
        EFBIG,
        "Cannot write f: it would be larger than files may be here (see 'ulimit -f'); raise the limit, "
          + "or write elsewhere."
      ),
      (EACCES, "Cannot write f: Permission denied."),
    ])
  func limits(code: Int32, sentence: String) {
    #expect(FilesError.cannot("write", "f", code: code).description == sentence)
  }
}
