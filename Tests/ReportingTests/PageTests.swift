import CostQuality
import Evaluation
import Foundation
import Testing

@testable import Reporting

@Suite("report.html")
struct PageTests {
  private func html(_ report: ExperimentReport, _ samples: PromptSamples? = nil) throws -> String {
    String(decoding: try ReportPage.encode(report, samples: samples), as: UTF8.self)
  }

  /// The page's numbers, as a browser would read them.
  private func payload(_ html: String) throws -> [String: Any] {
    let start = try #require(html.range(of: "<script type=\"application/json\" id=\"data\">"))
    let rest = html[start.upperBound...]
    let end = try #require(rest.range(of: "</script>"))
    let json = try JSONSerialization.jsonObject(with: Data(rest[..<end.lowerBound].utf8))
    return try #require(json as? [String: Any])
  }

  @Test("asks for nothing, and runs one script alone")
  func alone() throws {
    let page = try html(Reports.small(seeds: [1]).report)
    #expect(page.components(separatedBy: "<script").count == 3)
    for address in ["http://", "https://", "src=", "@import", "url("] {
      let found = page.replacingOccurrences(of: "http://www.w3.org/2000/svg", with: "")
        .replacingOccurrences(of: "url(#clip)", with: "")
      #expect(!found.contains(address), "\(address)")
    }
    #expect(page.contains("default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-"))
    #expect(try html(Reports.small(seeds: [1]).report) == page)
  }

  @Test("text that is markup ends no element")
  func hostile() throws {
    let name = "</script><!--<script>&\u{2028}\"'"
    let report = Reports.report(
      [
        Reports.task(
          name,
          [
            try Reports.split(
              references: [
                ReferencePoint(name: name, role: .model, point: Point(cost: 1, quality: 0.5)),
                ReferencePoint(name: "b", role: .model, point: Point(cost: 2, quality: 0.7)),
              ],
              systems: [
                ("zero", [Point(cost: 1, quality: 0.5)], [Point(cost: 1, quality: 0.5)]),
                (name, [Point(cost: 1, quality: 0.6)], [Point(cost: 1, quality: 0.6)]),
              ])
          ])
      ], title: name, notices: [name])
    let sample = PromptSamples.Sample(
      id: name, task: name, prompt: name,
      answers: [.init(text: name, quality: 1, cost: 1)], routing: [])
    let page = try html(
      report, PromptSamples(seed: 0, tested: 1, cut: 0, samples: [sample]))
    #expect(page.components(separatedBy: "<script").count == 3)
    #expect(page.components(separatedBy: "</script").count == 3)
    let data = try payload(page)
    #expect(data["title"] as? String == name)
    #expect(data["notices"] as? [String] == [name])
  }

