/// Finds the name that someone probably meant.
public enum Suggestion {
  /// The nearest candidate by edit distance, or nil when none is near enough to be worth saying.
  ///
  /// A name is near when at most a third of its letters (at least one, at most three) were
  /// mistyped, or when what was typed is the beginning of it. Ties go to the earlier candidate.
  public static func nearest(to typed: String, among candidates: [String]) -> String? {
    let bare = stripped(typed)
    if bare.isEmpty { return nil }
    var best: (name: String, distance: Int)?
    for candidate in candidates {
      let name = stripped(candidate)
      let allowed = max(1, min(3, max(bare.count, name.count) / 3))
      let isBeginning = bare.count >= 3 && name.hasPrefix(bare)
      let distance = isBeginning ? 1 : editDistance(bare, name)
      if distance > allowed { continue }
      if distance < best?.distance ?? .max { best = (candidate, distance) }
    }
    return best?.name
  }

  /// The number of letters to add, drop, change or swap with a neighbour to turn one into the other.
  ///
  /// - Complexity: O(*n* *m*) in the two lengths.
  public static func editDistance(_ first: String, _ second: String) -> Int {
    let a = Array(first)
    let b = Array(second)
    var before = [Int](repeating: 0, count: b.count + 1)
    var previous = Array(0...b.count)
    for i in 0..<a.count {
      var current = [i + 1] + [Int](repeating: 0, count: b.count)
      for j in 0..<b.count {
        let change = previous[j] + (a[i] == b[j] ? 0 : 1)
        current[j + 1] = min(change, previous[j + 1] + 1, current[j] + 1)
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
          current[j + 1] = min(current[j + 1], before[j - 1] + 1)
        }
      }
      before = previous
      previous = current
    }
    return previous[b.count]
  }

  /// Dashes and case do not count as mistakes.
  private static func stripped(_ name: String) -> String {
    String(name.drop { $0 == "-" }).lowercased()
  }
}
