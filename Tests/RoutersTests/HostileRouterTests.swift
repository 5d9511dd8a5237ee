import Foundation
import Matrices
import Outcomes
import Parallelism
import RouterBenchTesting
import Routing
import Testing

@testable import Routers

/// Saved routers whose checksum is right and whose content is not.
@Suite("Hostile saved routers")
struct HostileRouterTests {
  private static let lessons: Lessons = {
    let fixture = Fixture(prompts: 60, models: 4, seed: 1, hasEvidence: true)
    return Lessons(fixture.table, features: fixture.features)
  }()

  private func header(_ recipe: some Router) -> SavedRouter.Header {
    SavedRouter.Header(
      router: recipe.name, kind: type(of: recipe).card.name,
      models: Self.lessons.table.models.map(\.name), encoderName: "builtin", encoder: "hashed",
      view: "question", dimensions: Self.lessons.features.columns, operatingPoints: [],
      version: "0.1.0", data: "abc")
  }

  private func payload<Recipe: Router>(_ recipe: Recipe) throws -> [UInt8] {
    try RouterCatalogue.payload(of: recipe.fit(Self.lessons))
  }

  /// One leaf somewhere in a property list, changed.
  private func changed(_ value: Any, _ generator: inout SeededGenerator) -> Any {
    func below(_ count: Int) -> Int { Int(generator.next() % UInt64(max(1, count))) }
    switch value {
    case var record as [String: Any]:
      let keys = record.keys.sorted()
      guard !keys.isEmpty else { return record }
      let key = keys[below(keys.count)]
      if below(12) == 0 {
        record[key] = nil
      } else {
        record[key] = changed(record[key] ?? 0, &generator)
      }
      return record
    case var list as [Any]:
      guard !list.isEmpty else { return [0, 1] }
      let place = below(list.count)
      switch below(8) {
      case 0: list.remove(at: place)
      case 1: list.append(list[place])
      case 2: list = []
      default: list[place] = changed(list[place], &generator)
      }
      return list
    case var data as Data:
      switch below(4) {
      case 0: data = data.dropLast(1 + below(9))
      case 1: data.append(contentsOf: [0, 0, 0x80, 0x7F])
      default:
        for _ in 0..<4 where !data.isEmpty {
          data[data.startIndex + below(data.count)] = UInt8(truncatingIfNeeded: generator.next())
        }
        // An infinity somewhere.
        if data.count >= 8, below(2) == 0 {
          let start = data.startIndex + below(data.count / 4) * 4
          data.replaceSubrange(start..<(start + 4), with: [0, 0, 0x80, 0x7F])
        }
      }
      return data
    case is String: return "nonsense"
    default:
      let numbers: [Any] = [-1, 0, 1, 4, 1 << 40, Int.max, Double.nan, -0.5, Double.infinity, 0.3]
      return numbers[below(numbers.count)]
    }
  }

  @Test("a router with any value changed is refused or makes sound plans")
  func mutations() throws {
    let queries = Fixture(prompts: 3, models: 4, seed: 2).features
    var (refused, usable) = (0, 0)
    for (index, recipe) in RouterContractTests.recipes.enumerated() {
      var generator = SeededGenerator(seed: 11, stream: UInt64(index))
      let original = try PropertyListSerialization.propertyList(
        from: Data(payload(recipe)), format: nil)
      for _ in 0..<60 {
        let bytes = try? PropertyListSerialization.data(
          fromPropertyList: changed(original, &generator), format: .binary, options: 0)
        guard let bytes else { continue }
        let saved = SavedRouter(header: header(recipe), payload: [UInt8](bytes))
        guard let router = try? RouterCatalogue.router(in: saved, name: "r") else {
          refused += 1
          continue
        }
        usable += 1
        for setting in router.settings.isEmpty ? [0, 1e-3, .infinity] : router.settings.prefix(4) {
          for plan in (try? router.plans(for: queries, at: setting)) ?? [] {
            #expect(plan.isSound(models: 4), "\(recipe.name)")
          }
        }
      }
    }
    #expect(refused > 300 && usable > 100)
  }

