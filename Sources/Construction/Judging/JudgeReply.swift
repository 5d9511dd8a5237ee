/// What a judge said, read out of its words.
enum JudgeReply: Hashable {
  case rating(Double)
  case first, second, neither

  /// The last verdict between double brackets: what stands before may be quoted from an answer.
  ///
  /// - Returns: nil where there is none, or one that the method does not know.
  init?(_ text: String, method: JudgeMethod) {
    guard let match = text.matches(of: /\[\[\s*([^\[\]]{1,12}?)\s*\]\]/).last else { return nil }
    switch method {
    case .grade(let least, let most):
      guard let rating = Double(match.1), (Double(least)...Double(most)).contains(rating) else {
        return nil
      }
      self = .rating(rating)
    case .compare:
      switch match.1.uppercased() {
      case "A": self = .first
      case "B": self = .second
      case "C", "TIE": self = .neither
      default: return nil
      }
    }
  }

  var word: String {
    switch self {
    case .rating(let rating): rating == rating.rounded() ? String(Int(rating)) : String(rating)
    case .first: "A"
    case .second: "B"
    case .neither: "C"
    }
  }
}
