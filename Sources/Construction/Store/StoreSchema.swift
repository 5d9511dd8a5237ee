import Files

/// The tables of a file of answers.
enum StoreSchema {
  static let version = "3"

  static let statements = [
    "CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value) WITHOUT ROWID",
    """
    CREATE TABLE IF NOT EXISTS models (
      id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, settings TEXT NOT NULL)
    """,
    """
    CREATE TABLE IF NOT EXISTS prompts (
      id INTEGER PRIMARY KEY, sample_id TEXT NOT NULL UNIQUE, task TEXT NOT NULL, system TEXT,
      turns TEXT NOT NULL, question TEXT NOT NULL, reference TEXT, choices TEXT NOT NULL,
      scorer TEXT, judge TEXT)
    """,
    """
    CREATE TABLE IF NOT EXISTS prices (
      id INTEGER PRIMARY KEY, input REAL NOT NULL, output REAL NOT NULL, cached REAL,
      reasoning REAL, request REAL NOT NULL, date TEXT NOT NULL, source TEXT NOT NULL)
    """,
    answers("answers"), errors("errors"),
    "CREATE TABLE IF NOT EXISTS judges (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, settings TEXT NOT NULL)",
    // What a judge is asked: of one answer, one turn, in one of two orders.
    """
    CREATE TABLE IF NOT EXISTS judgements (
      id INTEGER PRIMARY KEY, judge INTEGER NOT NULL, model INTEGER NOT NULL,
      prompt INTEGER NOT NULL, repeat INTEGER NOT NULL, turn INTEGER NOT NULL,
      is_swapped INTEGER NOT NULL, UNIQUE (model, prompt, repeat, judge, turn, is_swapped))
    """,
    // What judges said, apart from answers: here a judge is the model, and a judgement the prompt.
    answers("verdicts"), errors("verdict_errors"),
    """
    CREATE TABLE IF NOT EXISTS scores (
      model INTEGER NOT NULL, prompt INTEGER NOT NULL, repeat INTEGER NOT NULL,
      scorer TEXT NOT NULL, score REAL, reason TEXT, rule TEXT NOT NULL,
      extract TEXT NOT NULL, PRIMARY KEY (model, prompt, repeat)) WITHOUT ROWID
    """,
    // Later tables are made where they are missing: older stores go on, and older programs pass over them.
    "CREATE TABLE IF NOT EXISTS price_details (price INTEGER PRIMARY KEY, details TEXT NOT NULL)",
    details("answer_details"), details("verdict_details"),
  ]

  private static func answers(_ table: String) -> String {
    """
    CREATE TABLE IF NOT EXISTS \(table) (
      model INTEGER NOT NULL, prompt INTEGER NOT NULL, repeat INTEGER NOT NULL,
      text TEXT NOT NULL, earlier TEXT, finish TEXT NOT NULL, input_tokens INTEGER NOT NULL,
      output_tokens INTEGER NOT NULL, cached_tokens INTEGER NOT NULL,
      reasoning_tokens INTEGER NOT NULL, is_estimated INTEGER NOT NULL, cost REAL, price INTEGER,
      version TEXT, seconds REAL NOT NULL, first_byte_seconds REAL NOT NULL,
      attempts INTEGER NOT NULL, time REAL NOT NULL, PRIMARY KEY (model, prompt, repeat))
      WITHOUT ROWID
    """
  }

  private static func errors(_ table: String) -> String {
    """
    CREATE TABLE IF NOT EXISTS \(table) (
      model INTEGER NOT NULL, prompt INTEGER NOT NULL, repeat INTEGER NOT NULL,
      cause TEXT NOT NULL, status INTEGER, message TEXT NOT NULL, attempts INTEGER NOT NULL,
      time REAL NOT NULL, PRIMARY KEY (model, prompt, repeat)) WITHOUT ROWID
    """
  }

  private static func details(_ table: String) -> String {
    """
    CREATE TABLE IF NOT EXISTS \(table) (
      model INTEGER NOT NULL, prompt INTEGER NOT NULL, repeat INTEGER NOT NULL,
      written INTEGER NOT NULL, written_long INTEGER NOT NULL, remark TEXT,
      PRIMARY KEY (model, prompt, repeat)) WITHOUT ROWID
    """
  }

  /// The numbers that sum up all that ever happened to the store.
  static let counters = [
    "calls", "spent", "possibly_spent", "in_flight_calls", "in_flight_dollars",
  ]

  static func prepare(_ database: SQLiteDatabase, path: String) throws {
    try database.transaction {
      for statement in statements { try database.run(statement) }
      try database.run(
        "INSERT OR IGNORE INTO facts (name, value) VALUES ('version', ?)", [.text(version)])
      for counter in counters {
        try database.run(
          "INSERT OR IGNORE INTO facts (name, value) VALUES (?, 0)", [.text(counter)])
      }
    }
    let found = try database.run("SELECT value FROM facts WHERE name = 'version'")
    guard found.first == [.text(version)] else {
      throw ConstructionError(
        "\(path) was written by another version of this program; use that one, or another store.")
    }
    for counter in counters { _ = try self.counter(counter, in: database) }
  }
}
