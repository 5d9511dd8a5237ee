/// The colours and markers of a picture, light and dark.
///
/// The data colours are Okabe and Ito's and one more, safe for colour-blind readers. The first eight
/// systems differ in colour and in marker, the first 64 in the pair of both.
enum FigureStyle {
  /// How many colours there are before they repeat.
  static let colours = 8
  /// How many forms of marker there are.
  static let forms = 8

  /// The colour and marker of a system by its place.
  static func pair(_ index: Int) -> (colour: Int, form: Int) {
    (index % colours, (index + index / colours) % forms)
  }

  /// The style sheet; viewers that know no dark mode keep the light one.
  static let sheet = """
    text { font-family: Helvetica, Arial, "Liberation Sans", sans-serif; font-size: 12px; }
    .title { font-size: 17px; font-weight: 600; }
    .head { font-weight: 600; }
    .end { text-anchor: end; }
    .middle { text-anchor: middle; }
    .halo { paint-order: stroke; stroke-width: 4px; stroke-linejoin: round; }
    .frame, .gridline, .faint, .leader, .curve, .hull, .turns, .dots { fill: none; }
    .frame { stroke-width: 1; }
    .gridline { stroke-width: 1; }
    .faint { stroke-width: 0.5; }
    .leader { stroke-width: 0.8; }
    .gap { stroke-width: 3; }
    .curve { stroke-width: 2.4; stroke-linejoin: round; stroke-linecap: round; }
    .over { stroke-linecap: butt; }
    .hull { stroke-width: 1.3; stroke-dasharray: 5 3; }
    .turns { stroke-width: 1.6; }
    .dots { stroke-width: 2.8; stroke-linecap: round; opacity: 0.6; }
    .mark { stroke-width: 1; }
    .model { stroke-width: 1.8; }
    \(theme(light))
    @media (prefers-color-scheme: dark) {
    \(theme(dark))
    }
    """

  /// The colours of one mode.
  struct Theme {
    let page: String
    let text: String
    let muted: String
    let grid: String
    let zero: String
    let star: String
    let data: [String]
  }

  static let light = Theme(
    page: "#ffffff", text: "#1b1f24", muted: "#59636e", grid: "#e1e5ea", zero: "#6e7781",
    star: "#e69f00",
    data: [
      "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#000000", "#56b4e9", "#882255",
    ])

  static let dark = Theme(
    page: "#14181d", text: "#e8ebee", muted: "#a3adb8", grid: "#2c333b", zero: "#8b949e",
    star: "#f0e442",
    data: [
      "#4aa8e8", "#ee7b30", "#1fc497", "#e29bc4", "#e69f00", "#ffffff", "#f0e442", "#b07050",
    ])

  private static func theme(_ theme: Theme) -> String {
    var rules = [
      ".page { fill: \(theme.page); }",
      "text { fill: \(theme.text); }",
      ".muted { fill: \(theme.muted); }",
      ".halo { stroke: \(theme.page); }",
      ".frame { stroke: \(theme.muted); }",
      ".gridline, .faint { stroke: \(theme.grid); }",
      ".leader { stroke: \(theme.muted); }",
      ".gap { stroke: \(theme.page); }",
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
