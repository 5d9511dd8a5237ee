extension PageScript {
  /// What the reader has chosen; it lives in the URL's fragment.
  static let state = #"""
    const state = {
      task: data.start, split: 0, scale: null, unit: 'prompt', wtp: null, monthly: 100000,
      hide: null, hulls: false, dots: true, zoom: null, sort: null, taskSort: null, router: null,
      query: '', prompt: null, lost: [],
    };
    const task = () => data.tasks[state.task];
    const split = () => task().splits[Math.min(state.split, task().splits.length - 1)];

    const numberText = value => value === Infinity ? 'unlimited' : String(value);
    const readNumber = text => text === 'unlimited' ? Infinity : Number(text);

    function readFragment() {
      const entries = new URLSearchParams(location.hash.slice(1));
      const get = name => entries.get(name);
      const position = data.tasks.findIndex(one => one.task === get('task'));
      state.task = position < 0 ? data.start : position;
      const seed = task() ? task().splits.findIndex(one => one.seed === get('seed')) : -1;
      state.split = Math.max(0, seed);
      state.scale = ['log', 'linear'].includes(get('scale')) ? get('scale') : null;
      state.unit = get('unit') === 'total' ? 'total' : 'prompt';
      const wtp = get('wtp') === null ? NaN : readNumber(get('wtp'));
      state.wtp = wtp >= 0 ? wtp : null;
      const monthly = get('monthly') === null ? NaN : Number(get('monthly'));
      state.monthly = monthly >= 0 && Number.isFinite(monthly) ? monthly : 100000;
      state.hide = get('hide') === null ? null : new Set(entries.getAll('hide'));
      state.hulls = get('hulls') === '1';
      state.dots = get('dots') !== '0';
      const zoom = (get('zoom') || '').split(',').map(Number);
      state.zoom = zoom.length === 4 && zoom.every(Number.isFinite) && zoom[0] < zoom[1]
        && zoom[2] < zoom[3] ? zoom : null;
      state.sort = get('sort');
      state.taskSort = get('tasksort');
      state.router = get('router');
      state.query = get('q') || '';
      state.prompt = get('prompt');
      // Said, so that nobody takes one task's numbers for those of the task that was sent.
      const known = new Set(data.tasks.flatMap(one => one.splits).flatMap(part => part.systems)
        .map(system => system.name));
      const names = [...(state.hide || [])];
      if (names.length && !names.some(name => name === '' || known.has(name))) state.hide = null;
      state.lost = [
        ...(get('task') !== null && position < 0 ? ['task ' + get('task')] : []),
        ...(get('seed') !== null && seed < 0 ? ['seed ' + get('seed')] : []),
        ...[...names, ...(state.router ? [state.router] : [])]
          .filter(name => name && !known.has(name)).map(name => 'system ' + name),
      ].map(text => text.length > 120 ? text.slice(0, 119) + '…' : text);
    }

    let written = location.hash;
    function writeFragment() {
      const entries = new URLSearchParams();
      const put = (name, value, isDefault) => { if (!isDefault) entries.append(name, value); };
      if (task()) put('task', task().task, state.task === data.start);
      if (task()) put('seed', split().seed, state.split === 0);
      put('scale', state.scale, state.scale === null);
      put('unit', state.unit, state.unit === 'prompt');
      put('wtp', numberText(state.wtp), state.wtp === null);
      put('monthly', state.monthly, state.monthly === 100000);
      if (state.hide) {
        const names = [...state.hide];
        for (const name of names.length ? names : ['']) put('hide', name, false);
      }
      put('hulls', '1', !state.hulls);
      put('dots', '0', state.dots);
      put('zoom', (state.zoom || []).join(), !state.zoom);
      put('sort', state.sort, !state.sort);
      put('tasksort', state.taskSort, !state.taskSort);
      put('router', state.router, !state.router);
      put('q', state.query, !state.query);
      put('prompt', state.prompt, !state.prompt);
      const text = entries.toString();
      const fragment = text ? '#' + text : '';
      if (fragment === location.hash) return;
      written = fragment;
      history.replaceState(null, '', fragment || location.pathname + location.search);
    }
    """#
}
