extension PageScript {
  /// Tables of systems and tasks, which sort by a click on a heading.
  static let tables = #"""
    // Columns: key, heading, whether it holds numbers, the value to sort by, the cell.
    function sorted(rows, columns, spec) {
      const [key, direction] = (spec || '').split(' ');
      const column = columns.find(one => one.key === key);
      if (!column) return rows;
      const turn = direction === 'descending' ? -1 : 1;
      return rows.map((row, i) => [row, column.value(row), i]).sort(([, a, i], [, b, j]) => {
        // What has no value stays last, whichever way.
        if (a === null || b === null) return (a === null) - (b === null) || i - j;
        const order = typeof a === 'string' ? a.localeCompare(b, 'en') : a - b;
        return turn * order || i - j;
      }).map(([row]) => row);
    }

    function sortHead(id, columns, spec, change) {
      const [key, direction] = (spec || '').split(' ');
      return el('tr', {}, columns.map(column => el('th', {
        scope: 'col',
        class: (column.isNumber ? 'n' : '') + (column.name.length > 20 ? ' long' : '') || undefined,
        'aria-sort': column.key === key ? direction : 'none',
      }, el('button', {
        type: 'button', class: 'sort', 'data-sort': id + '-' + column.key, click: () => {
          const first = column.isNumber ? 'descending' : 'ascending';
          const other = first === 'descending' ? 'ascending' : 'descending';
          change(column.key + ' ' + (column.key === key && direction === first ? other : first));
          const again = document.querySelector('[data-sort="' + id + '-' + column.key + '"]');
          if (again) again.focus();
        },
      }, column.name, el('span', { 'aria-hidden': 'true', class: 'arrow' },
        column.key === key ? (direction === 'descending' ? ' ▼' : ' ▲') : '')))));
    }

    const findingClass = finding => 'finding ' + (finding || '');
    const comparison = summary => summary.intervals ? summary.intervals.comparison : undefined;
    const isZero = summary => summary.name === 'zero';

    // Below a value, so that all columns of the first screen fit beside the plane.
    const under = text => text ? [' ', el('span', { class: 'under' }, text)] : null;

    const systemColumns = [
      { key: 'system', name: 'System', value: one => one.name, cell: one => {
        const system = split().systems.find(other => other.name === one.name);
        return rowHead(system ? swatch(system.rank) : null, named(one.name),
          cannotServe(one) ? el('span', { class: 'tag own' }, oracular) : null);
      } },
      { key: 'aiq', name: 'AIQ', isNumber: true, value: one => one.deployable.mean,
        cell: one => cell([spread(one.deployable), under(one.intervals
          ? '[' + fixed(one.intervals.deployable.lower) + ', ' + fixed(one.intervals.deployable.upper)
            + ']' : '')], one.deployable.mean) },
      { key: 'less', name: 'less Zero', isNumber: true,
        value: one => isZero(one) ? null : one.deployableLessZeroTrained.mean,
        cell: one => isZero(one) ? cell('')
          : cell([signedSpread(one.deployableLessZeroTrained),
            under(comparison(one) ? interval(comparison(one).deployable) : '')],
          one.deployableLessZeroTrained.mean) },
      { key: 'verdict', name: 'Verdict',
        value: one => cannotServe(one) ? 'not servable'
          : comparison(one) ? findings[comparison(one).finding] : null,
        cell: one => cannotServe(one) ? word('not servable')
          : word(comparison(one) ? findings[comparison(one).finding] : '',
            { class: findingClass(comparison(one) && comparison(one).finding) }) },
      { key: 'match', name: 'Cost share†', isNumber: true,
        value: one => one.match && one.match.costShare !== undefined ? one.match.costShare : null,
        cell: one => cell(matchText(one.match), one.match ? one.match.costShare : undefined) },
      { key: 'hull', name: 'Test hull*', isNumber: true, value: one => one.testHull.mean,
        cell: one => el('td', { class: 'n faint', 'data-value': one.testHull.mean },
          spread(one.testHull)) },
    ];

    function matchText(match) {
      if (!match) return '';
      if (match.costShare === undefined) return 'not reached';
      return [percent(match.costShare), under(match.interval
        ? '[' + percent(match.interval.lower) + ', ' + percent(match.interval.upper) + ']' : '')];
    }

