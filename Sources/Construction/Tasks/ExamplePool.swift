/// Which examples of a part are shown.
public enum ExampleOrder: String, Sendable, Hashable, CaseIterable {
  /// Those that a seed draws.
  case seeded
  /// The first ones, in the file's order.
  case first
}

/// The part of a task that solved examples are drawn from.
///
/// All questions get the same examples, but for a question that is one of them: it gets the next.
struct ExamplePool<Example: Sendable>: Sendable {
  private let examples: [(identity: String, example: Example)]
  private let identities: Set<String>
  private let part: String

  /// - Parameters:
  ///   - part: What the examples are called, for sentences.
  ///   - identity: The same for two that are the same question; later ones are left out.
  init(
    _ all: [Example], part: String, order: ExampleOrder, seed: UInt64,
    identity: (Example) -> String
  ) {
    var seen: Set<String> = []
    var distinct: [(identity: String, example: Example)] = []
    for example in all {
      let name = identity(example)
      if seen.insert(name).inserted { distinct.append((name, example)) }
    }
    switch order {
    case .first: examples = distinct
    case .seeded:
      examples = SeededKey.order(distinct.map(\.identity), seed: seed).map { distinct[$0] }
    }
    identities = seen
    self.part = part
  }

  /// Whether a question stands in the part too.
  func contains(_ identity: String) -> Bool { identities.contains(identity) }

  /// The examples to show before a question, never itself.
  ///
  /// - Throws: Where there are too few.
  func examples(_ count: Int, before identity: String) throws(ConstructionError) -> [Example] {
    let shown = examples.lazy.filter { $0.identity != identity }.prefix(count).map(\.example)
    guard shown.count == count else {
      throw ConstructionError(
        "\(part) has \(shown.count) distinct examples besides the question, and \(count) are to be "
          + "shown; add some, or set 'shots' to \(shown.count).")
    }
    return Array(shown)
  }
}
