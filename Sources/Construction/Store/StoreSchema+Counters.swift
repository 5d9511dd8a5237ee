import Files
import Providers

extension StoreSchema {
  /// The greatest value of a counter; sums stop there.
  static let mostCounted = Money.most.trillionths

  /// A counter's value.
  ///
  /// - Throws: Where it is no number that this program can have written: a limit would not hold then.
  static func counter(_ name: String, in database: SQLiteDatabase) throws -> Int {
    let found = try database.run("SELECT value FROM facts WHERE name = ?", [.text(name)])
    let value = found.first?.first ?? .null
    if case .integer(let number) = value, (0...Int64(mostCounted)).contains(number) {
      return Int(number)
    }
    let unit = name.hasSuffix("calls") ? "calls" : "trillionths of a dollar"
    throw ConstructionError(
      "\(database.path): its counter '\(name)' is \(value.shown) where a whole number from 0 to "
        + "\(mostCounted) is needed, so no limit could be kept. Restore a copy of the store, or set "
        + "the counter to what was really used, in \(unit): sqlite3 \(database.path) \"UPDATE facts "
        + "SET value = ... WHERE name = '\(name)'\"")
  }

  /// Adds to a counter; the sum stops at the greatest value and never becomes a fraction.
  static func add(_ amount: Int, to name: String, in database: SQLiteDatabase) throws {
    let sum = min(mostCounted, try counter(name, in: database).plus(amount))
    try database.run(
      "UPDATE facts SET value = ? WHERE name = ?", [.integer(Int64(sum)), .text(name)])
  }
}
