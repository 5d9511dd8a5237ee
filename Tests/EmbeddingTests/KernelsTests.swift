import Foundation
import Testing

@testable import Embedding

@Suite("Kernels")
struct KernelsTests {
  @Test("e to the power is right to 2e-7 of its value")
  func exponential() {
    for step in -8700...1000 {
      let x = Float(step) / 100
      let expected = Foundation.exp(Double(x))
      let got = Double(Kernels.exponential(Kernels.Lane(repeating: x))[0])
      #expect(abs(got - expected) <= 2e-7 * expected, "at \(x)")
    }
    #expect(Kernels.exponential(Kernels.Lane(repeating: -.infinity))[0] < 1e-37)
  }

  @Test("the Gaussian error linear unit is right to 1e-6")
  func gelu() {
    for step in -2000...2000 {
      let x = Float(step) / 100
      let expected = Double(x) * 0.5 * (1 + Foundation.erf(Double(x) / 2.0.squareRoot()))
      #expect(
        abs(Double(Kernels.gelu(Kernels.Lane(repeating: x))[0]) - expected) <= 1e-6, "at \(x)")
    }
  }

  @Test("rows of any width are normalised, and become probabilities", arguments: 1...19)
  func rows(width: Int) {
    let values = (0..<width).map { Float(($0 * 37) % 11) - 4 }
    var row = values
    row.withUnsafeMutableBufferPointer { row in
      if let base = row.baseAddress { Kernels.softmax(base, rows: 1, width: width) }
    }
    let powers = values.map { Foundation.exp(Double($0)) }
    let total = powers.reduce(0, +)
    for (got, power) in zip(row, powers) { #expect(abs(Double(got) - power / total) < 1e-6) }

    row = values
    let (weight, bias) = ([Float](repeating: 2, count: width), [Float](repeating: 1, count: width))
    row.withUnsafeMutableBufferPointer { row in
      weight.withUnsafeBufferPointer { weight in
        bias.withUnsafeBufferPointer { bias in
          guard let x = row.baseAddress, let w = weight.baseAddress, let b = bias.baseAddress
          else { return }
          Kernels.normalise(x, rows: 1, width: width, weight: w, bias: b, epsilon: 1e-5)
        }
      }
    }
    let mean = values.reduce(0) { $0 + Double($1) } / Double(width)
    let variance = values.reduce(0) { $0 + pow(Double($1) - mean, 2) } / Double(width)
    for (got, value) in zip(row, values) {
      let expected = (Double(value) - mean) / (variance + 1e-5).squareRoot() * 2 + 1
      #expect(abs(Double(got) - expected) < 1e-5)
    }
  }
}
