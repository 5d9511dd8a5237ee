import Files

/// The entry point that libFuzzer calls with each input: whatever the bytes are, reading them must
/// end soon, in a frame or in a sentence.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzPickle(_ start: UnsafeRawPointer, _ count: Int) -> CInt {
  let bytes = KeptBytes(UnsafeRawBufferPointer(start: start, count: count))
  do throws(PickleError) {
    let frame = try DataFrame.read(bytes)
    var total = 0
    for column in frame.columns {
      precondition(column.values.count == frame.rowCount, "A column has the wrong length.")
      let text = column.values.asText
      for row in text.indices { total &+= text[row]?.utf8.count ?? 0 }
    }
    _ = try DataFrame.read(bytes, columns: { $0.utf8.count < 2 })
    return total == .min ? 1 : 0
  } catch {
    precondition(!error.description.isEmpty, "A refusal has no sentence.")
    return 0
  }
}
