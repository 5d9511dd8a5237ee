/// The things that a question counts, such as boxes in "How many boxes will they need?".
///
/// Where a sentence has several numbers, the one that counts these is meant.
struct AskedUnit {
  /// Words in the singular and lower case.
  private let nouns: Set<String>

  private static let stops: Set<String> = [
    "do", "does", "did", "will", "can", "could", "would", "should", "must", "may", "might", "is",
    "are", "was", "were", "has", "have", "had", "in", "on", "at", "per", "of", "to", "for", "from",
    "with", "left", "each", "total", "altogether", "together", "if", "after", "before", "by",
  ]

  init(question: String) {
    var nouns: Set<String> = []
    let words = question.lowercased().split {
      !$0.isLetter && !$0.isNumber && $0 != "'" && $0 != "?"
    }
    for index in words.indices.dropLast() {
      if words[index] == "how", words[index + 1] == "many" {
        var rest = words[(index + 2)...]
        if rest.first == "of" {
          // "How many of the animals are chickens": what they are comes after the verb.
          let verb = rest.firstIndex { ["are", "is", "were", "was"].contains($0) }
          rest = verb.map { words[($0 + 1)...].prefix(1) } ?? rest.dropFirst()
        }
        let phrase = rest.prefix { !AskedUnit.stops.contains(String($0)) }.prefix(4)
        if let noun = phrase.last(where: { $0 != "more" }) { nouns.insert(AskedUnit.stem(noun)) }
      }
      if words[index] == "in", words[index + 1].hasSuffix("?") {
        nouns.insert(AskedUnit.stem(words[index + 1]))
      }
    }
    self.nouns = nouns
  }

  /// Whether a number that ends here counts what was asked for, within the next three words.
  func follows(_ end: Int, in bytes: [UInt8], before limit: Int) -> Bool {
    if nouns.isEmpty { return false }
    var stop = end
    while stop < limit, stop - end < 60, isPartOfPhrase(bytes[stop]) { stop += 1 }
    let words = String(decoding: bytes[end..<stop], as: UTF8.self).lowercased().split {
      !$0.isLetter && $0 != "'"
    }
    for word in words.prefix(3) {
      if nouns.contains(AskedUnit.stem(word)) { return true }
      if AskedUnit.stops.contains(String(word)), word != "total" { return false }
    }
    return false
  }

  private func isPartOfPhrase(_ byte: UInt8) -> Bool {
    (0x41...0x5A).contains(byte & 0xDF) || [0x20, 0x27, 0x2A, 0x2D].contains(byte)
  }

  /// A word without the ending that counting gives it: the same for "berry" and "berries".
  private static func stem(_ word: Substring) -> String {
    var word = word.filter { $0 != "?" }
    for ending in ["xes", "ches", "shes", "sses"] where word.hasSuffix(ending) {
      return String(word.dropLast(2))
    }
    if word.hasSuffix("s"), !word.hasSuffix("ss") { word.removeLast() }
    if word.hasSuffix("ie") { return String(word.dropLast(2)) }
    if word.hasSuffix("y") { word.removeLast() }
    return word
  }
}
