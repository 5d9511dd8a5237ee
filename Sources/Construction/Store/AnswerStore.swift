import Files
import Foundation
import Providers

/// The answers of one data set, on disk as soon as anyone hears of them.
///
/// One SQLite file in write-ahead mode. Being killed at any moment loses at most calls under way.
///
/// Unchecked because the database is not Sendable; safe because every use holds the lock.
public final class AnswerStore: @unchecked Sendable {
  /// What the store is opened for.
  public enum Use: Sendable {
    /// To collect or score: one process at a time.
    case writing
    /// To export or look: beside any others.
    case reading
  }

  /// Where the file is.
  public let path: String
  private let database: SQLiteDatabase
  private let access = NSLock()
  private let lock: FileLock?
  private var group: GroupCommit?

  /// Opens a store; one that is written to is created where it is not there.
  ///
  /// - Parameter delay: Seconds that an answer waits at most for others to be committed with it.
  /// - Throws: A sentence where another process collects into it, or it is no store.
  public init(path: String, for use: Use, delay: Double = 0.002) throws(ConstructionError) {
    self.path = path
    do {
      if use == .reading, !FileManager.default.fileExists(atPath: path) {
        throw ConstructionError("\(path) is not there; collect answers into it first.")
      }
      lock = use == .writing ? try Self.lock(path) : nil
      database = try SQLiteDatabase(path: path, survivesPowerLoss: true)
      try StoreSchema.prepare(database, path: path)
    } catch let error as ConstructionError {
      throw error
    } catch let error as FilesError where error.isDamage {
      throw ConstructionError("\(path) is no store of answers, or it is damaged. \(error)")
    } catch {
      throw ConstructionError("\(error)")
    }
    guard use == .writing else { return }
    group = GroupCommit(delay: delay) { [unowned self] body in try exclusively(body) }
  }

  deinit { group?.close() }

  private static func lock(_ path: String) throws -> FileLock {
    do throws(FilesError) { return try FileLock(path: path + ".lock") } catch {
      throw ConstructionError(
        error.description.contains("in use")
          ? "\(path) is in use by another process that collects or scores; wait for it to end, or "
            + "name another store." : error.description)
    }
  }

  private func exclusively<R>(_ body: (SQLiteDatabase) throws -> R) throws -> R {
    access.lock()
    defer { access.unlock() }
    return try body(database)
  }

  /// The same with the room's own error.
  func use<R>(_ body: (SQLiteDatabase) throws -> R) throws(ConstructionError) -> R {
    do { return try exclusively(body) } catch let error as ConstructionError {
      throw error
    } catch { throw ConstructionError("\(error)") }
  }

  private func commit(_ work: @escaping GroupCommit.Work) async throws(ConstructionError) {
    guard let group else { preconditionFailure("A store that is read is not written to.") }
    do { try await group.commit(work) } catch {
      throw ConstructionError("The answers could not be kept. \(error)")
    }
  }

