extension PageScript {
  /// The cost-quality plane: curves, points and labels.
  static let plane = #"""
    let scales = null;
    let hits = [];

    const axisTitle = () => state.unit === 'total'
      ? 'Total ' + unit.noun + ' for the ' + count(split().testCount) + ' test prompts'
      : data.axis === 'dollars' ? 'Dollars per prompt' : data.axis === 'seconds'
        ? 'Seconds per prompt' : 'Calls per prompt';
    // An axis label without digits that say nothing.
    const tickText = value => {
      const text = cost(value * costFactor(), 6);
      return text.includes('.') ? text.replace(/0+(?=\D*$)/, '').replace(/\.(?=\D*$)/, '') : text;
    };

    function axes() {
      const { frame, x0, x1, y0, y1, log, holdsZero } = scales;
      const room = Math.max(2, Math.floor((frame.right - frame.left) / 85));
      const factor = costFactor();
      const across = [...(holdsZero ? [0] : []), ...(log ? logTicks(x0 * factor, x1 * factor, room)
        : niceTicks(x0 * factor, x1 * factor, room)).map(value => value / factor)]
        .filter(value => value >= 0);
      const up = niceTicks(y0, y1, 6).filter(value => state.zoom || (value >= 0 && value <= 1));
      const nodes = [];
      let last = -Infinity;
      for (const value of across) {
        const x = scales.x(value);
        if (x < frame.left - 0.5 || x > frame.right + 0.5) continue;
        nodes.push(svg('line', { class: 'grid', x1: x, x2: x, y1: frame.top, y2: frame.bottom }));
        const text = tickText(value);
        const half = textWidth(text, 12) / 2;
        const at = clamp(x, frame.left + half - 30, scales.width - half - 1);
        if (at - half < last + 8) continue;
        last = at + half;
        nodes.push(svg('text', { x: at, y: frame.bottom + 17, class: 'middle muted' }, text));
      }
      for (const value of up) {
        const y = scales.y(value);
        nodes.push(svg('line', { class: 'grid', x1: frame.left, x2: frame.right, y1: y, y2: y }));
        nodes.push(svg('text', { x: frame.left - 7, y: y + 4, class: 'end muted' },
          String(Number(value.toPrecision(6)))));
      }
      const middle = (frame.top + frame.bottom) / 2;
      const [x, y] = [scales.x(x0), frame.bottom];
      nodes.push(
        svg('rect', { class: 'frame', x: frame.left, y: frame.top, width: frame.right - frame.left,
          height: frame.bottom - frame.top }),
        holdsZero ? [
          svg('line', { class: 'grid', x1: x, x2: x, y1: frame.top, y2: y }),
          svg('line', { class: 'gap', x1: x - 2, x2: x + 2, y1: y, y2: y }),
          svg('path', { class: 'frame break', d: [-2, 2].map(side =>
            'M' + (x + side - 3) + ' ' + (y + 7) + 'l6 -14').join('') }),
        ] : null,
        svg('text', { x: (frame.left + frame.right) / 2, y: scales.height - 10, class: 'middle' },
          axisTitle() + (holdsZero ? ', logarithmic right of the break' : log ? ', logarithmic' : '')),
        svg('text', { x: 13, y: middle, class: 'middle', transform: 'rotate(-90 13 ' + middle + ')' },
          'Quality'));
      return nodes;
    }

    // Where a curve goes on, flat, to the right edge of the range.
    function flatEnd(last) {
      const end = Math.max(last.c, split().range.upper);
      return { c: end, q: last.q };
    }

    // The deployable curve: the kept points in their order, from answering nothing; what is free is had at
    // once.
    function curveOf(system) {
      const tests = system.points.map(point => point.test);
      return [...(tests[0].c > 0 ? [{ c: 0, q: 0 }] : []), ...tests, flatEnd(tests[tests.length - 1])];
    }

