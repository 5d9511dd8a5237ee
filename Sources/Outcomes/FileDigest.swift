import Files
import Synchronization

/// The SHA-256 of a file, taken when it is first asked for: reading need not wait for it.
final class FileDigest: Sendable {
  private let bytes: KeptBytes
  private let file: MappedFile?
  private let found = Mutex<String?>(nil)

  /// The digest of bytes, which are those of a file if there is one.
  init(of bytes: KeptBytes, file: MappedFile? = nil) {
    self.bytes = bytes
    self.file = file
  }

  /// The digest in hexadecimal.
  ///
  /// - Throws: `OutcomesError` where the file was changed in its place after it was opened, since
  ///   then its digest may not be that of what was read.
  func hexadecimal() throws(OutcomesError) -> String {
    let digest: String? = found.withLock { found in
      if found == nil {
        let digest = bytes.withUnsafeBytes { SHA256.hexDigest(of: $0) }
        if file?.isUnchanged ?? true { found = digest }
      }
      return found
    }
    guard let digest else {
      throw OutcomesError("\(file?.path ?? "") was changed while it was read; read it again.")
    }
    return digest
  }
}
