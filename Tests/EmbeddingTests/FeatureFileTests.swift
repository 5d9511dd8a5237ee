import Foundation
import Matrices
import Testing

@testable import Embedding

@Suite("Features from other programs")
struct FeatureFileTests {
  private static func numpy(
    _ header: String, _ values: [UInt8], version: UInt8 = 1, padding: Int = 0
  ) -> [UInt8] {
    let text = Array(header.utf8) + [UInt8](repeating: 32, count: padding) + [10]
    let length = withUnsafeBytes(of: UInt32(text.count).littleEndian) { Array($0) }
    return [0x93] + Array("NUMPY".utf8) + [version, 0] + length.prefix(version == 1 ? 2 : 4)
      + text + values
  }

  private static func header(_ type: String, _ fortran: String = "False", _ shape: String = "2, 3")
    -> String
  { "{'descr': '\(type)', 'fortran_order': \(fortran), 'shape': (\(shape)), }" }

  private static func bytes<T>(_ values: [T]) -> [UInt8] { values.withUnsafeBytes { Array($0) } }

  private static func safetensors(_ header: String, _ values: [UInt8]) -> [UInt8] {
    bytes([UInt64(header.utf8.count).littleEndian]) + Array(header.utf8) + values
  }

  private static func read(_ bytes: [UInt8], tensor: String? = nil) throws -> Matrix {
    try withFolder { folder in
      let path = folder.appendingPathComponent("features").path
      try Data(bytes).write(to: URL(fileURLWithPath: path))
      return try FeatureFile.read(path, tensor: tensor)
    }
  }

  private static let expected = Matrix(rows: 2, columns: 3, values: [1, 2, 3, 4, 5, -0.5])
  private static let singles = bytes([1, 2, 3, 4, 5, -0.5] as [Float])

  @Test("every version, order, width and alignment of .npy gives the same matrix")
  func numpyForms() throws {
    let doubles = Self.bytes([1, 2, 3, 4, 5, -0.5] as [Double])
    let halves = Self.bytes([0x3C00, 0x4000, 0x4200, 0x4400, 0x4500, 0xB800] as [UInt16])
    let columns = Self.bytes([1, 4, 2, 5, 3, -0.5] as [Float])
    for version in [1, 2, 3] as [UInt8] {
      for padding in 0..<5 {
        let cases = [
          (Self.header("<f4"), Self.singles), (Self.header("<f8"), doubles),
          (Self.header("<f2"), halves), (Self.header("<f4", "True"), columns),
        ]
        for (header, values) in cases {
          let file = Self.numpy(header, values, version: version, padding: padding)
          #expect(try Self.read(file) == Self.expected, "version \(version): \(header)")
        }
      }
    }
  }

