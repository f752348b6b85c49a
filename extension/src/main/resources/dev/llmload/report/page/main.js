// Puts the page together, and follows the links to a level.

/** The first level to look at: of the gravest verdict, or the last where all pass. */
function firstLevel() {
  const order = ['FAIL', 'MISCONFIGURED', 'ERROR', 'INCONCLUSIVE', 'NOT_MEASURED'];
  const places = TESTS.flatMap((test, at) => test.levels.map((level, place) => ({test: at, level: place, verdict: level.verdict, known: isMeasured(level)})))
    .filter((place) => place.known);
  const grave = order.map((verdict) => places.find((place) => place.verdict === verdict)).find(Boolean);
  return grave || places[places.length - 1] || {test: 0, level: 0};
}

// The percentile that a budget on TTFT names, so that the table shows what was judged.
function firstPercentile() {
  const known = percentiles();
  const judged = TESTS.flatMap((test) => test.levels.flatMap((level) => level.budgets || []))
    .find((budget) => budget.metric === 'ttft' && known.includes(budget.statistic));
  return judged ? judged.statistic : known.includes('p95') ? 'p95' : known[known.length - 1] || 'p95';
}

function follow() {
  const found = /^#level-(\d+)-(\d+)$/.exec(window.location.hash);
  if (!found) {
    return;
  }
  const [test, level] = [Number(found[1]), Number(found[2])];
  if (TESTS[test] && TESTS[test].levels[level] && isMeasured(TESTS[test].levels[level])) {
    STATE.set({test, level});
  }
  const row = document.getElementById(window.location.hash.slice(1));
  if (row) {
    row.scrollIntoView({block: 'center'});
    row.focus({preventScroll: true});
  }
}

function build() {
  const {test, level} = firstLevel();
  Object.assign(STATE, {test, level, percentile: firstPercentile()});
  const page = document.getElementById('page');
  const any = TESTS.some((each) => each.levels.some(isMeasured));
  const sections = [TESTS.length ? ['levels', 'Levels', levelsSection] : null,
    ...(any ? [['time', 'Over time', overTimeSection], ['requests', 'Requests', requestsSection], ['compare', 'Compare', compareSection]] : []),
    ['trust', 'Trust', trustSection]].filter(Boolean);
  navigation(sections.map(([id, title]) => [id, title]));
  sections.forEach(([, , make]) => page.append(make()));
  window.addEventListener('hashchange', follow);
  follow();
  requestAnimationFrame(() => {
    document.documentElement.dataset.ready = String(Math.round(performance.now()));
  });
}

build();
