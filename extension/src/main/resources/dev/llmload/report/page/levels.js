// Levels: the table of all, and the budgets and numbers of the one that is chosen.

const SHOWN_LATENCIES = ['ttft', 'ttfo', 'tpot', 'e2e'];
const SHOWN_NUMBERS = ['throughput', 'request_rate', 'achieved_rate', 'goodput', 'mfu', 'power', 'tokens_per_joule', 'cost_per_million'];

function levelsSection() {
  const host = el('div', {});
  const one = el('div', {class: 'one-level', 'aria-live': 'polite'});
  const filter = {verdict: '', sort: null, down: false};
  const show = () => {
    replace(host, levelTable(filter, show));
    showSelected(host);
  };
  const showOne = () => replace(one, chosenLevel() && isMeasured(chosenLevel()) ? oneLevel() : null);
  const controls = el('p', {class: 'controls'},
    percentiles().length ? choice('latency at', [...percentiles(), 'mean', 'max'].map((key) => [key, key]), STATE.percentile,
      (percentile) => STATE.set({percentile})) : null,
    verdictFilter(filter, show));
  STATE.onChange((changes) => {
    if ('percentile' in changes) {
      show();
    }
    if ('level' in changes) {
      showSelected(host);
      showOne();
    }
  });
  show();
  showOne();
  return section('levels', 'Levels', controls, host, one, byLevel(), whatIf(), sentences());
}

function verdictFilter(filter, show) {
  const verdicts = [...new Set(TESTS.flatMap((test) => test.levels.map((level) => level.verdict)))];
  if (verdicts.length < 2) {
    return null;
  }
  const buttons = ['', ...verdicts].map((verdict) => el('button', {
    type: 'button', 'aria-pressed': String(verdict === filter.verdict), onclick: () => {
      filter.verdict = verdict;
      buttons.forEach((button, at) => button.setAttribute('aria-pressed', String(['', ...verdicts][at] === verdict)));
      show();
    }}, verdict ? mark(verdict) + ' ' + words(verdict) : 'all'));
  return el('span', {role: 'group', 'aria-label': 'Show levels that are'}, buttons);
}

/** The columns that any level has a value for. */
function columns() {
  const levels = TESTS.flatMap((test) => test.levels);
  const latencies = SHOWN_LATENCIES.filter((word) => levels.some((level) => distribution(level, word)))
    .filter((word) => word !== 'ttfo' || differsFromTtft(levels));
  const numbers = SHOWN_NUMBERS.map(numberMetric).filter((metric) => levels.some((level) => metric.of(level) !== undefined));
  return [
    {text: 'level', key: (level) => offered(level) || 0},
    {text: 'verdict', key: (level) => level.verdict},
    {text: 'requests', n: true, key: (level) => level.requests && level.requests.attempted},
    {text: 'success', n: true, word: 'success_rate', unit: 'fraction', key: (level) => level.success_rate},
    ...latencies.map((word) => ({
      text: TITLES[word] + ' ' + STATE.percentile + ', ms', n: true, word, unit: 'ms', statistic: STATE.percentile,
      key: (level) => (distribution(level, word) || {values: {}}).values[STATE.percentile],
    })),
    ...numbers.map((metric) => ({text: metric.title, n: true, word: metric.word, unit: metric.unit, key: metric.of})),
  ];
}

function differsFromTtft(levels) {
  return levels.some((level) => {
    const first = distribution(level, 'ttft');
    const output = distribution(level, 'ttfo');
    return first && output && first.values.p50 !== output.values.p50;
  });
}

function levelTable(filter, show) {
  const cells = columns();
  const head = el('tr', {}, cells.map((column, at) => el('th', {
    scope: 'col', class: column.n ? 'n' : null,
    'aria-sort': filter.sort === at ? (filter.down ? 'descending' : 'ascending') : null,
  }, el('button', {type: 'button', class: 'sort', onclick: () => {
    filter.down = filter.sort === at && !filter.down;
    filter.sort = at;
    show();
    document.querySelectorAll('#levels .sort')[at].focus();
  }}, column.text, filter.sort === at ? (filter.down ? ' ▼' : ' ▲') : ''))));
  const bodies = TESTS.map((test, place) => testRows(test, place, cells, filter));
  return wide('Table of levels', el('table', {class: 'levels'}, el('thead', {}, head), bodies));
}