  @Test(
    "arrays that are no features are refused with what was found",
    arguments: [
      (numpy(header(">f4"), singles), "holds values of type >f4"),
      (numpy(header("<i8"), singles), "holds values of type <i8"),
      (
        numpy(header("<f4", "False", "6,"), singles),
        "has the header {'descr': '<f4', 'fortran_order': False, 'shape': (6,), }"
      ),
      (
        numpy(header("<f4"), Array(singles.dropLast())),
        "has 23 bytes of values for a shape of 2 x 3"
      ),
      (
        numpy(header("<f4", "False", "4611686018427387904, 4611686018427387904"), []),
        "has 0 bytes of values for a shape of 4611686018427387904 x 4611686018427387904"
      ),
      (
        numpy(header("<f4", "False", "9223372036854775807, 0"), []),
        "has the shape 9223372036854775807 x 0"
      ),
      (
        numpy(header("<f4", "False", "0, 9223372036854775807"), []),
        "has the shape 0 x 9223372036854775807"
      ),
      (
        numpy(header("<f4", "True", "9223372036854775807, 0"), []),
        "has the shape 9223372036854775807 x 0"
      ),
      (numpy(header("<f4", "False", "0, 0"), []), "has the shape 0 x 0"),
      (
        numpy(header("<f8", "False", "2147483648, 2147483648"), singles),
        "has 24 bytes of values for a shape of 2147483648 x 2147483648"
      ),
      (
        numpy(header("<f4", "False", "-2, 3"), singles),
        "has the header {'descr': '<f4', 'fortran_order': False, 'shape': (-2, 3), }"
      ),
      (
        numpy(header("<f4", "False", "99999999999999999999, 3"), singles),
        "has the header {'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999, 3), }"
      ),
      (
        numpy(header("<f4", "False", "1, 2, 3"), singles),
        "has the header {'descr': '<f4', 'fortran_order': False, 'shape': (1, 2, 3), }"
      ),
      (
        numpy("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (2, 3), }", singles),
        "has the header {'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (2, 3), }"
      ),
      (numpy(header("|O"), singles), "holds values of type |O"),
      (numpy(header("<f4\u{1B}[2J"), singles), "holds values of type <f4?[2J"),
      (
        numpy(header("<f4", "False", "\u{1B}[2J" + String(repeating: "x", count: 300)), singles),
        "has the header {'descr': '<f4', 'fortran_order': False, 'shape': (?[2J"
          + String(repeating: "x", count: 145) + "..."
      ),
      (
        numpy(header("<f4"), singles, version: 2, padding: 12_000),
        "has a header of 12060 bytes"
      ),
      (
        [0x93] + Array("NUMPY".utf8) + [2, 0, 0xF0, 0xFF, 0xFF, 0xFF] + singles,
        "ends inside its header"
      ),
      (numpy(header("<f4"), singles, version: 9), "has format version 9"),
      (Array(numpy(header("<f4"), singles).prefix(30)), "ends inside its header"),
      (Array(numpy(header("<f4"), singles).prefix(8)), "ends inside its header"),
    ] as [([UInt8], String)])
  func numpyRefusals(bytes: [UInt8], found: String) {
    #expect {
      try Self.read(bytes)
    } throws: { error in
      "\(error)".hasSuffix(
        "features \(found); features need a 2-dimensional .npy of little-endian floats (<f2, <f4 or "
          + "<f8), one row a prompt.")
    }
  }

  @Test(
    "tensors of no values are refused, however many rows they claim",
    arguments: [
      ("[1152921504606846976, 0]", "1152921504606846976 x 0"), ("[0, 3]", "0 x 3"),
      ("[0, 0]", "0 x 0"),
    ])
  func emptyTensors(shape: String, found: String) {
    let header = "{\"x\": {\"dtype\": \"F32\", \"shape\": \(shape), \"data_offsets\": [0, 0]}}"
    #expect {
      try Self.read(Self.safetensors(header, []))
    } throws: {
      "\($0)".hasSuffix(
        "has the shape \(found) and so no values; fetch or make the file again.")
    }
  }

  @Test("safetensors give their only tensor or the one that is named")
  func tensors() throws {
    let one = #"{"x": {"dtype": "F32", "shape": [2, 3], "data_offsets": [0, 24]}}"#
    // One more space moves the values off their alignment.
    for file in [one, one + " "] {
      #expect(try Self.read(Self.safetensors(file, Self.singles)) == Self.expected)
    }
    let halves = #"{"x": {"dtype": "BF16", "shape": [2, 3], "data_offsets": [0, 12]}}"#
    let brains = Self.bytes([0x3F80, 0x4000, 0x4040, 0x4080, 0x40A0, 0xBF00] as [UInt16])
    #expect(try Self.read(Self.safetensors(halves, brains)) == Self.expected)
    let two =
      #"{"x": {"dtype": "F32", "shape": [2, 3], "data_offsets": [0, 24]}, "#
      + #""y": {"dtype": "F32", "shape": [1, 6], "data_offsets": [0, 24]}}"#
    let file = Self.safetensors(two, Self.singles)
    #expect(try Self.read(file, tensor: "x") == Self.expected)
    #expect {
      try Self.read(file)
    } throws: {
      "\($0)".hasSuffix(
        "holds 2 tensors of floats; features need one of two dimensions, one row a prompt.")
    }
    #expect {
      try Self.read(file, tensor: "z")
    } throws: {
      "\($0)".hasSuffix("has no tensor of floats named 'z'; it has: x, y. Name one of these.")
    }
  }

  @Test(
    "tensors outside the file are refused",
    arguments: [
      (
        #"{"x": {"dtype": "F32", "shape": [2, 3], "data_offsets": [0, 28]}}"#,
        "places the tensor x outside the file"
      ),
      (
        #"{"x": {"dtype": "F32", "shape": [2, 3], "data_offsets": [-4, 20]}}"#,
        "places the tensor x outside the file"
      ),
      (
        #"{"x": {"dtype": "F32", "shape": [4611686018427387904, 4], "data_offsets": [0, 24]}}"#,
        "gives the tensor x an impossible shape"
      ),
      (
        #"{"x": {"dtype": "F32", "shape": [-2, -3], "data_offsets": [0, 24]}}"#,
        "describes the tensor x in no known way"
      ),
      (#"{"x": 7}"#, "describes the tensor x in no known way"),
      (String(repeating: "[", count: 5000), "has no readable header"),
    ])
  func hostileTensors(header: String, found: String) {
    #expect {
      try Self.read(Self.safetensors(header, Self.singles))
    } throws: {
      "\($0)".hasSuffix(
        "features \(found); a .safetensors file with float tensors was needed. Fetch it again.")
    }
  }

  @Test("no mutation of a feature file crashes the readers")
  func mutations() throws {
    let tensor = #"{"x": {"dtype": "F32", "shape": [2, 3], "data_offsets": [0, 24]}}"#
    let files = [
      Self.numpy(Self.header("<f4"), Self.singles),
      Self.numpy(Self.header("<f4", "True"), Self.singles, version: 2),
      Self.safetensors(tensor, Self.singles),
    ]
    try withFolder { folder in
      let path = folder.appendingPathComponent("features").path
      for file in files {
        try mutate(file, times: 1500) { bytes in
          try Data(bytes).write(to: URL(fileURLWithPath: path))
          if let matrix = try? FeatureFile.read(path) {
            matrix.withUnsafeBufferPointer { values in _ = values.reduce(0, +) }
          }
        }
      }
    }
  }
}
