import Foundation

/// One reader of foreign bytes: whatever they are, it must end soon, in a value or in a sentence.
struct FuzzTarget: Sendable {
  let name: String
  /// Folders of seeds, relative to the package.
  let seeds: [String]
  /// Seeds that are made, so that they are always of the form that is written now.
  let made: @Sendable () throws -> [[UInt8]]
  let read: @Sendable (UnsafeRawBufferPointer) throws -> Void

  init(
    _ name: String, seeds: [String] = [], made: @escaping @Sendable () throws -> [[UInt8]],
    read: @escaping @Sendable (UnsafeRawBufferPointer) throws -> Void
  ) {
    self.name = name
    self.seeds = seeds
    self.made = made
    self.read = read
  }

  /// A reader that takes a path: the bytes are put into a file of its own.
  init(
    _ name: String, file: String, seeds: [String] = [],
    made: @escaping @Sendable () throws -> [[UInt8]],
    read: @escaping @Sendable (String) throws -> Void
  ) {
    let path = FileManager.default.temporaryDirectory.path + "/fuzz-\(getpid())-\(file)"
    self.init(name, seeds: seeds, made: made) { bytes in
      try Data(bytes).write(to: URL(fileURLWithPath: path))
      try read(path)
    }
  }

  func run(_ bytes: UnsafeRawBufferPointer) {
    do { try read(bytes) } catch {
      precondition("\(error)".contains { $0.isLetter }, "A refusal has no sentence.")
    }
  }

  /// Writes the made seeds into a folder, which exists.
  func writeSeeds(to folder: String) throws {
    for (place, bytes) in try made().enumerated() {
      try Data(bytes).write(to: URL(fileURLWithPath: "\(folder)/made-\(place)"))
    }
  }
}