  @Test("holds the numbers of the report, and says what its routers are worth")
  func numbers() throws {
    let report = try Reports.small().report
    let task = try #require(report.tasks.first)
    let tasks = try #require(try payload(html(report))["tasks"] as? [[String: Any]])
    #expect(tasks[0]["headline"] as? String == Headline(on: task).description)
    let splits = try #require(tasks[0]["splits"] as? [[String: Any]])
    #expect(splits.map { $0["seed"] as? String } == ["1", "2", "3"])
    for (split, found) in zip(task.splits, splits) {
      let systems = try #require(found["systems"] as? [[String: Any]])
      for (system, shown) in zip(split.systems, systems) {
        let kept = try #require(shown["kept"] as? [String: Any])
        let test = try #require(kept["test"] as? [NSNumber]).map(\.doubleValue)
        let expected = system.kept.flatMap { [$0.test.cost, $0.test.quality] }
        #expect(zip(test, expected).allSatisfy { abs($0 - $1) <= 1e-15 * abs($1) })
        let calls = try #require(kept["calls"] as? [[NSNumber]])
        #expect(calls.map { $0.map(\.doubleValue) } == system.kept.compactMap(\.calls))
        for each in system.kept {
          #expect(each.calls?.reduce(0, +) == Double(split.testCount))
        }
      }
    }
    let page = try html(report)
    for summary in task.summaries { #expect(page.contains(">\(summary.deployable.text)<")) }
  }

  @Test("draws the plane on the axes of the picture, and knows those of the other scale")
  func plane() throws {
    for (free, isLogarithmic) in [(0.0, true), (0.5, true), (2.5, false)] {
      let models = [(free, 0.8), (3, 0.85), (3.5, 0.9), (isLogarithmic ? 40 : 4, 0.1)].enumerated()
        .map {
          ReferencePoint(
            name: "m\($0)", role: .model, point: Point(cost: $1.0, quality: $1.1))
        }
      let points = models.map(\.point)
      let split = try Reports.split(references: models, systems: [("zero", points, points)])
      let tasks = try #require(
        try payload(html(Reports.report([Reports.task("t", [split])])))["tasks"]
          as? [[String: Any]])
      let shown = try #require((tasks[0]["splits"] as? [[String: Any]])?.first)
      let plane = try #require(shown["plane"] as? [String: Any])
      let picture = try #require(TaskFigure(Reports.task("t", [split]), notices: [], slug: "t"))
        .geometry
      #expect(picture.cost.isLogarithmic == isLogarithmic)
      #expect(plane["scale"] as? String == (isLogarithmic ? "log" : "linear"))
      #expect(plane["holdsZero"] as? Bool == (free == 0))
      func ends(_ key: String) -> [Double]? {
        (plane[key] as? [NSNumber])?.map(\.doubleValue)
      }
      let own = try #require(ends(isLogarithmic ? "log" : "linear"))
      let drawn = [
        picture.cost.lower, picture.cost.upper, picture.quality.lower, picture.quality.upper,
      ]
      // Foundation reads the last digit differently.
      #expect(own.count == 4 && zip(own, drawn).allSatisfy { abs($0 - $1) <= 1e-14 * $1 })
      let other = try #require(ends(isLogarithmic ? "linear" : "log"))
      // The weak model stretches neither.
      #expect(other[2] > 0.7 && other[0] < other[1])
    }
  }

