import Foundation
import Testing

@testable import Files

@Suite("What a path may name")
struct MappedFileKindsTests {
  private func bytes(_ path: String) throws -> [UInt8] {
    try MappedFile(path: path).withUnsafeBytes { Array($0) }
  }

  private func refusal(_ path: String) -> String? {
    do throws(FilesError) {
      _ = try MappedFile(path: path)
      return nil
    } catch { return error.description }
  }

  @Test("a pipe is read to its end, as slowly as it comes, and once")
  func pipes() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/pipe"
    #expect(mkfifo(path, 0o600) == 0)
    let content = (0..<200_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
    Thread.detachNewThread {
      guard let end = FileHandle(forWritingAtPath: path) else { return }
      for start in stride(from: 0, to: content.count, by: 50_000) {
        try? end.write(contentsOf: content[start..<(start + 50_000)])
        Thread.sleep(forTimeInterval: 0.02)
      }
      try? end.close()
    }
    let file = try MappedFile(path: path)
    #expect(file.withUnsafeBytes { Array($0) } == content)
    #expect(file.isUnchanged)
    // Whoever opens it again gets what was read, as when a file is measured that was read.
    #expect(try bytes(path) == content)
  }

  @Test("a pipe that nobody writes to is refused, and so is all that is no file")
  func refusals() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/pipe"
    #expect(mkfifo(path, 0o600) == 0)
    #expect(
      refusal(path)
        == "\(path) is a pipe that holds nothing and that nobody writes to; start its writer first, or "
        + "give a file.")
    #expect(refusal(folder.path) == "\(folder.path) is a folder; give a file.")
    for device in ["/dev/null", "/dev/zero"] {
      #expect(refusal(device) == "\(device) is a device; give a file.")
    }
    let socket = folder.path + "/socket"
    let descriptor = Foundation.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: socket.utf8) }
    let isBound = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    #expect(isBound == 0)
    #expect(refusal(socket) == "\(socket) is a socket; give a file.")
  }

  @Test("a file whose size is 0 is read all the same")
  func sizeless() throws {
    #expect(try bytes("/proc/self/status").starts(with: Array("Name:".utf8)))
  }

  @Test("a file that is cut short while it is mapped ends the program with a sentence")
  func cut() async throws {
    let result = await #expect(
      processExitsWith: .exitCode(3), observing: [\.standardErrorContent]
    ) {
      let path = FileManager.default.temporaryDirectory.path + "/cut-\(getpid())\u{1B}.csv"
      try Data(repeating: 7, count: 1 << 20).write(to: URL(fileURLWithPath: path))
      CutFiles.endProgram(exitCode: 3)
      let other = try MappedFile(path: "/proc/self/exe")
      let file = try MappedFile(path: path)
      truncate(path, 10)
      unlink(path)
      let sum = file.withUnsafeBytes { $0.reduce(0) { $0 &+ Int($1) } }
      withExtendedLifetime(other) {}
      exit(sum == 0 ? 1 : 2)
    }
    let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(text.contains("error: ") && text.contains("/cut-") && text.contains("?.csv"))
    #expect(
      text.hasSuffix(
        " was cut short by another program while it was read; wait until that is done, and run this "
          + "again.\n"))
  }
}
