import Files

/// How much a pickle's values may take while it is read.
///
/// One byte can stand for a list or for one more place on the stack, so a file of such bytes would take
/// 45 times its size. Tables as pandas writes them take a few times theirs at most.
enum PickleMemory {
  /// What any pickle may take.
  private static let harmless = 256 << 20
  /// How many times its size it may take beyond that; a column of nothing but None takes 16 times.
  private static let growth = 16
  /// The share of free memory that it may take.
  private static let share = 0.5

  /// The greatest number of bytes for a file of so many.
  static func greatest(ofFile count: Int, free: Int? = FreeMemory.bytes) -> Int {
    let (product, overflow) = count.multipliedReportingOverflow(by: growth)
    let (sum, tooLarge) = harmless.addingReportingOverflow(overflow ? .max : product)
    return min(tooLarge ? .max : sum, shared(free))
  }

  /// The part of the free memory that a table may take, or no limit if it is not known.
  static func shared(_ free: Int? = FreeMemory.bytes) -> Int {
    free.map { Int(Double($0) * share) } ?? .max
  }
}

extension PickleMachine {
  /// How far the input is read between two looks at the memory.
  static let lookingDistance = 1 << 16

  /// Refuses a pickle whose values take more than such a file needs.
  func requireMemory() throws(PickleError) {
    let value = MemoryLayout<PickleValue>.stride
    let flat =
      (stack.capacity + memo.capacity + graph.pool.capacity) * value
      + graph.tuples.capacity * MemoryLayout<Range<Int>>.stride
      + graph.objects.capacity * MemoryLayout<PickleObject>.stride
    let nested =
      graph.listItems * value + (graph.lists.capacity + graph.decoded.capacity) * 8
      + graph.decodedBytes + sparseMemo.capacity * 2 * value
    guard flat + nested <= greatestMemory else {
      throw .tooLarge(
        "The pickle makes values of more than \(greatestMemory >> 20) MiB", file: input.count)
    }
  }
}