  @Test("of any size stays small, keeps what is acted on longest, and counts what it leaves out")
  func size() throws {
    // Eight tasks as the published shape has, of twelve systems, of a hundred, and of far too much.
    for (systems, kept) in [(12, 40), (100, 15), (100, 40), (200, 80)] {
      var state = 7.0
      func next() -> Double {
        state = (state * 16807).truncatingRemainder(dividingBy: 2_147_483_647)
        return state / 2_147_483_647
      }
      func points(_ count: Int) -> [Point] {
        (0..<count).map { place in
          let share = (Double(place) + next()) / Double(count)
          return Point(cost: 1e-4 + share * 0.01, quality: share * (1.6 - 0.8 * share))
        }
      }
      let references = (0..<11).map { index in
        ReferencePoint(
          name: "maker/model-\(index)", role: .model,
          point: Point(cost: 1e-4 * Double(index + 1) * 9, quality: next()))
      }
      let report = Reports.report(
        try (0..<8).map { task in
          var split = try Reports.split(
            references: references,
            systems: (0..<systems).map { index in
              (index == 0 ? "zero" : "knn:\(index)", points(2_000), points(kept))
            })
          for system in split.systems.indices {
            for index in split.systems[system].kept.indices {
              split.systems[system].kept[index].calls = (0..<11).map { _ in
                (next() * 1000).rounded()
              }
            }
          }
          return Reports.task("task \(task)", [split])
        })
      let page = try html(report)
      #expect(page.utf8.count < 2_000_000, "\(systems): \(page.utf8.count)")
      let tasks = try #require(try payload(page)["tasks"] as? [[String: Any]])
      let splits = try #require(tasks[0]["splits"] as? [[String: Any]])
      let shown = try #require(splits[0]["systems"] as? [[String: Any]])
      #expect(shown.count == systems)
      let points = try shown.map {
        try #require(($0["kept"] as? [String: Any])?["test"] as? [NSNumber]).count / 2
      }
      let counted = shown.count { ($0["kept"] as? [String: Any])?["calls"] != nil }
      // Only what is far too much loses kept points.
      let isThinned = systems * kept > 3000
      #expect(points.allSatisfy { $0 == kept } == !isThinned, "\(systems): \(points)")
      #expect(points[0] == kept && counted >= 3)
      // What is said to be here is what is here.
      let said = try #require(try payload(page)["omitted"] as? [String])
      func says(_ part: Int, _ all: Int, _ what: String) -> Bool {
        said.contains {
          $0.hasPrefix("\(NumberText.count(part)) of \(NumberText.count(all)) \(what) ")
        }
      }
      let places = try tasks.flatMap { task -> [Int] in
        let split = try #require((task["splits"] as? [[String: Any]])?.first)
        return try #require(split["systems"] as? [[String: Any]]).map {
          (($0["kept"] as? [String: Any])?["test"] as? [NSNumber] ?? []).count / 2
        }
      }
      let all = 8 * systems * kept
      #expect(says(places.reduce(0, +), all, "kept points") == isThinned, "\(said)")
      #expect(
        says(8 * counted, 8 * systems, "curves") == (counted < systems), "\(counted): \(said)")
      #expect(said.contains { $0.contains(" swept points are here") })
    }
  }

  @Test("a curve loses the points that bend it least, and never an end")
  func outline() {
    let points = [(0, 0), (1, 10), (2, 10.5), (3, 11), (4, 11)].map {
      Point(cost: $0.0, quality: $0.1)
    }
    #expect(PageDetail.outline(5, of: points) == [0, 1, 2, 3, 4])
    #expect(PageDetail.outline(4, of: points) == [0, 1, 3, 4])
    #expect(PageDetail.outline(3, of: points) == [0, 1, 4])
    #expect(PageDetail.outline(0, of: points) == [0, 4])
    #expect(PageDetail.outline(0, of: Array(points.prefix(1))) == [0])
  }

  @Test("a page with everything says that it leaves out nothing")
  func whole() throws {
    let said = try payload(html(Reports.small(seeds: [1]).report))["omitted"] as? [String]
    #expect(said == [])
  }

  @Test("places are spread from the first to the last")
  func places() {
    #expect(PageDetail.places(3, of: 2) == [0, 1])
    #expect(PageDetail.places(3, of: 9) == [0, 4, 8])
    #expect(PageDetail.places(0, of: 9) == [])
  }

  @Test("samples read back as they were written, and another schema is refused")
  func samples() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("samples-\(UUID().uuidString).json").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let samples = PromptSamples(
      seed: .max, tested: 4, cut: 1,
      samples: [
        .init(
          id: "a", task: "t", prompt: "p\n",
          answers: [
            .init(text: nil, quality: 0.5, cost: 1e-5), .init(text: "x", quality: 0, cost: 2),
          ],
          routing: [
            .init(
              system: "knn:3",
              choices: [
                .init(
                  from: Parameter(0), through: Parameter(.infinity), plan: "m", quality: 1,
                  cost: 0.1)
              ], predictedQuality: [0.25, 1], predictedCost: [1e-5, 2]),
            .init(
              system: "always",
              choices: [.init(from: nil, through: nil, plan: "m", quality: 1, cost: 1)],
              predictedQuality: nil, predictedCost: nil),
          ])
      ])
    try Data(samples.encoded()).write(to: URL(fileURLWithPath: folder))
    #expect(try PromptSamples.read(folder) == samples)
    let other = String(decoding: samples.encoded(), as: UTF8.self)
      .replacingOccurrences(of: "\"schema\": 1", with: "\"schema\": 2")
    try other.write(toFile: folder, atomically: true, encoding: .utf8)
    let error = #expect(throws: ReportingError.self) { try PromptSamples.read(folder) }
    #expect(
      error?.description
        == "\(folder) is a sample of schema 2; this version reads schema 1. Use a newer routerbench."
    )
  }
}
