// Latency and throughput by level, with the budgets as lines that can be dragged.

const GRID = {left: 62, right: 20, top: 56, bottom: 46};

function byLevel() {
  if (!TESTS.some((test) => test.levels.filter(isMeasured).length > 1)) {
    return null;
  }
  const view = {test: STATE.test, latency: firstLatency(), rate: 'throughput', log: false};
  const hosts = [];
  const host = el('div', {});
  const show = () => {
    const levels = measured(view.test);
    const latencies = latencyWords(levels);
    const rates = NUMBERS.filter((metric) => levels.some((level) => metric.of(level) !== undefined));
    if (!latencies.some(([word]) => word === view.latency)) {
      view.latency = latencies.length ? latencies[0][0] : '';
    }
    const latency = chart('Latency by level', 340, () => latencyOption(view), (instance) => draggable(instance, view, view.latency));
    const rate = chart('Throughput by level', 340, () => rateOption(view), (instance) => draggable(instance, view, view.rate));
    hosts.splice(0, hosts.length, latency, rate);
    const redraw = (changes) => {
      Object.assign(view, changes);
      hosts.forEach((each) => each.redraw());
    };
    replace(host,
      TESTS.length > 1 ? el('p', {class: 'controls'}, choice('test', TESTS.map((test, at) => [String(at), shortName(test)]), String(view.test),
        (value) => {
          view.test = Number(value);
          show();
        })) : null,
      el('div', {class: 'pair'},
        el('div', {}, el('p', {class: 'controls'},
          choice('latency', latencies, view.latency, (latencyWord) => redraw({latency: latencyWord})),
          el('label', {}, el('input', {type: 'checkbox', checked: view.log, onchange: (event) => redraw({log: event.target.checked})}), ' logarithmic')),
        latency),
        el('div', {}, el('p', {class: 'controls'},
          choice('rate', rates.map((metric) => [metric.word, metric.title]), view.rate, (word) => redraw({rate: word}))), rate)),
      el('p', {class: 'quiet'}, '◆ breaks a budget, ▲ cannot tell, ✘ at the upper end: the percentile falls on a failed request. Drag a budget’s line, or type below, to try another limit.'));
  };
  show();
  STATE.onChange((changes) => {
    if ('percentile' in changes || 'limits' in changes) {
      hosts.forEach((each) => each.redraw());
    }
    if ('level' in changes && changes.test !== undefined && changes.test !== view.test) {
      view.test = changes.test;
      show();
    }
  });
  return el('div', {class: 'by-level'}, el('h3', {}, 'By level'), host);
}

/** Two strokes: a percentile that falls on a failed request has no place, and is drawn at the upper end. */
const CROSS = 'path://M0,1L1,0L4,3L7,0L8,1L5,4L8,7L7,8L4,5L1,8L0,7L3,4Z';

function measured(test) {
  return TESTS[test].levels.filter(isMeasured);
}

function latencyWords(levels) {
  const known = new Map();
  levels.forEach((level) => distributions(level).forEach((each) => known.set(each.word, each.title)));
  return [...known.entries()];
}

// TTFT, unless a budget breaks another one only.
function firstLatency() {
  const broken = TESTS.flatMap((test) => test.levels.flatMap((level) => level.budgets || []))
    .filter((budget) => budget.verdict === 'FAIL' && budget.statistic).map((budget) => budget.metric);
  return broken.length && !broken.includes('ttft') ? broken[0] : 'ttft';
}

// Stages may come back to a load that was there before: then each level has its own place.
function loadAxis(levels) {
  const loads = levels.map(offered);
  const apart = new Set(loads).size === loads.length && loads.every((load) => load > 0);
  const name = loadUnit(levels);
  if (!apart) {
    return {axis: axis({type: 'category', data: levels.map((level) => level.name), name, nameLocation: 'middle', nameGap: 30}), at: (level, place) => place};
  }
  const wideRange = Math.max(...loads) / Math.min(...loads) >= 12;
  return {
    axis: axis({
      type: wideRange ? 'log' : 'value', logBase: 2, name, nameLocation: 'middle', nameGap: 30,
      min: wideRange ? Math.min(...loads) / 1.2 : 0, max: Math.max(...loads) * (wideRange ? 1.2 : 1.08),
      axisLabel: {showMinLabel: !wideRange, showMaxLabel: false, formatter: (value) => (Number.isInteger(value) || value < 10 ? plainLoad(value) : '')}, splitLine: {show: false},
    }),
    at: (level) => offered(level),
  };
}

function plainLoad(value) {
  return String(Math.round(value * 100) / 100);
}

/** Budgets of a test on a metric, each once; not those relative to a baseline, whose limit has no place on an axis. */
function budgetsOf(test, word) {
  const known = new Map();
  measured(test).forEach((level) => (level.budgets || []).forEach((budget) => {
    if ((!word || budget.metric === word) && !isOfBaseline(budget) && (numberMetric(budget.metric) || distribution(level, budget.metric))) {
      known.set(budget.budget, budget);
    }
  }));
  return [...known.values()];
}