    function curves() {
      const nodes = [];
      for (const system of visible()) {
        const stroke = colour(system.rank);
        if (state.dots && system.rank >= 0) {
          const text = system.dots.map(point => 'M' + scales.x(point.c).toFixed(1) + ' '
            + scales.y(point.q).toFixed(1) + 'h0').join('');
          nodes.push(svg('path', { class: 'dots', d: text, style: { stroke } }));
        }
        if (state.hulls && system.hullPoints.length) {
          const line = [...system.hullPoints];
          line.push(flatEnd(line[line.length - 1]));
          nodes.push(svg('path', { class: 'hull', d: linePath(line, scales), style: { stroke } }));
        }
        nodes.push(svg('path', {
          class: system.rank < 0 ? 'curve zero' : 'curve', d: linePath(curveOf(system), scales),
          'data-system': system.name, style: { stroke },
        }));
      }
      for (const system of visible()) {
        const text = system.points.map(({ test }) =>
          shape(system.rank, scales.x(test.c), scales.y(test.q), system.rank < 0 ? 3.4 : 3.6)).join('');
        nodes.push(svg('path', { class: 'mark', d: text, style: { fill: colour(system.rank) } }));
      }
      return nodes;
    }

    const referenceName = reference => reference.role === 'oracle' ? 'Oracle'
      : reference.role === 'random' ? 'random' : named(reference.name);

    // Where a reference stands: far below the plane, just above its foot.
    const heightOf = point => scales.isBelow(point) ? scales.frame.bottom - 9
      : scales.y(point.quality);
    const shownReferences = () =>
      split().references.filter(one => one.role !== 'oracleFreeWhenUnsolved');

    // What the whole plane leaves out, and how it is to be read.
    function outsideText() {
      const { holdsZero, x0, x1, y0, y1 } = scales;
      const below = state.zoom ? [] : shownReferences().filter(({ point }) => scales.isBelow(point));
      const hidden = new Map();
      if (!state.zoom) {
        for (const system of visible().filter(one => one.rank >= 0)) {
          const points = system.points.map(({ test }) => test);
          for (const point of state.dots ? [...points, ...system.dots] : points) {
            const isInside = point.c >= (holdsZero ? 0 : x0) && point.c <= x1 && point.q >= y0
              && point.q <= y1;
            if (!isInside && (point.c || point.q)) hidden.set(point.c + ' ' + point.q, point.c);
          }
        }
      }
      const ends = [Math.min(...hidden.values()), Math.max(...hidden.values())].map(end => cost(end));
      return [
        holdsZero ? 'Costs are logarithmic right of the break; left of it they run straight down to '
          + tickText(0) + '.' : '',
        below.length ? 'Far below the frame (arrows): ' + below.map(one => referenceName(one)
          + ', quality ' + fixed(one.point.quality) + ', ' + cost(one.point.cost) + ' per prompt')
          .join('; ') + '.' : '',
        hidden.size ? count(hidden.size) + (hidden.size === 1 ? ' point of routers lies'
          : ' points of routers lie') + ' outside the frame, at ' + ends[0]
          + (ends[0] === ends[1] ? '' : ' to ' + ends[1]) + ' per prompt: zoom out to see.' : '',
      ].filter(Boolean).join(' ');
    }

