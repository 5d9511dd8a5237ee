/// The page's script: plain JavaScript by hand, so that nothing is fetched, built or licensed.
///
/// Its parts share one scope and come in the order in which they need each other. All foreign text goes
/// into text nodes; no part ever writes markup.
enum PageScript {
  /// The whole script.
  static let text =
    "\n'use strict';\n(() => {\n"
    + [
      base, format, state, systems, geometry, plane, planeInput, slider, tables, heatMaps,
      calibration, account, prompts, layout,
    ].joined(separator: "\n") + "\n})();\n"
}
