import Foundation
import Testing

@testable import Files

@Suite("Files that unpack to more than they should")
struct UnpackingTests {
  @Test(
    "the limit follows from the size, the free memory and the caller",
    arguments: [
      // Whatever is harmless is unpacked, however small the file.
      (10, nil, nil, 256 << 20, UnpackingLimit.Reason.ratio),
      (512 << 10, 64 << 30, nil, 256 << 20, .ratio),
      (1 << 20, 64 << 30, nil, 500 << 20, .ratio),
      (1 << 30, 64 << 30, nil, 48 << 30, .memory),
      (10, 100 << 20, nil, 75 << 20, .memory),
      (10, 0, nil, 0, .memory),
      (1 << 20, 64 << 30, 1000, 1000, .given),
      (Int.max, nil, nil, .max, .ratio),
    ] as [(Int, Int?, Int?, Int, UnpackingLimit.Reason)])
  func limits(packed: Int, free: Int?, given: Int?, bytes: Int, reason: UnpackingLimit.Reason) {
    let limit = UnpackingLimit(packed: packed, free: free, given: given)
    #expect(limit.bytes == bytes && limit.reason == reason)
  }

  @Test(
    "a bomb is refused in every form with what was found and what to do",
    arguments: Compression.allCases)
  func bombs(form: Compression) throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/zeros"
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", "head -c 300000000 /dev/zero | \(form.rawValue) -c > \(path)"]
    try process.run()
    process.waitUntilExit()
    let packed = try MappedFile(path: path)
    // Not every machine has a zstd command.
    guard packed.count > 0 else { return }
    func unpack(_ limit: UnpackingLimit) -> String? {
      packed.withUnsafeBytes { bytes in
        do throws(FilesError) {
          _ = try Decompression.decompress(bytes, as: form, limit: limit)
          return nil
        } catch { return error.description }
      }
    }
    let advice = "unpack it yourself (\(form.rawValue) -dk FILE) and give the result"
    #expect(
      unpack(UnpackingLimit(packed: packed.count, free: nil, given: nil))
        == "The \(form.rawValue) data of \(packed.count) bytes unpacks to more than 256 MiB, as only "
        + "files that are made to exhaust memory do. If you trust the file, \(advice).")
    #expect(
      unpack(UnpackingLimit(packed: packed.count, free: 8 << 20, given: nil))
        == "The \(form.rawValue) data unpacks to more than 6 MiB, which the free memory does not hold. "
        + "End other programs, or \(advice): a file that is not compressed takes less memory.")
  }

  @Test("free memory is read as the kernel tells it")
  func memory() {
    #expect(FreeMemory.bytes.map { $0 > 1 << 20 } ?? true)
    let machine = "MemTotal:       10 kB\nMemFree: 1 kB\nMemAvailable:    7 kB\n"
    #expect(FreeMemory.available(inMachine: machine) == 7168)
    for text in ["", "MemAvailable: x kB\n", "MemFree: 1 kB\n", "MemAvailable:\n"] {
      #expect(FreeMemory.available(inMachine: text) == nil)
    }
    #expect(FreeMemory.available(inMachine: "MemAvailable: \(Int.max) kB\n") == .max)
    let details = "anon 5\ninactive_file 30\nactive_file 9\n"
    #expect(FreeMemory.left(of: "100\n", used: "80\n", details: details) == 50)
    #expect(FreeMemory.left(of: "100", used: "20", details: details) == 100)
    #expect(FreeMemory.left(of: "100", used: "120", details: "") == 0)
    #expect(FreeMemory.left(of: "max", used: "80", details: details) == nil)
    #expect(FreeMemory.left(of: "100", used: "", details: details) == nil)
    #expect(FreeMemory.left(of: "-1", used: "5", details: details) == nil)
  }
}
