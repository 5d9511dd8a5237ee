import Foundation

/// What one answer did to the part of a file that is there.
///
/// Nothing of an answer is kept before its head has been compared with what is known of the file.
struct Answer {
  enum End {
    /// The part is the whole file now.
    case complete
    /// What is there is no beginning of this file.
    case mustStartAnew
    /// The server sent no file; its status says why.
    case noFile
    /// The file broke off.
    case failed(String, mayPass: Bool)
  }

  /// Asked with the head and the bytes that are there: may the answer continue them?
  typealias Judgement = (DownloadHead, Int) -> Download.Verdict

  /// How large a file may be.
  struct Bounds {
    let url: URL
    let announced: Int
    let unannounced: Int
  }

  private let part: PartialFile
  private let bounds: Bounds
  private let earlier: DownloadHead?
  private let judge: Judgement
  private let progress: (Int, Int?) -> Void
  private var isBegun = false
  private var end: End?
  private var error: TransportError?

  /// Makes one request and adds its answer to the part.
  static func receive(
    _ exchange: Exchange, into part: PartialFile, head: inout DownloadHead,
    earlier: DownloadHead?, bounds: Bounds, judge: Judgement, progress: (Int, Int?) -> Void
  ) throws(TransportError) -> End {
    try withoutActuallyEscaping(judge) { (judge) throws(TransportError) in
      try withoutActuallyEscaping(progress) { (progress) throws(TransportError) in
        var answer = Answer(
          part: part, earlier: earlier, bounds: bounds, judge: judge, progress: progress)
        let outcome = try exchange.perform(head: &head) { answer.take($1, $0) }
        return try answer.finish(outcome, head)
      }
    }
  }

  private init(
    part: PartialFile, earlier: DownloadHead?, bounds: Bounds, judge: @escaping Judgement,
    progress: @escaping (Int, Int?) -> Void
  ) {
    self.part = part
    self.bounds = bounds
    self.earlier = earlier
    self.judge = judge
    self.progress = progress
  }

  private mutating func take(_ piece: UnsafeRawBufferPointer, _ head: DownloadHead) -> Bool {
    do throws(TransportError) {
      if !isBegun { try begin(head) }
      guard end == nil else { return false }
      if let size = head.promisedSize, part.count + piece.count > size {
        end = .failed("the server sent more than the \(size) bytes it announced", mayPass: false)
        return false
      }
      if head.promisedSize == nil, part.count + piece.count > bounds.unannounced {
        throw TransportError.tooLarge(bounds.url, limit: bounds.unannounced, announced: nil)
      }
      try part.append(piece)
      progress(part.count, head.promisedSize)
      return true
    } catch {
      self.error = error
      return false
    }
  }

  /// Compares the head with what is known; leaves an end where no byte is to be taken.
  private mutating func begin(_ head: DownloadHead) throws(TransportError) {
    isBegun = true
    guard [200, 206, 416].contains(head.status) else {
      end = .noFile
      return
    }
    if let size = head.size, let promised = head.linkedSize, size != promised {
      throw .wrongSize(announced: size, promised: promised)
    }
    if let size = head.promisedSize, size > bounds.announced {
      throw .tooLarge(bounds.url, limit: bounds.announced, announced: size)
    }
    let canContinue =
      judge(head, part.count) == .accept && earlier.map(head.mayContinue) ?? true
    switch head.status {
    case 200: if part.count > 0 { try part.truncate() }
    case 206:
      if head.start != part.count || part.count > 0 && !canContinue { end = .mustStartAnew }
    default:
      // Nothing was left to send: the part may be the whole.
      if part.count == 0 {
        end = .noFile
      } else {
        end = head.size == part.count && canContinue ? .complete : .mustStartAnew
      }
    }
  }

  private mutating func finish(
    _ outcome: Exchange.Outcome, _ head: DownloadHead
  ) throws(TransportError) -> End {
    if let error { throw error }
    if case .failed(let reason, let mayPass) = outcome, end == nil {
      return .failed(reason, mayPass: mayPass)
    }
    // An empty body has not been asked about yet.
    if !isBegun { try begin(head) }
    if let end { return end }
    if let size = head.promisedSize, part.count < size {
      return .failed(
        "the connection ended after \(part.count) of \(size) bytes", mayPass: true)
    }
    return .complete
  }
}
