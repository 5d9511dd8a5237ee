import Foundation

/// What a server announced about a file before sending it, all redirects taken together.
public struct DownloadHead: Sendable, Hashable {
  /// The status of the last answer.
  public internal(set) var status = 0

  /// The size of the whole file in bytes, where the last answer told it.
  public internal(set) var size: Int?

  /// The last answer's mark of this version of the file.
  public internal(set) var etag: String?

  /// The size that a hub vouches for, before it redirects to its store.
  public internal(set) var linkedSize: Int?

  /// The mark that a hub vouches for; the SHA-256 in hexadecimal for large files.
  public internal(set) var linkedETag: String?

  /// The commit of the repository that a hub answers from.
  public internal(set) var commit: String?

  /// The first byte that the last answer sends; 0 unless it continues a file.
  var start = 0

  /// The mark as it may be sent back with a request to continue; weak ones may not.
  var validator: String?

  /// Seconds to wait before asking again, where the server said so.
  var retryAfter: Double?

  /// Where to ask instead.
  var location: String?

  private var contentLength: Int?
  private var rangeTotal: Int?

  /// The size that the whole file should have.
  var promisedSize: Int? { linkedSize ?? size }

  /// Whether both announcements can be about the same bytes.
  func mayContinue(_ earlier: DownloadHead) -> Bool {
    func agree<T: Equatable>(_ mark: KeyPath<DownloadHead, T?>) -> Bool {
      guard let mine = self[keyPath: mark], let other = earlier[keyPath: mark] else { return true }
      return mine == other
    }
    return agree(\.size) && agree(\.etag) && agree(\.linkedSize) && agree(\.linkedETag)
  }

  /// Begins the answer of another hop; what the hub vouched for stays.
  private mutating func begin(status: Int) {
    let earlier = self
    self = DownloadHead()
    (linkedSize, linkedETag) = (earlier.linkedSize, earlier.linkedETag)
    commit = earlier.commit
    self.status = status
  }

  /// Takes in one line of the head.
  mutating func add(line: String, now: Date = Date()) {
    if line.hasPrefix("HTTP/") {
      let words = line.split(separator: " ")
      begin(status: words.count > 1 ? Int(words[1].prefix(3)) ?? 0 : 0)
      return
    }
    guard let colon = line.firstIndex(of: ":") else { return }
    let value = line[line.index(after: colon)...].trimmingCharacters(in: .whitespacesAndNewlines)
    switch line[..<colon].lowercased() {
    case "content-length": contentLength = Self.size(value)
    case "content-range": (start, rangeTotal) = Self.range(value)
    case "etag":
      etag = Self.mark(value)
      validator = value.hasPrefix("\"") ? value : nil
    case "x-linked-etag": linkedETag = linkedETag ?? Self.mark(value)
    case "x-linked-size": linkedSize = linkedSize ?? Self.size(value)
    case "x-repo-commit": commit = commit ?? value
    case "retry-after": retryAfter = AskedWait(now: now, date: nil).seconds(value)
    case "location": location = value
    default: return
    }
    size = status == 200 ? contentLength : rangeTotal
  }

  private static func size(_ text: String) -> Int? {
    guard let value = Int(text), value >= 0 else { return nil }
    return value
  }

  /// `bytes 10-19/20` or `bytes */20`; -1 for a start that cannot be read.
  private static func range(_ text: String) -> (start: Int, total: Int?) {
    guard text.lowercased().hasPrefix("bytes ") else { return (-1, nil) }
    let halves = text.dropFirst(6).split(separator: "/", maxSplits: 1)
    guard halves.count == 2 else { return (-1, nil) }
    let start = halves[0].split(separator: "-").first.flatMap { size(String($0)) }
    return (start ?? -1, size(String(halves[1])))
  }

  private static func mark(_ text: String) -> String {
    let bare = text.hasPrefix("W/") ? text.dropFirst(2) : text[...]
    return bare.trimmingCharacters(in: CharacterSet(charactersIn: "\""))
  }
}
