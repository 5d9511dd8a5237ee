/// NumPy's datetime64 as ISO 8601 text, without a time zone as pandas keeps it.
enum ISODate {
  /// How many of each unit that pandas uses make a day.
  static let unitsPerDay: [String: Int64] = [
    "D": 1, "h": 24, "m": 1440, "s": 86_400, "ms": 86_400_000, "us": 86_400_000_000,
    "ns": 86_400_000_000_000,
  ]

  /// The text of an instant counted from 1970, or nil outside the years 1 to 9999.
  ///
  /// The fraction of a second has 3, 6 or 9 digits and is left out when it is 0.
  static func text(of instant: Int64, unit: String) -> String? {
    guard let perDay = unitsPerDay[unit] else { return nil }
    var days = instant / perDay
    var rest = instant % perDay
    if rest < 0 {
      rest += perDay
      days -= 1
    }
    guard -719_162...2_932_896 ~= days else { return nil }
    let nanoseconds = rest * (86_400_000_000_000 / perDay)
    let seconds = nanoseconds / 1_000_000_000
    let fraction = nanoseconds % 1_000_000_000
    let (year, month, day) = civil(days: days)
    var result = "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))T"
    result += "\(padded(seconds / 3600, 2)):\(padded(seconds / 60 % 60, 2))"
    result += ":\(padded(seconds % 60, 2))"
    if fraction != 0 {
      if fraction % 1_000_000 == 0 {
        result += "." + padded(fraction / 1_000_000, 3)
      } else if fraction % 1000 == 0 {
        result += "." + padded(fraction / 1000, 6)
      } else {
        result += "." + padded(fraction, 9)
      }
    }
    return result
  }

  /// The Gregorian date of a day counted from 1970, by eras of 400 years that begin in March.
  private static func civil(days: Int64) -> (year: Int64, month: Int64, day: Int64) {
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
    let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
  }

  private static func padded(_ number: Int64, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
