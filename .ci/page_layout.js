/*
 * What is wrong with how a page lies: a list of sentences. Text that is cut or lies on other text, what reaches beyond the
 * page or the drawing, charts without marks, text of charts that is pale. Evaluated in the page by page.py.
 */
() => {
  'use strict';
  const findings = [];
  const NEAR = 1.5;
  const short = (text) => '"' + text.trim().replace(/\s+/g, ' ').slice(0, 50) + '"';
  const seen = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const style = getComputedStyle;
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth > width) {
    const widest = [...document.body.querySelectorAll('main *')].reduce((best, one) => (
      one.getBoundingClientRect().right > best.getBoundingClientRect().right ? one : best));
    findings.push('the page is ' + document.documentElement.scrollWidth + ' px wide, expected at most ' + width + ', by '
      + widest.tagName + ' ' + (widest.closest('figure')?.id || '') + ' ' + short(widest.textContent));
  }

  /* The part of a box that the scrolling elements around it let through. */
  function clipped(box, element) {
    let { left, right, top, bottom } = box;
    for (let one = element; one && one !== document.body; one = one.parentElement) {
      if (one.closest('svg')) continue;
      const { overflowX, overflowY } = style(one);
      if (overflowX === 'visible' && overflowY === 'visible') continue;
      const own = one.getBoundingClientRect();
      [left, right, top, bottom] = [Math.max(left, own.left), Math.min(right, own.right), Math.max(top, own.top), Math.min(bottom, own.bottom)];
    }
    return { left, right, top, bottom };
  }

  /* Boxes of text, one a line. */
  const boxes = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!node.data.trim() || !seen(element) || element.closest('script, style, noscript, .skip')) continue;
    const inDrawing = element.closest('svg');
    const range = document.createRange();
    range.selectNodeContents(node);
    const lines = inDrawing ? [element.closest('text').getBoundingClientRect()] : [...range.getClientRects()];
    for (const line of lines) {
      const box = clipped(line, element);
      if (box.right - box.left < 1 || box.bottom - box.top < 1) continue;
      boxes.push({ ...box, text: node.data, owner: inDrawing ? element.closest('text') : element });
      if (box.left < -NEAR || box.right > width + NEAR) findings.push('beyond the page: ' + short(node.data));
    }
  }

  boxes.sort((a, b) => a.top - b.top);
  boxes.forEach((one, i) => {
    for (let j = i + 1; j < boxes.length && boxes[j].top < one.bottom; j++) {
      const other = boxes[j];
      // What stays in sight covers what is scrolled beneath it.
      if (one.owner === other.owner || one.owner.closest('.slider') !== other.owner.closest('.slider')) continue;
      const high = Math.min(one.bottom, other.bottom) - other.top;
      const wide = Math.min(one.right, other.right) - Math.max(one.left, other.left);
      // Boxes of lines are higher than their letters.
      if (wide > NEAR && high > 0.3 * Math.min(one.bottom - one.top, other.bottom - other.top)) {
        const figure = one.owner.closest('figure');
        findings.push((figure ? figure.id + ': ' : '') + short(one.text) + ' lies on ' + short(other.text));
      }
    }
  });

  for (const element of document.body.querySelectorAll('*')) {
    if (element.closest('svg, script, style, .skip') || !seen(element)) continue;
    const { overflowX, overflowY, textOverflow } = style(element);
    const wide = element.scrollWidth > element.clientWidth + 1 && ['hidden', 'clip'].includes(overflowX);
    const high = element.scrollHeight > element.clientHeight + 1 && ['hidden', 'clip'].includes(overflowY);
    // The place that ECharts draws into hides what reaches beyond: looked at below.
    if ((wide || high || textOverflow === 'ellipsis') && !element.closest('.plot')) findings.push('cut: ' + short(element.textContent));
  }

  /* Colours, as numbers. */
  const pen = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  function rgb(colour) {
    pen.fillStyle = '#010203';
    pen.fillStyle = colour;
    pen.fillRect(0, 0, 1, 1);
    return [...pen.getImageData(0, 0, 1, 1).data].slice(0, 3);
  }
  const luminance = (colour) => rgb(colour).map((one) => one / 255)
    .map((one) => (one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4))
    .reduce((sum, one, i) => sum + one * [0.2126, 0.7152, 0.0722][i], 0);
  function contrast(a, b) {
    const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
    return (high + 0.05) / (low + 0.05);
  }

  const charts = JSON.parse(document.getElementById('data').textContent).charts;
  const root = style(document.documentElement);
  for (const [id, options] of Object.entries(charts)) {
    const plot = document.querySelector('#' + CSS.escape(id) + ' .plot');
    if (plot.closest('[hidden], details:not([open])')) continue;
    const drawing = plot.querySelector('svg');
    if (!drawing) {
      findings.push(id + ': not drawn');
      continue;
    }
    const edge = drawing.getBoundingClientRect();
    const texts = [...drawing.querySelectorAll('text')].filter(seen);
    for (const text of texts) {
      const box = text.getBoundingClientRect();
      if (box.left < edge.left - NEAR || box.right > edge.right + NEAR || box.top < edge.top - NEAR || box.bottom > edge.bottom + NEAR) {
        findings.push(id + ': ' + short(text.textContent) + ' reaches beyond the drawing');
      }
      const fill = style(text).fill;
      const ratio = contrast(fill, root.getPropertyValue('--paper'));
      if (ratio < 4.5) findings.push(id + ': ' + short(text.textContent) + ' has a contrast of ' + ratio.toFixed(1) + ', expected 4.5');
    }
    const marks = [...drawing.querySelectorAll('path, circle, polyline, use')].filter((one) => {
      const box = one.getBoundingClientRect();
      return !one.closest('defs, clipPath') && box.width + box.height > 1;
    });
    const same = (mark, wanted) => ['fill', 'stroke'].some((name) => {
      const own = style(mark)[name];
      return own !== 'none' && String(rgb(own)) === String(wanted);
    });
    if (!marks.length) findings.push(id + ': no marks');
    for (const series of options.series || []) {
      const value = (point) => (point && point.value !== undefined ? point.value : point);
      const some = (series.data || []).map(value).some((point) => (Array.isArray(point) ? point.every((one) => one !== null) : point));
      const colour = series.itemStyle && series.itemStyle.color;
      if (!some || series.part || !colour || series.frames) continue;
      const wanted = rgb(colour.startsWith('--') ? root.getPropertyValue(colour).trim() : colour);
      const places = marks.filter((mark) => same(mark, wanted));
      if (!places.length) findings.push(id + ': no marks of ' + short(series.name));
      if (places.length && !places.some((mark) => {
        const box = mark.getBoundingClientRect();
        return box.right > edge.left && box.left < edge.right && box.bottom > edge.top && box.top < edge.bottom;
      })) findings.push(id + ': marks of ' + short(series.name) + ' lie outside the drawing');
    }
  }
  return [...new Set(findings)];
}
