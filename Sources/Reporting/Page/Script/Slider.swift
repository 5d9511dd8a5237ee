extension PageScript {
  /// Willingness to pay: the slider, and what each system then does and costs.
  static let slider = #"""
    const steps = 400;
    // From where nothing changes below to where nothing changes above, over all tasks and systems.
    const bounds = (() => {
      let [low, high] = [Infinity, 0];
      for (const part of data.tasks.flatMap(one => one.splits)) {
        for (const system of part.systems) {
          for (let i = 1; i < system.points.length; i += 1) {
            const from = system.points[i - 1].training || system.points[i - 1].test;
            const to = system.points[i].training || system.points[i].test;
            const slope = (to.c - from.c) / (to.q - from.q);
            if (!(slope > 0) || !Number.isFinite(slope)) continue;
            low = Math.min(low, slope);
            high = Math.max(high, slope);
          }
        }
      }
      return high > 0 ? [low / 2, high * 2] : [1e-4, 1];
    })();
    function sliderValue(position) {
      if (position <= 0) return 0;
      if (position >= steps) return Infinity;
      const value = bounds[0] * (bounds[1] / bounds[0]) ** (position / steps);
      return Number(value.toPrecision(3));
    }
    function sliderPosition(value) {
      if (value === 0) return 0;
      if (value === Infinity) return steps;
      const share = Math.log(value / bounds[0]) / Math.log(bounds[1] / bounds[0]);
      return clamp(Math.round(share * steps), 1, steps - 1);
    }
    const startWTP = sliderValue(steps / 2);
    const wtpNow = () => state.wtp === null ? startWTP : state.wtp;

    const table = (id, caption, head, rows, note) => [
      el('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': caption },
        el('table', { id }, el('caption', {}, caption), el('thead', {}, head), el('tbody', {}, rows))),
      note ? el('p', { class: 'note' }, note) : null,
    ];
    const cell = (text, value) => el('td', { class: 'n', 'data-value': value }, text);
    const word = (text, extra) => el('td', extra, text);
    const rowHead = (...children) => el('th', {
      scope: 'row',
      // Only long names may break.
      class: children.some(one => typeof one === 'string' && one.length > 36) ? undefined : 'whole',
    }, ...children);
    const heads = names => el('tr', {}, names.map(([name, isNumber]) =>
      el('th', { scope: 'col', class: isNumber ? 'n' : undefined }, name)));
    const swatch = rank => svg('svg', { width: 14, height: 14, viewBox: '0 0 14 14',
      'aria-hidden': 'true', class: 'swatch' },
    svg('path', { class: 'mark', d: shape(rank, 7, 7, 5), style: { fill: colour(rank) } }));

    // A share as a tinted cell; never so dark that the number cannot be read.
    const tinted = (share, text) => el('td', {
      class: 'n heat', 'data-value': share, style: { '--share': Math.round(clamp(share, 0, 1) * 60) + '%' },
    }, text);

    function trafficCells(point) {
      const prompts = split().testCount;
      return models.map((_, model) => {
        const share = point.calls ? point.calls[model] / prompts : NaN;
        return Number.isNaN(share) ? word('') : tinted(share, share === 0 ? '' : percent(share));
      });
    }

    function drawOperating() {
      const wtp = wtpNow();
      byId('wtptext').textContent = willingness(wtp);
      byId('wtp').setAttribute('aria-valuetext', willingness(wtp) + ' per unit of quality');
      const monthly = state.monthly;
      const systems = visible();
      const rows = systems.map(system => {
        const point = chosen(system, wtp);
        const { c, q } = point.test;
        return el('tr', { 'data-system': system.name },
          rowHead(swatch(system.rank), named(system.name),
            system.isChosenOnTest ? el('span', { class: 'tag' }, 'chosen on test prompts: optimistic')
              : null,
            system.cannotServe ? el('span', { class: 'tag own' }, oracular) : null),
          word(pointName(point, 3), { class: 'whole' }), cell(fixed(q), q),
          cell(point.qualityEnds ? fixed(point.qualityEnds[0]) + ' to ' + fixed(point.qualityEnds[1])
            : ''),
          cell(cost(c), c),
          system.cannotServe ? cell('') : cell(bill(c * monthly), c * monthly),
          cell(point.costEnds && !system.cannotServe ? bill(point.costEnds[0] * monthly) + ' to '
            + bill(point.costEnds[1] * monthly) : ''));
      });
      replace(byId('operating'), table('operatingtable',
        'What each shown system does at this willingness to pay', heads([
          ['System', 0], ['Kept point', 0], ['Quality', 1], ['interval', 1],
          [data.axis === 'dollars' ? 'Dollars per prompt' : 'Cost per prompt', 1],
          [(data.axis === 'dollars' ? 'Bill' : 'Total') + ' a month', 1], ['interval', 1],
        ]), rows));
      replace(byId('traffic'), table('traffictable', 'Share of prompts that each model gets', heads([
        ['System', 0], ...shortModels.map(name => [name, 1]),
      ]), systems.map(system => el('tr', { 'data-system': system.name },
        rowHead(swatch(system.rank), named(system.name), chosen(system, wtp).calls ? null
          : el('span', { class: 'tag' }, 'shares are not on this page')),
        trafficCells(chosen(system, wtp)))),
      'Calls per test prompt at the marked points. A cascade or a rerank may call several models for one '
        + 'prompt, so that its row sums to more than 100%.'));
    }

    function moveSlider(value) {
      state.wtp = value;
      drawMarkers();
      drawOperating();
      drawRouterMap();
      drawPrompt();
      writeFragment();
    }
    """#
}
