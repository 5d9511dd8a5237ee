import Testing

@testable import Pickle

@Suite("Columns that nobody needs")
struct UnreadColumnTests {
  @Test(
    "Whatever stands beside a plain table, the table is read and the rest is named",
    arguments: Fixtures.names.filter { $0.contains("-beside-") })
  func beside(fixture: String) throws {
    let frame = try DataFrame.read(try Fixtures.bytes(fixture))
    #expect(frame.rowCount == 2 && frame.index == nil)
    #expect(frame.columns.map(\.name) == ["text", "number"])
    #expect(frame.text("text") == ["a", "é"])
    #expect(frame.doubles("number") == [0.5, 1])
    #expect(frame.unread.count == frame.names.count - 2)
    #expect(Set(frame.unread.map(\.name)).union(["text", "number"]) == Set(frame.names))
    for column in frame.unread {
      #expect(column.description.hasPrefix("\(column.found). "), "\(column.name)")
      #expect(!column.found.contains("object made by"), "\(column.found)")
    }
  }

  @Test(
    "What a column holds is said by its type",
    arguments: [
      ("python", "list", "Column 'list', row 1, holds a list"),
      ("python", "date", "Column 'date', row 1, holds a datetime.date"),
      ("python", "uuid", "Column 'uuid', row 1, holds a uuid.UUID"),
      ("python", "set", "Column 'set', row 1, holds a builtins.set"),
      ("numpy", "embedding", "Column 'embedding', row 1, holds a NumPy array"),
      ("numpy", "complex", "A column has the NumPy type c16"),
      ("pandas", "utc", "A column has the type pandas.DatetimeTZDtype"),
      ("pandas", "frame", "Column 'frame', row 1, holds a DataFrame"),
      ("pandas", "centuries", "Column 'centuries' has a date beyond the years 1 to 9999"),
      ("pyarrow", "list", "A column has the PyArrow type list_"),
    ])
  func found(fixture: String, column: String, sentence: String) throws {
    let frame = try DataFrame.read(try Fixtures.bytes("pandas3-beside-\(fixture)-5.pkl"))
    #expect(frame.unread.first { $0.name == column }?.found == sentence)
  }

  @Test(
    "A row index of any type leaves the columns as they are",
    arguments: ["zone", "period", "duration", "interval", "uuid", "multi"],
    ["pandas1", "pandas2", "pandas3"])
  func index(kind: String, writer: String) throws {
    let frame = try DataFrame.read(try Fixtures.bytes("\(writer)-index-\(kind)-5.pkl"))
    #expect(frame.rowCount == 2)
    #expect(frame.text("text") == ["a", "é"] && frame.doubles("number") == [0.5, 1])
    #expect(frame.unread.isEmpty)
    if kind == "multi" {
      #expect(frame.index?.name == "sample_id")
      #expect(frame.index.map { Array($0.values.asText) } == ["s1", "s2"])
    }
  }

  @Test(
    "Decimals and NumPy's texts are read as text",
    arguments: Fixtures.names.filter { $0.contains("-read-objects-") })
  func objects(fixture: String) throws {
    let frame = try DataFrame.read(try Fixtures.bytes(fixture))
    #expect(frame.text("decimal") == ["1.50", "1.50"])
    #expect(frame.text("str") == ["né", "né"])
    #expect(frame.text("missing") == [nil, nil])
    #expect(frame.unread.isEmpty)
  }

  @Test(
    "A function is no data: its name refuses the file wherever it stands",
    arguments: [
      "os.system", "posix.system", "builtins.eval", "builtins.exec", "builtins.__import__",
      "subprocess.Popen", "datetime.sys", "uuid.os.system", "decimal.getcontext", "pathlib.os",
      "collections.abc", "numpy.load", "numpy.core.multiarray.fromfile", "pandas.read_pickle",
      "pandas.eval", "zoneinfo.open", "types.FunctionType", "types.CodeType", "array.open",
      "functools.partial", "operator.attrgetter", "torch.load", "__main__.Label", "enum.Enum",
      "builtins.getattr", "pandas._libs.interval.os",
    ])
  func functions(name: String) {
    let parts = name.split(separator: ".").map(String.init)
    // In a list of cells, named and not called, and called.
    for call in ["", "(tR"] {
      let module = parts.dropLast().joined(separator: ".")
      let program = "\u{80}\u{4}(lc\(module)\n\(parts[parts.count - 1])\n\(call)a."
      let bytes = program.unicodeScalars.map { UInt8($0.value) }
      guard case .failure(let error) = Fixtures.outcome(bytes) else {
        Issue.record("\(name) was read.")
        continue
      }
      #expect(error.isRefusal)
      #expect(error.description.hasPrefix("The pickle names \(name), which "))
    }
  }

  @Test("getattr makes a time zone and nothing else")
  func getAttribute() {
    for (arguments, sentence) in [
      ("czoneinfo\nZoneInfo\n\u{8C}\u{9}_unpickle", "The pickle holds a zoneinfo.ZoneInfo"),
      ("czoneinfo\nZoneInfo\n\u{8C}\u{8}__init__", "The pickle names builtins.getattr, which"),
      ("cuuid\nUUID\n\u{8C}\u{9}_unpickle", "The pickle names builtins.getattr, which"),
      ("\u{8C}\u{2}os\u{8C}\u{9}_unpickle", "The pickle names builtins.getattr, which"),
    ] {
      let program = "\u{80}\u{4}cbuiltins\ngetattr\n(\(arguments)tR."
      guard
        case .failure(let error) = Fixtures.outcome(
          program.unicodeScalars.map { UInt8($0.value) })
      else {
        Issue.record("\(arguments) was read.")
        continue
      }
      #expect(error.description.hasPrefix(sentence), "\(error)")
    }
  }
}
