// The requests of one level: a dot each, a bar each, and their lengths.

const ROWS = 30;

function requestsSection() {
  const host = el('div', {});
  const show = async () => {
    const level = chosenLevel();
    const {requests} = level && isMeasured(level) ? await detail(level) : {};
    if (level !== chosenLevel()) {
      return;
    }
    if (!requests || !requests.shown) {
      replace(host, el('p', {class: 'quiet'}, 'No requests of this level were kept.'));
      return;
    }
    const all = requestRows(requests, level);
    replace(host, el('p', {class: 'quiet'}, sampleText(requests)), scatter(all), waterfall(all), lengths(all),
      requestTables(all));
  };
  STATE.onChange((changes) => {
    if ('level' in changes) {
      show();
    }
  });
  show();
  return section('requests', 'Requests', el('p', {class: 'controls'}, levelChoice()), host);
}

function sampleText(requests) {
  const successes = requests.attempted - requests.failed;
  const shownSuccesses = requests.shown - requests.failures_shown;
  return (shownSuccesses < successes
    ? whole(shownSuccesses) + ' of ' + whole(successes) + ' successes, chosen by chance'
    : 'all ' + whole(successes) + ' successes')
    + (requests.failed === 0 ? '; none failed'
      : requests.failures_shown < requests.failed
        ? '; the first ' + whole(requests.failures_shown) + ' of ' + whole(requests.failed) + ' that failed'
        : '; all ' + whole(requests.failed) + ' that failed')
    + '. requests.jsonl has every one.';
}

/** Times in ms. In open loop a user waits from the scheduled instant on. */
function requestRows(requests, level) {
  const open = level.load.kind === 'open';
  const millis = (micros) => (micros < 0 ? null : micros / 1000);
  return requests.n.map((n, at) => {
    const [outcome, status, error] = requests.outcomes[requests.outcome[at]];
    const wait = millis(requests.wait[at]);
    const first = millis(requests.ttft[at]);
    const stream = millis(requests.stream[at]);
    const from = open ? wait || 0 : 0;
    return {
      n, at: requests.at[at], wait, first, stream, outcome, status, error,
      ttft: first === null ? null : from + first,
      e2e: first === null || stream === null ? null : from + first + stream,
      ended: millis(requests.ended[at]),
      prompt: requests.prompt[at], output: requests.output[at], inWindow: requests.window[at] === 1,
      ok: outcome === 'OK',
    };
  });
}

function requestFacts(row) {
  return [
    ['due', seconds(row.at / 1000)],
    row.wait !== null && row.wait >= 0.05 ? ['waited to be sent', shown(row.wait, 'ms')] : null,
    row.ttft !== null ? ['TTFT', shown(row.ttft, 'ms')] : null,
    row.e2e !== null && row.ok ? ['E2E', shown(row.e2e, 'ms')] : null,
    row.ok ? null : ['failed after', row.ended === null ? '–' : shown(row.ended, 'ms')],
    ['tokens in, out', (row.prompt < 0 ? '–' : row.prompt) + ', ' + (row.output < 0 ? '–' : row.output)],
    ['outcome', words(row.outcome) + (row.status ? ', HTTP ' + row.status : '')],
    row.error ? ['error', row.error.slice(0, 120)] : null,
    row.inWindow ? null : ['', 'outside the window'],
  ].filter(Boolean);
}

function requestTip(row) {
  return tip('request ' + row.n, requestFacts(row));
}

const FAILURE_SYMBOLS = ['triangle', 'diamond', 'rect', 'pin', 'arrow'];

function scatter(all) {
  const view = {what: 'ttft', log: false};
  const host = chart('Each request: latency by the instant at which it was due', 320, () => scatterOption(all, view));
  const change = (changes) => {
    Object.assign(view, changes);
    host.redraw();
  };
  return el('div', {}, el('h3', {}, 'Each request'), el('p', {class: 'controls'},
    choice('latency', [['ttft', 'TTFT'], ['e2e', 'E2E']], view.what, (what) => change({what})),
    el('label', {}, el('input', {type: 'checkbox', onchange: (event) => change({log: event.target.checked})}), ' logarithmic'),
    zoomButtons('the requests', () => host)), host);
}

