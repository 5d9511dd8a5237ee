import Foundation

/// One case of `../shared/golden/hull_aiq.json`.
struct GoldenCase: Decodable {
  struct Ranged: Decodable {
    let range: [Double]
    let nullMixture: Double
    let zero: Double
  }

  let points: [[Double]]
  let hull: [[Double]]
  let own: Ranged?
  let wider: Ranged?
  let reference: Double
  let hull_with_null: [[Double]]

  /// The cases, or nil with a notice where the golden values are absent.
  static func all() throws -> [GoldenCase]? {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let file = root.deletingLastPathComponent().appendingPathComponent(
      "shared/golden/hull_aiq.json")
    guard let data = try? Data(contentsOf: file) else {
      print("skipped: needs ../shared/golden/hull_aiq.json")
      return nil
    }
    return try JSONDecoder().decode([GoldenCase].self, from: data)
  }
}
