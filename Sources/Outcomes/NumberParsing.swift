import Foundation

/// What a cell that should hold a number holds.
public enum NumberCell: Equatable, Sendable {
  /// Nothing, or a word for nothing.
  case missing
  /// A number, infinity included.
  case value(Double)
  /// Something else.
  case unreadable
}

/// Reads a number from text, with the words that tables use for truth and for nothing.
///
/// Short decimals are exact products or quotients of two doubles (Clinger's fast path), and those of
/// up to 19 digits are rounded from whole numbers of 128 bits; the rest go to the C library, which
/// rounds correctly.
func parseNumber(_ bytes: UnsafeRawBufferPointer) -> NumberCell {
  var start = 0
  var end = bytes.count
  while start < end, isBlank(bytes[start]) { start += 1 }
  while end > start, isBlank(bytes[end - 1]) { end -= 1 }
  if start == end { return .missing }
  var position = start
  let isNegative = bytes[position] == UInt8(ascii: "-")
  if isNegative || bytes[position] == UInt8(ascii: "+") { position += 1 }

  var mantissa: UInt64 = 0
  var digits = 0
  var kept = 0
  // Digits behind the nineteenth one that counts; then the C library is asked.
  var dropped = 0
  var exponent = 0
  while position < end, case let digit = bytes[position] &- 0x30, digit < 10 {
    digits += 1
    if kept < 19 {
      mantissa = mantissa * 10 + UInt64(digit)
      if mantissa > 0 { kept += 1 }
    } else {
      exponent += 1
      dropped += 1
    }
    position += 1
  }
  if position < end, bytes[position] == UInt8(ascii: ".") {
    position += 1
    while position < end, case let digit = bytes[position] &- 0x30, digit < 10 {
      digits += 1
      if kept < 19 {
        mantissa = mantissa * 10 + UInt64(digit)
        if mantissa > 0 { kept += 1 }
        exponent -= 1
      } else {
        dropped += 1
      }
      position += 1
    }
  }
  if digits == 0 { return parseWord(UnsafeRawBufferPointer(rebasing: bytes[start..<end])) }
  if position < end, bytes[position] | 0x20 == UInt8(ascii: "e") {
    position += 1
    var isDown = false
    if position < end, bytes[position] == UInt8(ascii: "-") || bytes[position] == 0x2B {
      isDown = bytes[position] == UInt8(ascii: "-")
      position += 1
    }
    let first = position
    var power = 0
    while position < end, case let digit = bytes[position] &- 0x30, digit < 10 {
      if power < 100_000 { power = power * 10 + Int(digit) }
      position += 1
    }
    if position == first { return .unreadable }
    exponent += isDown ? -power : power
  }
  if position != end { return .unreadable }
  if dropped == 0, mantissa <= 1 << 53, abs(exponent) <= 22 {
    var value = Double(mantissa)
    if exponent < 0 { value /= powersOfTen[-exponent] } else { value *= powersOfTen[exponent] }
    return .value(isNegative ? -value : value)
  }
  if dropped == 0, abs(exponent) < powersOfFive.count {
    let value = roundedDecimal(mantissa, exponent)
    return .value(isNegative ? -value : value)
  }
  let text = String(decoding: bytes[start..<end], as: UTF8.self)
  return .value(strtod(text, nil))
}

/// How to write what people mean as a number and is none here; nil for anything else.
func numberAdvice(_ text: String) -> String? {
  func isNumber(_ text: String) -> Bool {
    if case .value = Array(text.utf8).withUnsafeBytes(parseNumber) { true } else { false }
  }
  func pointed(_ text: String) -> String {
    text.count { $0 == "," } == 1 ? text.replacingOccurrences(of: ",", with: ".") : text
  }
  let text = text.trimmingCharacters(in: .whitespaces)
  if text.hasSuffix("%"), isNumber(pointed(String(text.dropLast()))) {
    return "Write shares of 1 without a percent sign: 0.85, not 85%."
  }
  if let first = text.first, "$€£".contains(first), isNumber(pointed(String(text.dropFirst()))) {
    return "Write dollars without a sign: 0.0012, not $0.0012."
  }
  let fraction = text.split(separator: "/", omittingEmptySubsequences: false)
  if fraction.count == 2, fraction.allSatisfy({ isNumber(String($0)) }) {
    return "Write a fraction as one number: 0.7, not 7/10."
  }
  if isNumber(pointed(text)), !isNumber(text) {
    return "Write decimals with a point: 0.85, not 0,85."
  }
  return verdictAdvice(text)
}

/// How to write a verdict that people spell as a word; `nil` for any other text.
func verdictAdvice(_ text: String) -> String? {
  let words: Set<String> = [
    "yes", "no", "y", "n", "t", "f", "pass", "fail", "passed", "failed", "correct", "incorrect",
    "right", "wrong", "success", "failure", "win", "loss", "good", "bad",
  ]
  guard words.contains(text.trimmingCharacters(in: .whitespaces).lowercased()) else { return nil }
  return "Write 1 for a right answer and 0 for a wrong one, or true and false."
}

