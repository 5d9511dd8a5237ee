extension PageScript {
  /// The data, and ways to make elements.
  static let base = #"""
    const data = JSON.parse(document.getElementById('data').textContent);
    const models = data.data.models;

    // Foreign text without characters that could hide, reorder or fake other text.
    const mark = '\ufffd';
    const hidden = '\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f\\u200b\\u200e\\u200f'
      + '\\u202a-\\u202e\\u2066-\\u2069\\ufeff\\ufffe\\uffff';
    const hiddenPattern = new RegExp('[' + hidden + ']', 'g');
    const inert = text => String(text).replace(/[\t\n\r\u0085\u2028\u2029]/g, ' ')
      .replace(hiddenPattern, mark);
    const inertLines = text => String(text).replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
      .replace(hiddenPattern, mark);
    // A name as it is shown: whole, unless nobody could read it; both ends tell long names apart.
    const longest = 80;
    const named = text => {
      const whole = inert(text);
      return whole.length <= longest ? whole
        : whole.slice(0, longest - 30) + '…' + whole.slice(-29);
    };

    function fill(node, attributes, children) {
      for (const [name, value] of Object.entries(attributes || {})) {
        if (value === undefined || value === null || value === false) continue;
        if (typeof value === 'function') node.addEventListener(name, value);
        else if (name === 'style') for (const [key, rule] of Object.entries(value)) {
          node.style.setProperty(key, rule);
        }
        else node.setAttribute(name, value === true ? '' : String(value));
      }
      for (const child of children.flat(9)) {
        if (child === undefined || child === null || child === false) continue;
        node.append(child);
      }
      return node;
    }
    const el = (tag, attributes, ...children) =>
      fill(document.createElement(tag), attributes, children);
    const svg = (tag, attributes, ...children) =>
      fill(document.createElementNS('http://www.w3.org/2000/svg', tag), attributes, children);
    const byId = id => document.getElementById(id);
    const replace = (node, ...children) => node.replaceChildren(...children.flat(9).filter(Boolean));
    const clamp = (value, low, high) => Math.min(high, Math.max(low, value));
    const sum = values => values.reduce((total, value) => total + value, 0);

    // Says something to screen readers.
    function say(text) { byId('live').textContent = text; }
    """#
}
