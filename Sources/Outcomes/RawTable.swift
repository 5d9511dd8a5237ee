import Files
import Pickle

/// Rows and named columns as a file has them, before anyone asks what they mean.
///
/// Cells of text formats are places in the file's bytes and are decoded when they are asked for.
struct RawTable {
  var columns: [RawColumn]
  /// The names of all of the file's columns, those included that were not wanted.
  var names: [String] = []
  /// The wanted columns whose cells are neither text nor numbers, of a pickle.
  var unread: [UnreadColumn] = []
  /// The data row's number in the file, from 1.
  var rowNumbers: [Int]
  /// The line on which each row starts; nil for a format without lines.
  var lines: RowLines?
  /// How many data rows the file has, those left out included.
  var rowsInFile = 0

  var count: Int { rowNumbers.count }

  func column(_ name: String) -> RawColumn? { columns.first { $0.name == name } }

  /// The first of several spellings that is there.
  func column(_ names: [String]) -> RawColumn? {
    for name in names {
      if let found = column(name) { return found }
    }
    return nil
  }
}

/// The lines on which rows start, counted only when someone asks: a clean file needs none.
final class RowLines {
  private let file: KeptBytes
  private let starts: [Int]
  private let endings: LineEndings
  private lazy var lines = Self.numbers(of: starts, in: file, endings)

  /// What ends a line.
  enum LineEndings {
    case lineFeed
    /// LF, CRLF or CR.
    case any
  }

  /// - Parameter starts: The offset of each row's first byte, in order.
  init(_ file: KeptBytes, starts: [Int], endings: LineEndings) {
    self.file = file
    self.starts = starts
    self.endings = endings
  }

  subscript(row: Int) -> Int { lines[row] }

  /// The number of the line, from 1, that each offset lies on; the offsets ascend.
  static func numbers(of offsets: [Int], in file: KeptBytes, _ endings: LineEndings) -> [Int] {
    file.withUnsafeBytes { bytes in
      var line = 1
      var position = 0
      var previous: UInt8 = 0
      return offsets.map { offset in
        while position < offset {
          let byte = bytes[position]
          if byte == 0x0A {
            if endings == .lineFeed || previous != 0x0D { line += 1 }
          } else if byte == 0x0D, endings == .any {
            line += 1
          }
          previous = byte
          position += 1
        }
        return line
      }
    }
  }
}
