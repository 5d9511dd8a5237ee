extension PageScript {
  /// Numbers as text, as the other outputs spell them.
  static let format = #"""
    function fixed(value, decimals = 4) {
      const text = Number(value).toFixed(decimals);
      return /[1-9]/.test(text) ? text : text.replace('-', '');
    }
    function signed(value, decimals = 4) {
      const text = fixed(value, decimals);
      return text.startsWith('-') || !/[1-9]/.test(text) ? text : '+' + text;
    }
    function significant(value, digits = 4) {
      if (value === 0) return '0';
      const exponent = Number(Number(value).toExponential(digits - 1).split('e')[1]);
      return Number(value).toFixed(clamp(digits - 1 - exponent, 0, 100));
    }
    const grouped = text => text.replace(/^(-?)(\d+)/, (_, sign, whole) =>
      sign + whole.replace(/\B(?=(\d{3})+$)/g, ','));
    const count = value => grouped(String(Math.round(value)));
    const percent = (share, decimals = 1) => fixed(share * 100, decimals) + '%';
    const interval = ends => '[' + signed(ends.lower) + ', ' + signed(ends.upper) + ']';
    const spread = value => fixed(value.mean)
      + (value.standardDeviation === undefined ? '' : ' ± ' + fixed(value.standardDeviation));
    const signedSpread = value => signed(value.mean)
      + (value.standardDeviation === undefined ? '' : ' ± ' + fixed(value.standardDeviation));

    const units = {
      dollars: {
        noun: 'dollars', text: (value, digits = 4) =>
          (value < 0 ? '-$' : '$') + grouped(significant(Math.abs(value), digits)),
      },
      seconds: {
        noun: 'seconds', text: (value, digits = 4) => grouped(significant(value, digits)) + ' s',
      },
      calls: { noun: 'calls', text: (value, digits = 4) => grouped(significant(value, digits)) },
    };
    const unit = units[data.axis] || units.dollars;
    const cost = (value, digits) => unit.text(value, digits);
    // A bill: whole cents from a dollar up.
    const bill = value => data.axis === 'dollars' && Math.abs(value) >= 1
      ? (value < 0 ? '-$' : '$') + grouped(Math.abs(value).toFixed(2)) : cost(value);
    const willingness = value => value === Infinity ? 'unlimited'
      : value === 0 ? cost(0) : cost(value, 3);
    const parameterText = value => value === null ? '' : value === Infinity ? 'unlimited'
      : String(value);

    // Names without their provider where they are long and stay different, as in the pictures.
    function shortNames(names) {
      const full = names.map(inert);
      let short = full.map(name => {
        const tail = name.slice(name.lastIndexOf('/') + 1);
        return name.length > 16 && tail ? tail : name;
      });
      short = short.map((name, index) =>
        short.filter(other => other === name).length > 1 ? full[index] : name);
      return short.map(name => name.length <= 30 ? name : name.slice(0, 18) + '…' + name.slice(-11));
    }
    const shortModels = shortNames(models);
    const findings = { better: 'better than zero', worse: 'worse', noEvidence: 'no evidence' };
    """#
}
