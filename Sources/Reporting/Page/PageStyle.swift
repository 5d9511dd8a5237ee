/// The page's style sheet: light and dark as the reader's system has it, and paper.
///
/// Data colours are Okabe and Ito's, darkened where needed to stand out from a white page; every system
/// has a marker besides.
enum PageStyle {
  static let text = #"""
    :root {
      --page: #ffffff; --panel: #f5f7f9; --text: #1b1f24; --muted: #59636e; --line: #d4dae0;
      --grid: #e1e5ea; --accent: #0060a0; --good: #00684a; --bad: #a33b00; --warn: #fff4d6;
      --heat: #0072b2; --star: #e69f00; --zero: #6e7781;
      --c0: #0072b2; --c1: #d55e00; --c2: #008c68; --c3: #b8618f; --c4: #a87400; --c5: #2c86bf;
      --c6: #000000;
    }
    @media (prefers-color-scheme: dark) {
      :root {
        --page: #14181d; --panel: #1c2229; --text: #e8ebee; --muted: #a3adb8; --line: #39424c;
        --grid: #2c333b; --accent: #7cc4f5; --good: #4fd6ab; --bad: #f7a072; --warn: #3a2f0e;
        --heat: #0072b2; --star: #f0e442; --zero: #98a2ad;
        --c0: #4aa8e8; --c1: #ee7b30; --c2: #1fc497; --c3: #e29bc4; --c4: #e69f00; --c5: #8fd0f5;
        --c6: #ffffff;
      }
    }
    * { box-sizing: border-box; }
    [hidden] { display: none !important; }
    html { background: var(--page); color: var(--text); color-scheme: light dark; }
    body {
      margin: 0 auto; max-width: 1500px; padding: 0 20px 40px;
      font: 15px/1.45 system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif;
    }
    .top {
      display: flex; flex-wrap: wrap; gap: 6px 24px; align-items: center;
      justify-content: space-between; padding: 10px 0; border-bottom: 1px solid var(--line);
    }
    .title { margin: 0; color: var(--muted); overflow-wrap: anywhere; }
    .field, .top > div { min-width: 0; max-width: 100%; }
    #picker { display: flex; flex-wrap: wrap; gap: 6px 16px; }
    h1 { font-size: 25px; line-height: 1.25; margin: 16px 0 6px; overflow-wrap: anywhere; }
    h2 { font-size: 18px; margin: 0 0 8px; }
    .next { margin-top: 22px; }
    h3 { font-size: 15px; margin: 16px 0 6px; overflow-wrap: anywhere; }
    p { margin: 6px 0; overflow-wrap: anywhere; }
    section { margin-top: 28px; min-width: 0; }
    .lead, .note, .muted { color: var(--muted); }
    .note { font-size: 13px; max-width: 110ch; }
    .notice, .warning {
      background: var(--warn); border-left: 4px solid var(--c4); padding: 8px 12px; margin: 10px 0;
    }
    .first { display: grid; grid-template-columns: minmax(0, 1fr); gap: 0 32px; }
    .first > section { margin-top: 14px; }
    @media (min-width: 1100px) {
      .first { grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: 0 24px; }
    }
    .head { display: flex; flex-wrap: wrap; gap: 0 18px; align-items: baseline; }
    .controls, .search {
      display: flex; flex-wrap: wrap; gap: 4px 14px; align-items: center; font-size: 13.5px;
    }
    #systems .scroll { max-height: 460px; overflow: auto; }
    #systems thead th { position: sticky; top: 0; }
    #systems table { font-size: 13px; width: 100%; }
    #systems th, #systems td { padding: 3px 5px; }
    .under { display: block; color: var(--muted); font-size: 12px; }
    .slider { display: grid; gap: 4px 16px; grid-template-columns: minmax(0, 1fr) auto; }
    .slider input[type=range] { grid-column: 1 / -1; width: 100%; margin: 4px 0; }
    .slider .field { grid-column: 1 / -1; }
    output { font-weight: 600; font-variant-numeric: tabular-nums; }
    select, input, button {
      font: inherit; color: inherit; background: var(--page); border: 1px solid var(--muted);
      border-radius: 5px; padding: 3px 7px; min-height: 30px; max-width: 100%;
    }
    input[type=range] { padding: 0; border: 0; background: none; accent-color: var(--accent); }
    input[type=checkbox] { min-height: 0; width: 16px; height: 16px; vertical-align: -2px;
      accent-color: var(--accent); }
    #monthly { width: 10em; }
    #query { flex: 1 1 220px; min-width: 0; }
    button { cursor: pointer; }
    button:disabled { opacity: 0.55; cursor: default; }
    :focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
    .link, .sort {
      border: 0; background: none; padding: 0; min-height: 24px; text-align: inherit;
      font-weight: inherit;
    }
    .link { color: var(--accent); text-decoration: underline; }
    .sort:hover { text-decoration: underline; }
    .arrow { font-size: 10px; }
    .quiet { color: var(--accent); border-color: transparent; background: none; }
    .skip { position: absolute; left: -9999px; }
    .skip:focus { left: 8px; top: 8px; background: var(--page); padding: 6px; z-index: 3; }
    .unseen {
      position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden;
      clip-path: inset(50%); white-space: nowrap;
    }
    #plane { position: relative; margin-top: 6px; }
    #canvas svg { display: block; max-width: 100%; height: auto; cursor: crosshair;
      touch-action: pan-y; user-select: none; }
    #tip {
      position: absolute; z-index: 2; max-width: min(320px, 90%); pointer-events: none;
      background: var(--text); color: var(--page); border-radius: 5px; padding: 6px 9px;
      font-size: 13px; overflow-wrap: anywhere; font-variant-numeric: tabular-nums;
    }
    #legend { display: flex; flex-wrap: wrap; gap: 4px 6px; align-items: center; }
    .key { display: inline-flex; gap: 6px; align-items: center; font-size: 13px;
      overflow-wrap: anywhere; text-align: left; border-color: var(--line); }
    .key svg { flex: none; }
    .key[aria-pressed=false] { color: var(--muted); text-decoration: line-through; }
    .key[aria-pressed=false] svg { opacity: 0.35; }
    svg text { fill: var(--text); font: 12px system-ui, -apple-system, "Segoe UI", Roboto,
      "Liberation Sans", sans-serif; }
    svg text.muted { fill: var(--muted); }
    svg text.small { font-size: 11px; }
    svg .middle { text-anchor: middle; }
    svg .end { text-anchor: end; }
    .label { paint-order: stroke; stroke: var(--page); stroke-width: 3px; stroke-linejoin: round;
      pointer-events: none; }
    .grid { stroke: var(--grid); }
    .frame { fill: none; stroke: var(--muted); }
    .gap { stroke: var(--page); stroke-width: 3; }
    .leader { stroke: var(--muted); stroke-width: 0.8; }
    .curve { fill: none; stroke-width: 2.4; stroke-linejoin: round; stroke-linecap: round; }
    .curve.zero { stroke-width: 3; }
    .hull { fill: none; stroke-width: 1.4; stroke-dasharray: 5 3; }
    .dots { fill: none; stroke-width: 2.8; stroke-linecap: round; opacity: 0.45; }
    .mark { stroke: var(--page); stroke-width: 1; }
    .model { fill: var(--page); stroke: var(--text); stroke-width: 1.8; }
    .star { fill: var(--star); stroke: var(--text); }
    .cross { fill: none; stroke: var(--muted); stroke-width: 1.8; }
    .ring { fill: none; stroke-width: 2.2; }
    .bars { fill: none; stroke-width: 1.4; }
    .aim { fill: none; stroke: var(--text); stroke-width: 1.5; }
    .band { fill: var(--accent); fill-opacity: 0.15; stroke: var(--accent); }
    .diagonal { fill: none; stroke: var(--muted); stroke-dasharray: 3 3; }
    .row { display: flex; flex-wrap: wrap; gap: 10px 18px; }
    figure { margin: 0; }
    figcaption { font-size: 13px; max-width: 196px; overflow-wrap: anywhere; }
    .scroll { overflow-x: auto; max-width: 100%; margin: 8px 0; position: relative; }
    table { border-collapse: collapse; font-size: 14px; font-variant-numeric: tabular-nums; }
    caption { text-align: left; font-weight: 600; padding: 2px 0 4px; }
    th, td { padding: 4px 8px; text-align: left; border-bottom: 1px solid var(--line);
      vertical-align: baseline; font-weight: normal; }
    thead th { font-weight: 600; vertical-align: bottom; background: var(--panel); }
    th[scope=row] { font-weight: 500; min-width: 6em; max-width: 24em; overflow-wrap: break-word; }
    .whole, .finding { white-space: nowrap; }
    .n { text-align: right; white-space: nowrap; }
    thead .n { white-space: normal; }
    thead .long { min-width: 12em; }
    .faint { color: var(--muted); }
    .heat { background: color-mix(in srgb, var(--heat) var(--share, 0%), transparent); }
    .finding.better { color: var(--good); font-weight: 600; }
    .finding.worse { color: var(--bad); }
    .current > * { background-color: var(--panel); }
    .current > th { box-shadow: inset 3px 0 var(--accent); }
    .swatch { vertical-align: -2px; margin-right: 5px; }
    .tag { display: inline-block; font-size: 12px; color: var(--muted); border: 1px solid var(--line);
      border-radius: 4px; padding: 0 5px; margin-left: 6px; }
    .tag.own { display: block; margin: 2px 0 0; max-width: 24ch; white-space: normal; }
    #promptlist { list-style: none; margin: 8px 0; padding: 0; max-height: 320px; overflow-y: auto;
      border: 1px solid var(--line); border-radius: 5px; }
    .prompt { display: block; width: 100%; border: 0; border-bottom: 1px solid var(--line);
      border-radius: 0; text-align: left; overflow: hidden; text-overflow: ellipsis;
      white-space: nowrap; }
    .prompt[aria-pressed=true] { background: var(--panel); box-shadow: inset 3px 0 var(--accent); }
    .prompt:focus-visible { outline-offset: -3px; }
    .text, .answer { white-space: pre-wrap; overflow-wrap: anywhere; unicode-bidi: isolate; }
    .text { background: var(--panel); padding: 10px; max-height: 300px; overflow: auto;
      font: 13px/1.45 ui-monospace, "Liberation Mono", monospace; margin: 6px 0; }
    .answer { max-height: 130px; overflow: auto; min-width: 16em; }
    @media (max-width: 600px) {
      body { padding: 0 12px 30px; }
      h1 { font-size: 20px; }
      select, input, button { min-height: 36px; }
      #zoomin, #zoomout { min-width: 40px; border-color: var(--line); }
      th, td { padding: 4px 6px; }
    }
    @media (prefers-reduced-motion: no-preference) { html { scroll-behavior: smooth; } }
    @media print {
      :root {
        --page: #ffffff; --panel: #f5f7f9; --text: #000000; --muted: #444444; --line: #bbbbbb;
        --grid: #dddddd; --accent: #000000; --good: #00583f; --bad: #8a3200; --warn: #ffffff;
        --c0: #0072b2; --c1: #d55e00; --c2: #008c68; --c3: #b8618f; --c4: #a87400; --c5: #2c86bf;
        --c6: #000000; --zero: #6e7781;
      }
      body { max-width: none; padding: 0; font-size: 10pt; }
      .controls, .search, #picker, #promptlist, .quiet, .skip, #planehelp { display: none; }
      .first { display: block; }
      .scroll, #systems .scroll { overflow: visible; max-height: none; }
      #systems thead th { position: static; }
      table { font-size: 8pt; }
      tr, figure, #plane, #systems table { break-inside: avoid; }
      h2, caption { break-after: avoid; }
      .text, .answer { max-height: none; }
      * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
    }
    """#
}
