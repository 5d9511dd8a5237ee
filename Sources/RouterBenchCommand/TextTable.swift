import Words

/// Columns of text, aligned: words to the left, numbers to the right.
struct TextTable {
  private var rows: [[String]]
  private let rightAligned: Set<Int>
  /// Enough for any honest name; the middle of a longer one is left out.
  private static let longest = 400

  init(_ heading: [String], rightAligned: Set<Int>) {
    rows = []
    self.rightAligned = rightAligned
    add(heading)
  }

  mutating func add(_ row: [String]) {
    rows.append(row.map { PlainText.short($0, limit: Self.longest) })
  }

  func lines(indent: Int = 2) -> [String] {
    let columns = rows.first?.count ?? 0
    let widths = (0..<columns).map { column in
      rows.map { $0[column].count }.max() ?? 0
    }
    let margin = String(repeating: " ", count: indent)
    return rows.map { row in
      let cells = row.enumerated().map { column, cell in
        let space = String(repeating: " ", count: widths[column] - cell.count)
        return rightAligned.contains(column) ? space + cell : cell + space
      }
      let line = margin + cells.joined(separator: "  ")
      return String(line.reversed().drop { $0 == " " }.reversed())
    }
  }
}

extension Int {
  /// With commas between thousands, whatever the locale.
  var grouped: String {
    var digits = Array(String(magnitude))
    var place = digits.count - 3
    while place > 0 {
      digits.insert(",", at: place)
      place -= 3
    }
    return (self < 0 ? "-" : "") + String(digits)
  }

  /// `1 row`, `2 rows`.
  func counted(_ noun: String) -> String { "\(grouped) \(noun)\(self == 1 ? "" : "s")" }
}

extension Double {
  /// With that many digits after the point, whatever the locale; a dash where it is missing.
  func fixed(_ digits: Int) -> String {
    guard isFinite else { return "-" }
    var scale = 1.0
    for _ in 0..<digits { scale *= 10 }
    let scaled = (magnitude * scale).rounded()
    guard scaled < 1e15 else { return "\(self)" }
    let whole = Int(scaled)
    let divisor = Int(scale)
    let fraction = String(whole % divisor)
    let zeros = String(repeating: "0", count: digits - (digits == 0 ? 0 : fraction.count))
    let sign = self < 0 && whole != 0 ? "-" : ""
    return sign + "\(whole / divisor)" + (digits == 0 ? "" : ".\(zeros)\(fraction)")
  }

  /// With that many significant digits, for costs a prompt.
  func significant(_ digits: Int) -> String {
    guard isFinite else { return "-" }
    guard self != 0 else { return "0" }
    var places = digits - 1
    var value = magnitude
    while value < 1, places < 15 {
      value *= 10
      places += 1
    }
    while value >= 10, places > 0 {
      value /= 10
      places -= 1
    }
    return fixed(places)
  }
}
