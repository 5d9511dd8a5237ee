import Files
import Foundation
public import Matrices

/// Features made by other programs: numpy's `.npy` or safetensors, one row a prompt.
public enum FeatureFile {
  /// Reads a two-dimensional array of floats; little-endian 32-bit rows are viewed in place.
  ///
  /// - Parameter tensor: Which tensor of a safetensors file; needless where it has only one.
  /// - Throws: A sentence when the file is no such array.
  public static func read(_ path: String, tensor: String? = nil) throws -> Matrix {
    let file = try MappedFile(path: path)
    return try file.withUnsafeBytes { bytes in
      if bytes.starts(with: magic) { return try array(bytes, file) }
      return try Safetensors(file).features(named: tensor)
    }
  }

  private static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)

  /// numpy itself reads no longer header unless it is told to.
  private static let greatestHeader = 10_000
  /// The most dimensions that features may have; BLAS counts in 32 bits.
  static let greatestWidth = 1 << 24

  /// The beginning of foreign text, on one line.
  private static func shown(_ text: String) -> String {
    let trimmed = text.trimmingCharacters(in: .whitespacesAndNewlines).unicodeScalars
    let start = trimmed.prefix(200).map {
      $0.properties.generalCategory == .control ? "?" : Character($0)
    }
    return String(start) + (trimmed.count > 200 ? "..." : "")
  }

  private static func array(_ bytes: UnsafeRawBufferPointer, _ file: MappedFile) throws -> Matrix {
    func refuse(_ found: String) -> EmbeddingError {
      EmbeddingError(
        "\(file.path) \(found); features need a 2-dimensional .npy of little-endian floats "
          + "(<f2, <f4 or <f8), one row a prompt.")
    }
    guard bytes.count >= 10 else { throw refuse("ends inside its header") }
    let wide = bytes[6] >= 2
    guard bytes[6] >= 1, bytes[6] <= 3 else { throw refuse("has format version \(bytes[6])") }
    guard !wide || bytes.count >= 12 else { throw refuse("ends inside its header") }
    let length =
      wide
      ? Int(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt32.self)))
      : Int(UInt16(littleEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt16.self)))
    let start = (wide ? 12 : 10) + length
    guard start <= bytes.count else { throw refuse("ends inside its header") }
    guard length <= greatestHeader else { throw refuse("has a header of \(length) bytes") }
    let header = String(decoding: bytes[(wide ? 12 : 10)..<start], as: UTF8.self)
    guard let type = header.firstMatch(of: /'descr':\s*'([^']*)'/)?.1,
      let order = header.firstMatch(of: /'fortran_order':\s*(True|False)/)?.1,
      let shape = header.firstMatch(of: /'shape':\s*\(\s*(\d+)\s*,\s*(\d+)\s*,?\s*\)/),
      let rows = Int(shape.1), let columns = Int(shape.2)
    else {
      throw refuse("has the header \(shown(header))")
    }
    let widths: [Substring: Int] = ["<f2": 2, "<f4": 4, "<f8": 8]
    guard let width = widths[type] else {
      throw refuse("holds values of type \(shown(String(type)))")
    }
    let (count, overflow) = rows.multipliedReportingOverflow(by: columns)
    let (needed, tooLarge) = count.multipliedReportingOverflow(by: width)
    guard !overflow, !tooLarge, needed <= bytes.count - start else {
      throw refuse(
        "has \(bytes.count - start) bytes of values for a shape of \(rows) x \(columns)")
    }
    // A shape of nothing fits any number of rows into no bytes.
    guard rows > 0, (1...greatestWidth).contains(columns) else {
      throw refuse("has the shape \(rows) x \(columns)")
    }
    let data = UnsafeRawBufferPointer(rebasing: bytes[start..<(start + needed)])
    let fortran = order == "True"
    if width == 4, !fortran, start % 4 == 0 {
      return Matrix(
        rows: rows, columns: columns, viewing: data.assumingMemoryBound(to: Float.self),
        owner: file)
    }
    return Matrix(rows: rows, columns: columns) { values in
      for row in 0..<rows {
        for column in 0..<columns {
          let offset = (fortran ? column * rows + row : row * columns + column) * width
          values[row * columns + column] =
            switch width {
            case 2:
              Float(
                Float16(bitPattern: data.loadUnaligned(fromByteOffset: offset, as: UInt16.self)))
            case 4: data.loadUnaligned(fromByteOffset: offset, as: Float.self)
            default: Float(data.loadUnaligned(fromByteOffset: offset, as: Double.self))
            }
        }
      }
    }
  }
}
