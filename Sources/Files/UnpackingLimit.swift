/// How far a compressed file may unpack before it is refused.
///
/// Tables of text shrink 5 to 50 times, and a few hundred times if every row repeats a long prompt;
/// files that are made to exhaust memory shrink 1,000 to 1,000,000 times.
struct UnpackingLimit: Sendable {
  /// What any file may unpack to, whatever its ratio: so much fits every machine.
  static let harmless = 256 << 20
  /// How many times its size a file may unpack to beyond that.
  static let ratio = 500
  /// The share of free memory that an unpacked file may take: what is read from it needs some, too.
  static let share = 0.75

  /// What stops the unpacking.
  enum Reason: Sendable {
    /// The limit that the caller gave.
    case given
    case ratio
    case memory
  }

  /// The greatest number of bytes.
  let bytes: Int
  let reason: Reason
  private let packed: Int

  /// - Parameters:
  ///   - packed: The size of the compressed file.
  ///   - free: The free memory, or `nil` if it is not known.
  ///   - given: The caller's limit.
  init(packed: Int, free: Int?, given: Int?) {
    let (product, overflow) = packed.multipliedReportingOverflow(by: Self.ratio)
    var bytes = max(Self.harmless, overflow ? .max : product)
    var reason = Reason.ratio
    if let free, Int(Double(free) * Self.share) < bytes {
      bytes = Int(Double(free) * Self.share)
      reason = .memory
    }
    if let given, given < bytes {
      bytes = given
      reason = .given
    }
    self.bytes = bytes
    self.reason = reason
    self.packed = packed
  }

  /// Why a file that unpacks to more is refused.
  func refusal(of form: Compression) -> FilesError {
    switch reason {
    case .given: .tooLarge(form.rawValue, limit: bytes)
    case .ratio: .bomb(form, packed: packed, unpacked: bytes)
    case .memory: .noMemory(form, limit: bytes)
    }
  }
}
