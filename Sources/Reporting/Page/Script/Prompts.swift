extension PageScript {
  /// Single prompts: answers, scores, costs, and what routers did with them.
  static let prompts = #"""
    const samples = data.samples ? data.samples.samples : [];
    const texts = samples.map(one => [one.id, one.task, one.prompt,
      ...one.answers.map(answer => answer.text || '')].join('\n').toLowerCase());
    const mostResults = 40;

    const isPooled = name => !samples.some(one => one.task === name);
    function found() {
      const words = state.query.toLowerCase().split(/\s+/).filter(Boolean);
      const all = task() && isPooled(task().task);
      return samples.filter((one, i) => (all || one.task === task().task)
        && words.every(one => texts[i].includes(one)));
    }

    // What tells a prompt from the others: the place that was searched for, or the end, since examples that
    // many prompts share come first.
    function excerpt(text) {
      const first = state.query.toLowerCase().split(/\s+/).filter(Boolean)[0];
      const place = first ? text.toLowerCase().indexOf(first) : -1;
      const start = Math.max(0, place >= 0 ? place - 40 : text.length - 140);
      return (start > 0 ? '…' : '') + inert(text.slice(start, start + 140));
    }

    function drawPromptList() {
      const list = found();
      byId('promptcount').textContent = list.length === 0 ? 'No prompt matches.'
        : count(list.length) + (list.length === 1 ? ' prompt' : ' prompts')
          + (list.length > mostResults ? ', the first ' + mostResults + ' are listed.' : '.');
      replace(byId('promptlist'), list.slice(0, mostResults).map(one => el('li', {}, el('button', {
        type: 'button', class: 'prompt', 'aria-pressed': String(one.id === state.prompt),
        'data-prompt': one.id, click: () => {
          state.prompt = state.prompt === one.id ? null : one.id;
          drawPromptList();
          drawPrompt();
          writeFragment();
          const again = [...document.querySelectorAll('[data-prompt]')]
            .find(other => other.dataset.prompt === one.id);
          if (again) again.focus();
        },
      }, el('strong', {}, named(one.id)), ' ', excerpt(one.prompt)))));
    }

    function choiceAt(routing, sample) {
      const part = (data.tasks.find(one => one.task === sample.task) || task()).splits[0];
      const system = part.systems.find(one => one.name === routing.system);
      if (!system) return null;
      const { parameter } = chosen(system, wtpNow());
      return routing.choices.find(choice => choice.from === undefined || parameter === null
        || (readParameter(choice.from) <= parameter && parameter <= readParameter(choice.through)));
    }

    function drawPrompt() {
      const holder = byId('prompt');
      if (!holder) return;
      const sample = samples.find(one => one.id === state.prompt);
      if (!sample) {
        replace(holder, el('p', { class: 'muted' }, 'Choose a prompt to see its answers.'));
        return;
      }
      const routing = sample.routing.find(one => one.system === routerNow())
        || sample.routing.find(one => one.predictedQuality) || sample.routing[0];
      const choice = routing ? choiceAt(routing, sample) : null;
      const predicted = routing && routing.predictedQuality;
      const name = routing ? named(routing.system) : '';
      replace(holder,
        el('h3', {}, named(sample.id) + ', ' + named(sample.task)),
        el('pre', { class: 'text', tabindex: 0, role: 'region', 'aria-label': 'The prompt' },
          inertLines(sample.prompt)),
        sample.routing.length ? table('choicetable', 'What each router does with it at '
          + willingness(wtpNow()) + ' per unit of quality', heads([['Router', 0], ['Choice', 0],
          ['Quality', 1], ['Cost', 1]]),
        sample.routing.map(one => {
          const made = choiceAt(one, sample);
          return el('tr', { 'data-system': one.system }, rowHead(named(one.system)),
            word(made ? named(made.plan) : ''), cell(made ? fixed(made.quality) : '',
              made && made.quality), cell(made ? cost(made.cost) : '', made && made.cost));
        })) : null,
        table('answertable', 'Each model’s answer', heads([['Model', 0], ['Quality', 1], ['Cost', 1],
          ...(predicted ? [[name + ' expects', 1], ['at a cost of', 1]] : []), ['Answer', 0]]),
        models.map((model, i) => {
          const answer = sample.answers[i];
          const isChoice = choice && choice.plan === model;
          return el('tr', { class: isChoice ? 'current' : undefined }, rowHead(named(model),
            isChoice ? el('span', { class: 'tag' }, 'chosen by ' + name) : null),
          cell(fixed(answer.quality), answer.quality), cell(cost(answer.cost), answer.cost),
          predicted ? [cell(fixed(predicted[i]), predicted[i]),
            cell(cost(routing.predictedCost[i]), routing.predictedCost[i])] : null,
          word(answer.text === undefined ? el('span', { class: 'muted' }, 'not recorded')
            : el('div', { class: 'answer' }, inertLines(answer.text))));
        })));
    }

    function samplesNote() {
      const { tested, cut } = data.samples;
      return (samples.length < tested
        ? 'A sample of ' + count(samples.length) + ' of the ' + count(tested)
          + ' test prompts of the first split, drawn evenly from the tasks.'
        : 'All ' + count(tested) + ' test prompts of the first split.')
        + (cut ? ' Long texts are cut short (' + count(cut) + ').' : '');
    }
    """#
}
