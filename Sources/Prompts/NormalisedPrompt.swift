import Foundation

/// The text by which near-duplicate prompts are recognised: NFKC, folded case, single spaces.
///
/// Two prompts with the same normalised text are the same question to any reader, and must stand on
/// one side of a split.
public func normalisedPrompt(_ text: String) -> String {
  var text = text
  let isASCII = text.withUTF8 { bytes in bytes.allSatisfy { $0 < 0x80 } }
  if isASCII {
    return String(decoding: collapsed(text.utf8.map(lowercased)), as: UTF8.self)
  }
  let composed = text.precomposedStringWithCompatibilityMapping
  let folded = composed.folding(options: .caseInsensitive, locale: nil)
    .precomposedStringWithCompatibilityMapping
  var result = String.UnicodeScalarView()
  var isPending = false
  for scalar in folded.unicodeScalars {
    if scalar.properties.isWhitespace {
      isPending = !result.isEmpty
      continue
    }
    if isPending {
      result.append(" ")
      isPending = false
    }
    result.append(scalar)
  }
  return String(result)
}

private func lowercased(_ byte: UInt8) -> UInt8 {
  byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
}

private func collapsed(_ bytes: [UInt8]) -> [UInt8] {
  var result: [UInt8] = []
  result.reserveCapacity(bytes.count)
  var isPending = false
  for byte in bytes {
    if byte == 0x20 || (byte >= 0x09 && byte <= 0x0D) {
      isPending = !result.isEmpty
      continue
    }
    if isPending {
      result.append(0x20)
      isPending = false
    }
    result.append(byte)
  }
  return result
}