    function references() {
      const shown = shownReferences();
      const { frame } = scales;
      const names = shown.map(one => one.role === 'model'
        ? shortModels[models.indexOf(one.name)] || named(one.name) : referenceName(one));
      const placed = shown.map((one, i) => ({
        one, name: names[i], x: scales.x(one.point.cost), y: heightOf(one.point),
      })).filter(({ x, y }) => x >= frame.left && x <= frame.right && y >= frame.top
        && y <= frame.bottom);
      const nodes = placed.map(({ one, x, y }) => scales.isBelow(one.point)
        ? svg('path', { class: 'model below', d: shape(3, x, y, 4.5), 'data-model': one.name })
        : one.role === 'oracle' ? svg('path', { class: 'star', d: starPath(x, y, 9) })
        : one.role === 'random'
          ? svg('path', { class: 'cross', d: 'M' + (x - 4) + ' ' + (y - 4) + 'l8 8m0 -8l-8 8' })
          : svg('circle', { class: 'model', cx: x, cy: y, r: 4.5 }));
      const size = scales.width < 500 ? 10 : 12;
      const marks = placed.map(({ x, y }) => ({ x0: x - 6, x1: x + 6, y0: y - 6, y1: y + 6 }));
      for (const system of visible()) {
        for (const { test } of system.points) {
          const [x, y] = [scales.x(test.c), scales.y(test.q)];
          marks.push({ x0: x - 4, x1: x + 4, y0: y - 4, y1: y + 4 });
        }
        marks.push(...inkOf(linePath(curveOf(system), scales)));
      }
      const boxes = placeLabels(placed.map(({ one, name, x, y }) => ({
        x, y, radius: one.role === 'oracle' ? 9 : 5, width: textWidth(name, size), height: size + 2,
      })), marks, frame);
      boxes.forEach((box, i) => {
        if (!box) return;
        const { x, y, name } = placed[i];
        if (box.away > 14) {
          const [dx, dy] = [clamp(x, box.box.x0, box.box.x1), clamp(y, box.box.y0, box.box.y1)];
          nodes.push(svg('line', { class: 'leader', x1: x, y1: y, x2: dx, y2: dy }));
        }
        nodes.push(svg('text', {
          class: 'label middle', x: box.cx, y: box.cy + size * 0.35, style: { 'font-size': size + 'px' },
        }, name));
      });
      return nodes;
    }

    // Everything that can be pointed at, with what is said about it.
    function collectHits() {
      const found = [];
      const add = (c, q, title, lines, weight, y = scales.y(q)) => {
        const x = scales.x(c);
        const { frame } = scales;
        if (x < frame.left - 1 || x > frame.right + 1 || y < frame.top - 1 || y > frame.bottom + 1) return;
        const total = c * split().testCount;
        found.push({ x, y, weight, c, q, title, lines: [
          'quality ' + fixed(q, 6), cost(c, 6) + ' per prompt', cost(total, 6) + ' for '
            + count(split().testCount) + ' test prompts', ...lines,
        ] });
      };
      const ends = intervals => intervals ? ['quality interval ' + fixed(intervals.quality.lower) + ' to '
        + fixed(intervals.quality.upper), 'cost interval ' + cost(intervals.cost.lower) + ' to '
        + cost(intervals.cost.upper)] : [];
      for (const one of split().references) {
        if (one.role === 'oracleFreeWhenUnsolved') continue;
        add(one.point.cost, one.point.quality, referenceName(one), [
          ...(scales.isBelow(one.point) ? ['far below the frame'] : []), ...ends(one.intervals),
        ], 0, heightOf(one.point));
      }
      for (const system of visible()) {
        for (const point of system.points) {
          add(point.test.c, point.test.q, named(system.name), [
            'kept on training prompts, ' + pointName(point),
            ...(system.cannotServe ? [oracular] : []),
            ...(point.qualityEnds ? ['quality interval ' + fixed(point.qualityEnds[0]) + ' to '
              + fixed(point.qualityEnds[1]), 'cost interval ' + cost(point.costEnds[0]) + ' to '
              + cost(point.costEnds[1])] : []),
          ], 1);
        }
        if (state.hulls) for (const { c, q } of system.hullPoints) {
          add(c, q, named(system.name), ['test hull, chosen on test prompts: optimistic'], 2);
        }
        if (state.dots && system.rank >= 0) system.dots.forEach(({ c, q }, i) => add(c, q,
          named(system.name), ['swept point, parameter '
            + parameterText(readParameter(system.swept.parameter[i]))], 3));
      }
      return found.sort((a, b) => a.x - b.x || a.y - b.y);
    }

