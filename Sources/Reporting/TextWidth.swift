/// Widths of text in a sans-serif face, estimated on the wide side so that boxes never lie.
enum TextWidth {
  /// The width of a line, in the units of `size`.
  static func of(_ text: String, size: Double) -> Double {
    var thousandths = 0
    for scalar in text.unicodeScalars {
      let code = Int(scalar.value)
      thousandths += scalar.isASCII && code >= 32 && code < 127 ? helvetica[code - 32] : 1000
    }
    // Faces that stand in for Helvetica run up to 15% wider.
    return Double(thousandths) / 1000 * size * 1.15
  }

  /// The text itself, or its beginning with an ellipsis where it is wider than there is room.
  static func fitting(_ text: String, size: Double, room: Double) -> String {
    guard of(text, size: size) > room else { return text }
    var short = text
    while !short.isEmpty && of(short + "…", size: size) > room { short.removeLast() }
    return short + "…"
  }

  /// Words broken into lines that fit.
  static func lines(_ text: String, size: Double, room: Double) -> [String] {
    var lines: [String] = []
    for word in text.split(separator: " ") {
      if let last = lines.last, of(last + " " + word, size: size) <= room {
        lines[lines.count - 1] = last + " " + word
      } else {
        lines.append(fitting(String(word), size: size, room: room))
      }
    }
    return lines
  }

  /// Adobe's metrics of Helvetica, from the space to the tilde.
  private static let helvetica = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,
    556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
    1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
    667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
    333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
    556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
  ]
}