function scatterOption(all, view) {
  const point = (row, value) => ({value: [row.at / 1000, value], row});
  const successes = (inWindow) => all.filter((row) => row.ok && row.inWindow === inWindow && row[view.what] !== null)
    .map((row) => point(row, row[view.what]));
  const kinds = [...new Set(all.filter((row) => !row.ok).map((row) => row.outcome))];
  const series = [
    {name: 'in the window', symbol: 'circle', data: successes(true), itemStyle: {color: colour('blue'), opacity: 0.55}, symbolSize: 5},
    {name: 'outside the window', symbol: 'circle', data: successes(false), itemStyle: {color: 'transparent', borderColor: colour('quiet'), borderWidth: 1.2}, symbolSize: 6},
    ...kinds.map((kind, at) => ({
      name: '✘ ' + words(kind), symbol: FAILURE_SYMBOLS[at % FAILURE_SYMBOLS.length], symbolSize: 10,
      itemStyle: {color: colour('red'), borderColor: colour('panel'), borderWidth: 1},
      data: all.filter((row) => row.outcome === kind).map((row) => point(row, row.ended === null ? 0 : row.ended)),
    })),
  ].filter((each) => each.data.length).map((each) => ({type: 'scatter', progressive: 0, ...each}));
  return {
    grid: {left: 62, right: 16, top: 56, bottom: 62}, legend: legend(),
    xAxis: axis({type: 'value', min: 0, axisLabel: {formatter: (value) => plainLoad(value) + ' s'}, splitLine: {show: false}}),
    yAxis: axis({type: view.log ? 'log' : 'value', name: 'ms', min: view.log ? undefined : 0, axisLabel: {formatter: plainLoad}}),
    dataZoom: [
      {type: 'inside', filterMode: 'none', zoomOnMouseWheel: 'ctrl', moveOnMouseMove: true, moveOnMouseWheel: false},
      {type: 'slider', filterMode: 'none', height: 18, bottom: 8, left: 62, right: 16, showDetail: false, borderColor: colour('axis'), fillerColor: colour('shade'),
        handleStyle: {color: colour('quiet')}, showDataShadow: false},
    ],
    tooltip: tooltip({trigger: 'item', formatter: (at) => requestTip(at.data.row)}),
    series,
  };
}

const ORDERS = {
  time: ['by time', (a, b) => a.at - b.at],
  ttft: ['slowest TTFT first', (a, b) => (b.ttft || 0) - (a.ttft || 0)],
  e2e: ['slowest E2E first', (a, b) => (b.e2e || 0) - (a.e2e || 0)],
  failed: ['failures first', (a, b) => Number(a.ok) - Number(b.ok) || a.at - b.at],
};

function waterfall(all) {
  const view = {order: all.some((row) => !row.ok) ? 'failed' : 'time', from: 0};
  let ordered = [...all].sort(ORDERS[view.order][1]);
  const host = chart('Waterfall of the requests', rowsHeight(Math.min(ROWS, all.length)), () => waterfallOption(ordered.slice(view.from, view.from + ROWS), view.order));
  const slider = el('input', {type: 'range', min: '0', max: String(Math.max(0, all.length - ROWS)), value: '0', 'aria-label': 'first request shown',
    oninput: () => {
      view.from = Number(slider.value);
      host.redraw();
    }});
  return el('div', {}, el('h3', {}, 'Waterfall'), el('p', {class: 'controls'},
    choice('order', Object.entries(ORDERS).map(([key, [text]]) => [key, text]), view.order, (order) => {
      Object.assign(view, {order, from: 0});
      slider.value = '0';
      ordered = [...all].sort(ORDERS[order][1]);
      host.redraw();
    }),
    all.length > ROWS ? el('label', {class: 'choice'}, 'from ', slider) : null), host);
}

function rowsHeight(count) {
  return 74 + count * 17;
}

