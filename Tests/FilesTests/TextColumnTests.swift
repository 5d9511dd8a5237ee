import Testing

@testable import Files

@Suite("Columns of text")
struct TextColumnTests {
  @Test("A column gives back its rows, and tells empty from missing")
  func rows() {
    var column = TextColumn(["a", nil, "", "é"])
    #expect(Array(column) == ["a", nil, "", "é"])
    #expect(column.isMissing(1) && !column.isMissing(2))
    column.append(repeating: 3)
    column.append(utf8: [0xFF])
    #expect(Array(column.suffix(2)) == ["é", "\u{FFFD}"])
    #expect(Array(column.selecting(rows: [3, nil, 0])) == ["é", nil, "a"])
  }

  @Test("Columns are equal by their cells, however they share them")
  func equality() {
    var shared = TextColumn(["x"])
    shared.append(repeating: 0)
    #expect(shared == TextColumn(["x", "x"]))
    #expect(shared.hashValue == TextColumn(["x", "x"]).hashValue)
    #expect(TextColumn([""]) != TextColumn([nil]))
    var joined = TextColumn(["a"])
    joined.append(contentsOf: TextColumn([nil, "b"]))
    #expect(joined == TextColumn(["a", nil, "b"]))
  }

  @Test("Texts that lie in a file are decoded from its bytes as they are spelled there")
  func places() {
    let file = KeptBytes(Array(#"plain say ""it"" a\n\ud83d\ude00 é"#.utf8))
    var column = TextColumn(
      in: file,
      places: [
        TextPlace(offset: 0, length: 5, spelling: .plain),
        TextPlace(offset: 6, length: 10, spelling: .doubledQuotes),
        TextPlace(offset: 17, length: 15, spelling: .escaped),
        TextPlace(offset: 33, length: 2, spelling: .plain), .missing,
        TextPlace(offset: 3, length: 0, spelling: .plain),
      ])
    let texts = ["plain", "say \"it\"", "a\n😀", "é", nil, ""]
    #expect(Array(column) == texts)
    #expect(column.indices.map { column.isEmpty($0) } == [false, false, false, false, true, true])
    column.append("own")
    #expect(Array(column.selecting(rows: [6, nil, 1])) == ["own", nil, "say \"it\""])
    let other = TextColumn(["x", nil, "other"])
    let pairs = TextColumn(interleaving: [column, other, nil], rows: 2)
    #expect(Array(pairs) == ["plain", "x", nil, "say \"it\"", nil, nil])
    let strangers = TextColumn(
      interleaving: [column, TextColumn(in: KeptBytes([0x7A]), places: [.missing])], rows: 1)
    #expect(Array(strangers) == ["plain", nil])
    var joined = other
    joined.append(contentsOf: column)
    joined.append(contentsOf: TextColumn(["end"]))
    #expect(Array(joined) == Array(other) + texts + ["own", "end"])
  }
}
