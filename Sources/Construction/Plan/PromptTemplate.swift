/// Text with columns between braces; a brace that is meant is written twice.
struct PromptTemplate {
  private enum Piece {
    case text(String)
    case column(String)
  }

  private let pieces: [Piece]

  /// The columns in it.
  var columns: [String] {
    pieces.compactMap { if case .column(let name) = $0 { name } else { nil } }
  }

  init(_ text: String) throws(ConstructionError) {
    var pieces: [Piece] = []
    var (plain, rest) = ("", text[...])
    while let letter = rest.popFirst() {
      guard letter == "{" || letter == "}" else {
        plain.append(letter)
        continue
      }
      if rest.first == letter {
        plain.append(letter)
        rest.removeFirst()
        continue
      }
      guard letter == "{", let end = rest.firstIndex(of: "}"), end > rest.startIndex else {
        throw ConstructionError(
          "The template has a single '\(letter)'; write {column} for a column and \(letter)\(letter)"
            + " for the brace itself.")
      }
      pieces.append(.text(plain))
      pieces.append(.column(String(rest[..<end])))
      plain = ""
      rest = rest[rest.index(after: end)...]
    }
    self.pieces = pieces + [.text(plain)]
  }

  /// The text with the cells of a row; nil where the row lacks one.
  func text(_ cell: (String) -> String?) -> String? {
    var text = ""
    for piece in pieces {
      switch piece {
      case .text(let plain): text += plain
      case .column(let name):
        guard let value = cell(name) else { return nil }
        text += value
      }
    }
    return text
  }
}
