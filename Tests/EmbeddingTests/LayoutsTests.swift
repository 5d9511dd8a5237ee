import Foundation
import Matrices
import Parallelism
import Prompts
import Testing

@testable import Embedding

/// Folders as sentence-transformers lays them out; `Fixtures/make_layouts.py` made them.
struct Layouts {
  struct Case {
    let name: String
    let network: String
    /// Files that are changed; `null` ones are taken away.
    let files: ModelJSON
    /// The tensors of its Dense module, if it has one.
    let dense: ModelJSON?
    let vectors: [[Float]]
  }

  let texts: [String]
  let cases: [Case]
  private let plain: ModelJSON

  init() throws {
    let file = TinyModel.folder("layouts").appendingPathComponent("cases.json")
    let json = try #require(ModelJSON(Data(contentsOf: file)))
    texts = (json["texts"]?.items ?? []).compactMap(\.text)
    plain = try #require(json["plain"])
    cases = try (json["cases"]?.items ?? []).map { item in
      Case(
        name: try #require(item["name"]?.text), network: try #require(item["network"]?.text),
        files: try #require(item["files"]), dense: item["dense"],
        vectors: (item["vectors"]?.items ?? []).map { Self.numbers($0) })
    }
  }

  private static func numbers(_ json: ModelJSON) -> [Float] {
    (json.items ?? []).compactMap { $0.number.map { Float($0) } }
  }

  /// Lays out a folder with the changes of a case.
  func write(_ folder: URL, network: String, files: ModelJSON, dense: ModelJSON? = nil) throws {
    let whole = (plain[network] ?? .object([])).replacing(files)
    for member in whole.members ?? [] {
      let place = folder.appendingPathComponent(member.key)
      try FileManager.default.createDirectory(
        at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
      if member.value.isNull {
        try FileManager.default.removeItem(at: place)
      } else {
        try Data((member.value.text ?? member.value.written).utf8).write(to: place)
      }
    }
    try FileManager.default.copyItem(
      at: TinyModel.folder("layouts").appendingPathComponent("\(network).safetensors"),
      to: folder.appendingPathComponent("model.safetensors"))
    guard let dense else { return }
    let place = folder.appendingPathComponent("2_Dense/model.safetensors")
    try Data(Self.safetensors(dense)).write(to: place)
  }

  /// A file of tensors, each a list of numbers or of rows.
  private static func safetensors(_ tensors: ModelJSON) -> [UInt8] {
    var (entries, data): ([String], [UInt8]) = ([], [])
    for member in tensors.members ?? [] {
      let rows = member.value.items ?? []
      let shape = [rows.count] + (rows.first?.items.map { [$0.count] } ?? [])
      let start = data.count
      let values = shape.count == 2 ? rows.flatMap { numbers($0) } : numbers(member.value)
      for value in values { withUnsafeBytes(of: value) { data += Array($0) } }
      entries.append(
        "\"\(member.key)\": {\"dtype\": \"F32\", \"shape\": \(shape), "
          + "\"data_offsets\": [\(start), \(data.count)]}")
    }
    let header = Array("{\(entries.joined(separator: ", "))}".utf8)
    return withUnsafeBytes(of: UInt64(header.count)) { Array($0) } + header + data
  }
}

@Suite("Folders against the vectors of sentence-transformers")
struct LayoutsTests {
  @Test("every folder's vectors are within 2e-5, and differ from others' by their identity")
  func golden() throws {
    let layouts = try Layouts()
    #expect(layouts.cases.count > 70)
    var known: [String: [[Float]]] = [:]
    for layout in layouts.cases {
      try withFolder { folder in
        let place = folder.appendingPathComponent("tiny")
        try layouts.write(
          place, network: layout.network, files: layout.files, dense: layout.dense)
        let encoder = try SentenceEncoder(directory: place.path)
        let ours = try encoder.features(
          of: layouts.texts, view: .head, threads: Threads(2), progress: nil)
        #expect(ours.columns == layout.vectors[0].count, "\(layout.name)")
        for (row, vector) in layout.vectors.enumerated() {
          let worst = zip(ours[row: row], vector).map { abs($0 - $1) }.max() ?? .infinity
          #expect(
            worst <= 2e-5, "\(layout.name): \(layouts.texts[row].debugDescription.prefix(40))")
        }
        // What a cache knows under one name are the vectors of one reading.
        if let other = known[encoder.identity] {
          #expect(other == layout.vectors, "\(layout.name)")
        }
        known[encoder.identity] = layout.vectors
      }
    }
  }
}
