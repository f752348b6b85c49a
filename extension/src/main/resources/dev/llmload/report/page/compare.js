// Comparisons: methods of a class, a baseline, earlier runs, and another results.json.

function compareSection() {
  const parts = [sideBySide(), baseline(), trend(), otherRun()].filter(Boolean);
  return section('compare', 'Compare', parts);
}

function ms(metric) {
  return /^(ttft|ttfo|tpot|itl|e2e|service_|ttfb|connect|stream_close|dispatch_delay)/.test(metric) ? 'ms'
    : /speed|throughput/.test(metric) ? 'tok/s' : /rate|fraction|mfu|mbu|util/.test(metric) && metric !== 'request_rate' ? 'fraction' : '';
}

function changeCells(row, before, now) {
  const unit = ms(row.metric);
  const ends = row.interval ? row.interval.map((end) => (end === null ? '∞' : signedPercent(end))).join(' to ') : '';
  return [row.metric, shown(row[before], unit), shown(row[now], unit), row.change === undefined ? '–' : signedPercent(row.change), ends];
}

function sideBySide() {
  const all = RESULTS.side_by_side || [];
  if (!all.length) {
    return null;
  }
  return el('div', {}, el('h3', {}, 'Methods side by side'), methodsChart(all), all.map((pair) => el('div', {},
    el('p', {}, 'A: ', el('strong', {}, nameOf(pair.a)), '  B: ', el('strong', {}, nameOf(pair.b))),
    pair.levels.map((level) => el('details', {open: pair.levels.length === 1}, el('summary', {}, level.name),
      level.lengths ? el('p', {class: 'quiet'}, level.lengths) : null,
      table('Side by side at ' + level.name, ['metric', {text: 'A', n: true}, {text: 'B', n: true}, {text: 'B against A', n: true}, '95 % interval', 'better'],
        level.metrics.map((row) => [...changeCells(row, 'a', 'b'), row.better])))))));
}

function nameOf(id) {
  const test = TESTS.find((each) => each.id === id);
  return test ? shortName(test) : id;
}

// A line per method, at the levels that they have.
function methodsChart(pairs) {
  const ids = [...new Set(pairs.flatMap((pair) => [pair.a, pair.b]))];
  const tests = ids.map((id) => TESTS.find((test) => test.id === id)).filter(Boolean);
  const rates = NUMBERS.filter((metric) => tests.some((test) => test.levels.some((level) => metric.of(level) !== undefined)));
  const latencies = latencyWords(tests.flatMap((test) => test.levels.filter(isMeasured)));
  const view = {what: 'ttft'};
  const shades = ['blue', 'orange', 'green', 'purple', 'red'];
  const symbols = ['circle', 'diamond', 'triangle', 'rect', 'pin'];
  const value = (level) => {
    const number = numberMetric(view.what);
    const found = number ? number.of(level) : (distribution(level, view.what) || {values: {}}).values[STATE.percentile];
    return typeof found === 'number' ? found : null;
  };
  const unit = () => (numberMetric(view.what) ? numberMetric(view.what).unit : ms(view.what));
  const levelsOf = (test) => test.levels.filter(isMeasured);
  const host = chart('Methods side by side, by level', 280, () => {
    const x = loadAxis(levelsOf(tests[0]));
    return {
      grid: GRID, legend: legend(), xAxis: x.axis,
      yAxis: axis({type: 'value', min: 0, name: unit() === 'fraction' ? '' : unit(), axisLabel: {formatter: (at) => (unit() === 'fraction' ? at * 100 + ' %' : plainLoad(at))}}),
      tooltip: tooltip({trigger: 'item', formatter: (at) => tip(at.seriesName + ' @ ' + at.data.name, [[view.what, shown(at.data.value[1], unit())]])}),
      series: tests.map((test, at) => line(shortName(test), colour(shades[at % shades.length]),
        levelsOf(test).map((level, place) => ({value: [x.at(level, place), value(level)], name: level.name})),
        {symbol: symbols[at % symbols.length], symbolSize: 9, lineStyle: {color: colour(shades[at % shades.length]), width: 2, type: at % 2 ? 'dashed' : 'solid'}})),
    };
  });
  const failed = el('p', {class: 'quiet', 'aria-live': 'polite'});
  const show = () => {
    host.redraw();
    const lost = tests.map((test) => [shortName(test), levelsOf(test).filter((level) => (distribution(level, view.what) || {values: {}}).values[STATE.percentile] === 'failed')])
      .filter(([, levels]) => levels.length);
    replace(failed, lost.map(([name, levels]) => '✘ ' + name + ': ' + STATE.percentile + ' falls on a failed request at ' + levels.map((level) => level.name).join(', ') + '. '));
  };
  STATE.onChange((changes) => 'percentile' in changes && show());
  show();
  return el('div', {}, el('p', {class: 'controls'}, choice('metric', [...latencies, ...rates.map((metric) => [metric.word, metric.title])], view.what, (what) => {
    view.what = what;
    show();
  })), host, failed);
}

