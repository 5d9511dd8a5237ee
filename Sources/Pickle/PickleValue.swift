/// One value of a pickle, as an index into the input or into a `PickleGraph`.
///
/// Values own nothing. So a million of them are sixteen million bytes, lists that contain
/// themselves do no harm, and letting go of deep nests does not recurse.
enum PickleValue {
  case none
  case boolean(Bool)
  case integer(Int)
  case real(Double)
  /// An integer beyond 64 bits; kept only to be named in an error.
  case hugeInteger
  /// UTF-8 text in the input; the offset is that of its opcode.
  case text(Int)
  /// Text that protocol 0 spells with escapes, decoded.
  case decodedText(Int)
  /// Bytes in the input; the offset is that of their opcode.
  case bytes(Int)
  case tuple(Int)
  case list(Int)
  case dictionary(Int)
  case global(Global)
  /// A type on the list of harmless ones, or a value of it; the index is that of its name.
  case inert(Int)
  case object(Int)
}

/// A call or construction that a pickle asks for and that was written down instead of done.
struct PickleObject {
  /// What was to be called or made.
  var callable: Global
  /// The tuple of arguments.
  var arguments: PickleValue
  /// What BUILD gave the object later.
  var state: PickleValue?
}
