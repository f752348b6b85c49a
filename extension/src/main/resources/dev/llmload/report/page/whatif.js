// Other limits, tried: what the levels would hold. The run's verdict stays what it is.

const TRIED = new Map();

function limitKey(test, budget) {
  return test + ' ' + budget.budget;
}

function isTried(test, budget) {
  return TRIED.has(limitKey(test, budget));
}

/** In the unit of results.json. */
function limitOf(test, budget) {
  const key = limitKey(test, budget);
  return TRIED.has(key) ? TRIED.get(key) : inFile(budget, budget.limit);
}

function limitText(test, budget) {
  return (budget.statistic ? budget.statistic + ' ' : '') + budget.comparator + ' ' + trimmed(fromFile(budget, limitOf(test, budget))) + ' ' + budget.unit;
}

function trimmed(value) {
  return String(Number(value.toPrecision(4)));
}

const SHOWING = [];

function tryLimit(test, budget, value) {
  const rounded = Number(value.toPrecision(3));
  if (rounded === Number(inFile(budget, budget.limit).toPrecision(12))) {
    TRIED.delete(limitKey(test, budget));
  } else {
    TRIED.set(limitKey(test, budget), rounded);
  }
  SHOWING.forEach((show) => show());
}

/** A row per budget: its limit to change, and which levels hold that. */
function whatIf() {
  const rows = TESTS.flatMap((test, at) => budgetsOf(at, null).map((budget) => ({test: at, budget})));
  if (!rows.length) {
    return null;
  }
  const body = rows.map(({test, budget}) => {
    const input = el('input', {
      type: 'number', min: '0', step: 'any', 'aria-label': 'limit of ' + budget.budget,
      onchange: () => {
        if (input.value !== '' && Number(input.value) >= 0) {
          tryLimit(test, budget, inFile(budget, Number(input.value)));
          STATE.set({limits: true});
        }
      },
    });
    const held = el('td', {'aria-live': 'polite'});
    const broken = el('td', {});
    const row = el('tr', {}, TESTS.length > 1 ? el('td', {}, shortName(TESTS[test])) : null,
      el('th', {scope: 'row'}, words(budget.metric) + (budget.statistic ? ' ' + budget.statistic : '') + ' ' + budget.comparator),
      el('td', {}, input, ' ' + budget.unit), held, broken);
    SHOWING.push(() => {
      if (document.activeElement !== input) {
        input.value = trimmed(fromFile(budget, limitOf(test, budget)));
      }
      row.classList.toggle('tried', isTried(test, budget));
      const [yes, no] = heldAndBroken(test, budget);
      replace(held, yes.length ? '✔ ' + yes.join(', ') : '–');
      replace(broken, no.length ? '✘ ' + no.join(', ') : '–');
    });
    return row;
  });
  const reset = el('button', {type: 'button', onclick: () => {
    TRIED.clear();
    SHOWING.forEach((show) => show());
    STATE.set({limits: true});
  }}, 'limits as they were');
  SHOWING.forEach((show) => show());
  return el('details', {class: 'what-if'}, el('summary', {}, 'Try other limits'),
    el('p', {class: 'quiet'}, 'Held against the measured values alone: intervals and validity checks are not judged again, and the run’s verdict stays as it is.'),
    wide('Try other limits', el('table', {}, el('thead', {}, el('tr', {},
      TESTS.length > 1 ? el('th', {scope: 'col'}, 'test') : null,
      ['budget', 'limit', 'would hold at', 'would break at'].map((text) => el('th', {scope: 'col'}, text)))), el('tbody', {}, body))),
    el('p', {}, reset));
}

function heldAndBroken(test, budget) {
  const limit = limitOf(test, budget);
  const [yes, no] = [[], []];
  measured(test).forEach((level) => {
    const value = valueOf(level, budget);
    if (value === undefined || !(level.budgets || []).some((each) => each.budget === budget.budget)) {
      return;
    }
    (value !== null && holds(budget.comparator, value, limit) ? yes : no).push(level.name);
  });
  return [yes, no];
}