function verdictSymbol(level, word, statistic) {
  const verdicts = (level.budgets || []).filter((budget) => budget.metric === word && (!statistic || budget.statistic === statistic))
    .map((budget) => budget.verdict);
  return verdicts.includes('FAIL') ? ['diamond', 13] : verdicts.includes('INCONCLUSIVE') ? ['triangle', 12] : ['circle', 7];
}

function line(name, shade, points, more) {
  return {
    name, type: 'line', data: points, connectNulls: false, emphasis: {focus: 'series'},
    lineStyle: {color: shade, width: 2}, itemStyle: {color: shade}, ...more,
  };
}

function latencyOption(view) {
  const levels = measured(view.test);
  const x = loadAxis(levels);
  const keys = percentiles();
  const of = (level, key) => (distribution(level, view.latency) || {values: {}}).values[key];
  const unit = (levels.map((level) => distribution(level, view.latency)).find(Boolean) || {unit: 'ms'}).unit;
  const limits = budgetsOf(view.test, view.latency);
  const numbers = levels.flatMap((level) => keys.map((key) => of(level, key))).filter((value) => typeof value === 'number');
  const top = roomy([...numbers, ...limits.map((budget) => limitOf(view.test, budget))], view.log);
  const shades = ['blue', 'green', 'orange', 'purple', 'red'];
  const order = keys.includes(STATE.percentile) ? keys : [...keys, STATE.percentile];
  const series = order.map((key, at) => line(key, colour(shades[at % shades.length]), levels.map((level, place) => {
    const value = of(level, key);
    const [symbol, symbolSize] = verdictSymbol(level, view.latency, key);
    return {value: [x.at(level, place), typeof value === 'number' ? value : null], symbol, symbolSize, level: place};
  }), {lineStyle: {color: colour(shades[at % shades.length]), width: key === STATE.percentile ? 3 : 1.5, type: key === STATE.percentile ? 'solid' : 'dashed'},
    z: key === STATE.percentile ? 4 : 3}));
  const failed = levels.map((level, place) => ({level, place})).filter(({level}) => of(level, STATE.percentile) === 'failed');
  if (failed.length) {
    series.push({
      name: STATE.percentile + ' failed', type: 'scatter', symbol: CROSS, symbolSize: 13, itemStyle: {color: colour('red')}, z: 5,
      data: failed.map(({level, place}) => ({value: [x.at(level, place), view.log ? top / 1.3 : top * 0.97], level: place})),
    });
  }
  series.push(limitLines(view, limits));
  return {
    grid: GRID, legend: legend({data: series.slice(0, -1).map((each) => each.name)}), xAxis: x.axis,
    yAxis: axis({type: view.log ? 'log' : 'value', name: unit, max: top, min: view.log ? lowest(numbers) : 0, axisLabel: {formatter: plainLoad}}),
    tooltip: tooltip({trigger: 'item', formatter: (at) => levelTip(levels[at.data.level],
      order.map((key) => [view.latency + ' ' + key, shown(of(levels[at.data.level], key), unit)]))}),
    series,
  };
}

function lowest(values) {
  return values.length ? Math.pow(10, Math.floor(Math.log10(Math.max(1e-3, Math.min(...values))))) : 1;
}

/** The end of an axis: a round number above all values. */
function roomy(values, log) {
  const high = Math.max(...values.filter((value) => Number.isFinite(value)), 0) * 1.06 || 1;
  const size = Math.pow(10, Math.floor(Math.log10(high)));
  return log ? size * 10 : [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10].find((step) => step * size >= high) * size;
}

function levelTip(level, rows) {
  const broken = (level.budgets || []).filter((budget) => budget.verdict !== 'PASS').slice(0, 4)
    .map((budget) => [mark(budget.verdict) + ' ' + words(budget.verdict), budget.budget]);
  return tip(mark(level.verdict) + ' ' + level.name, [...rows, ...broken]);
}

function rateOption(view) {
  const levels = measured(view.test);
  const x = loadAxis(levels);
  const metric = numberMetric(view.rate);
  const scaling = TESTS[view.test].scaling || {};
  const percents = metric.unit === 'fraction';
  const limits = budgetsOf(view.test, view.rate);
  const values = levels.map((level) => metric.of(level)).filter((value) => value !== undefined);
  const curve = view.rate === 'throughput' ? fittedCurve(scaling, levels) : null;
  const top = percents ? Math.max(...values, ...limits.map((budget) => limitOf(view.test, budget))) > 0.5 ? 1 : undefined
    : roomy([...values, ...(curve ? curve.map((point) => point[1]) : []), ...limits.map((budget) => limitOf(view.test, budget))], false);
  const series = [line(metric.title, colour('green'), levels.map((level, place) => {
    const [symbol, symbolSize] = verdictSymbol(level, view.rate);
    const value = metric.of(level);
    return {value: [x.at(level, place), value === undefined ? null : value], symbol, symbolSize, level: place};
  }), {markLine: levelMarks(scaling, levels, x)})];
  if (view.rate === 'request_rate' && levels.some((level) => level.load.kind === 'open')) {
    series.push(line('target', colour('quiet'), levels.map((level, place) => ({value: [x.at(level, place), offered(level)], level: place})),
      {symbol: 'none', lineStyle: {color: colour('quiet'), type: 'dashed', width: 1.5}}));
  }
  if (curve) {
    series.push(line('fitted curve' + (scaling.saturation.fit.indicative ? ' (indicative)' : ''), colour('purple'), curve,
      {symbol: 'none', lineStyle: {color: colour('purple'), type: 'dashed', width: 1.5}, silent: true}));
  }
  series.push(limitLines(view, limits));
  return {
    grid: GRID, legend: legend({data: series.slice(0, -1).map((each) => each.name)}), xAxis: x.axis,
    yAxis: axis({type: 'value', name: percents ? '' : metric.unit, min: 0, max: top, axisLabel: {formatter: (value) => (percents ? Math.round(value * 1000) / 10 + ' %' : plainLoad(value))}}),
    tooltip: tooltip({trigger: 'item', formatter: (at) => (at.data.level === undefined ? '' : levelTip(levels[at.data.level],
      [[metric.title, shown(metric.of(levels[at.data.level]), metric.unit)], ...steps(scaling, levels[at.data.level])]))}),
    series,
  };
}

