/// A reason why bytes were not read as a pickled DataFrame.
///
/// The description says what was found, what was needed and what to do; nothing in the file was
/// run, whatever it says.
public struct PickleError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What kind of refusal this is; tests and callers tell them apart by it.
  enum Code: Hashable, Sendable {
    case truncated, notPickle, unsafe, unsupported, malformed, tooLarge
  }

  let code: Code
  /// What was found, where that is said apart from the advice; without a full stop.
  let found: String?
  /// One or two sentences for people.
  public let description: String

  /// A sentence may quote the file, so it is kept from steering a terminal.
  private init(code: Code, found: String? = nil, description: String) {
    self.code = code
    self.found = found.map(Self.printable)
    self.description = Self.printable(description)
  }

  private static func printable(_ description: String) -> String {
    let scalars = description.unicodeScalars.map { scalar -> Unicode.Scalar in
      scalar.value < 0x20 || 0x7F...0x9F ~= scalar.value ? "?" : scalar
    }
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars)
    return String(text)
  }

  /// Whether the pickle asks for something outside the list of what a plain table needs.
  public var isRefusal: Bool { code == .unsafe }

  static func truncated(at offset: Int, reading what: String, needing count: Int) -> PickleError {
    PickleError(
      code: .truncated,
      description: """
        The pickle ends at byte \(offset), where \(what) needs \(count) more \
        \(count == 1 ? "byte" : "bytes"). The file was cut short or damaged; copy it again.
        """)
  }

  static func unterminated(at offset: Int, reading what: String) -> PickleError {
    PickleError(
      code: .truncated,
      description: """
        The line of \(what) at byte \(offset) has no end. The file was cut short or damaged; \
        copy it again.
        """)
  }

  static func notPickle(_ found: String) -> PickleError {
    PickleError(
      code: .notPickle,
      description: """
        This is not a pickled DataFrame: \(found). Give a file written by DataFrame.to_pickle, \
        or CSV or JSON Lines under their own names.
        """)
  }

  static func refused(global name: String) -> PickleError {
    if let advice = refusalAdvice[name] {
      return PickleError(
        code: .unsafe,
        description: """
          The pickle names \(name), which is not read. \(advice), and save the frame again.
          """)
    }
    return PickleError(
      code: .unsafe,
      description: """
        The pickle names \(name), which a table of plain columns does not need. Nothing was run. \
        If you trust the file, open it in pandas and save it as CSV.
        """)
  }

  static func refused(opcode name: String, at offset: Int, because reason: String) -> PickleError {
    PickleError(
      code: .unsafe,
      description: """
        The pickle uses \(name) at byte \(offset): \(reason). Save the frame again with \
        DataFrame.to_pickle.
        """)
  }

  static func unsupported(_ found: String, _ advice: String) -> PickleError {
    PickleError(code: .unsupported, found: found, description: "\(found). \(advice)")
  }

  static func malformed(_ found: String) -> PickleError {
    PickleError(
      code: .malformed,
      description: "\(found). The file is damaged or was not written by pandas; make it again.")
  }

  static func tooLarge(_ found: String, file count: Int) -> PickleError {
    PickleError(
      code: .tooLarge,
      description: """
        \(found), more than a file of \(count) bytes can hold. The file is damaged or hostile; \
        do not use it.
        """)
  }
}

/// What to do about the pandas types that have no meaning here but that people do meet.
let refusalAdvice: [String: String] = {
  let series = "Make it a DataFrame with .to_frame()"
  let multi = "Flatten the index with .reset_index() or frame.columns = [...]"
  let zoned = "Drop the time zone with .dt.tz_convert(None)"
  let text = "Turn the column into text with .astype(str)"
  let dense = "Make the column dense with .sparse.to_dense()"
  var advice: [String: String] = [:]
  func add(_ modules: [String], _ names: [String], _ sentence: String) {
    for module in modules { for name in names { advice["\(module).\(name)"] = sentence } }
  }
  add(["pandas", "pandas.core.series"], ["Series"], series)
  add(["pandas", "pandas.core.indexes.multi"], ["MultiIndex"], multi)
  add(["pandas", "pandas.core.dtypes.dtypes"], ["DatetimeTZDtype"], zoned)
  add(
    ["pandas", "pandas.core.dtypes.dtypes"], ["PeriodDtype", "IntervalDtype", "SparseDtype"], text)
  add(
    [
      "pandas.arrays", "pandas.core.arrays.period", "pandas.core.arrays.timedeltas",
      "pandas.core.arrays.interval",
    ], ["PeriodArray", "TimedeltaArray", "IntervalArray"], text)
  add(["pandas.arrays", "pandas.core.arrays.sparse.array"], ["SparseArray"], dense)
  add(["pandas._libs.interval"], ["__pyx_unpickle_IntervalMixin"], text)
  add(["datetime"], ["datetime", "date", "time", "timedelta"], text)
  add(["decimal"], ["Decimal"], text)
  add(["uuid"], ["UUID"], text)
  add(["pandas._libs.tslibs.timestamps"], ["_unpickle_timestamp"], text)
  return advice
}()
