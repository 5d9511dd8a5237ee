import Parallelism

/// Cuts a file of rows into parts that are read at once, with the outcome of reading it in one go.
struct FileParts {
  let threads: Threads
  /// The least number of bytes worth a part.
  let least: Int

  /// Reads rows.
  ///
  /// - Parameters:
  ///   - bytes: From the first row's start to the file's end.
  ///   - guess: The first row that starts at an offset or behind it, as far as can be told without
  ///     what is before it. A part is read again where the guess proves wrong.
  ///   - end: Where the row after a part's last one starts.
  ///   - read: Reads rows from the start of one until one starts at a limit or behind it.
  func read<Part: Sendable>(
    _ bytes: Range<Int>, guess: @Sendable (Int) -> Int, end: (Part) -> Int,
    read: @Sendable (_ start: Int, _ limit: Int) -> Part
  ) -> [Part] {
    // More parts than threads, since they do not take equally long.
    let size = max(least, bytes.count / (threads.count * 4) + 1)
    let count = max(1, bytes.count / size)
    let bounds = (0...count).map { $0 == count ? bytes.upperBound : bytes.lowerBound + $0 * size }
    var starts = [Int](repeating: bytes.lowerBound, count: count)
    for index in 1..<max(1, count) { starts[index] = guess(bounds[index]) }
    let guesses = starts
    var parts = threads.map(count: count) { read(guesses[$0], bounds[$0 + 1]) }
    for index in 1..<max(1, count) {
      let start = end(parts[index - 1])
      if guesses[index] != start { parts[index] = read(start, bounds[index + 1]) }
    }
    return parts
  }
}
