extension PageScript {
  /// Warnings, what was left out, and how the report was made.
  static let account = #"""
    function drawAccount() {
      const warned = data.tasks.filter(one => one.featureWarning);
      replace(byId('warnings'),
        warned.map(one => el('p', { class: 'warning' }, el('strong', {}, named(one.task) + ': '),
          inert(one.featureWarning))),
        warned.length ? null : el('p', {}, 'No task’s feature vectors collapse.'),
        data.tasks.filter(one => one.nearDuplicates).map(one => el('p', {}, named(one.task) + ': '
          + count(one.nearDuplicates) + ' prompts share a text or question with another.')),
        data.tasks.flatMap(one => one.notes.map(note =>
          el('p', {}, el('strong', {}, named(one.task) + ': '), inert(note)))));
      const { omissions, faults } = data.data;
      replace(byId('omissions'), omissions.length
        ? table('omissiontable', 'Rows that were left out', heads([
          ['Task', 0], ['Model', 0], ['Why', 0], ['Rows', 1]]),
        omissions.map(one => el('tr', {}, rowHead(named(one.task)), word(named(one.model || '')),
          word(inert(one.reason)), cell(count(one.count), one.count))))
        : el('p', {}, 'Nothing was left out.'),
      data.omitted.length ? [el('h3', {}, 'What this page leaves out'),
        el('p', {}, 'report.json beside this page holds every number.'),
        el('ul', { id: 'omitted' }, data.omitted.map(text => el('li', {}, text)))] : null,
      faults.length ? [el('h3', {}, 'Faults found while reading'),
        el('ul', {}, faults.map(fault => el('li', {}, inert(fault))))] : null);
      replace(byId('options'),
        el('p', {}, 'RouterBench ' + inert(data.version) + ' on ' + inert(data.data.file) + ', '
          + count(data.data.compared) + ' of ' + count(data.data.rows) + ' rows compared'
          + (data.data.sha256 ? ', SHA-256 ' + data.data.sha256 : '') + '.'),
        table('optiontable', 'Options', heads([['Option', 0], ['Value', 0]]),
          data.options.map(([name, value]) => el('tr', {}, rowHead(named(name)), word(inert(value))))));
    }
    """#
}
