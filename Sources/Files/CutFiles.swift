import Foundation
import Synchronization

/// Ends a program with a sentence if a file that it has mapped is cut short.
///
/// Touching a page that the file no longer has raises SIGBUS, which ends a program without a word.
/// Reading files instead of mapping them would avoid it, at the price of holding gigabytes that are
/// now read as they are needed; zeros for the missing pages would let wrong numbers through. So the
/// program ends, as it does for a file that cannot be read.
public enum CutFiles {
  /// One mapped file. Plain memory: a signal handler can neither take locks nor count references.
  private struct Entry {
    var start: UInt
    var end: UInt
    var sentence: UnsafeMutablePointer<CChar>?
    var length: Int
  }

  /// Files mapped beyond this number go without a sentence.
  private static let capacity = 512
  nonisolated(unsafe) private static let entries: UnsafeMutablePointer<Entry> = {
    let entries = UnsafeMutablePointer<Entry>.allocate(capacity: capacity)
    entries.initialize(
      repeating: Entry(start: 0, end: 0, sentence: nil, length: 0), count: capacity)
    return entries
  }()
  private static let access = Mutex<Void>(())
  private static let isEnding = Atomic<Bool>(false)
  nonisolated(unsafe) private static var exitCode: Int32 = 1

  /// Handles SIGBUS from now on; one that has nothing to do with a mapped file ends the program as
  /// before.
  ///
  /// - Parameter exitCode: What the program ends with.
  public static func endProgram(exitCode: Int32) {
    self.exitCode = exitCode
    // Made here, since a handler must not make them.
    _ = (entries, isEnding.load(ordering: .relaxed))
    var action = sigaction()
    action.__sigaction_handler.sa_sigaction = { _, information, _ in
      let place = information.map { UInt(bitPattern: $0.pointee._sifields._sigfault.si_addr) } ?? 0
      CutFiles.end(at: place)
    }
    action.sa_flags = SA_SIGINFO
    sigaction(SIGBUS, &action, nil)
  }

  /// Runs within a signal handler: nothing but system calls that handlers may make.
  private static func end(at place: UInt) {
    for slot in 0..<capacity where entries[slot].start <= place && place < entries[slot].end {
      guard let sentence = entries[slot].sentence else { break }
      // Several threads may touch missing pages at once; one speaks.
      if isEnding.exchange(true, ordering: .relaxed) { while true { pause() } }
      _ = write(STDERR_FILENO, sentence, entries[slot].length)
      _exit(exitCode)
    }
    // It comes again when the handler returns.
    signal(SIGBUS, SIG_DFL)
  }

  /// Notes a mapped file.
  ///
  /// - Returns: Where it is noted, or `nil` if there is no place.
  static func add(_ bytes: UnsafeRawBufferPointer, path: String) -> Int? {
    let name = String(
      String.UnicodeScalarView(path.unicodeScalars.map { $0.properties.isControl ? "?" : $0 }))
    let text =
      "error: \(name) was cut short by another program while it was read; wait until that is done, "
      + "and run this again.\n"
    return access.withLock { _ in
      guard let slot = (0..<capacity).first(where: { entries[$0].start == entries[$0].end }) else {
        return nil
      }
      entries[slot].sentence = strdup(text)
      entries[slot].length = text.utf8.count
      entries[slot].start = UInt(bitPattern: bytes.baseAddress)
      entries[slot].end = entries[slot].start + UInt(bytes.count)
      return slot
    }
  }

  /// Forgets a mapped file.
  static func remove(_ slot: Int?) {
    guard let slot else { return }
    access.withLock { _ in
      entries[slot].end = 0
      entries[slot].start = 0
      free(entries[slot].sentence)
      entries[slot].sentence = nil
    }
  }
}

extension Unicode.Scalar.Properties {
  fileprivate var isControl: Bool { generalCategory == .control }
}
