import COpenSSL

/// The SHA-512 digest of bytes (FIPS 180-4), by OpenSSL.
///
/// Python seeds its generator through it, so orders that were shuffled there can be made again.
public enum SHA512 {
  /// The digest of some bytes: 64 bytes.
  public static func digest(of bytes: [UInt8]) -> [UInt8] {
    var digest = [UInt8](repeating: 0, count: 64)
    precondition(
      EVP_Digest(bytes, bytes.count, &digest, nil, EVP_sha512(), nil) == 1,
      "OpenSSL has no SHA-512.")
    return digest
  }
}
