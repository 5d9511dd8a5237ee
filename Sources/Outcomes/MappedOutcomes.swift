import Files

/// A native file of outcomes opened by memory map: cells and texts are read where they lie.
///
/// Use it where a whole `OutcomeTable` is not needed, such as to look at one prompt's answers.
/// Opening checks the parts that are used; answers are checked and read only if they are asked for.
public struct MappedOutcomes: Sendable {
  /// The models, in the order of their columns.
  public let models: [ModelID]
  /// The number of rows.
  public let count: Int
  private let map: MappedFile
  private let layout: NativeLayout
  private let file: String

  /// Opens a file that `OutcomeWriter` wrote in the native form.
  public init(path: String) throws(OutcomesError) {
    do throws(FilesError) { map = try MappedFile(path: path) } catch {
      throw OutcomesError(error.description)
    }
    file = path
    let (layout, names) = try map.withUnsafeBytes { (bytes) throws(OutcomesError) in
      let layout = try NativeLayout(bytes, file: path)
      for section in NativeSection.allCases where section != .responses {
        _ = try layout.section(section, in: bytes)
      }
      let names = try layout.texts(.models, count: layout.models, in: bytes)
      return (layout.verified(), names?.strings() ?? [])
    }
    self.layout = layout
    models = names.map { ModelID($0) }
    count = layout.rows
  }

  /// The id of a row.
  public func sampleID(_ row: Int) throws(OutcomesError) -> String {
    try text(.sampleIDs, row, of: count) ?? ""
  }

  /// The prompt of a row as recorded.
  public func prompt(_ row: Int) throws(OutcomesError) -> String {
    try text(.prompts, row, of: count) ?? ""
  }

  /// A model's answer; nil where it is missing or the file has no answers.
  public func response(_ row: Int, model: Int) throws(OutcomesError) -> String? {
    try text(.responses, row * models.count + model, of: count * models.count)
  }

  /// A model's quality on a row; NaN where it is missing.
  public func quality(_ row: Int, model: Int) throws(OutcomesError) -> Double {
    try number(.quality, row, model)
  }

  /// A model's cost on a row, in dollars; NaN where it is missing.
  public func cost(_ row: Int, model: Int) throws(OutcomesError) -> Double {
    try number(.cost, row, model)
  }

  /// The whole table; its prompts and responses stay in the map.
  public func table(includeResponses: Bool = false) throws(OutcomesError) -> OutcomeTable {
    try layout.table(of: map.bytes, includeResponses: includeResponses)
  }

  private func number(
    _ section: NativeSection, _ row: Int, _ model: Int
  ) throws(OutcomesError) -> Double {
    precondition(
      row >= 0 && row < count && model >= 0 && model < models.count, "The cell is not in the file.")
    return try map.withUnsafeBytes { (bytes) throws(OutcomesError) in
      guard let content = try layout.section(section, in: bytes) else { return .nan }
      return Double(bitPattern: content.word(at: (row * models.count + model) * 8))
    }
  }

  private func text(
    _ section: NativeSection, _ index: Int, of total: Int
  ) throws(OutcomesError) -> String? {
    precondition(index >= 0 && index < total, "The row is not in the file.")
    return try map.withUnsafeBytes { (bytes) throws(OutcomesError) in
      guard let content = try layout.section(section, in: bytes) else { return nil }
      guard let text = NativeTexts.one(index, of: total, in: content) else {
        throw .damaged(file, "a text lies outside its section")
      }
      return text
    }
  }
}
