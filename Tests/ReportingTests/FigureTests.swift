import CostQuality
import Evaluation
import Foundation
import Testing

@testable import Reporting

@Suite("Pictures")
struct FigureTests {
  private static let frame = TaskFigure.frame
  private static let bare = Ink(frame: frame)

  /// Labels touch neither each other, nor a marker, nor the frame.
  private func expectApart(
    _ requests: [LabelPlacer.Request], _ placements: [LabelPlacer.Placement?], _ what: String
  ) {
    let boxes = placements.compactMap { $0?.box }
    for (index, box) in boxes.enumerated() {
      #expect(Self.frame.contains(box), "\(what): inside the frame")
      for other in boxes[(index + 1)...] { #expect(!box.intersects(other), "\(what): labels") }
      for request in requests { #expect(!box.intersects(request.marker), "\(what): markers") }
    }
  }

  @Test("labels of 5 to 25 points, scattered or in clumps, never overlap and all find room")
  func clouds() {
    var state: UInt64 = 88_172_645_463_325_252
    func next() -> Double {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return Double(state >> 11) / Double(1 << 53)
    }
    for count in 5...25 {
      for clump in [1.0, 0.5, 0.15] {
        let (width, height) = (Self.frame.maxX - Self.frame.minX, Self.frame.maxY - Self.frame.minY)
        let (x, y) = (0.05 + next() * (0.9 - clump * 0.9), 0.05 + next() * (0.9 - clump * 0.9))
        let requests = (0..<count).map { _ in
          LabelPlacer.Request(
            x: Self.frame.minX + (x + next() * 0.9 * clump) * width,
            y: Self.frame.minY + (y + next() * 0.9 * clump) * height, radius: 4.5,
            width: 40 + next() * 140, height: 14)
        }
        let placer = LabelPlacer(frame: Self.frame, curves: Self.bare, dots: Self.bare)
        let placements = placer.place(requests)
        #expect(placements.allSatisfy { $0 != nil }, "\(count) labels in a clump of \(clump)")
        expectApart(requests, placements, "\(count) points in a clump of \(clump)")
      }
    }
  }

  @Test("points on one spot keep their labels apart; a label without room is left away")
  func crowded() {
    let same = [LabelPlacer.Request](
      repeating: .init(x: 300, y: 300, radius: 4.5, width: 120, height: 14), count: 12)
    let placer = LabelPlacer(frame: Self.frame, curves: Self.bare, dots: Self.bare)
    expectApart(same, placer.place(same), "one spot")
    let wide = [
      LabelPlacer.Request(x: 300, y: 300, radius: 4.5, width: 5000, height: 14)
    ]
    #expect(placer.place(wide) == [nil])
  }

  @Test("a label leaves a curve for a free place on a leader, and stays where none is")
  func curves() throws {
    let request = LabelPlacer.Request(x: 400, y: 300, radius: 4.5, width: 120, height: 14)
    func place(_ spacing: Double, _ reach: Double) throws -> (
      label: LabelPlacer.Placement, hit: Double
    ) {
      var ink = Ink(frame: Self.frame)
      for y in stride(from: 300 - reach, through: 300 + reach, by: spacing) {
        ink.mark(fromX: 100, fromY: y, toX: 700, toY: y + 0.3 * spacing)
      }
      ink.seal()
      let placer = LabelPlacer(frame: Self.frame, curves: ink, dots: Self.bare)
      let label = try #require(placer.place([request])[0])
      return (label, ink.count(in: label.box))
    }
    // Curves a label's height apart around the point, and none 40 pixels on.
    let led = try place(12, 40)
    #expect(led.hit == 0 && led.label.leader != nil)
    // Curves everywhere: the label stays beside its point.
    let stuck = try place(12, 400)
    #expect(stuck.hit > 0 && stuck.label.leader == nil)
  }

  @Test("a label that another keeps on a curve gets room, as on GSM8K")
  func freed() throws {
    let names: [(x: Double, y: Double, name: String)] = [
      (164, 317, "WizardLM-13B-V1.2"), (101, 492, "mistral-7b-chat"),
      (241, 361, "mixtral-8x7b-chat"), (263, 361, "code-llama-instruct-34b-chat"),
      (287, 361, "Yi-34B-Chat"), (315, 317, "gpt-3.5-turbo-1106"),
      (335, 361, "claude-instant-v1"), (271, 317, "llama-2-70b-chat"),
    ]
    let requests = names.map {
      LabelPlacer.Request(
        x: $0.x, y: $0.y, radius: $0.x == 101 ? 7 : 4.5,
        width: TextWidth.of($0.name, size: TaskFigure.labelSize), height: 14)
    }
    let lines: [[(x: Double, y: Double)]] = [
      [(101, 492), (132, 415), (164, 317), (333, 304), (394, 294), (448, 278), (552, 225)],
      [(101, 492), (132, 415), (164, 317), (209, 339), (241, 361), (335, 361), (572, 327)],
      [(295, 512), (343, 317), (453, 294), (545, 252)],
      [(282, 517), (330, 326), (416, 311), (521, 272)],
      [(273, 506), (316, 335), (395, 323), (521, 280)],
      [(255, 500), (292, 354), (378, 343), (470, 322)], [(226, 511), (257, 394), (681, 392)],
      [(222, 537), (252, 431), (279, 435), (681, 435)], [(101, 492), (681, 492)],
    ]
    var ink = Ink(frame: Self.frame)
    for line in lines {
      for (from, to) in zip(line, line.dropFirst()) {
        ink.mark(fromX: from.x, fromY: from.y, toX: to.x, toY: to.y)
      }
    }
    ink.seal()
    let placements = LabelPlacer(frame: Self.frame, curves: ink, dots: Self.bare).place(requests)
    for (name, placement) in zip(names, placements) {
      #expect(ink.count(in: try #require(placement).box) == 0, "\(name.name)")
    }
    expectApart(requests, placements, "GSM8K")
  }

  private struct Golden: Decodable {
    struct Model: Decodable {
      let quality: Double
      let cost_per_prompt: Double
    }
    let models: [String: Model]
    let oracle: Model
  }

  @Test("the labels of the eleven published models do not overlap")
  func published() throws {
    guard let path = Shared.path("golden/winogrande_all.json") else { return }
    let golden = try JSONDecoder().decode(
      Golden.self, from: Data(contentsOf: URL(fileURLWithPath: path)))
    let models = golden.models.sorted { $0.key < $1.key }.map {
      ReferencePoint(
        name: $0.key, role: .model,
        point: Point(cost: $0.value.cost_per_prompt, quality: $0.value.quality))
    }
    let oracle = ReferencePoint(
      name: "oracle", role: .oracle,
      point: Point(cost: golden.oracle.cost_per_prompt, quality: golden.oracle.quality))
    let hull = try NonDecreasingHull(of: models.map(\.point)).vertices
    let split = try Reports.split(
      references: models + [oracle], systems: [("zero", models.map(\.point), hull)])
    let figure = try #require(
      TaskFigure(Reports.task("Winogrande", [split]), notices: [], slug: "w"))
    #expect(figure.placements.count == 12)
    #expect(figure.placements.allSatisfy { $0 != nil })
    expectApart(figure.requests, figure.placements, "Winogrande")
    #expect(figure.geometry.cost.isLogarithmic)
    #expect(figure.labels.contains("mixtral-8x7b-chat"))
    #expect(figure.svg().contains("<title>meta/llama-2-70b-chat: quality 0.5028, "))
  }

  private func hostileFigure() throws -> String {
    let names = ["<script>alert(1)</script>", "a & b \"c\"", "x\u{0}\u{1B}\u{202E}]]>"]
    let models = names.enumerated().map {
      ReferencePoint(
        name: $1, role: .model,
        point: Point(cost: Double($0 + 1), quality: 0.3 + 0.2 * Double($0)))
    }
    let points = models.map(\.point)
    let split = try Reports.split(
      references: models,
      systems: [("zero", points, points), ("<style>*{display:none}</style>", points, points)])
    let task = Reports.task("</title><script>", [split])
    return try #require(TaskFigure(task, notices: ["<b>&"], slug: "t")).svg()
  }

  @Test("hostile names stay text, and the file stays XML")
  func hostile() throws {
    let svg = try hostileFigure()
    #expect(!svg.contains("<script"))
    #expect(svg.ranges(of: "<style>").count == 1)
    #expect(svg.contains("&lt;script&gt;"))
    var depth = 0
    for part in svg.split(separator: "<").map(String.init) where !part.isEmpty {
      let tag = part.prefix { $0 != ">" }
      if tag.hasPrefix("/") { depth -= 1 } else if !tag.hasSuffix("/") { depth += 1 }
      #expect(depth >= 0)
    }
    #expect(depth == 0)
    #expect(svg.unicodeScalars.allSatisfy { $0.value >= 0x20 || $0 == "\n" })
  }

  @Test("a picture names the systems that nobody can serve, and no others")
  func unservable() throws {
    let models = [("a", 0.001, 0.5), ("b", 0.004, 0.9)].map {
      ReferencePoint(name: $0, role: .model, point: Point(cost: $1, quality: $2))
    }
    let points = models.map(\.point)
    var split = try Reports.split(
      references: models,
      systems: [("zero", points, points), ("knn:5", points, points), ("cascade", points, points)])
    func svg() throws -> String {
      try #require(TaskFigure(Reports.task("T", [split]), notices: [], slug: "t")).svg()
    }
    #expect(try !svg().contains("Not servable"))
    split.systems[2].needsRecordedQuality = true
    #expect(
      try svg().contains("Not servable, since the judge knows the recorded quality: cascade."))
  }