  @Test("a header that fits no router is refused")
  func headers() throws {
    let recipe = NearestNeighborsRouter(neighbors: 3)
    let payload = try payload(recipe)
    let changes: [(inout SavedRouter.Header) -> Void] = [
      { $0.models.removeLast() }, { $0.models[0] = $0.models[1] }, { $0.models = [] },
      { $0.dimensions += 1 }, { $0.dimensions = -1 }, { $0.dimensions = 1 << 31 },
      { $0.dimensions = 1 << 62 }, { $0.dimensions = .max }, { $0.dimensions = .min },
      { $0.operatingPoints = [.init(parameter: .nan, cost: 0, quality: 0)] },
      { $0.operatingPoints = [.init(parameter: 1, cost: .infinity, quality: 0)] },
    ]
    for change in changes {
      var changed = header(recipe)
      change(&changed)
      let error = #expect(throws: RoutingError.self) {
        try RouterCatalogue.router(
          in: SavedRouter(header: changed, payload: payload), name: "r.rbrouter")
      }
      #expect(
        error?.description
          == "r.rbrouter is cut off or damaged; write it again with 'routerbench fit'.")
    }
  }

  @Test(
    "dimensions that no machine holds are refused for every kind of router",
    arguments: [1 << 31, 1 << 62, Int.max, -1])
  func dimensions(count: Int) throws {
    for recipe in RouterContractTests.recipes {
      var header = header(recipe)
      header.dimensions = count
      let saved = try SavedRouter(
        SavedRouter(header: header, payload: payload(recipe)).bytes(), name: "r")
      #expect(throws: RoutingError.self, "\(recipe.name)") {
        try RouterCatalogue.router(in: saved, name: "r")
      }
    }
  }

  /// A binary property list of some objects, the first of which is the whole.
  private func propertyList(_ objects: [[UInt8]]) -> [UInt8] {
    func number(_ value: Int, _ size: Int) -> [UInt8] {
      (0..<size).reversed().map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
    var bytes = Array("bplist00".utf8)
    var offsets: [Int] = []
    for object in objects {
      offsets.append(bytes.count)
      bytes += object
    }
    let table = bytes.count
    bytes += offsets.flatMap { number($0, 4) }
    return bytes + [0, 0, 0, 0, 0, 0, 4, 2] + number(objects.count, 8) + number(0, 8)
      + number(table, 8)
  }

  private func list(_ kind: UInt8, _ members: [Int]) -> [UInt8] {
    let count = kind == 0xD0 ? members.count / 2 : members.count
    let head: [UInt8] =
      count < 15
      ? [kind | UInt8(count)] : [kind | 15, 0x11, UInt8(count >> 8), UInt8(count & 255)]
    return head + members.flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] }
  }

  private func text(_ text: String) -> [UInt8] {
    [0x50 | UInt8(text.utf8.count)] + Array(text.utf8)
  }

  @Test("property lists that hold themselves, or stand for more than they are, are refused")
  func propertyLists() throws {
    let number: [UInt8] = [0x10, 1]
    var lists: [(String, [[UInt8]])] = [
      ("a list that holds itself", [list(0xA0, [0])]),
      ("two that hold each other", [list(0xA0, [1]), list(0xA0, [0])]),
      ("a dictionary that is its own key", [list(0xD0, [0, 0])]),
      ("a member that is not there", [list(0xA0, [7])]),
      ("a deep nest", (0..<40_000).map { list(0xA0, [$0 + 1]) } + [number]),
      (
        "ten times ten times ...",
        (0..<12).map { list(0xA0, [Int](repeating: $0 + 1, count: 10)) } + [number]
      ),
      (
        "plans in plans",
        [list(0xD0, [1, 2]), text("plans"), list(0xA0, [3])]
          + (0..<5000).flatMap { step -> [[UInt8]] in
            let base = 3 + 4 * step
            return [
              list(0xD0, [base + 1, base + 2]), text("mix"), list(0xA0, [base + 3]),
              list(0xD0, [1, base + 4]),
            ]
          } + [number]
      ),
    ]
    lists.append(("nothing", []))
    for (what, objects) in lists {
      let bytes = propertyList(objects)
      #expect(!PropertyListBounds.isSmall(bytes), "\(what)")
      for recipe in RouterContractTests.recipes {
        let saved = SavedRouter(header: header(recipe), payload: bytes)
        #expect(throws: RoutingError.self, "\(what)") {
          try RouterCatalogue.router(in: saved, name: "r")
        }
      }
    }
    // Shared leaves are no bomb, and what is saved passes.
    #expect(PropertyListBounds.isSmall(propertyList([list(0xA0, [1, 1, 1]), number])))
    for recipe in RouterContractTests.recipes {
      let whole = try payload(recipe)
      #expect(PropertyListBounds.isSmall(whole), "\(recipe.name)")
      for count in stride(from: 0, to: whole.count, by: max(1, whole.count / 200)) {
        #expect(!PropertyListBounds.isSmall(Array(whole.prefix(count))))
      }
    }
    for other in ["<?xml version=\"1.0\"?><plist><array/></plist>", "{ a = b; }", ""] {
      #expect(!PropertyListBounds.isSmall(Array(other.utf8)))
    }
  }
}