  /// Keeps an answer, and with it what it took; an earlier error of the same call goes.
  func keep(
    _ answer: CollectedAnswer, at place: Place, charge: CallCharge
  ) async throws(ConstructionError) {
    try await commit { database in
      let price = try answer.prices.map { try Self.price($0, in: database) }
      let earlier = answer.texts.dropLast()
      try database.run(
        """
        INSERT OR REPLACE INTO \(place.kind.table) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        place.values + [
          .text(answer.text),
          earlier.isEmpty
            ? .null
            : .text(
              String(
                decoding: JSONValue.array(earlier.map { .string($0) }).bytes, as: UTF8.self)),
          .text(answer.finish.word), .integer(Int64(answer.usage.input)),
          .integer(Int64(answer.usage.output)), .integer(Int64(answer.usage.cached)),
          .integer(Int64(answer.usage.reasoning)), .integer(answer.usage.isEstimated ? 1 : 0),
          answer.cost.map { .real($0) } ?? .null, price.map { .integer($0) } ?? .null,
          answer.version.map { .text($0) } ?? .null, .real(answer.seconds),
          .real(answer.secondsToFirstByte), .integer(Int64(answer.attempts)), .real(answer.time),
        ])
      try Self.keepDetails(of: answer, at: place, in: database)
      try database.run(
        "DELETE FROM \(place.kind.errors) WHERE model = ? AND prompt = ? AND repeat = ?",
        place.values)
      try Self.add(charge, in: database)
    }
  }

  /// Keeps why a call gave no answer, and what it took.
  func keep(
    _ error: CollectedError, at place: Place, charge: CallCharge
  ) async throws(ConstructionError) {
    try await commit { database in
      try database.run(
        "INSERT OR REPLACE INTO \(place.kind.errors) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        place.values + [
          .text(error.cause.rawValue), error.status.map { .integer(Int64($0)) } ?? .null,
          .text(error.message), .integer(Int64(error.attempts)), .real(error.time),
        ])
      try Self.add(charge, in: database)
    }
  }

  /// Keeps what calls took that have neither answer nor error yet.
  func keep(_ charge: CallCharge) async throws(ConstructionError) {
    try await commit { try Self.add(charge, in: $0) }
  }

  /// Keeps how much may be under way at most from now on.
  func keep(mark: CallCharge) async throws(ConstructionError) {
    try await commit { database in
      for (name, value) in [
        ("in_flight_calls", mark.calls), ("in_flight_dollars", mark.most.trillionths),
      ] {
        try database.run(
          "UPDATE facts SET value = max(value, ?) WHERE name = ?",
          [.integer(Int64(value)), .text(name)])
      }
    }
  }

  /// All that was ever charged to the store.
  ///
  /// What was under way when a process was killed may have been done and billed: it is counted at
  /// its upper bound.
  func charged() throws(ConstructionError) -> CallCharge {
    try use { database in
      func value(_ name: String) throws -> Int {
        try StoreSchema.counter(name, in: database)
      }
      return CallCharge(
        calls: try value("calls").plus(value("in_flight_calls")),
        spent: Money(trillionths: try value("spent")),
        possiblySpent: Money(trillionths: try value("possibly_spent"))
          + Money(trillionths: try value("in_flight_dollars")))
    }
  }

  /// Makes what was under way in a process that was killed a lasting charge.
  func settleEarlierRuns() throws(ConstructionError) {
    try settle(keepingCharge: true)
  }

  /// Says that nothing is under way any more.
  func settleThisRun() throws(ConstructionError) { try settle(keepingCharge: false) }

  private func settle(keepingCharge: Bool) throws(ConstructionError) {
    try use { database in
      try database.transaction {
        for (mark, total) in [
          ("in_flight_calls", "calls"), ("in_flight_dollars", "possibly_spent"),
        ] {
          if keepingCharge {
            let left = try StoreSchema.counter(mark, in: database)
            try StoreSchema.add(left, to: total, in: database)
          }
          try database.run("UPDATE facts SET value = 0 WHERE name = ?", [.text(mark)])
        }
      }
    }
  }

  private static func add(_ charge: CallCharge, in database: SQLiteDatabase) throws {
    for (name, value) in [
      ("calls", charge.calls), ("spent", charge.spent.trillionths),
      ("possibly_spent", charge.possiblySpent.trillionths),
    ] where value != 0 { try StoreSchema.add(value, to: name, in: database) }
  }

  static func lastID(in database: SQLiteDatabase) throws -> Int64 {
    guard case .integer(let id)? = try database.run("SELECT last_insert_rowid()").first?.first
    else { return 0 }
    return id
  }

  /// Where an answer belongs, by the store's own numbers.
  struct Place: Sendable, Hashable {
    let model: Int64
    let prompt: Int64
    let `repeat`: Int
    var kind = Kind.answer

    /// What is kept there.
    enum Kind: Sendable {
      case answer, verdict

      var table: String { self == .answer ? "answers" : "verdicts" }
      var errors: String { self == .answer ? "errors" : "verdict_errors" }
      var details: String { self == .answer ? "answer_details" : "verdict_details" }
    }

    var values: [SQLiteValue] { [.integer(model), .integer(prompt), .integer(Int64(`repeat`))] }
  }
}
