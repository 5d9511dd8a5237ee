import Files
import Foundation
import Transport

/// One pull of a model into a folder that becomes the model's directory at its end.
///
/// The small files come first: they tell whether the model is of a kind that can be read before
/// hundreds of megabytes are fetched. Only the weights are resumed from an earlier run.
final class ModelPull {
  /// The ending of files with weights, which alone are resumed.
  private static let weights = ".safetensors"
  /// The ending of files that hold the hub's mark of the version that a part of weights is of.
  private static let mark = ".mark"
  /// Lists of tokens of a million words take 40 MB.
  private static let greatestSmallFile = 256 << 20
  /// Where the server names no size. The largest encoders that are read take 2.3 GB.
  private static let greatestUnannounced = 3 << 30

  private let repository: HubRepository
  private let hub: ModelHub
  private let folder: String
  private let tell: (ModelHub.Stage) -> Void
  private var commit: String?
  private var hashes: [String: String] = [:]
  /// Where the network's own files are.
  private var network = ""
  /// The weights of other modules.
  private var extras: [String] = []

  init(
    _ repository: HubRepository, from hub: ModelHub, into folder: String,
    tell: @escaping (ModelHub.Stage) -> Void
  ) {
    self.repository = repository
    self.hub = hub
    self.folder = folder
    self.tell = tell
  }

  /// Fetches what is needed; afterwards the folder is a whole model that loads.
  func run() throws {
    try ModelHub.makeFolder(folder)
    let older = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    // No mark is read or written through a link that someone planted; weights refuse one.
    for name in older where !Self.isKept(name) || (name.hasSuffix(Self.mark) && !isFile(name)) {
      try FileManager.default.removeItem(atPath: path(name))
    }
    try fetchSettings()
    try fetchTokens()
    try fetchWeights()
    do { _ = try SentenceEncoder(directory: folder) } catch {
      for name in hashes.keys where name.hasSuffix(Self.weights) { unlink(path(name)) }
      throw EmbeddingError("\(repository.fullName) was fetched and cannot be used: \(error)")
    }
    try ModelRecord(
      repository: repository.fullName, revision: repository.revision, commit: commit,
      files: hashes
    ).write(to: folder)
    for name in hashes.keys where name.hasSuffix(Self.weights) { unlink(path(name + Self.mark)) }
  }

  private func isFile(_ name: String) -> Bool {
    var status = stat()
    return lstat(path(name), &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }

  private static func isKept(_ name: String) -> Bool {
    name.hasSuffix(weights) || name.hasSuffix(weights + mark)
  }

  /// Whether there is something in the folder that spares a later pull work.
  var canGoOn: Bool {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.contains { $0.hasSuffix(Self.weights) }
  }

  private func path(_ name: String) -> String { folder + "/" + name }

  /// The configuration, and what the files around the network say about its use.
  private func fetchSettings() throws {
    // In older folders the network's own files have a folder of theirs.
    var absence: TransportError?
    do { try requireConfiguration(try required("config.json")) } catch let error as TransportError
      where error.status == 404
    {
      unlink(path("config.json"))
      absence = error
    }
    let layout = try SentenceLayout(
      directory: repository.fullName, has: { try self.optional($0) != nil },
      bytes: { try self.required($0) })
    network = layout.network
    let name = place("config.json")
    if !network.isEmpty {
      try requireConfiguration(try required(name))
    } else if let absence {
      throw absence
    }
    _ = try TransformerConfiguration(
      try required(name), path: repository.fullName + "/" + name)
    for module in layout.head {
      switch module {
      case .normalize: break
      case .dense(let folder, _), .layerNorm(let folder):
        extras.append(SentenceLayout.join(folder, ModelWeights.single))
      }
    }
  }

  private func requireConfiguration(_ data: Data) throws {
    guard ModelJSON(data)?["model_type"]?.text == nil else { return }
    throw EmbeddingError(
      "The config.json of \(repository.fullName) is no model's configuration; is there a sign-in "
        + "page or a proxy between? Check the network and the endpoint.")
  }

  /// A file of the network itself.
  private func place(_ name: String) -> String { SentenceLayout.join(network, name) }

  /// The list of tokens, in whichever form the repository has it.
  private func fetchTokens() throws {
    for name in ["tokenizer_config.json", "special_tokens_map.json", "added_tokens.json"] {
      _ = try optional(place(name))
    }
    // Other tools want the plain list beside the new form.
    let forms = try ["tokenizer.json", "vocab.txt"].map { try optional(place($0)) != nil }
    if forms.contains(true) { return }
    guard try optional(place("vocab.json")) != nil, try optional(place("merges.txt")) != nil else {
      throw EmbeddingError(
        "\(repository.fullName) has no tokenizer.json, no vocab.txt and no vocab.json with "
          + "merges.txt; one of them is needed. Choose another sentence encoder.")
    }
  }

  /// The weights, in one file or in those that an index lists, and those of other modules.
  private func fetchWeights() throws {
    let single = place(ModelWeights.single)
    do { try fetch(single) } catch let error as TransportError where error.status == 404 {
      unlink(path(single))
      let index = place(ModelWeights.index)
      guard let list = try optional(index) else {
        throw EmbeddingError(
          "\(repository.fullName) has no \(ModelWeights.single) at \(repository.revision), the only "
            + "kind of weights that is read; choose another revision or model.")
      }
      for name in try ModelWeights.shards(list, path: repository.fullName + "/" + index) {
        try fetch(place(name))
      }
    }
    for name in extras { try fetch(name) }
  }

  private func required(_ name: String) throws -> Data {
    if hashes[name] == nil { try fetch(name) }
    return try MappedFile(path: path(name)).withUnsafeBytes { Data($0) }
  }

  /// The same, or nil where the repository has no such file.
  private func optional(_ name: String) throws -> Data? {
    do { return try required(name) } catch let error as TransportError where error.status == 404 {
      unlink(path(name))
      return nil
    }
  }

  /// Refuses a folder that somebody else put there, in which everything would be removed and written.
  static func requireOwn(_ folder: String) throws(EmbeddingError) {
    var status = stat()
    guard lstat(folder, &status) == 0 else { return }
    guard status.st_mode & S_IFMT == S_IFDIR, status.st_uid == geteuid() else {
      throw EmbeddingError(
        "\(folder) is a link, no folder or another user's, so nothing is written to it; remove it, or "
          + "pull into another folder.")
    }
  }

  /// Refuses a name by which a file would lie outside the folder: repositories name files themselves.
  private func requireInside(_ name: String) throws(EmbeddingError) {
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    let isInside = parts.allSatisfy { part in
      !part.isEmpty && part != "." && part != ".."
        && part.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F && $0 != UInt8(ascii: "\\") }
    }
    guard isInside, name.utf8.count <= 1024 else {
      throw EmbeddingError(
        "\(repository.fullName) names a file that would lie outside of its folder; choose another "
          + "model.")
    }
  }

