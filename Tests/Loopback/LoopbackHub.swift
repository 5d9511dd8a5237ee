import Files
import Foundation

/// A hub of models on this machine: small files come from it, large ones from its store.
public final class LoopbackHub: Sendable {
  /// The commit that its `main` is.
  public static let commit = String(repeating: "c0ffee12", count: 5)

  /// What a client asks first.
  public let hub: LoopbackServer
  /// Where it is sent for the weights; another origin.
  public let store: LoopbackServer

  /// Starts both servers.
  ///
  /// - Parameter change: Given each request and the right reply, makes the reply that is sent.
  public init(
    _ files: [String: [UInt8]], repository: String = "sentence-transformers/made",
    change: @escaping @Sendable (LoopbackServer.Request, Reply) -> Reply = { $1 }
  ) throws {
    let weights = files["model.safetensors"] ?? []
    let hash = weights.withUnsafeBytes { SHA256.hexDigest(of: $0) }
    store = try LoopbackServer { request in
      change(request, .file(weights, etag: "store-\(hash.prefix(8))", for: request))
    }
    let place = store.address + "/store?signature=secret"
    let roots = ["main", Self.commit].map { "/\(repository)/resolve/\($0)/" }
    hub = try LoopbackServer { request in
      guard let root = roots.first(where: request.path.hasPrefix),
        let bytes = files[String(request.path.dropFirst(root.count))]
      else { return change(request, Reply(404)) }
      let commit = ("X-Repo-Commit", Self.commit)
      if request.path.hasSuffix("model.safetensors") {
        return change(
          request,
          Reply(
            302,
            [
              commit, ("X-Linked-Size", "\(bytes.count)"), ("X-Linked-ETag", "\"\(hash)\""),
              ("Location", place),
            ]))
      }
      var reply = Reply.file(bytes, etag: String(repeating: "a", count: 40), for: request)
      reply.headers.append(commit)
      return change(request, reply)
    }
  }

  /// The endpoint to give to a client.
  public var address: String { hub.address }
}
