/// The parts of a native file; the numbers are its kind on disk and never change meaning.
enum NativeSection: UInt32, CaseIterable {
  /// Text list, one a model.
  case models = 1
  /// Text list, one a row.
  case sampleIDs = 2
  /// Text list of the distinct task names.
  case evalNames = 3
  /// 32-bit integers, one a row: its task name's place in the list.
  case evalNameOfRow = 4
  /// Text list, one a row.
  case prompts = 5
  /// Doubles, row by row; NaN is missing. So are the five after it.
  case quality = 6
  case cost = 7
  case latency = 8
  case confidence = 9
  case inputTokens = 10
  case outputTokens = 11
  /// Text list, one a row.
  case trueLabels = 12
  /// Text list, row by row, one a model.
  case responses = 13

  /// Whether every file has it.
  var isRequired: Bool { rawValue <= NativeSection.cost.rawValue }

  var isGrid: Bool {
    (NativeSection.quality.rawValue...NativeSection.outputTokens.rawValue).contains(rawValue)
  }
}
