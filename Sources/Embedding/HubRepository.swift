import Foundation

/// A repository on a hub, at one revision.
struct HubRepository: Hashable, Sendable {
  let owner: String
  let name: String
  /// A branch, tag or commit.
  let revision: String

  /// Those that are given without an owner belong to it.
  static let standardOwner = "sentence-transformers"

  /// Reads `owner/name` or `name`; nothing passes that could lead out of a folder or an address.
  init(_ text: String, revision: String) throws(EmbeddingError) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard (1...2).contains(parts.count), parts.allSatisfy(Self.isPlain) else {
      throw EmbeddingError(
        "'\(text)' is no name of a model; needed is one such as all-MiniLM-L6-v2 or "
          + "sentence-transformers/all-MiniLM-L6-v2.")
    }
    guard !revision.isEmpty, revision.utf8.count < 256,
      revision.split(separator: "/", omittingEmptySubsequences: false).allSatisfy({
        Self.isPlain(String($0))
      })
    else {
      throw EmbeddingError(
        "'\(revision)' is no revision; needed is a branch, a tag or a commit, such as main.")
    }
    owner = parts.count == 2 ? parts[0] : Self.standardOwner
    name = parts[parts.count - 1]
    self.revision = revision
  }

  /// The name with its owner.
  var fullName: String { "\(owner)/\(name)" }

  /// Where a hub has a file.
  ///
  /// - Parameter commit: Asked for instead of the revision, which may move between two files.
  func address(of file: String, endpoint: String, commit: String?) -> String {
    // A slash in a revision is no step of the path.
    let revision = (commit ?? revision).replacingOccurrences(of: "/", with: "%2F")
    let path = file.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed) ?? file
    return "\(endpoint)/\(fullName)/resolve/\(revision)/\(path)"
  }

  private static func isPlain(_ part: String) -> Bool {
    let marks: [UInt8] = Array("-_.".utf8)
    return (1...96).contains(part.utf8.count) && !part.hasPrefix(".") && !part.contains("..")
      && part.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"):
          true
        default: marks.contains(byte)
        }
      }
  }
}