  @Test("the small picture is the stored one")
  func snapshot() throws {
    let models = [("cheap", 0.001, 0.5), ("maker/middle", 0.002, 0.7), ("dear", 0.004, 0.9)].map {
      ReferencePoint(name: $0, role: .model, point: Point(cost: $1, quality: $2))
    }
    let oracle = ReferencePoint(
      name: "oracle", role: .oracle, point: Point(cost: 0.0015, quality: 0.97))
    let random = ReferencePoint(
      name: "random", role: .random, point: Point(cost: 0.00233, quality: 0.68))
    let points = models.map(\.point)
    let swept = [(0.001, 0.5), (0.0014, 0.62), (0.0021, 0.75), (0.003, 0.84), (0.004, 0.9)].map {
      Point(cost: $0, quality: $1)
    }
    let split = try Reports.split(
      references: models + [oracle, random],
      systems: [
        ("zero", points, points), ("knn:5", swept, [swept[0], swept[2], swept[3], swept[4]]),
      ])
    let svg = try #require(
      TaskFigure(
        Reports.task("Small", [split]), notices: ["These outcomes are synthetic."], slug: "small")
    ).svg()
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Snapshots/small.svg")
    if ProcessInfo.processInfo.environment["ROUTERBENCH_RECORD"] == "1" {
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try svg.write(to: file, atomically: true, encoding: .utf8)
    }
    let stored = try String(contentsOf: file, encoding: .utf8)
    #expect(svg == stored, "set ROUTERBENCH_RECORD=1 to store the new picture, then look at it")
  }

  @Test(
    "several seeds draw the first and say so; one seed says that nothing is known of its spread")
  func captions() throws {
    let many = try Reports.small(seeds: [4, 5]).report.tasks[0]
    let svg = try #require(TaskFigure(many, notices: [], slug: "t")).svg()
    #expect(svg.contains("Drawn: the first of 2 splits (seed 4); the AIQs are means ± "))
    let one = try Reports.small(seeds: [4]).report.tasks[0]
    #expect(
      try #require(TaskFigure(one, notices: [], slug: "t")).svg().contains(
        "One split (seed 4); intervals of the AIQs are in the tables, of the points in their file.")
    )
    #expect(TaskFigure(Reports.task("none", []), notices: [], slug: "t") == nil)
  }

  @Test("ticks are round, inside the axis and never touch")
  func ticks() {
    let spans = [
      (7.04e-5, 3.53e-3, true), (1e-6, 10, true), (0.001, 0.004, false), (0.1, 2, false),
    ]
    for (lower, upper, isLogarithmic) in spans {
      let axis = Axis(
        lower: lower, upper: upper, isLogarithmic: isLogarithmic, start: 72, end: 712)
      let ticks = axis.ticks(
        width: { TextWidth.of($0, size: 12) + 12 }, label: { "$" + NumberText.plain($0) })
      let labelled = ticks.filter { $0.label != nil }
      #expect(labelled.count >= 3, "\(lower) to \(upper)")
      #expect(ticks.allSatisfy { axis.contains($0.value) })
      #expect(labelled.allSatisfy { ($0.label ?? "").count <= 10 })
      for (left, right) in zip(labelled, labelled.dropFirst()) {
        let room = axis.position(of: right.value) - axis.position(of: left.value)
        let half = [left, right].map { TextWidth.of($0.label ?? "", size: 12) / 2 }
        #expect(room > half[0] + half[1], "\(left.label ?? "") and \(right.label ?? "")")
      }
    }
  }
}