function baseline() {
  const rows = TESTS.flatMap((test) => test.levels.flatMap((level) => (level.against_baseline || []).map((row) => [
    (TESTS.length > 1 ? shortName(test) + ' @ ' : '') + level.name, ...changeCells(row, 'baseline', 'now'), words(row.shown || '').toLowerCase(),
  ])));
  return rows.length ? el('div', {}, el('h3', {}, 'Against the baseline'), table('Against the baseline',
    ['level', 'metric', {text: 'baseline', n: true}, {text: 'now', n: true}, {text: 'change', n: true}, 'interval', 'shown'], rows)) : null;
}

const TREND_UNITS = {throughput_tok_s: 'tok/s', success_rate: 'fraction', mfu: 'fraction'};

/** How each level came to be over the releases. */
function trend() {
  const history = DATA.history || [];
  const places = new Map();
  history.forEach((entry) => {
    const key = entry.test + ' @ ' + entry.level;
    places.set(key, [...(places.get(key) || []), entry]);
  });
  const known = [...places].filter(([, entries]) => entries.length > 1);
  if (!known.length) {
    return el('div', {}, el('h3', {}, 'Over the releases'), el('p', {class: 'quiet'},
      'The history holds no earlier run of these levels (key llmload.report.history).'));
  }
  const metrics = [...new Set(known.flatMap(([, entries]) => entries.flatMap((entry) => Object.keys(entry).filter((key) => typeof entry[key] === 'number'))))];
  const view = {place: known[0][0], metric: metrics.includes('ttft_p95_ms') ? 'ttft_p95_ms' : metrics[0]};
  const host = el('div', {});
  const show = () => replace(host, trendOf(places.get(view.place), view.metric));
  show();
  return el('div', {}, el('h3', {}, 'Over the releases'), el('p', {class: 'controls'},
    choice('level', known.map(([key, entries]) => [key, (TESTS.length > 1 ? nameOf(entries[0].test) + ' @ ' : '') + entries[0].level]), view.place, (place) => {
      view.place = place;
      show();
    }),
    choice('metric', metrics.map((key) => [key, words(key)]), view.metric, (metric) => {
      view.metric = metric;
      show();
    })), host);
}

function trendOf(entries, metric) {
  const unit = TREND_UNITS[metric] || (metric.endsWith('_ms') ? 'ms' : '');
  const label = (entry) => entry.release || entry.run.slice(0, 16).replace('T', ' ');
  const symbols = {FAIL: ['diamond', 13], ERROR: ['diamond', 13], INCONCLUSIVE: ['triangle', 12]};
  const host = chart('Trend of ' + words(metric), 260, () => ({
    grid: {...GRID, bottom: 60}, legend: {show: false},
    xAxis: axis({type: 'category', data: entries.map((entry, at) => label(entry) + '\u200b'.repeat(at)), axisLabel: {rotate: entries.length > 6 ? 30 : 0}}),
    yAxis: axis({type: 'value', scale: true, name: unit === 'fraction' ? '' : unit, axisLabel: {formatter: (at) => (unit === 'fraction' ? percent(at) : plainLoad(at))}}),
    tooltip: tooltip({trigger: 'item', formatter: (at) => trendTip(entries[at.dataIndex], metric, unit)}),
    series: [line(words(metric), colour('blue'), entries.map((entry) => {
      const [symbol, symbolSize] = symbols[entry.verdict] || ['circle', 8];
      return {value: typeof entry[metric] === 'number' ? entry[metric] : null, symbol, symbolSize};
    }))],
  }));
  return [host, el('p', {class: 'quiet'}, '◆ that run failed, ▲ could not tell.'),
    asTable(() => table('Trend', ['run', 'release', 'commit', 'verdict', {text: words(metric), n: true}], entries.map((entry) => [
      entry.run.slice(0, 19).replace('T', ' '), entry.release || '', (entry.commit || '').slice(0, 12), verdictTag(entry.verdict), shown(entry[metric], unit)])))];
}

function trendTip(entry, metric, unit) {
  return tip(entry.release || entry.run, [
    ['verdict', mark(entry.verdict) + ' ' + words(entry.verdict)], [words(metric), shown(entry[metric], unit)], ['run', entry.run],
    entry.commit ? ['commit', entry.commit.slice(0, 12)] : null, ...(entry.causes || []).slice(0, 3).map((cause) => ['', cause])].filter(Boolean));
}
