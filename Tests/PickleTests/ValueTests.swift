import Testing

@testable import Pickle

@Suite("Dates and small floats")
struct ValueTests {
  @Test(
    "Instants are ISO 8601 text",
    arguments: [
      (0, "ns", "1970-01-01T00:00:00"), (-1, "ns", "1969-12-31T23:59:59.999999999"),
      (1_582_934_400, "s", "2020-02-29T00:00:00"), (-719_162, "D", "0001-01-01T00:00:00"),
      (2_932_896, "D", "9999-12-31T00:00:00"), (1500, "us", "1970-01-01T00:00:00.001500"),
      (-2_203_891_200_000, "ms", "1900-03-01T00:00:00"), (90, "m", "1970-01-01T01:30:00"),
      (.max, "ns", "2262-04-11T23:47:16.854775807"),
    ] as [(Int64, String, String)])
  func dates(instant: Int64, unit: String, text: String) {
    #expect(ISODate.text(of: instant, unit: unit) == text)
  }

  @Test("Dates beyond the years 1 to 9999 and unknown units have no text")
  func datesBeyond() {
    #expect(ISODate.text(of: 2_932_897, unit: "D") == nil)
    #expect(ISODate.text(of: .min, unit: "D") == nil)
    #expect(ISODate.text(of: .max, unit: "s") == nil)
    #expect(ISODate.text(of: 0, unit: "Y") == nil)
  }

  @Test("Half-precision bits are the numbers of IEEE 754")
  func halves() {
    #expect(half(0x3C00) == 1 && half(0xC100) == -2.5 && half(0x0001) == 0x1p-24)
    #expect(half(0x7BFF) == 65504 && half(0x7C00) == .infinity && half(0x7E00).isNaN)
    #expect(half(0x8000).sign == .minus)
  }
}
