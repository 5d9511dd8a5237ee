extension PageScript {
  /// Whether a router's predictions can be taken at their word.
  static let calibration = #"""
    function drawCalibration() {
      const shown = visible().filter(system => system.calibration);
      if (!shown.length) {
        replace(byId('calibration'), el('p', {}, split().systems.some(system => system.calibration)
          ? 'No shown router predicts quality; show one in the legend.'
          : 'No router here predicts quality.'));
        return;
      }
      replace(byId('calibration'), shown.map(system => {
        const bins = system.calibration;
        const total = sum(bins.map(bin => bin[0]));
        const gap = sum(bins.map(([n, p, r]) => n * Math.abs(p - r))) / total;
        const [size, edge] = [196, 40];
        const x = value => edge + clamp(value, 0, 1) * (size - edge - 8);
        const y = value => size - edge - clamp(value, 0, 1) * (size - edge - 8);
        const most = Math.max(...bins.map(bin => bin[0]));
        const label = named(system.name) + ': predicted and recorded quality differ by ' + fixed(gap)
          + ' on average over ' + count(total) + ' predictions';
        return el('figure', { class: 'small', 'data-system': system.name, 'data-gap': gap },
          svg('svg', { width: size, height: size, viewBox: '0 0 ' + size + ' ' + size, role: 'img',
            'aria-label': label },
          svg('rect', { class: 'frame', x: x(0), y: y(1), width: x(1) - x(0), height: y(0) - y(1) }),
          svg('path', { class: 'diagonal', d: 'M' + x(0) + ' ' + y(0) + 'L' + x(1) + ' ' + y(1) }),
          svg('path', { class: 'curve', style: { stroke: colour(system.rank) },
            d: 'M' + bins.map(([, p, r]) => x(p).toFixed(1) + ' ' + y(r).toFixed(1)).join('L') }),
          bins.map(([n, p, r]) => svg('circle', { class: 'mark', cx: x(p), cy: y(r),
            r: 2.5 + 4 * Math.sqrt(n / most), style: { fill: colour(system.rank) } },
          svg('title', {}, 'predicted ' + fixed(p) + ', recorded ' + fixed(r) + ', ' + count(n)
            + ' predictions'))),
          [0, 0.5, 1].map(value => [
            svg('text', { x: x(value), y: size - 16, class: 'middle muted small' }, String(value)),
            svg('text', { x: edge - 5, y: y(value) + 4, class: 'end muted small' }, String(value))]),
          svg('text', { x: x(0.5), y: size - 3, class: 'middle small' }, 'predicted'),
          svg('text', { x: 9, y: y(0.5), class: 'middle small',
            transform: 'rotate(-90 9 ' + y(0.5) + ')' }, 'recorded')),
          el('figcaption', {}, el('strong', {}, named(system.name)), ' mean gap ' + fixed(gap)));
      }));
    }
    """#
}