    function drawMarkers() {
      const layer = byId('markers');
      if (!layer || !scales) return;
      replace(layer, visible().map(system => {
        const point = chosen(system, wtpNow());
        const [x, y] = [scales.x(point.test.c), scales.y(point.test.q)];
        const stroke = colour(system.rank);
        const nodes = [];
        if (point.qualityEnds) {
          nodes.push(svg('path', { class: 'bars', style: { stroke }, d:
            'M' + x + ' ' + scales.y(point.qualityEnds[0]) + 'V' + scales.y(point.qualityEnds[1])
            + 'M' + scales.x(point.costEnds[0]) + ' ' + y + 'H' + scales.x(point.costEnds[1]) }));
        }
        nodes.push(
          svg('circle', { class: 'ring', cx: x, cy: y, r: 9, style: { stroke } }),
          svg('path', { class: 'mark', d: shape(system.rank, x, y, 5), style: { fill: stroke } }));
        return svg('g', { 'data-system': system.name, 'data-cost': point.test.c,
          'data-quality': point.test.q, 'data-parameter': parameterText(point.parameter) }, nodes);
      }));
    }

    function drawPlane() {
      const holder = byId('plane');
      const width = Math.max(280, Math.floor(holder.clientWidth));
      scales = makeScales(width);
      const { frame, height } = scales;
      const clip = svg('clipPath', { id: 'clip' }, svg('rect', { x: frame.left, y: frame.top,
        width: frame.right - frame.left, height: frame.bottom - frame.top }));
      const picture = svg('svg', {
        id: 'picture', viewBox: '0 0 ' + width + ' ' + height, width, height, tabindex: 0,
        role: 'application', 'aria-roledescription': 'chart',
        'aria-labelledby': 'planename', 'aria-describedby': 'planehelp',
      },
      svg('defs', {}, clip), axes(),
      svg('g', { 'clip-path': 'url(#clip)' }, curves()),
      svg('g', {}, references()),
      svg('g', { 'clip-path': 'url(#clip)' }, svg('g', { id: 'markers' })),
      svg('g', { id: 'pointer' }));
      const focused = document.activeElement && document.activeElement.id === 'picture';
      replace(byId('canvas'), picture);
      hits = collectHits();
      byId('planeoutside').textContent = outsideText();
      drawMarkers();
      listenToPlane(picture);
      if (focused) picture.focus({ preventScroll: true });
    }

    function drawLegend() {
      const systems = split().systems;
      const focused = document.activeElement && document.activeElement.dataset.legend;
      const entries = systems.map(system => {
        const stroke = colour(system.rank);
        return el('button', {
          type: 'button', class: 'key', 'aria-pressed': String(!isHidden(system)),
          'data-legend': system.name, click: () => {
            setHidden([system.name], !isHidden(system));
            render();
            say(named(system.name) + (isHidden(system) ? ' hidden' : ' shown'));
          },
        },
        svg('svg', { width: 26, height: 14, 'aria-hidden': 'true', viewBox: '0 0 26 14' },
          svg('path', { class: 'curve' + (system.rank < 0 ? ' zero' : ''), d: 'M1 7H25',
            style: { stroke } }),
          svg('path', { class: 'mark', d: shape(system.rank, 13, 7, 5), style: { fill: stroke } })),
        system.rank < 0 ? 'zero (mixing models)'
          : named(system.name) + (system.cannotServe ? ' (' + oracular + ')' : ''));
      });
      const names = systems.map(system => system.name);
      const away = systems.filter(isHidden).length;
      replace(byId('legend'), entries,
        el('button', { type: 'button', class: 'quiet', id: 'showall',
          click: () => { setHidden(names, false); render(); } }, 'Show all'),
        el('button', { type: 'button', class: 'quiet', id: 'hideall',
          click: () => { setHidden(names.filter(name => name !== 'zero'), true); render(); } },
        'Hide all'),
        away ? el('span', { class: 'muted' }, away + ' of ' + systems.length + ' hidden') : null);
      if (focused) {
        const again = [...byId('legend').children].find(one => one.dataset.legend === focused);
        if (again) again.focus();
      }
    }
    """#
}
