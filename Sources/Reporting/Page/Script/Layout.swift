extension PageScript {
  /// The frame that everything stands in, and what happens at the start.
  static let layout = #"""
    const check = (id, text, set) => el('label', { class: 'check' },
      el('input', { type: 'checkbox', id, change: event => { set(event.target.checked); render(); } }),
      ' ' + text);
    const choice = (id, text, options, change) => el('label', { class: 'field' }, text + ' ',
      el('select', { id, change: event => change(event.target.value) },
        options.map(([value, name]) => el('option', { value }, name))));
    const section = (id, title, ...children) => el('section', { 'aria-labelledby': id + 'head' },
      el('h2', { id: id + 'head' }, title), ...children);

    function chooseTask(position) {
      state.task = position;
      state.split = 0;
      state.zoom = null;
      state.hide = null;
      state.lost = [];
      render();
      say(told(task().headline, task()));
    }

    function build() {
      replace(byId('picker'),
        choice('task', 'Task', data.tasks.map((one, i) => [i, named(one.task)]), value =>
          chooseTask(Number(value))),
        el('span', { id: 'seedplace' }));
      replace(byId('app'),
        el('p', { id: 'live', class: 'unseen', role: 'status', 'aria-live': 'polite' }),
        el('p', { id: 'lost', class: 'notice', role: 'note', hidden: true }),
        el('h1', { id: 'headline' }),
        el('p', { id: 'verdict', class: 'lead' }),
        el('div', { id: 'taskwarning' }),
        el('div', { class: 'first' },
          el('section', { 'aria-labelledby': 'planename' },
            el('div', { class: 'head' }, el('h2', { id: 'planename' }, 'Cost and quality'),
              el('span', { role: 'group', 'aria-label': 'Zoom' },
                el('button', { type: 'button', id: 'zoomin', class: 'quiet', 'aria-label': 'Zoom in',
                  click: () => zoomBy(0.6) }, '+'),
                el('button', { type: 'button', id: 'zoomout', class: 'quiet',
                  'aria-label': 'Zoom out', click: () => zoomBy(1 / 0.6) }, '−'),
                el('button', { type: 'button', id: 'reset', class: 'quiet',
                  click: () => zoomTo(null) }, 'Reset zoom'))),
            el('div', { class: 'controls' },
              choice('scale', 'Cost axis', [['log', 'logarithmic'], ['linear', 'linear']], value => {
                state.scale = value;
                state.zoom = null;
                render();
              }),
              choice('unit', 'Cost', [['prompt', 'per prompt'], ['total', 'total']], value => {
                state.unit = value;
                render();
              }),
              check('dots', 'swept points', on => { state.dots = on; }),
              check('hulls', 'test hulls (optimistic)', on => { state.hulls = on; })),
            el('div', { id: 'plane' }, el('div', { id: 'canvas' }),
              el('div', { id: 'tip', role: 'tooltip', hidden: true })),
            el('p', { id: 'planehelp', class: 'note' }, 'Solid: deployable curves, chosen on training '
              + 'prompts. Circles: single models. Star: the Oracle. Rings: where the slider stands. Drag '
              + 'to zoom, double-click to reset; by touch, tap a place, then + above; with the keyboard, '
              + 'arrows walk the points, + and - zoom, 0 resets.'),
            el('p', { id: 'planeoutside', class: 'note' }),
            el('div', { id: 'legend', role: 'group', 'aria-label': 'Systems shown' })),
          el('section', { 'aria-labelledby': 'systemshead' },
            el('h2', { id: 'systemshead' }, 'Systems'), el('div', { id: 'systems' }),
            el('h2', { class: 'next' }, 'What would you pay?'),
            el('div', { class: 'slider' },
              el('label', { for: 'wtp' }, 'Willingness to pay for one unit of quality (an answer that is '
                + 'right rather than wrong): '),
              el('output', { id: 'wtptext', for: 'wtp' }),
              el('input', { type: 'range', id: 'wtp', min: 0, max: steps, step: 1, input: event =>
                moveSlider(sliderValue(Number(event.target.value))) }),
              el('label', { class: 'field' }, 'Prompts a month ', el('input', { type: 'number',
                id: 'monthly', min: 0, step: 1, inputmode: 'numeric', input: event => {
                  const value = Number(event.target.value);
                  if (event.target.value === '' || !(value >= 0) || !Number.isFinite(value)) return;
                  state.monthly = value;
                  drawOperating();
                  writeFragment();
                } }))))),
        section('operating', 'At this willingness to pay',
          el('p', { class: 'note' }, 'Each system stands at the kept point that was worth most on the '
            + 'training prompts, quality times willingness less cost; quality, cost and shares are '
            + 'measured on the test prompts.'),
          el('div', { id: 'operating' }), el('div', { id: 'traffic' })),
        section('tasks', 'Tasks', el('div', { id: 'tasks' })),
        section('maps', 'Where prompts go', el('div', { id: 'oraclemap' }),
          choice('router', 'Router', routerNames().map(name => [name, named(name)]), value => {
            state.router = value;
            drawRouterMap();
            drawPrompt();
            writeFragment();
          }),
          el('div', { id: 'routermap' })),
        section('calibration', 'Predicted and recorded quality',
          el('p', { class: 'note' }, 'Predictions for all models on all test prompts, in tenths; larger '
            + 'dots hold more. On the diagonal a prediction can be taken at its word.'),
          el('div', { id: 'calibration', class: 'row' })),
        section('account', 'What to know about the data', el('div', { id: 'warnings' }),
          el('h3', {}, 'What was left out'), el('div', { id: 'omissions' })),
        samples.length ? section('prompts', 'Prompts',
          el('p', { class: 'note' }, samplesNote()),
          el('div', { class: 'search' }, el('label', { class: 'field', for: 'query' }, 'Search prompts and '
            + 'answers '), el('input', { type: 'search', id: 'query', autocomplete: 'off', spellcheck:
            'false', input: event => {
            state.query = event.target.value;
            drawPromptList();
            writeFragment();
          } }), el('span', { id: 'promptcount', role: 'status' })),
          el('ul', { id: 'promptlist' }), el('div', { id: 'prompt' })) : null,
        section('made', 'How it was made', el('div', { id: 'options' })));
    }

    // A sentence about names that are too long to read.
    const told = (text, one) => [one.task, ...models, ...one.summaries.map(summary => summary.name)]
      .filter(name => name.length > longest)
      .reduce((said, name) => said.split(name).join(named(name)).split(inert(name)).join(named(name)),
        text);

    function render() {
      const one = task();
      document.title = named(one.task) + ', ' + named(data.title);
      byId('lost').hidden = !state.lost.length;
      byId('lost').textContent = state.lost.length ? 'The link names what this report lacks: '
        + state.lost.map(inert).join('; ') + '.' : '';
      byId('headline').textContent = told(one.headline, one);
      byId('verdict').textContent = told(one.verdict, one);
      replace(byId('taskwarning'), one.featureWarning
        ? el('p', { class: 'warning', role: 'note' }, inert(one.featureWarning)) : null);
      byId('task').value = String(state.task);
      replace(byId('seedplace'), one.splits.length > 1 ? choice('seed', 'Split',
        one.splits.map((part, i) => [i, 'seed ' + part.seed]), value => {
          state.split = Number(value);
          state.zoom = null;
          render();
          byId('seed').focus();
        }) : null);
      if (byId('seed')) byId('seed').value = String(Math.min(state.split, one.splits.length - 1));
      byId('scale').value = isLog() ? 'log' : 'linear';
      byId('unit').value = state.unit;
      byId('dots').checked = state.dots;
      byId('hulls').checked = state.hulls;
      byId('reset').hidden = !state.zoom;
      byId('wtp').value = String(sliderPosition(wtpNow()));
      byId('router').value = routerNow();
      if (document.activeElement !== byId('monthly')) byId('monthly').value = String(state.monthly);
      drawPlane();
      drawLegend();
      drawSystems();
      drawOperating();
      drawTasks();
      drawOracleMap();
      drawRouterMap();
      drawCalibration();
      if (samples.length) {
        if (document.activeElement !== byId('query')) byId('query').value = state.query;
        drawPromptList();
        drawPrompt();
      }
      writeFragment();
    }

    if (data.tasks.length) {
      readFragment();
      build();
      byId('plain').hidden = true;
      byId('app').hidden = false;
      drawAccount();
      render();
      window.addEventListener('hashchange', () => {
        if (location.hash === written) return;
        written = location.hash;
        readFragment();
        render();
      });
      let drawn = byId('plane').clientWidth;
      let waiting = false;
      new ResizeObserver(() => {
        if (waiting || byId('plane').clientWidth === drawn) return;
        waiting = true;
        // Drawn here, the plane would change in size while sizes are told, and the browser complains.
        requestAnimationFrame(() => {
          waiting = false;
          drawn = byId('plane').clientWidth;
          drawPlane();
        });
      }).observe(byId('plane'));
    }
    """#
}
