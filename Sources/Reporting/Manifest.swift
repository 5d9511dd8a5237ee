import Files

/// All that an evaluation depends on, so that it can be repeated to the byte.
public struct Manifest: Sendable, Hashable, Codable {
  /// The version of this layout; readers refuse what they do not know.
  public static let currentSchema = 1

  /// A file that the evaluation read.
  public struct Input: Sendable, Hashable, Codable {
    /// The path, as the user gave it.
    public let path: String
    /// The SHA-256 of the file's bytes, in hexadecimal.
    public let sha256: String
    /// The file's length.
    public let bytes: Int

    /// Describes a file that is known already.
    public init(path: String, sha256: String, bytes: Int) {
      self.path = path
      self.sha256 = sha256
      self.bytes = bytes
    }

    /// Measures a file.
    public init(measuring path: String) throws {
      let file = try MappedFile(path: path)
      self.init(
        path: path, sha256: file.withUnsafeBytes { SHA256.hexDigest(of: $0) }, bytes: file.count)
    }
  }

  /// The layout's version.
  public let schema: Int
  /// The program's version.
  public let version: String
  /// The command's options by name, without dashes.
  public let options: [String: OptionValue]
  /// The files read.
  public let inputs: [Input]
  /// The split seeds, in order.
  public let seeds: [UInt64]
  /// The SHA-256 of the task groups file; nil for the built-in groups.
  public let groups: String?
  /// The encoder's identity, its name and hash; nil when no features were computed.
  public let encoder: String?

  /// Makes a manifest of the current layout.
  public init(
    version: String, options: [String: OptionValue], inputs: [Input], seeds: [UInt64],
    groups: String?, encoder: String?
  ) {
    schema = Self.currentSchema
    self.version = version
    self.options = options
    self.inputs = inputs
    self.seeds = seeds
    self.groups = groups
    self.encoder = encoder
  }

  /// Reads a manifest.
  ///
  /// - Throws: `ReportingError` when the file is no manifest or has another schema.
  public static func read(_ path: String) throws -> Manifest {
    let bytes = try MappedFile(path: path).withUnsafeBytes { [UInt8]($0) }
    return try decode(bytes, path: path)
  }

  static func decode(_ bytes: [UInt8], path: String) throws(ReportingError) -> Manifest {
    try SchemaCheck.decode(
      Manifest.self, from: bytes, path: path, kind: "manifest", known: currentSchema)
  }

  /// Writes the manifest whole or not at all.
  public func write(to path: String) throws {
    try AtomicFile.write(encoded(), to: path)
  }

  /// The file's bytes: sorted keys, equal for equal manifests.
  ///
  /// - Throws: `ReportingError` when an option is a number that is not finite.
  public func encoded() throws -> [UInt8] {
    for (name, value) in options where !value.isFinite {
      throw ReportingError.notFinite("option \(name)")
    }
    var writer = JSONWriter()
    writer.object { writer in
      writer.field("encoder", encoder)
      writer.field("groups", groups)
      writer.key("inputs")
      writer.array(inputs) { writer, input in
        writer.object(inline: true) {
          $0.field("bytes", input.bytes)
          $0.field("path", input.path)
          $0.field("sha256", input.sha256)
        }
      }
      writer.key("options")
      writer.object { writer in
        for (name, value) in options.sorted(by: {
          $0.key.utf8.lexicographicallyPrecedes($1.key.utf8)
        }) {
          writer.key(name)
          value.write(to: &writer)
        }
      }
      writer.field("schema", schema)
      writer.key("seeds")
      writer.array(seeds, inline: true) { $0.value($1) }
      writer.field("version", version)
    }
    writer.finish()
    return writer.take()
  }

  /// Checks that every input is still the file that it was.
  ///
  /// - Parameter resolve: Turns a path as it was given into one that can be opened here.
  /// - Throws: `ReportingError` with a sentence for each input that is missing or changed.
  public func checkInputs(resolving resolve: (String) -> String = { $0 }) throws(ReportingError) {
    var changes: [String] = []
    for input in inputs {
      let path = resolve(input.path)
      do {
        let found = try Input(measuring: path)
        guard found.sha256 != input.sha256 else { continue }
        changes.append(
          "The input \(path) has changed: found SHA-256 \(found.sha256) (\(found.bytes) bytes), "
            + "needed \(input.sha256) (\(input.bytes) bytes). Put that file back, or evaluate "
            + "without --manifest.")
      } catch {
        changes.append(
          "The input \(path) cannot be read (\(error)); needed the file of SHA-256 "
            + "\(input.sha256) (\(input.bytes) bytes). Put it back, or evaluate without --manifest."
        )
      }
    }
    if !changes.isEmpty { throw .inputsChanged(changes) }
  }

  /// Checks that what is at hand is what the evaluation used.
  ///
  /// - Parameters:
  ///   - version: The running program's version.
  ///   - groups: The hash of the task groups file given now; nil for the built-in groups.
  ///   - encoder: The identity of the encoder loaded now.
  /// - Throws: `ReportingError` with a sentence for each difference.
  public func check(
    version: String, groups: String?, encoder: String?
  ) throws(ReportingError) {
    var changes: [String] = []
    if version != self.version {
      changes.append(
        "This is routerbench \(version); the manifest needs \(self.version), since another version "
          + "may compute other numbers. Use that version, or evaluate without --manifest.")
    }
    if groups != self.groups {
      changes.append(
        "The task groups have changed: found \(Self.name(groups)), needed \(Self.name(self.groups)). "
          + "Put that file back, or evaluate without --manifest.")
    }
    if encoder != self.encoder {
      changes.append(
        "The encoder has changed: found \(encoder ?? "none"), needed \(self.encoder ?? "none"). "
          + "Install that one, or evaluate without --manifest.")
    }
    if !changes.isEmpty { throw .inputsChanged(changes) }
  }

  private static func name(_ groups: String?) -> String {
    groups.map { "SHA-256 \($0)" } ?? "the built-in ones"
  }
}
