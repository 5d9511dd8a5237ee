import COpenSSL

/// The SHA-256 digest of bytes given in pieces (FIPS 180-4), by OpenSSL: it uses the processor's own rounds.
public struct SHA256: ~Copyable {
  private let context: OpaquePointer?

  /// Starts a digest.
  public init() {
    context = EVP_MD_CTX_new()
    precondition(
      EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1, "OpenSSL has no SHA-256.")
  }

  deinit { EVP_MD_CTX_free(context) }

  /// Adds bytes.
  public mutating func update(_ bytes: [UInt8]) { bytes.withUnsafeBytes { update($0) } }

  /// Adds bytes.
  public mutating func update(_ bytes: UnsafeRawBufferPointer) {
    EVP_DigestUpdate(context, bytes.baseAddress, bytes.count)
  }

  /// The digest of what was added so far: 32 bytes.
  public func finalize() -> [UInt8] {
    let copy = EVP_MD_CTX_new()
    defer { EVP_MD_CTX_free(copy) }
    var digest = [UInt8](repeating: 0, count: 32)
    precondition(
      EVP_MD_CTX_copy_ex(copy, context) == 1 && EVP_DigestFinal_ex(copy, &digest, nil) == 1,
      "OpenSSL could not finish a digest.")
    return digest
  }

  /// The digest of some bytes, in hexadecimal.
  public static func hexDigest(of bytes: UnsafeRawBufferPointer) -> String {
    var digest = SHA256()
    digest.update(bytes)
    return digest.hexadecimal
  }

  /// The digest of a file's bytes, in hexadecimal.
  public static func hexDigest(ofFile path: String) throws(FilesError) -> String {
    try MappedFile(path: path).withUnsafeBytes { hexDigest(of: $0) }
  }

  /// The digest as 64 hexadecimal digits.
  public var hexadecimal: String {
    finalize().map { byte in
      let digits = String(byte, radix: 16)
      return digits.count == 1 ? "0" + digits : digits
    }.joined()
  }
}