// By time all bars are on the level's clock; otherwise each begins when its request was due.
function waterfallOption(rows, order) {
  const byTime = order === 'time';
  // A round instant, so that the axis has round ones; the first requests may have been due a moment before the level's clock began.
  const origin = byTime ? Math.max(0, Math.floor(Math.min(...rows.map((row) => row.at)) / 1000) * 1000) : 0;
  const early = (row) => (byTime ? Math.max(0, origin - row.at) : 0);
  const earliest = byTime ? Math.floor(Math.min(...rows.map((row) => row.at - origin)) / 100) * 100 : 0;
  const part = (name, shade, value, more) => ({
    name, type: 'bar', stack: 'request', barWidth: 11, itemStyle: {color: colour(shade)}, data: rows.map((row) => ({value: value(row) || null, row})), ...more,
  });
  return {
    height: rowsHeight(rows.length),
    grid: {left: 62, right: 16, top: 34, bottom: 34},
    legend: legend({data: ['waiting', 'until the first token', 'until the last token', '✘ failed']}),
    xAxis: axis({type: 'value', min: Math.max(0, earliest), axisLabel: {showMinLabel: true, hideOverlap: true, formatter: (value) => (byTime ? plainLoad((origin + value) / 1000) + ' s' : plainLoad(value) + ' ms')}}),
    yAxis: axis({type: 'category', inverse: true, data: rows.map((row) => (row.ok ? '' : '✘ ') + row.n), axisLabel: {interval: 0, fontSize: 10}, splitLine: {show: false}}),
    tooltip: tooltip({trigger: 'item', formatter: (at) => requestTip(at.data.row)}),
    series: [
      {...part('due', 'panel', (row) => (byTime ? Math.max(0, row.at - origin) : 0)), itemStyle: {color: 'transparent'}, silent: true},
      part('waiting', 'faint', (row) => Math.max(0, row.wait - early(row))),
      part('until the first token', 'orange', (row) => row.first),
      part('until the last token', 'blue', (row) => row.stream),
      part('✘ failed', 'red', (row) => (row.ok || row.ended === null ? 0 : Math.max(0, row.ended - (row.wait || 0) - (row.first || 0) - (row.stream || 0))), {barMinHeight: 4}),
    ],
  };
}

function lengths(all) {
  const kinds = [['prompt', 'tokens in'], ['output', 'tokens out']].filter(([key]) => all.some((row) => row[key] >= 0));
  if (!kinds.length) {
    return null;
  }
  return el('div', {}, el('h3', {}, 'Lengths'), el('div', {class: 'pair'}, kinds.map(([key, name]) => {
    const values = all.map((row) => row[key]).filter((value) => value >= 0);
    const bins = histogram(values);
    return el('div', {}, chart('How many requests have so many ' + name, 220, () => lengthOption(bins, name)),
      asTable(() => table(name, [name, {text: 'requests', n: true}], bins.map((bin) => [bin.text, String(bin.count)]))));
  })));
}

function histogram(values) {
  const [low, high] = values.reduce(([a, b], value) => [Math.min(a, value), Math.max(b, value)], [Infinity, -Infinity]);
  const width = Math.max(1, Math.ceil((high - low + 1) / 24));
  const bins = Array.from({length: Math.ceil((high - low + 1) / width)}, (_, at) => ({
    text: width === 1 ? String(low + at) : low + at * width + '–' + (low + (at + 1) * width - 1), count: 0}));
  values.forEach((value) => bins[Math.floor((value - low) / width)].count++);
  return bins;
}

function lengthOption(bins, name) {
  return {
    grid: {left: 50, right: 10, top: 30, bottom: 44},
    xAxis: axis({type: 'category', data: bins.map((bin) => bin.text), name, nameLocation: 'middle', nameGap: 28, axisLabel: {fontSize: 10}}),
    yAxis: axis({type: 'value', name: 'requests', minInterval: 1}),
    tooltip: tooltip({trigger: 'item', formatter: (at) => tip(bins[at.dataIndex].text + ' ' + name, [['requests', String(bins[at.dataIndex].count)]])}),
    series: [{type: 'bar', data: bins.map((bin) => bin.count), itemStyle: {color: colour('blue')}, barCategoryGap: '10%'}],
  };
}

function requestTables(all) {
  const heads = [{text: 'n', n: true}, {text: 'due, s', n: true}, {text: 'TTFT, ms', n: true}, {text: 'E2E, ms', n: true}, {text: 'in', n: true}, {text: 'out', n: true}, 'outcome', 'error'];
  const cells = (row) => [String(row.n), fixed(row.at / 1000, 2), bare(row.ttft === null ? undefined : row.ttft, 'ms'), bare(row.e2e === null || !row.ok ? undefined : row.e2e, 'ms'),
    row.prompt < 0 ? '–' : String(row.prompt), row.output < 0 ? '–' : String(row.output), (row.ok ? '✔ ' : '✘ ') + words(row.outcome) + (row.status ? ' ' + row.status : ''), row.error];
  const failed = all.filter((row) => !row.ok);
  const slow = [...all].sort(ORDERS.e2e[1]).filter((row) => row.ok).slice(0, 50);
  const list = (title, rows) => el('details', {class: 'values', ontoggle: (event) => {
    if (event.target.open && event.target.children.length === 1) {
      event.target.append(table(title, heads, rows.map(cells)));
    }
  }}, el('summary', {}, title));
  return [
    failed.length ? list(failed.length > 500 ? 'the first 500 failures as a table' : 'the failures as a table', failed.slice(0, 500)) : null,
    slow.length ? list('the ' + slow.length + ' slowest as a table', slow) : null,
  ];
}
