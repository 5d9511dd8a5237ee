extension PageScript {
  /// Systems as the page uses them, and what each does at a willingness to pay.
  static let systems = #"""
    const pairs = numbers => {
      const points = [];
      for (let i = 0; i < numbers.length; i += 2) points.push({ c: numbers[i], q: numbers[i + 1] });
      return points;
    };
    const readParameter = value => value === '' ? null : value === 'unlimited' ? Infinity : value;

    const oracular = 'not servable: its judge knows the recorded quality';
    const cannotServe = summary => Boolean(summary && summary.needsRecordedQuality);

    for (const one of data.tasks) {
      const routers = one.summaries.map(summary => summary.name).filter(name => name !== 'zero');
      for (const part of one.splits) {
        for (const system of part.systems) {
          const { test, training, parameter, meaning, model, intervals, calls } = system.kept;
          const before = training ? pairs(training) : null;
          system.points = pairs(test).map((point, i) => ({
            test: point, training: before ? before[i] : null, parameter: readParameter(parameter[i]),
            meaning: meaning ? meaning[i] : '', model: model ? model[i] : null,
            calls: calls ? calls[i] : null,
            costEnds: intervals ? [intervals[4 * i], intervals[4 * i + 1]] : null,
            qualityEnds: intervals ? [intervals[4 * i + 2], intervals[4 * i + 3]] : null,
          }));
          system.isChosenOnTest = !training;
          system.cannotServe = cannotServe(one.summaries.find(other => other.name === system.name));
          system.hullPoints = pairs(system.hull);
          system.dots = pairs(system.swept.point);
          system.rank = system.name === 'zero' ? -1 : routers.indexOf(system.name);
        }
      }
    }

    const colours = 7;
    const shapes = 6;
    const colour = rank => rank < 0 ? 'var(--zero)' : 'var(--c' + rank % colours + ')';

    // More than these curves at once cannot be told apart, so the best are shown first.
    const shownAtFirst = 6;
    function isHidden(system) {
      if (state.hide) return state.hide.has(system.name);
      if (system.name === 'zero') return false;
      const better = split().systems.filter(other => other.name !== 'zero'
        && (other.deployableAIQ > system.deployableAIQ
          || (other.deployableAIQ === system.deployableAIQ && other.rank < system.rank)));
      return better.length >= shownAtFirst;
    }
    const visible = () => split().systems.filter(system => !isHidden(system));

    function setHidden(names, hide) {
      const all = split().systems;
      if (!state.hide) state.hide = new Set(all.filter(isHidden).map(system => system.name));
      for (const name of names) hide ? state.hide.add(name) : state.hide.delete(name);
    }

    // The kept point of the greatest willingness x quality - cost: judged on training prompts, so that no
    // luck of the test prompts is kept. Ties go to the cheaper.
    function chosen(system, wtp) {
      let best = 0;
      const worth = index => {
        const { c, q } = system.points[index].training || system.points[index].test;
        return wtp === Infinity ? [q, -c] : [wtp * q - c, -c];
      };
      for (let i = 1; i < system.points.length; i += 1) {
        const [a, b] = [worth(i), worth(best)];
        if (a[0] > b[0] || (a[0] === b[0] && a[1] > b[1])) best = i;
      }
      return system.points[best];
    }

    function pointName(point, digits) {
      if (point.model !== null && point.model !== '') return 'always ' + named(point.model);
      if (point.meaning) return point.meaning;
      if (point.parameter === null) return 'its only setting';
      return 'parameter ' + (digits && Number.isFinite(point.parameter)
        ? significant(point.parameter, digits) : parameterText(point.parameter));
    }
    """#
}
