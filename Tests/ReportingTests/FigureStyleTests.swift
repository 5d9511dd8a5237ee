import Foundation
import Testing

@testable import Reporting

@Suite("Colours and markers")
struct FigureStyleTests {
  @Test("the first eight systems differ in colour and marker, the first 64 in the pair")
  func pairs() {
    let first = (0..<8).map(FigureStyle.pair)
    #expect(Set(first.map(\.colour)).count == 8 && Set(first.map(\.form)).count == 8)
    #expect(Set((0..<64).map { "\(FigureStyle.pair($0))" }).count == 64)
    for theme in [FigureStyle.light, FigureStyle.dark] {
      #expect(theme.data.count == FigureStyle.colours)
    }
  }

  @Test("every form is drawn as another shape")
  func forms() {
    let shapes = (0..<FigureStyle.forms).map { form in
      var canvas = SVGCanvas()
      canvas.mark(form, x: 50, y: 50, radius: 4, class: "mark")
      return canvas.lines.joined()
    }
    #expect(Set(shapes).count == FigureStyle.forms)
  }

  /// Linear red, green and blue as an eye without one kind of cone has them.
  ///
  /// Source: Machado, Oliveira and Fernandes, "A physiologically-based model for simulation of color
  /// vision deficiency", 2009, severity 1.
  private static let eyes: [(name: String, rows: [[Double]])] = [
    ("normal", [[1, 0, 0], [0, 1, 0], [0, 0, 1]]),
    (
      "protanopia",
      [
        [0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
      ]
    ),
    (
      "deuteranopia",
      [
        [0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
      ]
    ),
    (
      "tritanopia",
      [
        [1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
      ]
    ),
  ]

  /// CIE L*a*b* of a colour as an eye sees it.
  private func lab(_ hex: String, _ eye: [[Double]]) -> [Double] {
    let digits = Array(hex.dropFirst())
    let linear = stride(from: 0, to: 6, by: 2).map { place -> Double in
      let value = Double(Int(String(digits[place...(place + 1)]), radix: 16) ?? 0) / 255
      return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
    }
    func product(_ rows: [[Double]], _ values: [Double]) -> [Double] {
      rows.map { row in zip(row, values).reduce(0) { $0 + $1.0 * $1.1 } }
    }
    let seen = product(eye, linear).map { min(1, max(0, $0)) }
    let white = [0.95047, 1, 1.08883]
    let xyz = product(
      [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]], seen)
    let f = zip(xyz, white).map { value, white -> Double in
      let share = max(0, value) / white
      return share > 216.0 / 24389 ? cbrt(share) : (24389.0 / 27 * share + 16) / 116
    }
    return [116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])]
  }

  @Test("colours, Zero's grey among them, stay apart for every kind of colour vision")
  func colourBlind() {
    for theme in [FigureStyle.light, FigureStyle.dark] {
      let colours = theme.data + [theme.zero]
      for eye in Self.eyes {
        for (place, one) in colours.enumerated() {
          for other in colours.dropFirst(place + 1) {
            let distance = zip(lab(one, eye.rows), lab(other, eye.rows))
              .reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
            #expect(distance > 12, "\(one) and \(other), \(eye.name)")
          }
        }
      }
    }
  }
}
