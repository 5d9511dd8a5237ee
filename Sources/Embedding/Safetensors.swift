import Files
import Foundation
import Matrices

/// The tensors of a `.safetensors` file, read by memory map; every offset is checked before use.
struct Safetensors: Sendable {
  private struct Entry: Sendable {
    let type: String
    let shape: [Int]
    let range: Range<Int>
  }

  private let file: MappedFile
  private let entries: [String: Entry]
  /// Tensors of other types, which hold no weights or are compressed.
  private let others: [String: String]

  init(_ file: MappedFile) throws(EmbeddingError) {
    self.file = file
    (entries, others) = try file.withUnsafeBytes { (bytes) throws(EmbeddingError) in
      try Self.header(of: bytes, path: file.path)
    }
  }

  var names: [String] { entries.keys.sorted() }

  /// One tensor as floats; a vector is a matrix of one row.
  func matrix(named name: String) throws(EmbeddingError) -> Matrix {
    guard let entry = entries[name] else {
      if let type = others[name] {
        throw EmbeddingError(
          "The tensor \(name) in \(file.path) is of the type \(type); F64, F32, F16 and BF16 are "
            + "read. Choose another encoder.")
      }
      throw EmbeddingError("\(file.path) has no tensor \(name); is it the model's own weights?")
    }
    let rows = entry.shape.count == 2 ? entry.shape[0] : 1
    let columns = entry.shape.count == 2 ? entry.shape[1] : entry.shape.first ?? 1
    guard entry.shape.count <= 2 else {
      throw EmbeddingError(
        "The tensor \(name) in \(file.path) has \(entry.shape.count) dimensions; 2 were needed.")
    }
    // A shape of nothing fits any number of rows into no bytes.
    guard rows > 0, columns > 0 else {
      throw EmbeddingError(
        "The tensor \(name) in \(file.path) has the shape \(rows) x \(columns) and so no values; fetch "
          + "or make the file again.")
    }
    return file.withUnsafeBytes { bytes in
      let data = UnsafeRawBufferPointer(rebasing: bytes[entry.range])
      func filled(_ value: (Int) -> Float) -> Matrix {
        Matrix(rows: rows, columns: columns) { values in
          for index in values.indices { values[index] = value(index) }
        }
      }
      switch entry.type {
      case "F32":
        if let base = data.baseAddress, Int(bitPattern: base) % 4 == 0 {
          return Matrix(
            rows: rows, columns: columns, viewing: data.assumingMemoryBound(to: Float.self),
            owner: file)
        }
        return filled { data.loadUnaligned(fromByteOffset: $0 * 4, as: Float.self) }
      case "F64":
        return filled { Float(data.loadUnaligned(fromByteOffset: $0 * 8, as: Double.self)) }
      case "F16":
        return filled {
          Float(Float16(bitPattern: data.loadUnaligned(fromByteOffset: $0 * 2, as: UInt16.self)))
        }
      default:
        return filled {
          Float(
            bitPattern: UInt32(data.loadUnaligned(fromByteOffset: $0 * 2, as: UInt16.self)) << 16)
        }
      }
    }
  }

  /// The named tensor of a features file, or its only one.
  func features(named wanted: String?) throws(EmbeddingError) -> Matrix {
    if let wanted, entries[wanted] == nil {
      throw EmbeddingError(
        "\(file.path) has no tensor of floats named '\(wanted)'; it has: "
          + "\(names.prefix(10).joined(separator: ", ")). Name one of these.")
    }
    guard let name = wanted ?? (entries.count == 1 ? names.first : nil),
      entries[name]?.shape.count == 2
    else {
      throw EmbeddingError(
        "\(file.path) holds \(entries.count) tensors of floats; features need one of two "
          + "dimensions, one row a prompt.")
    }
    let features = try matrix(named: name)
    guard features.columns <= FeatureFile.greatestWidth else {
      throw EmbeddingError(
        "The tensor \(name) in \(file.path) has \(features.columns) columns; features have at most "
          + "\(FeatureFile.greatestWidth).")
    }
    return features
  }

  private static func header(
    of bytes: UnsafeRawBufferPointer, path: String
  ) throws(EmbeddingError) -> ([String: Entry], [String: String]) {
    func refuse(_ found: String) -> EmbeddingError {
      EmbeddingError(
        "\(path) \(found); a .safetensors file with float tensors was needed. Fetch it again.")
    }
    guard bytes.count >= 8 else { throw refuse("is too short") }
    let length = UInt64(littleEndian: bytes.loadUnaligned(as: UInt64.self))
    guard length <= UInt64(bytes.count - 8) else { throw refuse("has a header that does not fit") }
    let start = 8 + Int(length)
    guard
      let json = try? JSONSerialization.jsonObject(with: Data(bytes[8..<start])) as? [String: Any]
    else { throw refuse("has no readable header") }
    let widths = ["F64": 8, "F32": 4, "F16": 2, "BF16": 2]
    var entries: [String: Entry] = [:]
    var others: [String: String] = [:]
    for (name, value) in json where name != "__metadata__" {
      guard let tensor = value as? [String: Any], let type = tensor["dtype"] as? String,
        let shape = tensor["shape"] as? [Int], let offsets = tensor["data_offsets"] as? [Int],
        offsets.count == 2, shape.allSatisfy({ $0 >= 0 })
      else { throw refuse("describes the tensor \(name) in no known way") }
      // Integer tensors, such as position numbers, are no weights.
      guard let width = widths[type] else {
        others[name] = type
        continue
      }
      var size = width
      for dimension in shape {
        let (product, overflow) = size.multipliedReportingOverflow(by: dimension)
        guard !overflow else { throw refuse("gives the tensor \(name) an impossible shape") }
        size = product
      }
      guard offsets[0] >= 0, offsets[1] >= offsets[0], offsets[1] <= bytes.count - start,
        offsets[1] - offsets[0] == size
      else { throw refuse("places the tensor \(name) outside the file") }
      entries[name] = Entry(
        type: type, shape: shape, range: (start + offsets[0])..<(start + offsets[1]))
    }
    return (entries, others)
  }
}
