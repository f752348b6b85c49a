// One level over time: panels that share their time, the window shaded.

const PANELS = [
  {title: 'TTFT, ms: p50 solid, p95 dashed', unit: 'ms', lines: [['ttft_p50_ms', 'TTFT p50', 'blue'], ['ttft_p95_ms', 'TTFT p95', 'orange']]},
  {title: 'output tok/s', unit: 'tok/s', lines: [['throughput_tok_s', 'output tok/s', 'green']]},
  {title: 'in flight', unit: '', lines: [['in_flight', 'in flight', 'purple']]},
  {title: 'failures', unit: '', lines: [['failures', 'failures', 'red']], bars: true},
  {title: 'GPU power, W', unit: 'W', lines: [['gpu_power_w', 'GPU power', 'orange']]},
  {title: 'GPU use, %', unit: 'fraction', lines: [['gpu_util', 'GPU utilisation', 'blue']]},
  {title: 'GPU, °C', unit: '°C', lines: [['gpu_temperature_c', 'GPU temperature', 'red']]},
  {title: 'GPU memory, GB', unit: 'GB', lines: [['gpu_memory_used_gb', 'GPU memory', 'purple']]},
  {title: 'server: in work solid, waiting dashed', unit: '', lines: [['server_running', 'server: in work', 'purple'], ['server_waiting', 'server: waiting', 'red']]},
  {title: 'server: KV cache in use, %', unit: 'fraction', lines: [['server_kv_cache_usage', 'server: KV cache in use', 'blue']]},
  {title: 'server: prefix cache hits, %', unit: 'fraction', lines: [['server_prefix_hit_rate', 'server: prefix cache hits', 'green']]},
  {title: 'server: preemptions', unit: '', lines: [['server_preemptions', 'server: preemptions', 'red']], bars: true},
  {title: 'server: tokens a step (speculative decoding)', unit: '', lines: [['server_acceptance_length', 'server: tokens a step', 'orange']]},
];

function overTimeSection() {
  const host = el('div', {});
  let drawing = null;
  const show = async () => {
    const level = chosenLevel();
    const {series} = level && isMeasured(level) ? await detail(level) : {};
    if (level !== chosenLevel()) {
      return;
    }
    if (!series || !series.in_flight) {
      replace(host, el('p', {class: 'quiet'}, 'Nothing was measured over time.'));
      return;
    }
    const panels = panelsOf(series);
    drawing = chart('Over time: ' + chosenName() + ': ' + panels.map((panel) => panel.title).join('; '), stackHeight(panels.length), () => stackOption(series, panels));
    replace(host, drawing, note(series, level), asTable(() => seriesTable(series, panels)));
  };
  STATE.onChange((changes) => {
    if ('level' in changes) {
      show();
    }
  });
  show();
  return section('time', 'Over time',
    el('p', {class: 'controls'}, levelChoice(), zoomButtons('the time axis', () => drawing)), host);
}

function panelsOf(series) {
  return PANELS.map((panel) => ({...panel, lines: panel.lines.filter(([key]) => series[key])}))
    .filter((panel) => panel.lines.length && (!panel.bars || series[panel.lines[0][0]].some((value) => value > 0)));
}

function note(series, level) {
  return el('p', {class: 'quiet'},
    'Each point is ' + plain(series.bin_ms) + ' ms long'
    + (series.merged ? ' (' + series.merged + ' of results.json together: highest of latencies and temperatures, sum of failures, mean of the others)' : '')
    + '. Shaded: the window that the numbers come from.'
    + serverNote(series, level)
    + (series.failures.some((value) => value > 0) ? '' : ' No request failed.'));
}

// What the server says of itself, once a second; what it does not say is said once, here.
function serverNote(series, level) {
  if (!level.server) {
    return '';
  }
  const silent = [['server_running', 'requests in work'], ['server_waiting', 'requests waiting'], ['server_kv_cache_usage', 'KV cache in use'],
    ['server_prefix_hit_rate', 'prefix cache hits'], ['server_preemptions', 'preemptions'], ['server_acceptance_length', 'tokens a step']]
    .filter(([key]) => !series[key]).map(([, name]) => name);
  const none = series.server_preemptions && !series.server_preemptions.some((value) => value > 0);
  return ' “server:” is what ' + level.server.engine + '’s own page said, about once a second'
    + (silent.length ? '; it does not say: ' + silent.join(', ') : '') + '.' + (none ? ' It preempted no request.' : '');
}

