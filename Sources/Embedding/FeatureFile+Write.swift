public import Files
public import Matrices

extension FeatureFile {
  /// Writes features as numpy's `.npy`, version 1.0: little-endian 32-bit floats, row by row.
  ///
  /// - Throws: `FilesError` when the place cannot be written to.
  public static func write(_ features: Matrix, to path: String) throws(FilesError) {
    var header =
      "{'descr': '<f4', 'fortran_order': False, 'shape': (\(features.rows), \(features.columns)), }"
    // Magic, version and length take 10 bytes; the whole must be a multiple of 64, with a line's end.
    let length = (10 + header.utf8.count + 1 + 63) / 64 * 64 - 10
    header += String(repeating: " ", count: length - 1 - header.utf8.count) + "\n"
    var bytes: [UInt8] = [0x93] + Array("NUMPY".utf8) + [1, 0]
    bytes += [UInt8(length & 0xFF), UInt8(length >> 8)]
    bytes += Array(header.utf8)
    bytes.reserveCapacity(bytes.count + 4 * features.rows * features.columns)
    features.withUnsafeBufferPointer { values in
      for value in values {
        withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
      }
    }
    try AtomicFile.write(bytes, to: path, readers: .everyone)
  }
}
