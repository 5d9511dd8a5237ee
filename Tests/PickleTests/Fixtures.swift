import Foundation

@testable import Pickle

/// The small pickles beside these tests and the published files beside the package.
enum Fixtures {
  private static let here = URL(fileURLWithPath: #filePath).deletingLastPathComponent()

  /// Every fixture's name.
  static let names: [String] = {
    let found = try? FileManager.default.contentsOfDirectory(
      atPath: here.appendingPathComponent("Fixtures").path)
    return (found ?? []).filter { $0.hasSuffix(".pkl") }.sorted()
  }()

  static func bytes(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: here.appendingPathComponent("Fixtures/\(name)")))
  }

  /// A published file, or nil with a printed line where it is not there.
  static func published(_ name: String) -> [UInt8]? {
    let path = "shared/data/routerbench/\(name)"
    let package = here.deletingLastPathComponent().deletingLastPathComponent()
    let file = package.deletingLastPathComponent().appendingPathComponent(path)
    guard let data = try? Data(contentsOf: file) else {
      print("skipped: needs ../\(path)")
      return nil
    }
    return Array(data)
  }

  /// What reading gives: the frame or the sentence.
  static func outcome(_ bytes: [UInt8]) -> Result<DataFrame, PickleError> {
    do throws(PickleError) { return .success(try DataFrame.read(bytes)) } catch {
      return .failure(error)
    }
  }
}

extension DataFrame {
  func text(_ name: String) -> [String?]? { self[name].map { Array($0.values.asText) } }
  func doubles(_ name: String) -> [Double]? {
    if case .doubles(let values)? = self[name]?.values { values } else { nil }
  }
  func integers(_ name: String) -> [Int64]? {
    if case .integers(let values)? = self[name]?.values { values } else { nil }
  }
  func booleans(_ name: String) -> [Bool]? {
    if case .booleans(let values)? = self[name]?.values { values } else { nil }
  }
}

/// Whether two columns of numbers are equal, missing cells included.
func same(_ found: [Double]?, _ wanted: [Double]) -> Bool {
  guard let found, found.count == wanted.count else { return false }
  return zip(found, wanted).allSatisfy { $0 == $1 || $0.isNaN && $1.isNaN }
}