function testRows(test, place, cells, filter) {
  let rows = test.levels.map((level, at) => ({level, at})).filter(({level}) => !filter.verdict || level.verdict === filter.verdict);
  if (filter.sort !== null) {
    const key = cells[filter.sort].key;
    const order = (value) => (value === 'failed' ? Infinity : value === undefined ? -Infinity : value);
    rows.sort((a, b) => {
      const [one, two] = [order(key(a.level)), order(key(b.level))];
      return (one < two ? -1 : one > two ? 1 : 0) * (filter.down ? -1 : 1);
    });
  }
  return el('tbody', {id: 'test-' + place, tabindex: '-1'},
    TESTS.length > 1 || test.outcome.length || test.error || test.not_run ? testHead(test, cells.length) : null,
    rows.map(({level, at}) => levelRow(level, place, at, cells)));
}

function testHead(test, width) {
  return el('tr', {class: 'test'}, el('th', {colspan: width, scope: 'rowgroup'},
    el('span', {class: 'test-name'}, verdictTag(test.verdict), ' ', shortName(test)),
    test.outcome.map((cause) => el('p', {class: cause.verdict},
      mark(cause.verdict) + ' ' + (cause.invocation ? cause.invocation + ': ' : '') + cause.sentence)),
    (test.not_run || []).map((text) => el('p', {class: 'quiet'}, 'not run: ' + text))));
}

function levelRow(level, place, at, cells) {
  const id = 'level-' + place + '-' + at;
  return el('tr', {id, 'data-level': place + '-' + at, tabindex: '-1'}, cells.map((column, index) => {
    if (index === 0) {
      return el('th', {scope: 'row'}, isMeasured(level)
        ? el('a', {href: '#' + id}, level.name)
        : level.name);
    }
    if (index === 1) {
      return el('td', {}, verdictTag(level.verdict), level.window === 'whole run' ? el('span', {class: 'quiet'}, ' whole run') : null);
    }
    if (index === 2) {
      return el('td', {class: 'n'}, level.requests ? whole(level.requests.attempted) : '–');
    }
    return valueCell(level, column);
  }));
}

// A cell is marked if a budget on it did not pass, on whichever of its percentiles.
function valueCell(level, column) {
  const judged = (level.budgets || []).filter((budget) => budget.metric === column.word && budget.verdict !== 'PASS')
    .sort((a, b) => rank(b.verdict) - rank(a.verdict))[0];
  if (!judged) {
    return el('td', {class: 'n'}, bare(column.key(level), column.unit));
  }
  const value = withoutUnit(shownBeside(column.key(level), column.unit, inFile(judged, judged.limit)), column.unit);
  const other = judged.statistic && judged.statistic !== column.statistic;
  const said = el('span', {class: 'unseen'}, ' ' + words(judged.verdict) + ': ' + judged.budget);
  return el('td', {class: 'n judged ' + judged.verdict, title: words(judged.verdict) + ': ' + judged.budget}, other
    ? [value + ' ', el('span', {class: 'cell-mark'}, '(' + judged.statistic + ' ' + mark(judged.verdict) + ')'), said]
    : [el('span', {class: 'cell-mark'}, mark(judged.verdict)), ' ' + value, said]);
}

function rank(verdict) {
  return ['PASS', 'NOT_MEASURED', 'INCONCLUSIVE', 'FAIL'].indexOf(verdict);
}

function showSelected(host) {
  host.querySelectorAll('tr[data-level]').forEach((row) => {
    const chosen = row.dataset.level === STATE.test + '-' + STATE.level;
    row.classList.toggle('chosen', chosen);
    if (chosen) {
      row.setAttribute('aria-current', 'true');
    } else {
      row.removeAttribute('aria-current');
    }
  });
}

/** What the levels say together: saturation, best levels, advice. */
function sentences() {
  const parts = TESTS.filter((test) => test.scaling).map((test) => {
    const advice = test.scaling.advice || {};
    const budgets = test.scaling.budgets || [];
    return [
      TESTS.length > 1 ? el('h3', {}, shortName(test)) : null,
      budgets.length ? el('ul', {class: 'plain'}, budgets.map((budget) => el('li', {class: budget.verdict},
        verdictTag(budget.verdict), ' ' + budget.budget + was(budget)))) : null,
      el('div', {class: 'cards'}, Object.entries(advice).map(([title, lines]) => el('div', {class: 'card'},
        el('h4', {}, title.charAt(0).toUpperCase() + words(title).slice(1)),
        el('ul', {}, lines.map((line) => el('li', {}, line)))))),
    ];
  });
  return parts.length ? el('div', {class: 'advice'}, parts) : null;
}