/// `mantissa` times a power of ten, rounded once, to nearest and to even.
///
/// - Precondition: The power of five fits in 64 bits; then no result is subnormal or too large.
private func roundedDecimal(_ mantissa: UInt64, _ exponent: Int) -> Double {
  if mantissa == 0 { return 0 }
  // The first 64 bits of the product or quotient, and whether anything follows them.
  var bits: UInt64
  var hasRest: Bool
  var power: Int
  if exponent >= 0 {
    let product = mantissa.multipliedFullWidth(by: powersOfFive[exponent])
    let shift = product.high.leadingZeroBitCount
    if shift == 64 {
      let zeros = product.low.leadingZeroBitCount
      (bits, hasRest) = (product.low << UInt64(zeros), false)
      power = exponent - zeros
    } else {
      bits = product.high << UInt64(shift) | (shift == 0 ? 0 : product.low >> UInt64(64 - shift))
      hasRest = product.low << UInt64(shift) != 0
      power = exponent + 64 - shift
    }
  } else {
    if let value = scaledDown(mantissa, -exponent) { return value }
    let divisor = powersOfFive[-exponent]
    let zeros = (mantissa.leadingZeroBitCount, divisor.leadingZeroBitCount)
    let (high, low) = (mantissa << UInt64(zeros.0), divisor << UInt64(zeros.1))
    // Below its divisor, so that the quotient has no more than 64 bits, and one bit more than 53.
    let quotient = low.dividingFullWidth((high >> 1, high << 63))
    let shift = quotient.quotient.leadingZeroBitCount
    bits = quotient.quotient << UInt64(shift)
    hasRest = quotient.remainder != 0
    power = exponent - zeros.0 + zeros.1 - 63 - shift
  }
  return rounded(bits, hasRest: hasRest, power)
}

/// 64 bits, the first of them set, and what follows them, times a power of two, rounded to 53 bits.
@inline(__always)
private func rounded(_ bits: UInt64, hasRest: Bool, _ power: Int) -> Double {
  let rest = bits & 0x7FF
  var bits = bits >> 11
  if rest > 0x400 || rest == 0x400 && (hasRest || bits & 1 == 1) { bits += 1 }
  // Powers of two between the least and the greatest result are normal numbers.
  return Double(bits) * Double(bitPattern: UInt64(1023 + power + 11) << 52)
}

/// `mantissa` over a power of ten by way of its reciprocal, which is quicker than to divide; nil where
/// what the reciprocal lacks could matter.
///
/// - Source: Lemire, "Number parsing at a gigabyte per second", 2021, with 27 powers and no tables.
@inline(__always)
private func scaledDown(_ mantissa: UInt64, _ exponent: Int) -> Double? {
  let reciprocal = reciprocals[exponent - 1]
  let zeros = mantissa.leadingZeroBitCount
  let mantissa = mantissa << UInt64(zeros)
  let (first, second) = (
    mantissa.multipliedFullWidth(by: reciprocal.high),
    mantissa.multipliedFullWidth(by: reciprocal.low)
  )
  let (middle, carry) = first.low.addingReportingOverflow(second.high)
  // The true product is at least these 128 bits and less than 2 above them.
  let high = first.high + (carry ? 1 : 0)
  let shift = high.leadingZeroBitCount
  let bits = shift == 0 ? high : high << 1 | middle >> 63
  let low = middle << UInt64(shift)
  if low >= UInt64.max - 3 || low <= 3 && bits & 0x7FF == 0x400 { return nil }
  return rounded(bits, hasRest: low > 3, reciprocal.power - zeros - shift - exponent)
}

/// The first 128 bits of a power of five's reciprocal.
private struct Reciprocal {
  let high: UInt64
  let low: UInt64
  /// The power of two that 64 bits of a product with it begin with, before what the factors lack.
  let power: Int

  /// - Precondition: No power of two.
  init(of divisor: UInt64) {
    let zeros = divisor.leadingZeroBitCount
    let divisor = divisor << UInt64(zeros)
    let first = divisor.dividingFullWidth((1 << 63, 0))
    high = first.quotient
    low = divisor.dividingFullWidth((first.remainder, 0)).quotient
    power = zeros - 63
  }
}

/// Those of 5, 25 and so on.
private let reciprocals = powersOfFive.dropFirst().map(Reciprocal.init)

/// Those that fit in 64 bits.
private let powersOfFive: [UInt64] = {
  var powers: [UInt64] = [1]
  for _ in 1...27 { powers.append(powers[powers.count - 1] * 5) }
  return powers
}()

private let powersOfTen: [Double] = [
  1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17,
  1e18, 1e19, 1e20, 1e21, 1e22,
]

private func isBlank(_ byte: UInt8) -> Bool {
  byte == 0x20 || (byte >= 0x09 && byte <= 0x0D)
}

private func parseWord(_ bytes: UnsafeRawBufferPointer) -> NumberCell {
  guard bytes.count <= 9 else { return .unreadable }
  switch String(decoding: bytes, as: UTF8.self).lowercased() {
  case "true": return .value(1)
  case "false": return .value(0)
  case "nan", "-nan", "na", "n/a", "#n/a", "<na>", "null", "none": return .missing
  case "inf", "+inf", "infinity", "+infinity": return .value(.infinity)
  case "-inf", "-infinity": return .value(-.infinity)
  default: return .unreadable
  }
}
