/* Draws the charts of a report by Apache ECharts and makes its slider and tables answer. No part of a page is fetched. */
(() => {
  'use strict';
  const root = document.documentElement;
  const page = JSON.parse(document.getElementById('data').textContent);
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const charts = new Map();
  const NONE = '\u2013';

  /* Numbers as the rest of the page has them: few digits, large and small ones as in 1e-8. */
  function number(value, digits = 4) {
    if (value === null || value === undefined || Number.isNaN(value)) return NONE;
    if (value === 0) return '0';
    const size = Math.abs(value);
    const [mantissa, exponent] = size.toExponential(digits - 1).split('e');
    const plain = exponent >= -3 && exponent < 5 ? String(Number(size.toPrecision(digits)))
      : Number(mantissa) + 'e' + Number(exponent);
    return (value < 0 ? '-' : '') + plain;
  }

  const FORMATS = {
    number: (value) => number(value),
    percent: (value) => (value === null ? NONE : number(100 * value) + ' %'),
    text: (value) => String(value),
  };

  /* What an axis calls a value: a name by its number on an axis of names. */
  const named = (own, value) => (own.type === 'category' && typeof value === 'number' ? own.data[value] : FORMATS[own.format](value));

  /* Replaces names of custom properties, such as --blue, by the colours that they have now. */
  function coloured(value, style) {
    if (typeof value === 'string' && value.startsWith('--')) return style.getPropertyValue(value).trim();
    if (Array.isArray(value)) return value.map((one) => coloured(one, style));
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, coloured(one, style)]));
  }

  function axis(own, across, places) {
    const { format, name, ...options } = own;
    const category = own.type === 'category';
    // Ends of the data, with room for the lines that mark them, are no round numbers.
    const tight = own.min === 'dataMin';
    if (tight) Object.assign(options, { min: Math.min(...places) / 1.02, max: Math.max(...places) * 1.02 });
    return {
      ...options,
      axisLine: { show: across, onZero: !across, lineStyle: { color: '--line' } },
      axisTick: { show: across && !category, lineStyle: { color: '--line' } },
      axisLabel: { color: '--muted', fontSize: 12, hideOverlap: true, ...(tight ? { showMinLabel: false, showMaxLabel: false } : {}), ...(category ? {} : { formatter: FORMATS[format] }) },
      splitLine: { show: !across && !category, lineStyle: { color: '--grid' } },
      splitNumber: across ? 5 : 4,
      ...(own.type === 'value' && own.min === 0 && own.max === 1 ? { interval: 0.25 } : {}),
    };
  }

  /* What a tooltip says, as markup; names are data, so they are escaped. */
  function tip(options) {
    const escape = echarts.format.encodeHTML;
    const format = (own, value) => escape(named(own, value));
    return (params) => {
      const items = (Array.isArray(params) ? params : [params]).filter((one) => one.seriesName && !one.seriesName.startsWith('\u0000'));
      if (!items.length) return '';
      const pairs = items.map((one) => {
        const both = Array.isArray(one.value);
        return { one, x: both ? one.value[0] : one.name, y: both ? one.value[1] : one.value };
      });
      const horizontal = options.yAxis.type === 'category';
      const [names, values] = horizontal ? [options.yAxis, options.xAxis] : [options.xAxis, options.yAxis];
      const lines = pairs.filter((pair) => pair.y !== null && pair.y !== undefined)
        .sort((a, b) => Math.abs(b.y) - Math.abs(a.y)).slice(0, 10)
        .map(({ one, y }) => '<i style="background:' + escape(String(one.color)) + '"></i>' + escape(one.seriesName) + ': ' + format(values, y));
      const where = page.steps && options.lambda ? '\u03bb = ' + format(names, pairs[0].x) : format(names, pairs[0].x);
      return '<div class="tip"><b>' + where + '</b>' + lines.join('<br>') + '</div>';
    };
  }

  function marks(options) {
    return (options.marks || []).map((mark) => ({
      ...mark,
      label: {
        formatter: mark.name,
        position: 'xAxis' in mark ? 'end' : 'insideStartTop',
        ...('xAxis' in mark ? { rotate: 0, distance: 6 } : {}),
      },
    }));
  }

  function complete(options) {
    const lines = options.series.some((one) => one.type === 'line');
    const vertical = (options.marks || []).some((mark) => 'xAxis' in mark);
    const series = options.series.map((one) => {
      const { part, frames, rows, ...own } = one;
      return part ? { ...own, name: '\u0000' + one.name, tooltip: { show: false } } : own;
    });
    const line = (id, data, style) => ({
      id, name: '\u0000' + id, type: 'line', data: [], silent: true,
      markLine: { silent: true, symbol: 'none', precision: -1, animation: false, data, lineStyle: style,
        label: { color: '--text', fontSize: 12, textBorderColor: '--paper', textBorderWidth: 3 } },
    });
    return {
      animation: false,
      textStyle: { fontFamily: 'Helvetica, Arial, sans-serif' },
      // ECharts makes room for labels, but not rightly on a logarithmic axis whose ends are given.
      grid: options.xAxis.min === 'dataMin'
        ? { left: 56, right: 18, top: 24, bottom: 26, outerBoundsMode: 'none' }
        : { left: 6, right: 18, top: vertical ? 24 : 10, bottom: 6, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
      legend: { show: false },
      tooltip: {
        trigger: lines && options.xAxis.type !== 'category' ? 'axis' : 'item', confine: true,
        backgroundColor: '--paper', borderColor: '--line', textStyle: { color: '--text' },
        axisPointer: { type: 'line', lineStyle: { color: '--muted', type: 'dotted' } }, formatter: tip(options),
      },
      xAxis: axis(options.xAxis, true, options.series.flatMap((one) => (one.data || []).map((point) => (point?.value || point)?.[0]))),
      yAxis: axis(options.yAxis, false),
      series: [...series,
        ...(options.table ? [{ id: 'kept', name: '\u0000kept', type: 'scatter', silent: true, data: keptPoints(options),
          symbol: 'emptyCircle', symbolSize: 14, itemStyle: { color: '--text', borderWidth: 2 } }] : []),
        line('marks', marks(options), { color: '--text', type: 'dashed', width: 1.3 }),
        line('cursor', [], { color: '--accent', type: 'solid', width: 2 })],
    };
  }

  function draw(id) {
    const options = page.charts[id];
    const place = document.querySelector('#' + CSS.escape(id) + ' .plot');
    const style = getComputedStyle(root);
    charts.get(id)?.dispose();
    charts.delete(id);
    if (place.closest('[hidden], details:not([open])')) return;
    try {
      const chart = echarts.init(place, null, { renderer: 'svg' });
      charts.set(id, chart);
      if (options.scene) {
        polytope.draw(chart, options.scene, (value) => coloured(value, style));
        return;
      }
      chart.setOption(coloured(complete(options), style));
      // Labels of lines across lean to the side where there is more room.
      const labelled = coloured(marks(options), style).map((mark) => {
        if (!('xAxis' in mark)) return mark;
        const pixel = chart.convertToPixel({ xAxisIndex: 0 }, mark.xAxis);
        return { ...mark, label: { ...mark.label, align: pixel > chart.getWidth() / 2 ? 'right' : 'left' } };
      });
      chart.setOption({ series: [{ id: 'marks', markLine: { data: labelled } }] });
      if (options.lambda && page.steps) {
        chart.getZr().on('click', (event) => {
          if (chart.containPixel('grid', [event.offsetX, event.offsetY])) {
            select(chart.convertFromPixel({ xAxisIndex: 0 }, event.offsetX));
          }
        });
      }
      if (options.table) keeps(chart, options);
    } catch (error) {
      place.className = 'missing';
      place.textContent = 'This chart could not be drawn: ' + error.message;
    }
  }

  /* Charts that were in a part of the page that was not seen. */
  const undrawn = () => Object.keys(page.charts).filter((id) => !charts.has(id));

  /* The legend is of buttons, for the keyboard. */
  function legend(id) {
    const { series, legend: given } = page.charts[id];
    const shown = series.filter((one) => !one.part);
    const names = given ? given.data : [...new Set(shown.map((one) => one.name))];
    if (names.length < 2 || (!given && names.length > 12)) return;
    const list = document.createElement('ul');
    list.className = 'legend';
    for (const name of names) {
      const own = shown.find((one) => one.name === name) || {};
      const button = document.createElement('button');
      const swatch = document.createElement('i');
      swatch.style.borderTopColor = 'var(' + own.itemStyle.color + ')';
      swatch.style.borderTopStyle = (own.lineStyle && own.lineStyle.type) || 'solid';
      button.type = 'button';
      button.setAttribute('aria-pressed', 'true');
      button.append(swatch, name);
      button.addEventListener('click', () => {
        const pressed = button.getAttribute('aria-pressed') !== 'true';
        button.setAttribute('aria-pressed', String(pressed));
        for (const one of [name, '\u0000' + name]) {
          charts.get(id).dispatchAction({ type: pressed ? 'legendSelect' : 'legendUnSelect', name: one });
        }
      });
      list.append(document.createElement('li'));
      list.lastChild.append(button);
    }
    document.querySelector('#' + CSS.escape(id) + ' .plot').before(list);
  }

  /* The slider: one step a lambda, whose place in every chart is marked and whose figures are said. */
  const slider = document.getElementById('lambda');
  let pinned = null;

  function figures(step, className) {
    const list = document.createElement('dl');
    list.className = className;
    for (const [name, value] of step.figures) {
      const pair = document.createElement('div');
      pair.append(Object.assign(document.createElement('dt'), { textContent: name }),
        Object.assign(document.createElement('dd'), { textContent: value }));
      list.append(pair);
    }
    return list;
  }

  function show() {
    const k = Number(slider.value);
    const step = page.steps[k];
    for (const part of document.querySelectorAll('section[data-step]')) part.hidden = Number(part.dataset.step) !== k;
    undrawn().forEach(draw);
    slider.setAttribute('aria-valuetext', step.figures.map(([name, value]) => name + ' ' + value).join(', '));
    const said = document.getElementById('step');
    said.replaceChildren(figures(step, 'step'));
    if (pinned !== null && pinned !== k) said.append(figures(page.steps[pinned], 'step pinned'));
    const style = getComputedStyle(root);
    const muted = coloured({ color: '--muted', type: 'dotted' }, style);
    for (const [id, chart] of charts) {
      const options = page.charts[id];
      if (options.scene) continue;
      const series = options.series.map((one) => (one.frames ? { data: one.frames[k] } : {}));
      if (series.some((one) => one.data)) chart.setOption({ series });
      if (options.lambda) {
        const data = [{ xAxis: step.lambda, label: { show: false } }];
        if (pinned !== null) data.push({ xAxis: page.steps[pinned].lambda, label: { show: false }, lineStyle: muted });
        chart.setOption({ series: [{ id: 'cursor', markLine: { data } }] });
      }
    }
  }

  function select(lambda) {
    const far = (step) => Math.abs(Math.log(step.lambda / lambda));
    slider.value = page.steps.reduce((best, step, k) => (far(step) < far(page.steps[best]) ? k : best), 0);
    show();
  }

  function answer() {
    slider.addEventListener('input', show);
    const pin = document.getElementById('pin');
    pin.addEventListener('click', () => {
      pinned = pinned === null ? Number(slider.value) : null;
      pin.setAttribute('aria-pressed', String(pinned !== null));
      show();
    });
    show();
  }

  /* Tables: sorted by the buttons of their columns, downloaded as they stand. */
  function key(text) {
    const plain = text.trim().replace(/ (\u00b1|\[).*$/, '').replace(/ %$/, '').replace('\u2212', '-').replace('\u221e', 'Infinity');
    return plain === '' || Number.isNaN(Number(plain)) ? null : Number(plain);
  }

  function sort(table, column, head) {
    const up = head.getAttribute('aria-sort') !== 'ascending';
    for (const one of table.tHead.rows[0].cells) one.removeAttribute('aria-sort');
    head.setAttribute('aria-sort', up ? 'ascending' : 'descending');
    const rows = [...table.tBodies[0].rows].map((row) => {
      const text = row.cells[column].textContent;
      return { row, text, value: key(text) };
    });
    rows.sort((a, b) => {
      if (a.value === null || b.value === null) {
        return a.value === b.value ? a.text.localeCompare(b.text) * (up ? 1 : -1) : a.value === null ? 1 : -1;
      }
      return (a.value - b.value) * (up ? 1 : -1);
    });
    table.tBodies[0].append(...rows.map((one) => one.row));
  }

  function csv(table) {
    const quoted = (cell) => {
      const text = cell.textContent.trim();
      return /[",\n]/.test(text) ? '"' + text.replaceAll('"', '""') + '"' : text;
    };
    return [...table.rows].map((row) => [...row.cells].filter((cell) => cell.className !== 'tool').map(quoted).join(',')).join('\n') + '\n';
  }

  function enliven(table, k) {
    [...table.tHead.rows[0].cells].forEach((head, column) => {
      const button = document.createElement('button');
      button.type = 'button';
      button.textContent = head.textContent;
      head.replaceChildren(button);
      button.addEventListener('click', () => sort(table, column, head));
    });
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'plain csv';
    button.textContent = 'Download as CSV';
    button.addEventListener('click', () => {
      const url = URL.createObjectURL(new Blob([csv(table)], { type: 'text/csv' }));
      Object.assign(document.createElement('a'), { href: url, download: 'table' + (k + 1) + '.csv' }).click();
      URL.revokeObjectURL(url);
    });
    table.parentElement.after(button);
  }

  /* Networks that the reader keeps beside each other: by the buttons of a table's rows, or by a click on a chart of them. */
  const kept = new Map();

  function keptPoints(options) {
    const rows = new Set([...kept.keys()].filter((row) => row.closest('table').id === options.table).map((row) => Number(row.dataset.row)));
    return options.series.flatMap((one) => one.data.filter((point, i) => one.rows && rows.has(one.rows[i])));
  }

  function keep(row) {
    const place = document.getElementById('kept');
    if (kept.has(row)) {
      kept.get(row).remove();
      kept.delete(row);
    } else {
      const table = place.querySelector('table');
      if (!table.tHead) {
        table.append(row.closest('table').tHead.cloneNode(true), document.createElement('tbody'));
        for (const head of table.tHead.rows[0].cells) head.textContent = head.textContent.trim();
      }
      const copy = row.cloneNode(true);
      const button = copy.querySelector('.tool button');
      button.textContent = 'Remove';
      button.removeAttribute('aria-pressed');
      button.addEventListener('click', () => keep(row));
      table.tBodies[0].append(copy);
      kept.set(row, copy);
    }
    row.querySelector('.tool button').setAttribute('aria-pressed', String(kept.has(row)));
    place.hidden = !kept.size;
    for (const [id, chart] of charts) {
      if (page.charts[id].table) chart.setOption({ series: [{ id: 'kept', data: keptPoints(page.charts[id]) }] });
    }
  }

  /* A click keeps the network that is nearest to it. */
  function keeps(chart, options) {
    chart.getZr().on('click', (event) => {
      let best = null;
      options.series.forEach(({ rows, data }, i) => (rows || []).forEach((row, j) => {
        const [x, y] = chart.convertToPixel({ seriesIndex: i }, data[j]);
        const far = Math.hypot(x - event.offsetX, y - event.offsetY);
        if (far < 24 && (!best || far < best.far)) best = { far, row };
      }));
      if (best) keep(document.querySelector('#' + CSS.escape(options.table) + ' tr[data-row="' + best.row + '"]'));
    });
  }

  function keepable(table) {
    const head = document.createElement('th');
    head.className = 'tool';
    head.textContent = 'compare';
    table.tHead.rows[0].append(head);
    [...table.tBodies[0].rows].forEach((row, k) => {
      row.dataset.row = k;
      const button = Object.assign(document.createElement('button'), { type: 'button', className: 'plain', textContent: 'Pin' });
      button.setAttribute('aria-pressed', 'false');
      button.addEventListener('click', () => keep(row));
      const cell = document.createElement('td');
      cell.className = 'tool';
      cell.append(button);
      row.append(cell);
    });
  }

  /* Print has its own widths, no dark, and nothing folded. */
  let folded = [];
  let printing = false;
  function print(begins) {
    printing = begins;
    root.classList.toggle('light', begins);
    if (begins) {
      folded = [...document.querySelectorAll('details:not([open])')];
      folded.forEach((one) => { one.open = true; });
    } else {
      folded.forEach((one) => { one.open = false; });
    }
    redraw();
    for (const [id, chart] of begins ? charts : []) {
      const wide = document.getElementById(id).classList.contains('wide');
      chart.resize({ width: wide ? 640 : 300, height: wide ? 280 : 220 });
      if (page.charts[id].scene) polytope.fit();
      // A print does not wait for the next frame.
      chart.getZr().flush();
    }
  }

  function redraw() {
    Object.keys(page.charts).forEach(draw);
    if (slider) show();
  }

  Object.keys(page.charts).forEach(legend);
  document.querySelectorAll('thead').forEach((head, k) => enliven(head.parentElement, k));
  document.querySelectorAll('table.keepable').forEach(keepable);
  Object.entries(page.charts).filter(([, one]) => one.scene).forEach(([id]) => {
    polytope.controls(document.querySelector('#' + CSS.escape(id) + ' .plot'));
  });
  Object.keys(page.charts).forEach(draw);
  if (slider) answer();
  document.querySelectorAll('details').forEach((one) => one.addEventListener('toggle', () => {
    undrawn().forEach(draw);
    if (slider) show();
  }));
  const resize = new ResizeObserver((entries) => {
    if (printing) return;
    entries.filter(({ target }) => target.clientWidth).forEach(({ target }) => echarts.getInstanceByDom(target)?.resize());
    polytope.fit();
  });
  document.querySelectorAll('.plot').forEach((plot) => resize.observe(plot));
  // A button that its table's edge cuts does not come into sight by itself.
  document.addEventListener('focusin', ({ target }) => {
    if (target.closest('.scroll')) target.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  });
  dark.addEventListener('change', redraw);
  addEventListener('beforeprint', () => print(true));
  addEventListener('afterprint', () => print(false));
  document.body.dataset.ready = 'true';
})();
