// Charts: made when they come near the screen, drawn anew when the colours change.

const CHARTS = new Set();
const WATCH = new IntersectionObserver((entries) => entries.forEach((entry) => {
  if (entry.isIntersecting) {
    entry.target.drawChart();
  }
}), {rootMargin: '400px'});

/** A colour of the style sheet. */
function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim();
}

function isNarrow() {
  return window.innerWidth < 640;
}

/**
 * A chart. `option` makes what ECharts draws; `ready` gets the instance after each drawing. The host's `redraw` draws it
 * anew, `instance` is the ECharts instance once there is one.
 */
function chart(label, height, option, ready) {
  const host = el('div', {class: 'chart', role: 'img', 'aria-label': label});
  host.style.height = height + 'px';
  host.redraw = () => {
    if (host.instance) {
      host.drawChart();
    }
  };
  host.drawChart = () => {
    if (!window.echarts) {
      replace(host, el('p', {class: 'quiet'}, 'This page was made without charts; the tables hold the same values.'));
      host.style.height = 'auto';
      return;
    }
    if (!host.instance) {
      host.instance = window.echarts.init(host, null, {renderer: 'canvas'});
      CHARTS.add(host);
    }
    const made = option();
    host.style.height = (made.height || height) + 'px';
    host.instance.resize();
    delete made.height;
    host.instance.setOption({animation: false, ...look(), ...made}, true);
    if (ready) {
      ready(host.instance);
    }
  };
  WATCH.observe(host);
  return host;
}

function look() {
  return {textStyle: {color: colour('ink'), fontFamily: 'system-ui, sans-serif', fontSize: 12}, backgroundColor: 'transparent'};
}

function axisLook(more) {
  return {
    axisLine: {lineStyle: {color: colour('axis')}},
    axisTick: {lineStyle: {color: colour('axis')}},
    axisLabel: {color: colour('quiet'), hideOverlap: true, ...(more && more.axisLabel)},
    splitLine: {lineStyle: {color: colour('grid')}},
    nameTextStyle: {color: colour('quiet')},
    axisPointer: {label: {show: false}},
  };
}

function axis(more) {
  const base = axisLook(more);
  return {...base, ...more, axisLabel: base.axisLabel};
}

/** What hovering shows: `rows` of [name, value] under a title, as elements. */
function tip(title, rows) {
  return el('div', {class: 'tip'}, el('strong', {}, title),
    el('dl', {}, rows.map(([name, value, shade]) => el('div', {},
      el('dt', {}, shade ? swatch(shade) : null, name), el('dd', {}, value)))));
}

function swatch(shade) {
  const box = el('i', {class: 'swatch'});
  box.style.background = shade;
  return box;
}

function tooltip(more) {
  return {
    confine: true, backgroundColor: colour('panel'), borderColor: colour('axis'), padding: 8,
    textStyle: {color: colour('ink'), fontSize: 12}, transitionDuration: 0, ...more,
  };
}

function legend(more) {
  return {
    type: 'scroll', top: 0, left: 0, textStyle: {color: colour('ink')}, inactiveColor: colour('faint'),
    pageIconColor: colour('ink'), pageIconInactiveColor: colour('faint'), pageTextStyle: {color: colour('quiet')},
    itemWidth: 22, ...more,
  };
}

function redrawAll() {
  CHARTS.forEach((host) => host.redraw());
}

let resizing = 0;
window.addEventListener('resize', () => {
  clearTimeout(resizing);
  resizing = setTimeout(() => CHARTS.forEach((host) => host.redraw()), 150);
});

/** The buttons that do for the keyboard what wheel and drag do in a chart's zoom. */
function zoomButtons(label, host) {
  const move = (change) => () => {
    const zoom = host().instance && host().instance.getOption().dataZoom[0];
    if (zoom) {
      const [start, end] = change(zoom.start, zoom.end);
      const width = Math.min(100, Math.max(0.5, end - start));
      const from = Math.max(0, Math.min(100 - width, start));
      host().instance.dispatchAction({type: 'dataZoom', start: from, end: from + width});
    }
  };
  const button = (text, name, change) => el('button', {type: 'button', onclick: move(change), 'aria-label': name + ', ' + label, title: name}, text);
  return el('span', {class: 'zoom', role: 'group', 'aria-label': 'Zoom of ' + label},
    button('+', 'zoom in', (a, b) => [a + (b - a) / 4, b - (b - a) / 4]),
    button('−', 'zoom out', (a, b) => [a - (b - a) / 2, b + (b - a) / 2]),
    button('◀', 'earlier', (a, b) => [a - (b - a) / 2, b - (b - a) / 2]),
    button('▶', 'later', (a, b) => [a + (b - a) / 2, b + (b - a) / 2]),
    button('all', 'all', () => [0, 100]));
}

/** A table that is made when it is opened: the values of a chart for who cannot see it. */
function asTable(make) {
  const body = el('div', {});
  return el('details', {class: 'values', ontoggle: (event) => {
    if (event.target.open && !body.firstChild) {
      fill(body, [make()]);
    }
  }}, el('summary', {}, 'as a table'), body);
}
