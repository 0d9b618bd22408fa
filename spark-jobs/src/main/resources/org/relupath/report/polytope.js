/*
 * A polytope of three dimensions, seen from where the reader wants: turned by dragging and by two sliders, which the
 * keyboard moves. Edges behind it are dashed. All pictures of a page are seen from the same side.
 */
const polytope = (() => {
  'use strict';
  const PIECES = 16;
  const ROOM = 420;
  const view = { turn: 35, tilt: 20 };
  const drawn = new Set();
  const minus = (a, b) => a.map((one, i) => one - b[i]);
  const dot = (a, b) => a.reduce((sum, one, i) => sum + one * b[i], 0);
  const cross = (a, b) => [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
  const between = (a, b, t) => a.map((one, i) => (1 - t) * one + t * b[i]);

  /* Right, up and towards the reader. */
  function camera() {
    const [a, e] = [view.turn, view.tilt].map((degrees) => degrees * Math.PI / 180);
    return [
      [-Math.sin(a), Math.cos(a), 0],
      [-Math.sin(e) * Math.cos(a), -Math.sin(e) * Math.sin(a), Math.cos(e)],
      [Math.cos(e) * Math.cos(a), Math.cos(e) * Math.sin(a), Math.sin(e)],
    ];
  }

  /* Coordinates from -1 to 1 over the vertices, each axis by itself: faces stay flat and convex. */
  function scaling(scene) {
    const image = scene.bent ? (p) => p.map(Math.sqrt) : (p) => p;
    const images = scene.vertices.map(image);
    const low = [0, 1, 2].map((i) => Math.min(...images.map((p) => p[i])));
    const high = [0, 1, 2].map((i) => Math.max(...images.map((p) => p[i])));
    const place = (p) => image(p).map((one, i) => 2 * (one - low[i]) / (high[i] - low[i] || 1) - 1);
    return { low, high, place };
  }

  /* Faces whose outer side is seen. */
  function seen(scene, corners, towards) {
    const middle = corners.reduce((sum, p) => sum.map((one, i) => one + p[i] / corners.length), [0, 0, 0]);
    return scene.faces.filter((face) => {
      const [a, b, c] = face.map((i) => corners[i]);
      const normal = cross(minus(b, a), minus(c, a));
      return dot(normal, towards) * Math.sign(dot(normal, minus(a, middle))) > 0;
    });
  }

  function series(scene, chart) {
    const [right, up, towards] = camera();
    const { low, high, place } = scaling(scene);
    const flat = (p) => [dot(p, right), dot(p, up)].map((one) => Number(one.toFixed(4)));
    const front = seen(scene, scene.vertices.map(place), towards);
    const edges = { front: [], back: [] };
    for (const [i, j] of scene.edges) {
      const shown = front.some((face) => face.includes(i) && face.includes(j));
      const path = edges[shown ? 'front' : 'back'];
      for (let piece = 0; piece <= PIECES; piece += scene.bent ? 1 : PIECES) {
        path.push(flat(place(between(scene.vertices[i], scene.vertices[j], piece / PIECES))));
      }
      path.push([null, null]);
    }
    const corner = [-1, -1, -1];
    const ends = [0, 1, 2].map((i) => corner.map((one, k) => (k === i ? 1.12 : one)));
    const text = (value) => Number(value.toPrecision(3));
    const line = (id, data, style) => ({ id, name: '\u0000' + id, type: 'line', data, showSymbol: false, silent: true, lineStyle: style });
    return [
      line('frame', ends.flatMap((end) => [flat(corner), flat(end), [null, null]]), { color: '--line', width: 1 }),
      {
        id: 'names', name: '\u0000names', type: 'scatter', symbolSize: 1, silent: true, itemStyle: { color: '--line' },
        data: ends.map((end, i) => ({
          value: flat(end), name: scene.axes[i] + ', ' + text(low[i]) + ' to ' + text(high[i]),
          label: {
            position: flat(end)[1] < flat(corner)[1] ? 'bottom' : 'top',
            distance: i === 1 ? 5 : 19,
            // Where there is little room a name begins or ends at its axis, so that none is cut.
            align: chart.getWidth() >= ROOM || Math.abs(flat(end)[0]) < 0.5 ? 'center' : flat(end)[0] < 0 ? 'left' : 'right',
          },
        })),
        label: { show: true, formatter: '{b}', color: '--muted', fontSize: 12, textBorderColor: '--paper', textBorderWidth: 3 },
        labelLayout: { hideOverlap: false, moveOverlap: 'shiftY' },
      },
      line('back', edges.back, { color: '--muted', width: 1, type: 'dashed' }),
      {
        id: 'members', name: 'optimal networks, drawn at random', type: 'scatter', symbolSize: 4,
        data: scene.members.map((p) => flat(place(p))), itemStyle: { color: '--blue', opacity: 0.4 }, silent: true,
      },
      line('front', edges.front, { color: '--text', width: 1.6 }),
      {
        id: 'vertices', name: 'minimal networks', type: 'scatter', symbol: 'diamond', symbolSize: 11, itemStyle: { color: '--vermillion' },
        data: scene.vertices.map((p, i) => ({ value: flat(place(p)), name: scene.names[i] })),
      },
    ];
  }

  /* The options of ECharts; a length is the same across and up. */
  function options(scene, chart) {
    const reach = 1.95;
    const wide = reach * chart.getWidth() / chart.getHeight();
    return {
      animation: false,
      textStyle: { fontFamily: 'Helvetica, Arial, sans-serif' },
      grid: { left: 0, right: 0, top: 0, bottom: 0 },
      tooltip: {
        trigger: 'item', confine: true, backgroundColor: '--paper', borderColor: '--line', textStyle: { color: '--text' },
        formatter: (one) => '<div class="tip">' + echarts.format.encodeHTML(one.name || one.seriesName) + '</div>',
      },
      xAxis: { show: false, min: -wide, max: wide },
      yAxis: { show: false, min: -reach, max: reach },
      series: series(scene, chart),
    };
  }

  /* Draws a scene into a chart; the colours are those of now. */
  function draw(chart, scene, colours) {
    const one = { chart, scene, colours };
    for (const old of drawn) if (old.chart.isDisposed()) drawn.delete(old);
    drawn.add(one);
    chart.setOption(colours(options(scene, chart)));
    let held = null;
    const zr = chart.getZr();
    zr.on('mousedown', (event) => { held = [event.offsetX, event.offsetY]; });
    zr.on('globalout', () => { held = null; });
    zr.on('mouseup', () => { held = null; });
    zr.on('mousemove', (event) => {
      if (!held) return;
      set(view.turn - (event.offsetX - held[0]) / 2, view.tilt + (event.offsetY - held[1]) / 2);
      held = [event.offsetX, event.offsetY];
    });
  }

  function set(turn, tilt) {
    view.turn = ((Math.round(turn) % 360) + 360) % 360;
    view.tilt = Math.max(-90, Math.min(90, Math.round(tilt)));
    for (const one of drawn) if (!one.chart.isDisposed()) one.chart.setOption(one.colours(options(one.scene, one.chart)));
    for (const input of document.querySelectorAll('.turn input')) input.value = view[input.name];
  }

  /* Two sliders below a plot. */
  function controls(plot) {
    const row = document.createElement('div');
    row.className = 'turn';
    for (const [name, text, min, max] of [['turn', 'Turn', 0, 360], ['tilt', 'Tilt', -90, 90]]) {
      const label = document.createElement('label');
      const input = Object.assign(document.createElement('input'), { type: 'range', name, min, max, step: 5 });
      input.value = view[name];
      input.addEventListener('input', () => set(name === 'turn' ? Number(input.value) : view.turn, name === 'tilt' ? Number(input.value) : view.tilt));
      label.append(text, input);
      row.append(label);
    }
    plot.classList.add('turned');
    plot.after(row);
  }

  /* Draws all anew, where a plot has another size. */
  const fit = () => set(view.turn, view.tilt);

  return { draw, controls, fit };
})();
