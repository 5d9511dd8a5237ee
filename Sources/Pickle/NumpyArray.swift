/// What a NumPy array's elements are.
struct NumpyDType: Equatable {
  enum Kind: Equatable {
    case float, signed, unsigned, boolean, object
    case datetime(unit: String)
  }

  var kind: Kind
  /// The bytes of one element.
  var size: Int
  var isBigEndian: Bool
}

/// A one- or two-dimensional NumPy array whose data was checked against its shape.
struct NumpyArray {
  enum Storage {
    case raw(Octets)
    /// The index of a list in the graph.
    case objects([PickleValue])
  }

  var rows: Int
  var columns: Int
  var isFlat: Bool
  var isFortran: Bool
  var dtype: NumpyDType
  var storage: Storage

  /// The elements of one row of the array, which is one column of the frame.
  func strip(_ row: Int) -> Strip {
    isFortran
      ? Strip(start: row, stride: rows, count: columns)
      : Strip(start: row * columns, stride: 1, count: columns)
  }
}

/// Which elements of flat storage a column takes.
struct Strip {
  var start: Int
  var stride: Int
  var count: Int
}

/// Bytes that lie in the input or had to be decoded.
enum Octets {
  case borrowed(UnsafeRawBufferPointer)
  case owned([UInt8])

  var count: Int {
    switch self {
    case .borrowed(let buffer): buffer.count
    case .owned(let array): array.count
    }
  }

  func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    switch self {
    case .borrowed(let buffer): body(buffer)
    case .owned(let array): array.withUnsafeBytes(body)
    }
  }
}