    function drawSystems() {
      const one = task();
      const rows = sorted(one.summaries, systemColumns, state.sort);
      const several = one.splitCount > 1;
      const level = one.summaries.map(summary => summary.intervals).filter(Boolean)[0];
      replace(byId('systems'), table('systemtable', 'Systems on ' + named(one.task),
        sortHead('systems', systemColumns, state.sort, spec => {
          state.sort = spec;
          drawSystems();
          writeFragment();
        }),
        rows.map(summary => el('tr', { 'data-system': summary.name },
          systemColumns.map(column => column.cell(summary)))),
        'AIQ is the mean quality over the budgets from the cheapest to the dearest model, of the deployable '
          + 'curve; zero mixes single models, chosen on training prompts like everything but the last '
          + 'column. '
          + (level ? 'Brackets are intervals (' + fixed(level.level * 100, 0) + '%) by paired bootstrap of the test '
            + 'prompts, verdicts after Holm’s correction, where routers that do the same count once. ' : '')
          + (several ? '± is the standard deviation over ' + one.splitCount + ' splits. ' : '')
          + '† Of the best model’s cost, where its quality is reached. '
          + '* AIQ of points that were chosen on the test prompts: optimistic.'));
    }

    const oracleOf = one => one.splits[0] && one.splits[0].references.find(ref => ref.role === 'oracle');
    function bestOf(one) {
      const routers = one.summaries
        .filter(summary => !isZero(summary) && !cannotServe(summary));
      return routers.reduce((best, summary) => !best
        || summary.deployableLessZeroTrained.mean > best.deployableLessZeroTrained.mean
        ? summary : best, null);
    }
    const taskColumns = [
      { key: 'task', name: 'Task', value: one => one.task, cell: one => rowHead(el('button', {
        type: 'button', class: 'link', click: () => chooseTask(data.tasks.indexOf(one)),
      }, named(one.task))) },
      { key: 'prompts', name: 'Prompts', isNumber: true, value: one => one.promptCount,
        cell: one => cell(count(one.promptCount), one.promptCount) },
      { key: 'vectors', name: 'Distinct vectors', isNumber: true, value: one => one.distinctFeatures,
        cell: one => cell(count(one.distinctFeatures), one.distinctFeatures) },
      { key: 'zero', name: 'Zero, AIQ', isNumber: true,
        value: one => one.summaries.find(isZero) ? one.summaries.find(isZero).deployable.mean : null,
        cell: one => {
          const zero = one.summaries.find(isZero);
          return zero ? cell(fixed(zero.deployable.mean), zero.deployable.mean) : cell('');
        } },
      { key: 'best', name: 'Best router', value: one => bestOf(one) ? bestOf(one).name : null,
        cell: one => word(bestOf(one) ? named(bestOf(one).name) : '') },
      { key: 'less', name: 'less Zero', isNumber: true,
        value: one => bestOf(one) ? bestOf(one).deployableLessZeroTrained.mean : null,
        cell: one => bestOf(one) ? cell(signed(bestOf(one).deployableLessZeroTrained.mean),
          bestOf(one).deployableLessZeroTrained.mean) : cell('') },
      { key: 'interval', name: 'interval', isNumber: true,
        value: one => bestOf(one) && comparison(bestOf(one))
          ? comparison(bestOf(one)).deployable.lower : null,
        cell: one => cell(bestOf(one) && comparison(bestOf(one))
          ? interval(comparison(bestOf(one)).deployable) : '') },
      { key: 'verdict', name: 'Verdict',
        value: one => bestOf(one) && comparison(bestOf(one))
          ? findings[comparison(bestOf(one)).finding] : null,
        cell: one => {
          const found = bestOf(one) && comparison(bestOf(one));
          return word(found ? findings[found.finding] : '', { class: findingClass(found && found.finding) });
        } },
      { key: 'oracle', name: 'Oracle, quality', isNumber: true,
        value: one => oracleOf(one) ? oracleOf(one).point.quality : null,
        cell: one => oracleOf(one) ? cell(fixed(oracleOf(one).point.quality), oracleOf(one).point.quality)
          : cell('') },
    ];

    function drawTasks() {
      replace(byId('tasks'), table('tasktable', 'All tasks, each with its best router',
        sortHead('tasks', taskColumns, state.taskSort, spec => {
          state.taskSort = spec;
          drawTasks();
          writeFragment();
        }),
        sorted(data.tasks, taskColumns, state.taskSort).map(one => el('tr', {
          'data-task': one.task, class: one === task() ? 'current' : undefined,
        }, taskColumns.map(column => column.cell(one))))));
    }
    """#
}
