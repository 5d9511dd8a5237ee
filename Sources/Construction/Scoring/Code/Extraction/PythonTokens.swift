/// The words and signs of one line of Python, without its strings and comment.
struct PythonTokens {
  enum Token: Equatable {
    case word(String)
    case number
    case string
    case sign(UInt8)
    /// A character that is neither ASCII nor a letter, which Python permits in strings alone.
    case foreign
  }

  let tokens: [Token]
  /// The quotes of a string over several lines that the line leaves open.
  let openQuotes: UInt8?

  /// - Parameter quotes: The sign of the triple quotes within which the line begins.
  init(_ line: Substring, within quotes: UInt8? = nil) {
    let bytes = Array(line.utf8)
    var tokens: [Token] = []
    var at = 0
    var open = quotes
    func isTriple(_ place: Int) -> Bool {
      place + 2 < bytes.count && bytes[place + 1] == bytes[place]
        && bytes[place + 2] == bytes[place]
    }
    while at < bytes.count {
      let byte = bytes[at]
      if let quote = open {
        if byte == UInt8(ascii: "\\") {
          at += 2
        } else if byte == quote, isTriple(at) {
          open = nil
          at += 3
        } else {
          at += 1
        }
        continue
      }
      switch byte {
      case UInt8(ascii: "#"):
        at = bytes.count
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        tokens.append(.string)
        if isTriple(at) {
          open = byte
          at += 3
        } else {
          at += 1
          while at < bytes.count, bytes[at] != byte {
            at += bytes[at] == UInt8(ascii: "\\") ? 2 : 1
          }
          at += 1
        }
      case UInt8(ascii: " "), UInt8(ascii: "\t"):
        at += 1
      case _ where PythonTokens.isWord(byte):
        let start = at
        while at < bytes.count, PythonTokens.isWord(bytes[at]) || PythonTokens.isDigit(bytes[at]) {
          at += 1
        }
        let word = String(decoding: bytes[start..<at], as: UTF8.self)
        tokens.append(
          word.unicodeScalars.allSatisfy(PythonTokens.isLetter) ? .word(word) : .foreign)
      case _ where PythonTokens.isDigit(byte):
        while at < bytes.count, PythonTokens.isDigit(bytes[at]) || PythonTokens.isWord(bytes[at]) {
          at += 1
        }
        tokens.append(.number)
      default:
        tokens.append(.sign(byte))
        at += 1
      }
    }
    self.tokens = tokens
    openQuotes = open
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    byte >= 0x80 || byte == UInt8(ascii: "_") || (byte | 0x20) &- 97 < 26
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte &- 48 < 10 }

  private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value < 0x80 || scalar.properties.isXIDContinue
  }

  /// The word at a place; `nil` if something else is there.
  func word(_ place: Int) -> String? {
    guard tokens.indices.contains(place), case .word(let word) = tokens[place] else { return nil }
    return word
  }

  func isSign(_ place: Int, _ sign: Unicode.Scalar) -> Bool {
    tokens.indices.contains(place) && tokens[place] == .sign(UInt8(ascii: sign))
  }

  /// Whether the word at a place is given a value: `name =`, and not `name ==`.
  func isAssigned(_ place: Int) -> Bool { isSign(place + 1, "=") && !isSign(place + 2, "=") }

  /// Whether no Python reads so: two words side by side that are no keywords, or a foreign sign.
  var isProse: Bool {
    var before = false
    for token in tokens {
      switch token {
      case .foreign, .sign(UInt8(ascii: "`")), .sign(UInt8(ascii: "?")): return true
      case .word(let word):
        let isName = !PythonWords.keywords.contains(word)
        if isName, before { return true }
        before = isName
      case .number: before = true
      case .string: return false
      case .sign: before = false
      }
    }
    return false
  }
}
