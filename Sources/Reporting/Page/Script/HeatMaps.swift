extension PageScript {
  /// Where the Oracle goes, and where a router goes, task by task.
  static let heatMaps = #"""
    function shareTable(id, caption, rows, note) {
      return table(id, caption, heads([['Task', 0], ...shortModels.map(name => [name, 1])]),
        rows.map(([name, shares]) => el('tr', { 'data-task': name }, rowHead(named(name)),
          models.map((_, model) => shares ? tinted(shares[model], percent(shares[model])) : word('')))),
        note);
    }

    function drawOracleMap() {
      replace(byId('oraclemap'), shareTable('oracletable', 'Where the Oracle goes',
        data.tasks.filter(one => one.splits.length).map(one => [one.task, one.splits[0].oracleShares]),
        'Share of each task’s test prompts on its first split. The Oracle knows the answers: the best '
          + 'quality, then the cheapest model.'));
    }

    // The router that maps, calibration and prompts are about.
    function routerNames() {
      const names = [];
      for (const one of data.tasks) for (const summary of one.summaries) {
        if (!names.includes(summary.name)) names.push(summary.name);
      }
      return names;
    }
    function routerNow() {
      const names = routerNames();
      if (names.includes(state.router)) return state.router;
      const best = task() && bestOf(task());
      return best ? best.name : names[0];
    }

    function drawRouterMap() {
      const name = routerNow();
      const rows = [];
      for (const one of data.tasks) {
        const part = one.splits[0];
        const system = part && part.systems.find(other => other.name === name);
        if (!system) continue;
        const point = chosen(system, wtpNow());
        rows.push([one.task, point.calls ? point.calls.map(calls => calls / part.testCount) : null]);
      }
      replace(byId('routermap'), shareTable('routertable', 'Where ' + named(name) + ' goes at '
        + willingness(wtpNow()) + ' per unit of quality', rows,
      'Calls per test prompt on each task’s first split, at the slider’s position.'));
    }
    """#
}
