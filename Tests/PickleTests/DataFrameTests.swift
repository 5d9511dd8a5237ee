import Testing

@testable import Pickle

@Suite("Data frames that pandas 1, 2 and 3 pickle")
struct DataFrameTests {
  @Test(
    "Columns of every plain type are read from every protocol",
    arguments: ["pandas1", "pandas2", "pandas3"], 0...5)
  func plain(writer: String, proto: Int) throws {
    let frame = try DataFrame.read(try Fixtures.bytes("\(writer)-plain-\(proto).pkl"))
    #expect(frame.rowCount == 3)
    #expect(frame.index == nil)
    #expect(
      frame.columns.map(\.name) == [
        "text", "double", "integer", "flag", "float32", "half", "int32", "byte", "category",
        "date", "Int64", "Float64", "boolean", "whole",
      ])
    #expect(frame.text("text") == ["a", "é\n😀", nil])
    #expect(same(frame.doubles("double"), [1.5, .nan, -0.25]))
    #expect(frame.integers("integer") == [1, -2, 1 << 62])
    #expect(frame.booleans("flag") == [true, false, true])
    #expect(same(frame.doubles("float32"), [1, 2.5, 3]))
    #expect(same(frame.doubles("half"), [1, -2.5, 0x1p-24]))
    #expect(frame.integers("int32") == [1, -2, 3])
    #expect(frame.integers("byte") == [1, 2, 255])
    #expect(frame.text("category") == ["u", "v", nil])
    #expect(frame.text("date") == ["2020-01-01T00:00:00", "1969-12-31T23:59:59.789", nil])
    #expect(same(frame.doubles("Int64"), [1, .nan, 3]))
    #expect(same(frame.doubles("Float64"), [1.5, .nan, 3]))
    #expect(same(frame.doubles("boolean"), [1, .nan, 0]))
    #expect(frame.integers("whole") == [1, 2, 3])
    let pandas = writer == "pandas3" ? "pandas 3" : "pandas 1 or 2"
    let spoken = proto < 2 ? "0 or 1" : "\(proto)"
    #expect(frame.writtenBy == "\(pandas), protocol \(spoken)")
  }

  @Test(
    "Every storage of text gives the same column",
    arguments: Fixtures.names.filter { $0.contains("-string-") })
  func strings(name: String) throws {
    let frame = try DataFrame.read(try Fixtures.bytes(name))
    #expect(frame.text("q") == ["a", "é", nil, ""])
  }

  @Test("Slices and types of PyArrow arrays are read", arguments: ["pandas2", "pandas3"])
  func pyArrow(writer: String) throws {
    let sliced = try DataFrame.read(try Fixtures.bytes("\(writer)-pyarrow-sliced-5.pkl"))
    #expect(sliced.text("q") == ["é", nil, "", "a", "é", nil])
    let types = try DataFrame.read(try Fixtures.bytes("\(writer)-pyarrow-types-5.pkl"))
    #expect(same(types.doubles("int64"), [1, .nan]))
    #expect(types.integers("uint8") == [1, 255])
    #expect(same(types.doubles("double"), [1.5, .nan]))
    #expect(same(types.doubles("float"), [1.5, 2]))
    #expect(same(types.doubles("bool"), [1, .nan]))
    #expect(types.text("string") == ["x", nil])
  }

  @Test(
    "Blocks of C and Fortran order, apart and interleaved, go to their columns",
    arguments: ["pandas1", "pandas2", "pandas3"])
  func blocks(writer: String) throws {
    let fortran = try DataFrame.read(try Fixtures.bytes("\(writer)-fortran-5.pkl"))
    #expect(same(fortran.doubles("a"), [0, 2, 4]) && same(fortran.doubles("b"), [1, 3, 5]))
    for proto in [2, 5] {
      let turned = try DataFrame.read(try Fixtures.bytes("\(writer)-transposed-\(proto).pkl"))
      #expect(same(turned.doubles("0"), [0, 1, 2]) && same(turned.doubles("1"), [3, 4, 5]))
    }
    let mixed = try DataFrame.read(try Fixtures.bytes("\(writer)-interleaved-5.pkl"))
    #expect(mixed.integers("a") == [1, 2] && mixed.integers("c") == [3, 4])
    #expect(mixed.integers("f") == [5, 6] && same(mixed.doubles("b"), [0.5, 0.25]))
    #expect(same(mixed.doubles("d"), [0.125, 1]) && same(mixed.doubles("e"), [1, 2]))
    let swapped = try DataFrame.read(try Fixtures.bytes("\(writer)-big-endian-5.pkl"))
    #expect(same(swapped.doubles("a"), [1.5, 2]) && swapped.integers("b") == [1, 2])
    let huge = try DataFrame.read(try Fixtures.bytes("\(writer)-huge-unsigned-5.pkl"))
    #expect(same(huge.doubles("a"), [1, 0x1p63]))
  }

  @Test("The layout of pandas 1.0 to 1.2 is read")
  func legacy() throws {
    let frame = try DataFrame.read(try Fixtures.bytes("pandas1-legacy-4.pkl"))
    #expect(same(frame.doubles("a"), [1.5, 2]) && frame.text("b") == ["x", nil])
    #expect(same(frame.doubles("c"), [3.5, 4]))
    #expect(frame.text("d") == ["2020-01-01T00:00:00", nil])
  }

  @Test(
    "Indices give names and labels; a RangeIndex only counts",
    arguments: ["pandas1", "pandas2", "pandas3"])
  func indices(writer: String) throws {
    func frame(_ name: String) throws -> DataFrame {
      try DataFrame.read(try Fixtures.bytes("\(writer)-\(name)-5.pkl"))
    }
    let named = try frame("named")
    #expect(named.index?.name == "id")
    #expect(named.index.map { Array($0.values.asText) } == ["r", "s", "t"])
    #expect(named.columns.map(\.name) == ["p", "q"])
    #expect(try frame("number-columns").columns.map(\.name) == ["0", "1"])
    #expect(try frame("category-columns").columns.map(\.name) == ["x", "y"])
    #expect(
      try frame("category-index").index.map { Array($0.values.asText) } == ["x", "y"])
    #expect(
      try frame("date-index").index.map { Array($0.values.asText) }
        == ["2020-02-28T00:00:00", "2020-02-29T00:00:00"])
    let chosen = try frame("selected-rows")
    #expect(chosen.index.map { Array($0.values.asText) } == ["0", "2", "1"])
    #expect(chosen.text("b") == ["x", "z", "y"])
    #expect(try frame("empty").rowCount == 0 && frame("empty").columns.isEmpty)
    #expect(try frame("no-rows").columns.map(\.values.count) == [0, 0])
    #expect(try frame("no-columns").rowCount == 2)
  }

  @Test(
    "Object columns take the narrowest type that holds their cells",
    arguments: ["pandas1", "pandas2", "pandas3"])
  func objects(writer: String) throws {
    let frame = try DataFrame.read(try Fixtures.bytes("\(writer)-objects-5.pkl"))
    #expect(frame.text("mixed") == ["1", "x", "2.5", "True", nil, "3.0", "-4"])
    #expect(frame.text("missing") == Array(repeating: nil, count: 7))
    #expect(same(frame.doubles("numbers"), [1, .nan, 2.5, 0.5, .nan, 7, 1]))
    #expect(frame.integers("integers") == [1, 2, 3, 4, 5, 6, -7])
    #expect(frame.booleans("flags") == [true, false, true, true, true, true, false])
    #expect(
      frame.text("repeated") == Array(repeating: String(repeating: "s", count: 40), count: 7))
  }

  @Test("Only wanted columns are converted, even when others could not be")
  func filter() throws {
    let bytes = try Fixtures.bytes("pandas3-plain-5.pkl")
    let frame = try DataFrame.read(bytes, columns: { $0.hasPrefix("t") || $0 == "half" })
    #expect(frame.columns.map(\.name) == ["text", "half"])
    let complex = try Fixtures.bytes("pandas3-refused-complex-5.pkl")
    #expect(try DataFrame.read(complex, columns: { _ in false }).rowCount == 1)
  }

  @Test(
    "What is no table of named columns is refused with its name and advice",
    arguments: [
      (
        "multi-index", "pandas.core.indexes.multi.MultiIndex",
        "Flatten the index with .reset_index() or frame.columns = [...]"
      ),
      ("series", "pandas.core.series.Series", "Make it a DataFrame with .to_frame()"),
    ])
  func refused(fixture: String, global: String, advice: String) throws {
    for writer in ["pandas1", "pandas2", "pandas3"] {
      guard
        case .failure(let error) = Fixtures.outcome(
          try Fixtures.bytes("\(writer)-refused-\(fixture)-5.pkl"))
      else {
        Issue.record("\(writer)'s \(fixture) was read.")
        continue
      }
      #expect(error.isRefusal)
      if writer != "pandas3" {
        #expect(
          error.description
            == "The pickle names \(global), which is not read. \(advice), and save the frame again."
        )
      } else {
        #expect(error.description.hasSuffix("not read. \(advice), and save the frame again."))
      }
    }
  }

  @Test(
    "A column of a type that is not read is left out, and its advice kept",
    arguments: [
      ("time-zone", "Drop the time zone with .dt.tz_convert(None)."),
      ("period", "Turn the column into text with .astype(str)."),
      ("duration", "Turn the column into text with .astype(str)."),
      ("interval", "Turn the column into text with .astype(str)."),
      ("sparse", "Make the column dense with .sparse.to_dense()."),
      ("timestamp-cell", "turn the column into text with .astype(str)."),
      ("list-cell", "turn the column into text with .astype(str)."),
      ("complex", "turn it into text with .astype(str)."),
    ])
  func unread(fixture: String, advice: String) throws {
    for writer in ["pandas1", "pandas2", "pandas3"] {
      let frame = try DataFrame.read(try Fixtures.bytes("\(writer)-refused-\(fixture)-5.pkl"))
      #expect(frame.columns.isEmpty && frame.names == ["t"])
      #expect(frame.unread.map(\.name) == ["t"])
      let sentence = frame.unread.first?.description ?? ""
      #expect(sentence.hasSuffix(advice), "\(writer): \(sentence)")
    }
  }
}
