extension PageScript {
  /// Warnings, what was left out, and how the report was made.
  static let account = #"""
    function drawAccount() {
      const warned = data.tasks.filter(one => one.featureWarning);
      replace(byId('warnings'),
        warned.map(one => el('p', { class: 'warning' }, el('strong', {}, inert(one.task) + ': '),
          inert(one.featureWarning))),
        warned.length ? null : el('p', {}, 'No task’s feature vectors collapse.'),
        data.tasks.filter(one => one.nearDuplicates).map(one => el('p', {}, inert(one.task) + ': '
          + count(one.nearDuplicates) + ' prompts share a text or question with another.')),
        data.tasks.flatMap(one => one.notes.map(note =>
          el('p', {}, el('strong', {}, inert(one.task) + ': '), inert(note)))));
      const { omissions, faults } = data.data;
      replace(byId('omissions'), omissions.length
        ? table('omissiontable', 'Rows that were left out', heads([
          ['Task', 0], ['Model', 0], ['Why', 0], ['Rows', 1]]),
        omissions.map(one => el('tr', {}, rowHead(inert(one.task)), word(inert(one.model || '')),
          word(inert(one.reason)), cell(count(one.count), one.count))))
        : el('p', {}, 'Nothing was left out.'),
      faults.length ? [el('h3', {}, 'Faults found while reading'),
        el('ul', {}, faults.map(fault => el('li', {}, inert(fault))))] : null);
      const thinned = data.tasks.flatMap(one => one.splits).flatMap(part => part.systems)
        .some(system => system.dots.length < system.swept.of);
      const some = data.tasks.some(one => one.splits.length < one.splitCount);
      replace(byId('options'),
        el('p', {}, 'RouterBench ' + inert(data.version) + ' on ' + inert(data.data.file) + ', '
          + count(data.data.compared) + ' of ' + count(data.data.rows) + ' rows compared'
          + (data.data.sha256 ? ', SHA-256 ' + data.data.sha256 : '') + '. report.json beside this page '
          + 'holds every number.'
          + (thinned ? ' The plane shows a part of each system’s swept points, evenly chosen.' : '')
          + (data.digits ? ' Points are rounded to ' + data.digits + ' digits here.' : '')
          + (some ? ' The plane shows the first split of each task; tables are over all.' : '')),
        table('optiontable', 'Options', heads([['Option', 0], ['Value', 0]]),
          data.options.map(([name, value]) => el('tr', {}, rowHead(inert(name)), word(inert(value))))));
    }
    """#
}
