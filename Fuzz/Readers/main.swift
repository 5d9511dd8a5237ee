import Foundation

// libFuzzer without its own `main`, since Swift's executables bring one.
@_silgen_name("LLVMFuzzerRunDriver")
func runFuzzer(
  _ count: UnsafeMutablePointer<CInt>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
  _ body: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

/// The reader that was asked for; a C function cannot capture it.
nonisolated(unsafe) var chosen: FuzzTarget?

let arguments = CommandLine.arguments
if arguments.count == 2, arguments[1] == "--list" {
  for target in FuzzTarget.all { print(([target.name] + target.seeds).joined(separator: " ")) }
  exit(0)
}
guard arguments.count > 2, let target = FuzzTarget.all.first(where: { $0.name == arguments[1] })
else {
  FileHandle.standardError.write(
    Data(
      """
      usage: FuzzReaders READER FOLDER [libFuzzer's options and folders]
      Readers: \(FuzzTarget.all.map(\.name).joined(separator: ", ")).

      """.utf8))
  exit(2)
}
try target.writeSeeds(to: arguments[2])
chosen = target
var passed: [UnsafeMutablePointer<CChar>?] =
  ([arguments[0]] + arguments.dropFirst(2)).map { strdup($0) } + [nil]
var count = CInt(passed.count - 1)
let status = passed.withUnsafeMutableBufferPointer { buffer -> CInt in
  guard var base = buffer.baseAddress else { return 1 }
  return runFuzzer(&count, &base) { start, count in
    chosen?.run(UnsafeRawBufferPointer(start: start, count: count))
    return 0
  }
}
exit(status)