function was(budget) {
  const value = budget.actual === undefined ? 'not measured'
    : budget.actual === null ? (budget.verdict === 'FAIL' || budget.of_successes !== undefined ? 'failed' : 'no value')
      : actualText(budget);
  return ', was ' + value + (budget.reason ? ': ' + budget.reason : '');
}

function oneLevel() {
  const level = chosenLevel();
  return [
    el('h3', {}, verdictTag(level.verdict), ' ', chosenName()),
    el('p', {class: 'quiet'}, aboutLevel(level)),
    level.outcome.filter((cause) => cause.kind !== 'BUDGET').map((cause) => el('p', {class: cause.verdict},
      mark(cause.verdict) + ' ' + cause.sentence)),
    budgetTable(level),
    el('details', {}, el('summary', {}, 'all numbers of this level'), numbersTable(level)),
  ];
}

function aboutLevel(level) {
  const requests = level.requests;
  const failures = Object.entries(requests.failures).map(([kind, count]) => count + '× ' + kind);
  const status = Object.entries(requests.status).filter(([code]) => code >= 400).map(([code, count]) => count + '× HTTP ' + code);
  return [
    whole(requests.attempted) + ' requests in ' + seconds(level.window_s) + ' (' + level.window + ')',
    failures.length ? 'failed: ' + failures.join(', ') + (status.length ? ' (' + status.join(', ') + ')' : '') : 'none failed',
    requests.cut ? requests.cut + ' cut off' : null,
    plain(level.in_flight_mean) + ' in flight on average',
  ].filter(Boolean).join(' · ');
}

function budgetTable(level) {
  const budgets = [...(level.budgets || [])].sort((a, b) => rank(b.verdict) - rank(a.verdict));
  if (!budgets.length) {
    return el('p', {class: 'quiet'}, 'This level has no budgets.');
  }
  return table('Budgets of ' + level.name,
    ['verdict', 'budget', {text: 'was', n: true}, '95 % interval', 'note'],
    budgets.map((budget) => [
      verdictTag(budget.verdict), {text: budget.budget, class: 'name'},
      budget.actual === undefined ? '–' : budget.actual === null ? 'failed' : actualText(budget),
      {text: intervalText(budget.interval, budget.unit), class: 'short'},
      {class: 'long', text: [budget.reason, budget.of_successes !== undefined ? 'of the successes alone ' + plain(budget.of_successes) + ' ' + budget.unit : null,
        budget.source !== 'method' ? (budget.source === 'implied' ? 'implied' : 'from ' + budget.source) : null].filter(Boolean).join('; ')},
    ]));
}

/** The value in the budget's own unit, distinct from its limit where it is another value. */
function actualText(budget) {
  const unit = budget.unit === '%' ? 'fraction' : budget.unit;
  const scale = budget.unit === '%' ? 0.01 : 1;
  return shownBeside(budget.actual * scale, unit, budget.limit * scale);
}

/** An end that the sample does not bound is left out. */
function intervalText(ends, unit) {
  if (!ends || (ends[0] === null && ends[1] === null)) {
    return '';
  }
  const end = (value) => (unit === '%' ? percent(value / 100).replace(' %', '') : plain(value));
  return ends[0] === null ? 'up to ' + end(ends[1]) : ends[1] === null ? 'from ' + end(ends[0]) : end(ends[0]) + ' to ' + end(ends[1]);
}

function numbersTable(level) {
  const keys = ['mean', 'min', ...percentiles(), 'max'];
  const error = (values, key) => (values.error && values.error[key] !== undefined ? ' (−' + plain(values.error[key]) + ')' : '');
  const rows = distributions(level).map((each) => [
    each.title + ', ' + each.unit, whole(each.values.count),
    ...keys.map((key) => bare(each.values[key], each.unit) + error(each.values, key)),
  ]);
  const numbers = NUMBERS.filter((metric) => metric.of(level) !== undefined)
    .map((metric) => [metric.title, shown(metric.of(level), metric.unit)]);
  return [
    table('Latencies and speeds', ['', {text: 'count', n: true}, ...keys.map((text) => ({text, n: true}))], rows),
    table('Numbers', ['', {text: 'value', n: true}], numbers),
  ];
}
