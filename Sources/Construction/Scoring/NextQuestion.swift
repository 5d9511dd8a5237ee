/// Where an answer ends: models that were shown examples go on to invent the next question.
enum NextQuestion {
  private static let marks = ["\nQuestion:", "\nQ:", "\nProblem:", "\nUser:", "\nHuman:"].map {
    Array($0.utf8)
  }

  /// The place of the first byte that belongs to the answer no more.
  static func start(in bytes: [UInt8]) -> Int {
    var earliest = bytes.count
    for mark in marks {
      if let found = bytes.firstRange(of: mark), found.lowerBound > 0 {
        earliest = min(earliest, found.lowerBound)
      }
    }
    return earliest
  }
}