function steps(scaling, level) {
  const step = (scaling.steps || []).find((each) => each.level === level.name);
  return step ? [
    step.per_user_tok_s === undefined ? null : ['per user', shown(step.per_user_tok_s, 'tok/s')],
    step.gain_over_previous === undefined ? null : ['against the level before', signedPercent(step.gain_over_previous)],
    step.scaling_efficiency === undefined ? null : ['scaling efficiency', percent(step.scaling_efficiency)],
  ].filter(Boolean) : [];
}

function fittedCurve(scaling, levels) {
  const fit = scaling.saturation && scaling.saturation.fit;
  const loads = levels.map(offered);
  if (!fit) {
    return null;
  }
  const [low, high] = [Math.min(...loads), Math.max(...loads)];
  return Array.from({length: 41}, (_, at) => (high / low >= 12 ? low * Math.pow(high / low, at / 40) : low + (high - low) * at / 40))
    .map((users) => [users, fit.vmax_tok_s * users / (fit.k_users + users)]);
}

// Where it saturates, what it can carry, from where on it is overloaded.
function levelMarks(scaling, levels, x) {
  const names = (scaling.steps || []).map((step) => step.level);
  const below = names.indexOf(scaling.saturation && scaling.saturation.first_step_below_rule);
  const marks = [
    [names[below - 1], 'saturates'], [scaling.capacity, 'capacity'], [scaling.overloaded_from, 'overloaded'],
  ];
  const byLevelName = new Map();
  marks.forEach(([name, text]) => {
    if (name && levels.some((level) => level.name === name)) {
      byLevelName.set(name, byLevelName.has(name) ? byLevelName.get(name) + ', ' + text : text);
    }
  });
  return {
    silent: true, symbol: 'none', lineStyle: {color: colour('quiet'), type: 'dotted', width: 1.5},
    data: [...byLevelName].map(([name, text], at) => {
      const place = levels.findIndex((level) => level.name === name);
      return {xAxis: x.at(levels[place], place), label: {formatter: text, color: colour('quiet'), position: at % 2 ? 'insideStartBottom' : 'insideStartTop'}};
    }),
  };
}

function limitLines(view, limits) {
  return {
    id: 'limits', name: 'limits', type: 'line', data: [], silent: true,
    markLine: {silent: true, symbol: 'none', data: limits.map((budget) => limitLine(view.test, budget))},
  };
}

function limitLine(test, budget) {
  const other = isTried(test, budget);
  return {
    yAxis: limitOf(test, budget),
    lineStyle: {color: colour(other ? 'purple' : 'red'), type: other ? 'dotted' : 'dashed', width: 2},
    label: {
      position: budget.comparator.startsWith('<') ? 'insideStartTop' : 'insideEndTop', color: colour('ink'), backgroundColor: colour('panel'), padding: [1, 3],
      formatter: (other ? 'tried: ' : '↕ ') + limitText(test, budget),
    },
  };
}

// An invisible grip on each line; it moves up and down.
function draggable(instance, view, word) {
  const limits = budgetsOf(view.test, word);
  const width = instance.getWidth() - GRID.left - GRID.right;
  instance.setOption({graphic: limits.map((budget, at) => ({
    id: 'grip-' + at, type: 'rect', draggable: 'vertical', cursor: 'ns-resize', z: 100,
    x: 0, y: instance.convertToPixel({yAxisIndex: 0}, limitOf(view.test, budget)) - 7,
    shape: {x: GRID.left, y: 0, width, height: 14}, style: {fill: 'rgba(0,0,0,0)'},
    ondrag() {
      const value = instance.convertFromPixel({yAxisIndex: 0}, this.y + 7);
      if (value > 0) {
        tryLimit(view.test, budget, value, instance);
        instance.setOption({series: [{id: 'limits', markLine: {data: limits.map((each) => limitLine(view.test, each))}}]});
      }
    },
    ondragend: () => STATE.set({limits: true}),
  }))});
}
