/// A compressed form that outcomes may come in, by pandas' own file endings.
public enum Compression: String, Sendable, CaseIterable {
  /// `.gz`
  case gzip
  /// `.bz2`
  case bzip2
  /// `.xz`
  case xz
  /// `.zst`
  case zstd

  /// Recognises the first bytes of a file.
  public static func detect(_ head: UnsafeRawBufferPointer) -> Compression? {
    func starts(_ magic: [UInt8]) -> Bool { head.prefix(magic.count).elementsEqual(magic) }
    if starts([0x1F, 0x8B]) { return .gzip }
    if starts([0x42, 0x5A, 0x68]) { return .bzip2 }
    if starts([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00]) { return .xz }
    if starts([0x28, 0xB5, 0x2F, 0xFD]) { return .zstd }
    return nil
  }

  /// Recognises a file name's ending.
  public init?(fileName: String) {
    let name = fileName.lowercased()
    for form in Compression.allCases where name.hasSuffix(form.ending) {
      self = form
      return
    }
    return nil
  }

  /// The ending, with its dot.
  public var ending: String {
    switch self {
    case .gzip: ".gz"
    case .bzip2: ".bz2"
    case .xz: ".xz"
    case .zstd: ".zst"
    }
  }
}
