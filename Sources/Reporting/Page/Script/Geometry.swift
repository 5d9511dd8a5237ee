extension PageScript {
  /// Where values lie on the plane.
  static let geometry = #"""
    const isLog = () => (state.scale || split().plane.scale) === 'log';
    const zeroShare = \#(Axis.zeroShare);
    const breakShare = \#(Axis.breakShare);
    const costFactor = () => state.unit === 'total' ? split().testCount : 1;

    function niceTicks(low, high, wanted) {
      const rough = (high - low) / Math.max(1, wanted);
      const power = 10 ** Math.floor(Math.log10(rough));
      const step = [1, 2, 2.5, 5, 10].map(one => one * power).find(one => one >= rough * 0.999);
      const ticks = [];
      for (let i = Math.ceil(low / step - 1e-9); i * step <= high + step * 1e-9; i += 1) {
        ticks.push(Number((i * step).toPrecision(12)));
      }
      return ticks;
    }
    function logTicks(low, high, wanted) {
      const make = digits => {
        const ticks = [];
        for (let p = Math.floor(Math.log10(low)); p <= Math.ceil(Math.log10(high)); p += 1) {
          for (const digit of digits) {
            const value = Number((digit * 10 ** p).toPrecision(6));
            if (value >= low && value <= high) ticks.push(value);
          }
        }
        return ticks;
      };
      const few = make([1]);
      const some = make([1, 3]);
      if (few.length > wanted) {
        return few.filter((_, i) => i % Math.ceil(few.length / wanted) === 0);
      }
      if (some.length < 3) return niceTicks(low, high, wanted);
      return some.length <= wanted ? some : few.length >= 2 ? few : some;
    }

    // Frame and scales for a width; values are costs per prompt and qualities. Without a zoom the axes are
    // those of the pictures, for all systems at once, so that they stay when systems come and go.
    function makeScales(width) {
      const height = clamp(Math.round(width * 0.62), 300, 560);
      const frame = { left: width < 500 ? 46 : 58, right: width - 14, top: 14, bottom: height - 48 };
      const { plane } = split();
      const whole = isLog() ? plane.log : plane.linear;
      let [x0, x1, y0, y1] = state.zoom || whole;
      // All of a zoom may lie left of the break.
      const log = isLog() && !(plane.holdsZero && x0 <= 0 && x1 <= whole[0]);
      const holdsZero = log && plane.holdsZero && (!state.zoom || x0 <= 0);
      if (log && x0 <= 0) x0 = whole[0];
      if (!(x1 > x0)) x1 = x0 > 0 ? x0 * 2 : 1;
      const along = value => {
        if (!log) return (value - x0) / (x1 - x0);
        if (holdsZero && value < x0) return zeroShare + value / x0 * (breakShare - zeroShare);
        if (value <= 0) return -1;
        const share = Math.log(value / x0) / Math.log(x1 / x0);
        return holdsZero ? breakShare + share * (1 - breakShare) : share;
      };
      return {
        width, height, frame, log, holdsZero, x0, x1, y0, y1,
        x: value => frame.left + along(value) * (frame.right - frame.left),
        y: value => frame.bottom - (value - y0) / (y1 - y0) * (frame.bottom - frame.top),
        cost: px => {
          const share = (px - frame.left) / (frame.right - frame.left);
          if (!log) return x0 + share * (x1 - x0);
          if (!holdsZero) return x0 * (x1 / x0) ** share;
          return share < breakShare
            ? Math.max(0, (share - zeroShare) / (breakShare - zeroShare)) * x0
            : x0 * (x1 / x0) ** ((share - breakShare) / (1 - breakShare));
        },
        quality: px => y0 + (frame.bottom - px) / (frame.bottom - frame.top) * (y1 - y0),
        // Whether a point lies below the whole plane, where it would stretch the qualities for all others.
        isBelow: point => !state.zoom && point.quality < y0,
      };
    }

    // A line through points; straight mixtures are bent on a logarithmic axis, so they are cut in pieces.
    function linePath(points, scales) {
      let text = '';
      const put = (c, q) => {
        text += (text ? 'L' : 'M') + scales.x(c).toFixed(2) + ' ' + scales.y(q).toFixed(2);
      };
      points.forEach((point, i) => {
        if (i === 0) {
          if (!scales.log || scales.holdsZero || point.c > 0) put(point.c, point.q);
          return;
        }
        const from = points[i - 1];
        if (!scales.log || from.c === point.c) {
          put(point.c, point.q);
          return;
        }
        const [low, high] = [Math.min(from.c, point.c), Math.max(from.c, point.c)];
        const start = Math.max(low, Math.min(scales.x0, high) * (scales.holdsZero ? 1 : 0.8));
        const steps = clamp(Math.ceil(Math.log(high / start) / 0.06), 1, 80);
        const costs = Array.from({ length: steps + 1 }, (_, step) =>
          start * (high / start) ** (step / steps));
        if (scales.holdsZero && low < start) costs.unshift(low);
        if (from.c > point.c) costs.reverse();
        for (const c of costs) {
          put(c, from.q + (c - from.c) / (point.c - from.c) * (point.q - from.q));
        }
      });
      return text;
    }

    function shape(rank, x, y, r) {
      const at = points => 'M' + points.map(([dx, dy]) =>
        (x + dx * r).toFixed(2) + ' ' + (y + dy * r).toFixed(2)).join('L') + 'Z';
      const polygon = (n, turn, scale) => at(Array.from({ length: n }, (_, i) => {
        const angle = turn + i * 2 * Math.PI / n;
        return [Math.cos(angle) * scale, Math.sin(angle) * scale];
      }));
      if (rank < 0) return at([[-0.8, -0.8], [0.8, -0.8], [0.8, 0.8], [-0.8, 0.8]]);
      switch (rank % shapes) {
        case 0: return polygon(24, 0, 1);
        case 1: return polygon(3, -Math.PI / 2, 1.3);
        case 2: return polygon(4, 0, 1.25);
        case 3: return polygon(3, Math.PI / 2, 1.3);
        case 4: return polygon(5, -Math.PI / 2, 1.15);
        default: return at([[-0.4, -1.1], [0.4, -1.1], [0.4, -0.4], [1.1, -0.4], [1.1, 0.4], [0.4, 0.4],
          [0.4, 1.1], [-0.4, 1.1], [-0.4, 0.4], [-1.1, 0.4], [-1.1, -0.4], [-0.4, -0.4]]);
      }
    }
    function starPath(x, y, r) {
      return 'M' + Array.from({ length: 10 }, (_, i) => {
        const [angle, size] = [-Math.PI / 2 + i * Math.PI / 5, i % 2 ? r * 0.45 : r];
        return (x + Math.cos(angle) * size).toFixed(2) + ' ' + (y + Math.sin(angle) * size).toFixed(2);
      }).join('L') + 'Z';
    }

    const ruler = document.createElement('canvas').getContext('2d');
    function textWidth(text, size) {
      ruler.font = size + 'px system-ui, sans-serif';
      return ruler.measureText(text).width;
    }

    // Small boxes along a line, so that labels keep off it.
    function inkOf(path) {
      const boxes = [];
      const points = path.split(/[ML]/).filter(Boolean).map(text => text.split(' ').map(Number));
      points.forEach(([x, y], i) => {
        const [x0, y0] = points[i - 1] || [x, y];
        const pieces = clamp(Math.ceil(Math.hypot(x - x0, y - y0) / 6), 1, 400);
        for (let piece = 1; piece <= pieces; piece += 1) {
          const [px, py] = [x0 + (x - x0) * piece / pieces, y0 + (y - y0) * piece / pieces];
          boxes.push({ x0: px - 2, x1: px + 2, y0: py - 2, y1: py + 2 });
        }
      });
      return boxes;
    }

    // Places labels one after another where they cover least.
    function placeLabels(requests, marks, frame) {
      const taken = [];
      const overlap = (a, b) => Math.max(0, Math.min(a.x1, b.x1) - Math.max(a.x0, b.x0))
        * Math.max(0, Math.min(a.y1, b.y1) - Math.max(a.y0, b.y0));
      return requests.map(({ x, y, width, height, radius }) => {
        let best = null;
        for (const away of [4, 14, 26, 40, 58, 80]) {
          for (let turn = 0; turn < 16; turn += 1) {
            const angle = turn * Math.PI / 8;
            const [dx, dy] = [Math.cos(angle), Math.sin(angle)];
            const reach = radius + away;
            const cx = x + dx * (reach + width / 2);
            const cy = y + dy * (reach + height / 2);
            const box = { x0: cx - width / 2 - 1, x1: cx + width / 2 + 1, y0: cy - height / 2,
              y1: cy + height / 2 };
            if (box.x0 < frame.left + 1 || box.x1 > frame.right - 1 || box.y0 < frame.top + 1
              || box.y1 > frame.bottom - 1) continue;
            let score = away * 0.6 + Math.abs(Math.sin(angle)) * 2;
            for (const other of taken) score += overlap(box, other) * 4;
            for (const other of marks) score += overlap(box, other) * 1.5;
            if (!best || score < best.score) best = { score, box, cx, cy, away };
          }
        }
        if (best) taken.push(best.box);
        return best;
      });
    }
    """#
}
