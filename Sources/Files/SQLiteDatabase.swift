import CSQLite
import Foundation

/// A value in a database cell.
public enum SQLiteValue: Sendable, Hashable {
  /// NULL
  case null
  /// INTEGER
  case integer(Int64)
  /// REAL
  case real(Double)
  /// TEXT
  case text(String)
  /// BLOB
  case blob([UInt8])
}

/// One SQLite database in write-ahead mode, used from one thread at a time.
///
/// Other processes may read and write the same file; a busy file is waited for.
public final class SQLiteDatabase {
  private let handle: OpaquePointer
  /// Where the file is.
  public let path: String
  private var statements: [String: OpaquePointer] = [:]

  /// Opens or creates a database file.
  ///
  /// - Parameter survivesPowerLoss: Whether a transaction that has ended is on the disk; otherwise
  ///   the last ones may be lost with the power, though never with the process.
  public init(
    path: String, busyMilliseconds: Int32 = 30_000, survivesPowerLoss: Bool = false
  ) throws(FilesError) {
    // Stores hold prompts and answers. SQLite gives its journals the mode of the file.
    let new = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    if new >= 0 { close(new) }
    var opened: OpaquePointer?
    let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX
    let code = sqlite3_open_v2(path, &opened, flags, nil)
    guard let handle = opened else { throw .database(path, "out of memory") }
    guard code == SQLITE_OK else {
      let message = String(cString: sqlite3_errmsg(handle))
      sqlite3_close_v2(handle)
      throw .database(path, message)
    }
    self.handle = handle
    self.path = path
    sqlite3_busy_timeout(handle, busyMilliseconds)
    try run("PRAGMA journal_mode = WAL")
    try run("PRAGMA synchronous = \(survivesPowerLoss ? "FULL" : "NORMAL")")
  }

  deinit {
    for statement in statements.values { sqlite3_finalize(statement) }
    sqlite3_close_v2(handle)
  }

  /// Runs one statement and gives its rows; prepared statements are kept for the next time.
  @discardableResult
  public func run(_ sql: String, _ values: [SQLiteValue] = []) throws(FilesError) -> [[SQLiteValue]]
  {
    var rows: [[SQLiteValue]] = []
    try forEachRow(sql, values) { rows.append($0) }
    return rows
  }

  /// Runs `body` in one transaction, undone when it throws.
  public func transaction<R>(_ body: () throws -> R) throws -> R {
    try run("BEGIN IMMEDIATE")
    do {
      let result = try body()
      try run("COMMIT")
      return result
    } catch {
      _ = try? run("ROLLBACK")
      throw error
    }
  }

  /// Runs one query and hands over its rows one by one; memory does not grow with their number.
  public func forEachRow(
    _ sql: String, _ values: [SQLiteValue] = [], _ body: ([SQLiteValue]) -> Void
  ) throws(FilesError) {
    try walk(sql, values) { row in
      body(row)
      return true
    }
  }

  /// The same for a body that may fail, which ends the query.
  public func forEachRow(
    _ sql: String, _ values: [SQLiteValue] = [], reading body: ([SQLiteValue]) throws -> Void
  ) throws {
    var failure: (any Error)?
    try walk(sql, values) { row in
      do { try body(row) } catch { failure = error }
      return failure == nil
    }
    if let failure { throw failure }
  }

  private func walk(
    _ sql: String, _ values: [SQLiteValue], _ goesOn: ([SQLiteValue]) -> Bool
  ) throws(FilesError) {
    let statement = try prepared(sql)
    defer {
      sqlite3_reset(statement)
      sqlite3_clear_bindings(statement)
    }
    for (index, value) in values.enumerated() {
      try check(bind(value, Int32(index + 1), statement))
    }
    while true {
      let code = sqlite3_step(statement)
      if code == SQLITE_DONE { return }
      guard code == SQLITE_ROW else { throw failure }
      let row = (0..<sqlite3_column_count(statement)).map { column(statement, $0) }
      if !goesOn(row) { return }
    }
  }

  private var failure: FilesError {
    let code = sqlite3_errcode(handle) & 0xFF
    var words = String(cString: sqlite3_errmsg(handle))
    // SQLite calls a full disk and a limit on files "disk I/O error", or "full", and no more.
    let cause = sqlite3_system_errno(handle)
    switch code {
    case SQLITE_FULL: words += " (\(FilesError.reason(cause == 0 ? ENOSPC : cause)))"
    case SQLITE_IOERR where cause != 0: words += " (\(FilesError.reason(cause)))"
    case SQLITE_IOERR:
      words += " (is there room on its disk, and may files be as large? See 'ulimit -f')"
    default: break
    }
    return .database(
      path, words,
      isDamage: code == SQLITE_CORRUPT || code == SQLITE_NOTADB)
  }

  private func check(_ code: Int32) throws(FilesError) {
    if code != SQLITE_OK { throw failure }
  }

  private func prepared(_ sql: String) throws(FilesError) -> OpaquePointer {
    if let known = statements[sql] { return known }
    var made: OpaquePointer?
    try check(sqlite3_prepare_v2(handle, sql, -1, &made, nil))
    guard let statement = made else { throw .database(path, "an empty statement") }
    statements[sql] = statement
    return statement
  }

  private func bind(_ value: SQLiteValue, _ index: Int32, _ statement: OpaquePointer) -> Int32 {
    // SQLITE_TRANSIENT: SQLite copies what it is given.
    let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
    switch value {
    case .null: return sqlite3_bind_null(statement, index)
    case .integer(let number): return sqlite3_bind_int64(statement, index, number)
    case .real(let number): return sqlite3_bind_double(statement, index, number)
    // With its length: a text may hold the character of number 0.
    case .text(let text):
      return sqlite3_bind_text64(
        statement, index, text, sqlite3_uint64(text.utf8.count), transient, UInt8(SQLITE_UTF8))
    case .blob(let bytes):
      if bytes.isEmpty { return sqlite3_bind_zeroblob(statement, index, 0) }
      return sqlite3_bind_blob64(
        statement, index, bytes, sqlite3_uint64(bytes.count), transient)
    }
  }

  private func column(_ statement: OpaquePointer, _ index: Int32) -> SQLiteValue {
    switch sqlite3_column_type(statement, index) {
    case SQLITE_INTEGER: return .integer(sqlite3_column_int64(statement, index))
    case SQLITE_FLOAT: return .real(sqlite3_column_double(statement, index))
    case SQLITE_TEXT:
      guard let text = sqlite3_column_text(statement, index) else { return .null }
      let count = Int(sqlite3_column_bytes(statement, index))
      return .text(
        String(decoding: UnsafeRawBufferPointer(start: text, count: count), as: UTF8.self))
    case SQLITE_BLOB:
      guard let bytes = sqlite3_column_blob(statement, index) else { return .blob([]) }
      let count = Int(sqlite3_column_bytes(statement, index))
      return .blob([UInt8](UnsafeRawBufferPointer(start: bytes, count: count)))
    default: return .null
    }
  }
}
