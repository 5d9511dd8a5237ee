import Files
import Matrices

/// Writes a table so that reading it gives the same table, to the last bit of every number.
///
/// Files appear whole or not at all. Numbers in text forms are the shortest that read back the same.
public enum OutcomeWriter {
  /// Writes a table.
  ///
  /// - Parameters:
  ///   - table: The table; its responses are written if it has them.
  ///   - path: The file to write or replace.
  ///   - format: CSV, JSON Lines or native.
  ///   - shape: The layout of text forms; the native form has its own.
  ///   - extras: Measurements that text forms carry beside the table's; the native form has no place
  ///     for them.
  /// - Throws: `OutcomesError` where the form cannot be written or the disk refuses.
  public static func write(
    _ table: OutcomeTable, to path: String, format: OutcomeFormat, shape: OutcomeShape = .wide,
    extras: [OutcomeExtra] = []
  ) throws(OutcomesError) {
    if let compression = Compression(fileName: path) {
      throw OutcomesError(
        "\(path) asks for a compressed file (\(compression.ending)), which is not written; leave "
          + "the ending out and compress the file afterwards.")
    }
    if format == .pickle {
      throw OutcomesError(
        "\(path) asks for a pickle, which is not written; write CSV, JSON Lines or .rbt.")
    }
    do {
      try AtomicFile.write(to: path) { sink in
        switch format {
        case .native: try NativeWriter(table: table).write { try sink.append($0) }
        default:
          var rows = OutcomeRows(table: table, shape: shape, extras: extras)
          try rows.write(as: format) { try sink.append($0) }
        }
      }
    } catch let error as FilesError {
      throw OutcomesError(error.description)
    } catch let error as OutcomesError {
      throw error
    } catch {
      throw OutcomesError("\(path) could not be written: \(error).")
    }
  }

  /// The bytes that `write` puts into a file.
  static func bytes(
    _ table: OutcomeTable, format: OutcomeFormat, shape: OutcomeShape = .wide
  ) -> [UInt8] {
    var bytes: [UInt8] = []
    if format == .native {
      NativeWriter(table: table).write { bytes.append(contentsOf: $0) }
    } else {
      var rows = OutcomeRows(table: table, shape: shape)
      rows.write(as: format) { bytes.append(contentsOf: $0) }
    }
    return bytes
  }
}