  private func fetch(_ name: String) throws {
    try requireInside(name)
    let path = path(name)
    try ModelHub.makeFolder(URL(fileURLWithPath: path).deletingLastPathComponent().path)
    var download = try Download(
      from: repository.address(of: name, endpoint: hub.endpoint, commit: commit),
      token: hub.token)
    let isWeights = name.hasSuffix(Self.weights)
    download.greatestSize = isWeights ? .max : Self.greatestSmallFile
    download.greatestUnannouncedSize = Self.greatestUnannounced
    hub.prepare(&download)
    var mark = PartMark(isWeights ? path + Self.mark : nil)
    if !isWeights { unlink(path) }
    let head = try download.fetch(
      into: path, verdict: { mark.judge($0, there: $1) },
      progress: { [tell] in tell(.fetching(file: name, bytes: $0, of: $1)) })
    let digest = try SHA256.hexDigest(ofFile: path)
    // Of small files the hub tells another kind of hash; their sizes were compared.
    if let vouched = head.linkedETag?.lowercased(), vouched.count == 64, vouched != digest {
      unlink(path)
      throw EmbeddingError(
        "\(name) of \(repository.fullName) has the SHA-256 \(digest), and the hub vouches for "
          + "\(vouched); it was thrown away. Pull again, and if this comes again, do not trust the "
          + "endpoint.")
    }
    hashes[name] = digest
    if let told = head.commit, told.utf8.count == 40, told.allSatisfy(\.isHexDigit) {
      commit = commit ?? told
    }
  }

  /// Remembers which version of a file a part is of, in this run and from an earlier one.
  private struct PartMark {
    private let path: String?
    private var known: String?

    init(_ path: String?) {
      self.path = path
      let saved =
        path.flatMap { try? MappedFile(path: $0).withUnsafeBytes { Data($0.prefix(1024)) } }
        ?? Data()
      known = saved.isEmpty ? nil : String(decoding: saved, as: UTF8.self)
    }

    mutating func judge(_ head: DownloadHead, there: Int) -> Download.Verdict {
      let mark = head.linkedETag ?? head.etag ?? ""
      if mark == known { return .accept }
      guard there == 0 else {
        // What is there is thrown away next; a mark must never speak for other bytes.
        if let path { unlink(path) }
        known = nil
        return .restart
      }
      known = mark
      if let path { try? AtomicFile.write(mark, to: path, readers: .everyone) }
      return .accept
    }
  }
}
