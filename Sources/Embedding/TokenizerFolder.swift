import Foundation

/// A model directory's tokenizer, of whichever kind its files are.
struct TokenizerFolder {
  let tokenizer: TokenPipeline
  let settings: TokenizerSettings
  /// The file that holds the tokens, for sentences about it.
  let path: String
  /// All that was read, for the hash that names the encoder.
  let content: [UInt8]

  /// Reads `tokenizer.json`, or without it `vocab.txt`, or `vocab.json` with `merges.txt`.
  ///
  /// - Parameters:
  ///   - wishes: What `sentence_bert_config.json` asks for in the place of the files.
  ///   - lowercases: Whether texts are lowercased although the tokenizer does not.
  init(
    directory: String, wishes: ModelJSON? = nil, lowercases: Bool = false, has: (String) -> Bool,
    bytes: (String) throws -> Data
  ) throws {
    func place(_ name: String) -> String {
      URL(fileURLWithPath: directory).appendingPathComponent(name).path
    }
    settings = try TokenizerSettings(
      wishes: wishes, fault: { ModelFault(path: place($0)) }, has: has, bytes: bytes)
    var pipeline: TokenPipeline
    var read: [UInt8]
    if has("tokenizer.json") {
      let data = try bytes("tokenizer.json")
      path = place("tokenizer.json")
      pipeline = try TokenPipeline(tokenizerJSON: data, settings: settings, path: path)
      read = Array(data)
    } else if !has("vocab.txt"), has("vocab.json") {
      let (vocabulary, merges) = (try bytes("vocab.json"), try bytes("merges.txt"))
      path = place("vocab.json")
      pipeline = try TokenPipeline(
        vocabulary: vocabulary, merges: merges, settings: settings, path: path,
        mergesPath: place("merges.txt"))
      read = Array(vocabulary) + Array(merges)
    } else if !has("vocab.txt"), has("sentencepiece.bpe.model") || has("spiece.model") {
      throw EmbeddingError(
        "\(directory) has its tokens in a SentencePiece model, which is not supported; supported: "
          + "tokenizer.json, vocab.txt, and vocab.json with merges.txt. Choose another encoder.")
    } else {
      let data = try bytes("vocab.txt")
      path = place("vocab.txt")
      pipeline = try TokenPipeline(vocabulary: data, settings: settings, path: path)
      read = Array(data)
    }
    if lowercases, !pipeline.normalizer.lowercases {
      pipeline.normalizer.steps.insert(.lowercase, at: 0)
      read += Array("lowercase".utf8)
    }
    if case .byteLevel? = pipeline.splitter.steps.last,
      let asked = settings.choice("add_prefix_space")
    {
      read += Array("add_prefix_space \(asked)".utf8)
    }
    // Readings that this project has always had keep their hash, and caches their vectors.
    if !pipeline.isPlain { read += Array("reading 2".utf8) + settings.content }
    (tokenizer, content) = (pipeline, read)
  }
}
