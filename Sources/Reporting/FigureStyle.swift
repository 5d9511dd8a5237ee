/// The colours of a picture, light and dark; the data colours are Okabe and Ito's, safe for colour-blind
/// readers, and every system has its own marker besides.
enum FigureStyle {
  /// How many colours there are before they repeat.
  static let colours = 7

  /// The style sheet; viewers that know no dark mode keep the light one.
  static let sheet = """
    text { font-family: Helvetica, Arial, "Liberation Sans", sans-serif; font-size: 12px; }
    .title { font-size: 17px; font-weight: 600; }
    .head { font-weight: 600; }
    .end { text-anchor: end; }
    .middle { text-anchor: middle; }
    .halo { paint-order: stroke; stroke-width: 3px; stroke-linejoin: round; }
    .frame, .gridline, .faint, .leader, .curve, .hull, .dots { fill: none; }
    .frame { stroke-width: 1; }
    .gridline { stroke-width: 1; }
    .faint { stroke-width: 0.5; }
    .leader { stroke-width: 0.8; }
    .curve { stroke-width: 2.4; stroke-linejoin: round; stroke-linecap: round; }
    .hull { stroke-width: 1.3; stroke-dasharray: 5 3; }
    .dots { stroke-width: 2.8; stroke-linecap: round; opacity: 0.6; }
    .mark { stroke-width: 1; }
    .model { stroke-width: 1.8; }
    \(theme(light))
    @media (prefers-color-scheme: dark) {
    \(theme(dark))
    }
    """

  private struct Theme {
    let page: String
    let text: String
    let muted: String
    let grid: String
    let zero: String
    let star: String
    let data: [String]
  }

  private static let light = Theme(
    page: "#ffffff", text: "#1b1f24", muted: "#59636e", grid: "#e1e5ea", zero: "#8b949e",
    star: "#e69f00",
    data: ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000"])

  private static let dark = Theme(
    page: "#14181d", text: "#e8ebee", muted: "#a3adb8", grid: "#2c333b", zero: "#8b949e",
    star: "#f0e442",
    data: ["#4aa8e8", "#ee7b30", "#1fc497", "#e29bc4", "#e69f00", "#f0e442", "#ffffff"])

  private static func theme(_ theme: Theme) -> String {
    var rules = [
      ".page { fill: \(theme.page); }",
      "text { fill: \(theme.text); }",
      ".muted { fill: \(theme.muted); }",
      ".halo { stroke: \(theme.page); }",
      ".frame { stroke: \(theme.muted); }",
      ".gridline, .faint { stroke: \(theme.grid); }",
      ".leader { stroke: \(theme.muted); }",
      ".model { fill: \(theme.page); stroke: \(theme.text); }",
      ".star { fill: \(theme.star); stroke: \(theme.text); stroke-width: 1; }",
      ".cross { fill: none; stroke: \(theme.muted); stroke-width: 1.8; }",
      ".mark { stroke: \(theme.page); }",
      ".zero { stroke: \(theme.zero); }",
      ".zero.mark { fill: \(theme.zero); stroke: \(theme.page); }",
    ]
    for (index, colour) in theme.data.enumerated() {
      rules.append(".c\(index) { stroke: \(colour); }")
      rules.append(".c\(index).mark { fill: \(colour); stroke: \(theme.page); }")
    }
    return rules.joined(separator: "\n")
  }
}
