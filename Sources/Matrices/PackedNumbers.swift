import Foundation

/// A shape and its numbers as little-endian bytes: how matrices and grids are saved.
struct PackedNumbers: Codable {
  var rows: Int
  var columns: Int
  var bytes: Data

  init<Number>(rows: Int, columns: Int, packing numbers: UnsafeBufferPointer<Number>) {
    self.rows = rows
    self.columns = columns
    bytes = Data(buffer: numbers)
  }

  /// The numbers, when there are as many as the shape says; every machine Swift runs on here is
  /// little-endian.
  func numbers<Number: BitwiseCopyable>(
    _ zero: Number, in decoder: any Decoder
  ) throws -> [Number] {
    let (count, overflow) = rows.multipliedReportingOverflow(by: columns)
    let (size, tooLarge) = count.multipliedReportingOverflow(by: MemoryLayout<Number>.stride)
    // Rows of no columns would be any number of rows in no bytes.
    guard rows >= 0, columns >= 0, !overflow, !tooLarge, bytes.count == size,
      columns > 0 || rows == 0
    else {
      throw DecodingError.dataCorrupted(
        .init(
          codingPath: decoder.codingPath,
          debugDescription: "\(bytes.count) bytes cannot be \(rows) x \(columns) numbers."))
    }
    var numbers = [Number](repeating: zero, count: count)
    _ = numbers.withUnsafeMutableBytes { bytes.copyBytes(to: $0) }
    return numbers
  }
}

extension Matrix: Codable {
  /// Reads a shape and its values, little-endian.
  public init(from decoder: any Decoder) throws {
    let packed = try PackedNumbers(from: decoder)
    let values = try packed.numbers(Float(0), in: decoder)
    self.init(rows: packed.rows, columns: packed.columns, values: values)
  }

  /// Writes the shape and the values, little-endian.
  public func encode(to encoder: any Encoder) throws {
    try withUnsafeBufferPointer { PackedNumbers(rows: rows, columns: columns, packing: $0) }
      .encode(to: encoder)
  }
}

extension Grid: Codable {
  /// Reads a shape and its cells, little-endian.
  public init(from decoder: any Decoder) throws {
    let packed = try PackedNumbers(from: decoder)
    let values = try packed.numbers(0.0, in: decoder)
    self.init(rows: packed.rows, columns: packed.columns, values: values)
  }

  /// Writes the shape and the cells, little-endian.
  public func encode(to encoder: any Encoder) throws {
    try values.withUnsafeBufferPointer { PackedNumbers(rows: rows, columns: columns, packing: $0) }
      .encode(to: encoder)
  }
}
