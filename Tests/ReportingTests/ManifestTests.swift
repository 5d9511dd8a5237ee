import Evaluation
import Foundation
import Testing

@testable import Reporting

@Suite("The manifest")
struct ManifestTests {
  @Test("reads back as itself, numbers beyond 2^53 included")
  func roundTrip() throws {
    let bytes = try Reports.manifest.encoded()
    #expect(try Manifest.decode(bytes, path: "manifest.json") == Reports.manifest)
    #expect(String(decoding: bytes, as: UTF8.self).contains("18446744073709551615"))
  }

  @Test("says which input changed, what was found and what was needed")
  func changed() throws {
    let path = FileManager.default.temporaryDirectory
      .appendingPathComponent("manifest-\(UUID().uuidString).csv").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try "abc".write(toFile: path, atomically: true, encoding: .utf8)
    let input = try Manifest.Input(measuring: path)
    #expect(
      input.sha256 == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    let manifest = Manifest(
      version: "1", options: [:], inputs: [input], seeds: [], groups: nil, encoder: nil)
    try manifest.checkInputs()
    try "abd!".write(toFile: path, atomically: true, encoding: .utf8)
    let found = try Manifest.Input(measuring: path)
    let error = #expect(throws: ReportingError.self) { try manifest.checkInputs() }
    #expect(
      error?.description
        == "The input \(path) has changed: found SHA-256 \(found.sha256) (4 bytes), needed "
        + "\(input.sha256) (3 bytes). Put that file back, or evaluate without --manifest.")
    try FileManager.default.removeItem(atPath: path)
    let missing = #expect(throws: ReportingError.self) { try manifest.checkInputs() }
    #expect(missing?.description.hasPrefix("The input \(path) cannot be read (") == true)
  }

  @Test("says that the version, the groups or the encoder differ")
  func differs() throws {
    let manifest = Manifest(
      version: "1.0", options: [:], inputs: [], seeds: [], groups: nil, encoder: "a@1")
    try manifest.check(version: "1.0", groups: nil, encoder: "a@1")
    let error = #expect(throws: ReportingError.self) {
      try manifest.check(version: "1.1", groups: "ff", encoder: nil)
    }
    #expect(
      error?.description == """
        This is routerbench 1.1; the manifest needs 1.0, since another version may compute other \
        numbers. Use that version, or evaluate without --manifest.
        The task groups have changed: found SHA-256 ff, needed the built-in ones. Put that file \
        back, or evaluate without --manifest.
        The encoder has changed: found none, needed a@1. Install that one, or evaluate without \
        --manifest.
        """)
  }

  @Test("an unknown schema is refused with a sentence")
  func schema() {
    let error = #expect(throws: ReportingError.self) {
      try Manifest.decode(Array("{\"schema\": 2}".utf8), path: "m.json")
    }
    #expect(
      error?.description
        == "m.json is a manifest of schema 2; this version reads schema 1. Use a newer routerbench."
    )
  }

  @Test("an option that is not a finite number is refused")
  func finite() {
    let manifest = Manifest(
      version: "1", options: ["x": .list([.number(.nan)])], inputs: [], seeds: [], groups: nil,
      encoder: nil)
    #expect(throws: ReportingError.self) { try manifest.encoded() }
  }
}

@Suite("The manifest beside a report")
struct ManifestOfReportTests {
  private func manifest(
    version: String = "1.2", seeds: [UInt64] = [1, 2], hashes: [String] = []
  ) -> Manifest {
    Manifest(
      version: version, options: [:],
      inputs: hashes.map { Manifest.Input(path: "data", sha256: $0, bytes: 1) }, seeds: seeds,
      groups: nil, encoder: nil)
  }

  @Test("says what shows that the report is of another run")
  func differences() throws {
    let small = try Reports.small(seeds: [1, 2]).report
    let report = ExperimentReport(
      version: small.version, title: small.title, notices: [],
      data: DataSummary(
        file: "small.csv", sha256: "ab", rows: 60, compared: 60, models: [], omissions: [],
        faults: []), options: [], tasks: small.tasks)
    let seeds = report.tasks.flatMap(\.splits).map(\.seed)
    func difference(_ manifest: Manifest) -> String? { manifest.difference(from: report) }
    let version = report.version
    #expect(difference(manifest(version: version, seeds: seeds)) == nil)
    #expect(
      difference(manifest(version: version, seeds: seeds, hashes: ["0", report.data.sha256])) == nil
    )
    #expect(
      difference(manifest(version: "0\u{1B}", seeds: seeds))?.hasPrefix("it is of version 0")
        == true)
    #expect(
      difference(manifest(version: version, seeds: []))
        == "the report has the seed \(seeds[0]), which it does not")
    #expect(
      difference(manifest(version: version, seeds: seeds, hashes: ["0"]))
        == "none of its inputs is the data of the report")
  }
}
