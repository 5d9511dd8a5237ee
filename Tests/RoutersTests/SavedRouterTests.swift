import Foundation
import Matrices
import Outcomes
import RouterBenchTesting
import Routers
import Routing
import Testing

@Suite("Saved routers")
struct SavedRouterTests {
  private static func header(_ recipe: some Router, _ lessons: Lessons) -> SavedRouter.Header {
    SavedRouter.Header(
      router: recipe.name, kind: type(of: recipe).card.name,
      models: lessons.table.models.map(\.name), encoderName: "builtin", encoder: "hashed",
      view: "question", dimensions: lessons.features.columns,
      operatingPoints: [
        .init(parameter: 0, cost: 1e-5, quality: 0.5),
        .init(parameter: .infinity, cost: 1e-3, quality: 0.75),
      ], version: "0.1.0", data: "abc")
  }

  private static func save<Recipe: Router>(
    _ recipe: Recipe, _ lessons: Lessons
  ) throws -> (Recipe.Fitted, SavedRouter) {
    let fitted = try recipe.fit(lessons)
    let payload = try RouterCatalogue.payload(of: fitted)
    return (fitted, SavedRouter(header: header(recipe, lessons), payload: payload))
  }

  private static let lessons: Lessons = {
    let fixture = Fixture(prompts: 60, models: 4, seed: 1, hasEvidence: true)
    return Lessons(fixture.table, features: fixture.features)
  }()

  private func plans(_ router: some FittedRouter, _ features: Matrix) throws -> [[Plan]] {
    let settings = router.settings.isEmpty ? [0, 1e-3, .infinity] : router.settings
    return try settings.map { try router.plans(for: features, at: $0) }
  }

  @Test("every router decides the same after its file is written and read")
  func roundTrip() throws {
    let queries = Fixture(prompts: 15, models: 4, seed: 2).features
    for recipe in RouterContractTests.recipes {
      let (fitted, saved) = try Self.save(recipe, Self.lessons)
      let read = try SavedRouter(saved.bytes(), name: "r")
      #expect(read == saved)
      let loaded = try RouterCatalogue.router(in: read, name: "r")
      #expect(try plans(loaded, queries) == plans(fitted, queries), "\(recipe.name)")
      #expect(RouterCatalogue.kinds.contains(read.header.kind))
    }
  }

  @Test("no file that is cut off, and none with a changed byte, is read")
  func damage() throws {
    let (_, saved) = try Self.save(NearestNeighborsRouter(neighbors: 3), Self.lessons)
    let bytes = try saved.bytes()
    for length in stride(from: 0, to: bytes.count, by: 7) {
      #expect(throws: RoutingError.self) { try SavedRouter(Array(bytes[..<length]), name: "r") }
    }
    for position in stride(from: 0, to: bytes.count, by: 5) {
      var changed = bytes
      changed[position] ^= 0x10
      #expect(throws: RoutingError.self) { try SavedRouter(changed, name: "r") }
    }
  }

  @Test("routers saved by earlier versions, whose plans had keys of the compiler's, are read")
  func earlierKeys() throws {
    let judge: [String: Any] = [
      "source": ["quality": ["error": 0.25]], "dollars": 0.5, "milliseconds": 0.0,
    ]
    let rerank = Plan.rerank(
      Rerank(models: [1, 0], judge: Judge(.quality(error: 0.25), dollars: 0.5)))
    let mixture = Plan.mixture(weights: [1, 3])
    let shares = [(0.25, 0), (0.75, 1)].map { probability, model in
      ["probability": probability, "plan": ["call": ["model": model]]] as [String: Any]
    }
    let earlier: [(String, [String: Any], Plan)] = [
      ("rerank", ["rerank": ["_0": ["models": [1, 0], "judge": judge]]], rerank),
      ("random", ["mix": ["_0": shares]], mixture), ("null", ["none": [String: Any]()], .none),
      ("model", ["call": ["model": 3]], .call(model: 3)),
    ]
    for (kind, plan, expected) in earlier {
      var header = Self.header(NullRouter(), Self.lessons)
      header.kind = kind
      let payload = try PropertyListSerialization.data(
        fromPropertyList: ["plans": [plan]], format: .binary, options: 0)
      let saved = SavedRouter(header: header, payload: [UInt8](payload))
      let router = try RouterCatalogue.router(in: saved, name: "r")
      #expect(try router.plans(for: Self.lessons.features, at: 0).first == expected, "\(kind)")
    }
  }

  @Test("what cannot be used is refused with what to do")
  func sentences() throws {
    let (_, saved) = try Self.save(NearestNeighborsRouter(neighbors: 3), Self.lessons)
    var bytes = try saved.bytes()
    let noRouter = #expect(throws: RoutingError.self) {
      try SavedRouter(Array("PAR1 and more".utf8), name: "x.parquet")
    }
    #expect(
      noRouter?.description
        == "x.parquet is not a saved router; give a file that 'routerbench fit' wrote.")
    bytes[8] = 9
    let version = #expect(throws: RoutingError.self) { try SavedRouter(bytes, name: "r") }
    #expect(
      version?.description
        == "r has version 9 of a saved router and this program reads version 1; write it again with "
        + "this program's 'routerbench fit'.")
    var header = saved.header
    header.kind = "oracle"
    let kind = #expect(throws: RoutingError.self) {
      try RouterCatalogue.router(
        in: SavedRouter(header: header, payload: saved.payload), name: "r")
    }
    #expect(
      kind?.description == "The saved router is of the kind 'oracle'; known are cascade, knn, mlp, "
        + "model, null, random, rerank, svr, zero.")
    let payload = #expect(throws: RoutingError.self) {
      try RouterCatalogue.router(
        in: SavedRouter(header: saved.header, payload: [1, 2, 3]), name: "r")
    }
    #expect(
      payload?.description
        == "r is cut off or damaged; write it again with 'routerbench fit'.")
  }
}
