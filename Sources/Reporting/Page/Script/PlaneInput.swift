extension PageScript {
  /// Pointing, zooming and keys on the plane.
  static let planeInput = #"""
    let pointed = -1;
    // Where a finger last tapped: buttons zoom in there.
    let tapped = null;

    function showHit(hit, aloud) {
      const tip = byId('tip');
      const layer = byId('pointer');
      if (!hit) {
        tip.hidden = true;
        if (layer) replace(layer);
        return;
      }
      replace(tip, el('strong', {}, hit.title), hit.lines.map(line => el('div', {}, line)));
      tip.hidden = false;
      replace(layer, svg('circle', { class: 'aim', cx: hit.x, cy: hit.y, r: 8 }));
      const box = byId('canvas').getBoundingClientRect();
      const ratio = box.width / scales.width;
      const left = clamp(hit.x * ratio + 14, 0, Math.max(0, box.width - tip.offsetWidth - 2));
      const above = hit.y * ratio - tip.offsetHeight - 12;
      tip.style.left = left + 'px';
      tip.style.top = (above < 0 ? hit.y * ratio + 14 : above) + 'px';
      if (aloud) say(hit.title + ': ' + hit.lines.join(', '));
    }

    function nearest(x, y) {
      let best = null;
      for (const hit of hits) {
        const away = Math.hypot(hit.x - x, hit.y - y) + hit.weight * 2;
        if (away < 22 && (!best || away < best.away)) best = { hit, away };
      }
      return best ? best.hit : null;
    }

    function zoomTo(box) {
      // As the link spells it, so that a link draws the very same picture.
      if (!box) tapped = null;
      state.zoom = box && box.map(value => Number(value.toPrecision(6)));
      drawPlane();
      writeFragment();
      byId('reset').hidden = !state.zoom;
    }

    function zoomBy(factor) {
      const { frame } = scales;
      const hit = hits[pointed];
      const [x, y] = hit ? [hit.x, hit.y]
        : tapped ? [clamp(scales.x(tapped.c), frame.left, frame.right),
          clamp(scales.y(tapped.q), frame.top, frame.bottom)]
        : [(frame.left + frame.right) / 2, (frame.top + frame.bottom) / 2];
      zoomTo([
        scales.cost(x + (frame.left - x) * factor), scales.cost(x + (frame.right - x) * factor),
        scales.quality(y + (frame.bottom - y) * factor), scales.quality(y + (frame.top - y) * factor),
      ]);
    }

    function listenToPlane(picture) {
      const place = event => {
        const box = picture.getBoundingClientRect();
        const ratio = scales.width / box.width;
        return [(event.clientX - box.left) * ratio, (event.clientY - box.top) * ratio];
      };
      let start = null;
      let band = null;
      picture.addEventListener('pointerdown', event => {
        if (event.button !== 0 || event.pointerType === 'touch') return;
        start = place(event);
        picture.setPointerCapture(event.pointerId);
      });
      picture.addEventListener('pointermove', event => {
        const [x, y] = place(event);
        if (!start) {
          showHit(nearest(x, y));
          return;
        }
        if (!band && Math.hypot(x - start[0], y - start[1]) < 5) return;
        if (!band) {
          band = svg('rect', { class: 'band' });
          picture.append(band);
          showHit(null);
        }
        fill(band, { x: Math.min(x, start[0]), y: Math.min(y, start[1]),
          width: Math.abs(x - start[0]), height: Math.abs(y - start[1]) }, []);
      });
      picture.addEventListener('pointerup', event => {
        const [x, y] = place(event);
        const from = start;
        start = null;
        if (!band) {
          const hit = nearest(x, y);
          if (event.pointerType === 'touch') {
            tapped = hit ? { c: hit.c, q: hit.q } : { c: scales.cost(x), q: scales.quality(y) };
          }
          showHit(hit);
          return;
        }
        band.remove();
        band = null;
        const { frame } = scales;
        const [xs, ys] = [[x, from[0]].map(one => clamp(one, frame.left, frame.right)),
          [y, from[1]].map(one => clamp(one, frame.top, frame.bottom))];
        if (Math.abs(xs[0] - xs[1]) < 8 || Math.abs(ys[0] - ys[1]) < 8) return;
        zoomTo([scales.cost(Math.min(...xs)), scales.cost(Math.max(...xs)),
          scales.quality(Math.max(...ys)), scales.quality(Math.min(...ys))]);
      });
      picture.addEventListener('pointercancel', () => {
        start = null;
        if (band) band.remove();
        band = null;
      });
      picture.addEventListener('pointerleave', () => { if (!start) showHit(null); });
      picture.addEventListener('dblclick', event => {
        event.preventDefault();
        zoomTo(null);
      });
      picture.addEventListener('keydown', event => {
        const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
        if (step && !event.altKey && !event.ctrlKey && !event.metaKey) {
          // Along what can be read: models, Oracle and kept points; swept points are too many.
          let next = pointed;
          for (let tried = 0; tried < hits.length; tried += 1) {
            next = (next + step + hits.length) % hits.length;
            if (hits[next].weight < 2) break;
          }
          pointed = next;
          showHit(hits[pointed], true);
        } else if (event.key === '+' || event.key === '=') zoomBy(0.6);
        else if (event.key === '-') zoomBy(1 / 0.6);
        else if (event.key === '0') zoomTo(null);
        else if (event.key === 'Escape') {
          pointed = -1;
          showHit(null);
        } else return;
        event.preventDefault();
      });
      picture.addEventListener('blur', () => { pointed = -1; showHit(null); });
    }
    """#
}