function stackHeight(count) {
  return 34 + count * 118 + 22;
}

function starts(series) {
  return series.in_flight.map((_, at) => at * series.bin_ms / 1000);
}

function stackOption(series, panels) {
  const times = starts(series);
  const end = times.length * series.bin_ms / 1000;
  const grids = panels.map((_, at) => ({left: 62, right: 16, top: 34 + at * 118, height: 78}));
  const option = {
    height: stackHeight(panels.length),
    grid: grids,
    title: panels.map((panel, at) => ({text: panel.title, left: 4, top: 10 + at * 118, textStyle: {fontSize: 12, fontWeight: 600, color: colour('quiet')}})),
    axisPointer: {link: [{xAxisIndex: 'all'}], lineStyle: {color: colour('ink')}},
    xAxis: panels.map((_, at) => axis({
      type: 'value', gridIndex: at, min: 0, max: end, splitLine: {show: false},
      containShape: false,
      axisLabel: {show: at === panels.length - 1, showMaxLabel: false, formatter: (value) => plainLoad(value) + ' s'},
      axisPointer: {show: true, snap: false, label: {show: false}},
    })),
    yAxis: panels.map((panel, at) => axis({
      type: 'value', gridIndex: at, splitNumber: 3, min: panel.unit === '°C' ? undefined : 0, scale: panel.unit === '°C',
      max: panel.unit === 'fraction' ? 1 : undefined, interval: panel.unit === 'fraction' ? 0.5 : undefined, minInterval: panel.bars ? 1 : undefined,
      axisLabel: {formatter: (value) => (panel.unit === 'fraction' ? Math.round(value * 100) + '' : plainLoad(value))},
    })),
    dataZoom: [
      {type: 'inside', xAxisIndex: panels.map((_, at) => at), filterMode: 'none', zoomOnMouseWheel: 'ctrl', moveOnMouseMove: true, moveOnMouseWheel: false},
      {type: 'slider', xAxisIndex: panels.map((_, at) => at), filterMode: 'none', height: 18, bottom: 6, left: 62, right: 16, showDetail: false,
        borderColor: colour('axis'), fillerColor: colour('shade'), handleStyle: {color: colour('quiet')}, showDataShadow: false},
    ],
    tooltip: tooltip({trigger: 'axis', formatter: (points) => timeTip(series, panels, points[0].axisValue)}),
    series: panels.flatMap((panel, at) => panel.lines.map(([key, name, shade], line) => ({
      name, type: panel.bars ? 'bar' : 'line', xAxisIndex: at, yAxisIndex: at, symbol: 'none',
      barWidth: panel.bars ? Math.max(1, Math.min(8, 700 / times.length)) : undefined,
      connectNulls: key.startsWith('ttft') || key.startsWith('server_'),
      lineStyle: {width: 1.6, color: colour(shade), type: line ? 'dashed' : 'solid'}, itemStyle: {color: colour(shade)},
      data: series[key].map((value, place) => [times[place] + series.bin_ms / 2000, value]),
      markArea: line === 0 ? {silent: true, itemStyle: {color: colour('shade')}, data: [[{xAxis: series.window_s[0]}, {xAxis: Math.min(end, series.window_s[1])}]]} : undefined,
    }))),
  };
  return option;
}

function timeTip(series, panels, at) {
  const place = Math.max(0, Math.min(series.in_flight.length - 1, Math.floor(at * 1000 / series.bin_ms)));
  return tip(seconds(place * series.bin_ms / 1000) + ' to ' + seconds((place + 1) * series.bin_ms / 1000),
    panels.flatMap((panel) => panel.lines.map(([key, name, shade]) => {
      const value = series[key][place];
      return [name, value === null ? '–' : shown(value, panel.unit), colour(shade)];
    })));
}

function seriesTable(series, panels) {
  const lines = panels.flatMap((panel) => panel.lines.map(([key, name]) => ({key, name, unit: panel.unit})));
  return table('Over time', [{text: 'from, s', n: true}, ...lines.map((each) => ({text: each.name + (each.unit && each.unit !== 'fraction' ? ', ' + each.unit : ''), n: true}))],
    starts(series).map((from, at) => [fixed(from, 2), ...lines.map((each) => {
      const value = series[each.key][at];
      return value === null ? '–' : bare(value, each.unit);
    })]));
}
