public import Foundation

/// A provider's key, which no print, log or error shows.
public struct APIKey: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible,
  CustomReflectable
{
  /// Where it was found, for people.
  public let origin: String
  private let secret: String

  /// Takes a key from a variable of the environment.
  public init(
    variable: String, environment: [String: String] = ProcessInfo.processInfo.environment
  ) throws(ProvidersError) {
    let value = environment[variable]?.trimmingCharacters(in: .whitespacesAndNewlines) ?? ""
    guard !value.isEmpty else {
      throw ProvidersError("The key is taken from \(variable), which is not set; set it.")
    }
    try self.init(value, origin: "\(variable) of the environment")
  }

  /// Takes a key from a file that nobody else may read.
  public init(file: String) throws(ProvidersError) {
    let descriptor = open(file, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw ProvidersError(
        "The key's file \(file) cannot be read: \(String(cString: strerror(errno))).")
    }
    defer { close(descriptor) }
    // Asked of what was opened, so that nobody can exchange the file in between.
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw ProvidersError("The key's file \(file) is no regular file; give one.")
    }
    guard status.st_mode & 0o077 == 0 else {
      throw ProvidersError(
        "The key's file \(file) can be read or changed by others; run 'chmod 600 \(file)'.")
    }
    guard status.st_uid == geteuid() || status.st_uid == 0 else {
      throw ProvidersError("The key's file \(file) belongs to another user; use one of your own.")
    }
    var bytes = [UInt8](repeating: 0, count: 4097)
    let count = read(descriptor, &bytes, bytes.count)
    guard count > 0, count <= 4096 else {
      throw ProvidersError(
        "The key's file \(file) holds no key, or more than one; needed is a line.")
    }
    let text = String(decoding: bytes[..<count], as: UTF8.self)
    try self.init(text.trimmingCharacters(in: .whitespacesAndNewlines), origin: file)
  }

  /// Takes a key that the caller has.
  public init(_ secret: String, origin: String) throws(ProvidersError) {
    guard !secret.isEmpty, secret.utf8.allSatisfy({ $0 > 32 && $0 < 127 }) else {
      throw ProvidersError(
        "The key from \(origin) is empty or holds a space or a control character; give it as it "
          + "was issued.")
    }
    self.secret = secret
    self.origin = origin
  }

  /// Where the key is from; never the key.
  public var description: String { "a key from \(origin)" }

  /// Where the key is from; never the key.
  public var debugDescription: String { description }

  /// Nothing, so that dumps show nothing.
  public var customMirror: Mirror { Mirror(self, children: []) }

  /// The value of a header, with a word before the key.
  func headerValue(_ prefix: String = "") -> String { prefix + secret }

  /// Text with every occurrence of the key replaced.
  public func scrub(_ text: String) -> String {
    text.contains(secret) ? text.replacing(secret, with: "[key]") : text
  }

  /// Bytes with every occurrence of the key replaced.
  public func scrub(_ bytes: [UInt8]) -> [UInt8] {
    let key = Array(secret.utf8)
    guard let first = key.first, bytes.count >= key.count else { return bytes }
    var result: [UInt8] = []
    var (start, position) = (0, 0)
    while position + key.count <= bytes.count {
      if bytes[position] == first, bytes[position..<(position + key.count)].elementsEqual(key) {
        result += bytes[start..<position] + Array("[key]".utf8)
        position += key.count
        start = position
      } else {
        position += 1
      }
    }
    return start == 0 ? bytes : result + bytes[start...]
  }
}
