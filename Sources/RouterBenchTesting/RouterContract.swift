import Foundation
public import Matrices
import Outcomes
public import Routing

/// What every router promises; the same test for all of them.
///
/// One plan a query; the same plans every time; a prompt alone and in a batch get the same plan;
/// other prompts do not matter; the recipe and the fitted router survive being saved; no lessons are
/// refused with a sentence, or suffice for plans.
public struct RouterContract: Sendable {
  /// Lessons to teach with.
  public let lessons: Lessons
  /// Features of prompts to route.
  public let queries: Matrix

  /// Makes the contract's test on given lessons and queries.
  public init(lessons: Lessons, queries: Matrix) {
    self.lessons = lessons
    self.queries = queries
  }

  /// The promises that a router breaks, one sentence each; empty when it keeps them all.
  public func violations(of recipe: some Router) -> [String] {
    var found: [String] = []
    do {
      let fitted = try recipe.fit(lessons)
      let settings = fitted.settings.isEmpty ? [0, 1e-4, 1e-2, 1, .infinity] : fitted.settings
      for setting in settings {
        found += try check(fitted, recipe, setting)
      }
      let saved = try JSONEncoder().encode(recipe)
      let loaded = try JSONDecoder().decode(type(of: recipe), from: saved)
      if loaded.name != recipe.name { found.append("The recipe changes when it is saved.") }
      for setting in settings
      where try loaded.fit(lessons).plans(for: queries, at: setting)
        != fitted.plans(for: queries, at: setting)
      {
        found.append("The saved recipe fits a router that decides otherwise at \(setting).")
      }
    } catch {
      found.append("It fails on sound lessons: \(error)")
    }
    do {
      let fitted = try recipe.fit(lessons.selecting(rows: []))
      let settings = fitted.settings.isEmpty ? [0] : fitted.settings
      for setting in settings
      where try fitted.plans(for: queries, at: setting).count != queries.rows {
        found.append("It accepts no lessons and makes no plans at \(setting).")
      }
    } catch {
      if error.description.isEmpty { found.append("It refuses no lessons without a sentence.") }
    }
    return found
  }

  private func check<Fitted: FittedRouter>(
    _ fitted: Fitted, _ recipe: some Router, _ setting: Double
  ) throws -> [String] {
    var found: [String] = []
    let together = try fitted.plans(for: queries, at: setting)
    if together.count != queries.rows {
      found.append("\(queries.rows) queries got \(together.count) plans at \(setting).")
      return found
    }
    if try fitted.plans(for: queries, at: setting) != together {
      found.append("Asked twice, it plans differently at \(setting).")
    }
    // A binary property list keeps every bit.
    let encoder = PropertyListEncoder()
    encoder.outputFormat = .binary
    let loaded = try PropertyListDecoder().decode(Fitted.self, from: encoder.encode(fitted))
    if try loaded.plans(for: queries, at: setting) != together {
      found.append("Saved and loaded, it plans differently at \(setting).")
    }
    if try recipe.fit(lessons).plans(for: queries, at: setting) != together {
      found.append("Fitted twice, it plans differently at \(setting).")
    }
    for row in 0..<queries.rows {
      let alone = try fitted.plans(for: queries.selecting(rows: [row]), at: setting)
      if alone != [together[row]] {
        found.append("Query \(row) alone gets another plan than in the batch, at \(setting).")
      }
    }
    let backwards = Array((0..<queries.rows).reversed())
    if try fitted.plans(for: queries.selecting(rows: backwards), at: setting)
      != backwards.map({ together[$0] })
    {
      found.append("The order of the queries changes plans at \(setting).")
    }
    return found
  }
}
