import Files
import Providers

/// What few answers and prices have. It stands in tables of its own, so that stores which were written
/// before there was any of it stay as they are.
extension AnswerStore {
  /// What a price list may say beyond the columns of the table `prices`.
  private struct PriceDetails: Encodable {
    var cacheWrite: Double?
    var cacheWriteLong: Double?
    var steps: [PriceStep]

    init?(_ prices: TokenPrices) {
      guard prices.cacheWrite != nil || prices.cacheWriteLong != nil || !prices.steps.isEmpty else {
        return nil
      }
      (cacheWrite, cacheWriteLong) = (prices.cacheWrite, prices.cacheWriteLong)
      steps = prices.steps
    }
  }

  /// The number of prices in the store, where they are entered unless they are there.
  static func price(_ prices: TokenPrices, in database: SQLiteDatabase) throws -> Int64 {
    let values: [SQLiteValue] = [
      .real(prices.input), .real(prices.output), prices.cached.map { .real($0) } ?? .null,
      prices.reasoning.map { .real($0) } ?? .null, .real(prices.request), .text(prices.date),
      .text(prices.source),
    ]
    let details = PriceDetails(prices).map { SQLiteValue.text(JSONText.of($0)) } ?? .null
    let found = try database.run(
      """
      SELECT c.id FROM prices c LEFT JOIN price_details d ON d.price = c.id
      WHERE c.input IS ? AND c.output IS ? AND c.cached IS ? AND c.reasoning IS ?
      AND c.request IS ? AND c.date IS ? AND c.source IS ? AND d.details IS ?
      """, values + [details])
    if case .integer(let id)? = found.first?.first { return id }
    try database.run(
      """
      INSERT INTO prices (input, output, cached, reasoning, request, date, source)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      """, values)
    let id = try lastID(in: database)
    if details != .null {
      try database.run("INSERT INTO price_details VALUES (?, ?)", [.integer(id), details])
    }
    return id
  }

  /// Keeps the tokens that an answer wrote to a cache, and what is wrong with its account.
  static func keepDetails(
    of answer: CollectedAnswer, at place: Place, in database: SQLiteDatabase
  ) throws {
    let usage = answer.usage
    guard usage.cacheWritten > 0 || usage.cacheWrittenLong > 0 || answer.remark != nil else {
      try database.run(
        "DELETE FROM \(place.kind.details) WHERE model = ? AND prompt = ? AND repeat = ?",
        place.values)
      return
    }
    try database.run(
      "INSERT OR REPLACE INTO \(place.kind.details) VALUES (?, ?, ?, ?, ?, ?)",
      place.values + [
        .integer(Int64(usage.cacheWritten)), .integer(Int64(usage.cacheWrittenLong)),
        answer.remark.map { .text($0) } ?? .null,
      ])
  }
}
