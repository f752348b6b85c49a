// Another results.json beside this one: dropped onto the page, or chosen. It stays in this browser.

function otherRun() {
  const out = el('div', {'aria-live': 'polite'});
  const read = (file) => {
    const reader = new FileReader();
    reader.onload = () => replace(out, otherTables(file.name, String(reader.result)));
    reader.onerror = () => replace(out, wrongFile(file.name + ' cannot be read: ' + reader.error.message + '.'));
    reader.readAsText(file);
  };
  const input = el('input', {type: 'file', accept: '.json,application/json', onchange: () => input.files[0] && read(input.files[0])});
  const zone = el('div', {class: 'drop'}, el('label', {}, 'Drop a results.json of another run onto this page, or choose it: ', input));
  document.addEventListener('dragover', (event) => {
    event.preventDefault();
    zone.classList.add('over');
  });
  document.addEventListener('dragleave', () => zone.classList.remove('over'));
  document.addEventListener('drop', (event) => {
    event.preventDefault();
    zone.classList.remove('over');
    document.getElementById('compare').scrollIntoView();
    const file = event.dataTransfer && event.dataTransfer.files[0];
    if (file) {
      read(file);
    } else {
      replace(out, wrongFile('What was dropped is no file.'));
    }
  });
  return el('div', {}, el('h3', {}, 'Another run'), zone, out);
}

function wrongFile(sentence) {
  return el('p', {class: 'ERROR'}, '✘ ' + sentence + ' Expected: the results.json of another run, schema ' + RESULTS.schema + '.');
}

function otherTables(name, text) {
  let other;
  try {
    other = JSON.parse(text);
  } catch (error) {
    return wrongFile(name + ' is no JSON: ' + error.message + '.');
  }
  if (other === null || typeof other !== 'object' || !Array.isArray(other.tests)) {
    return wrongFile(name + ' is JSON, but no results.json.');
  }
  if (other.schema !== RESULTS.schema) {
    return wrongFile(name + ' has schema ' + JSON.stringify(other.schema) + '.');
  }
  try {
    return comparison(name, other);
  } catch (error) {
    return wrongFile(name + ' is damaged: ' + error.message + '.');
  }
}

function comparison(name, other) {
  const matched = matches(other);
  const parts = matched.pairs.map((pair) => ({...pair, rows: otherRows(pair.before, pair.now)}));
  if (!parts.length) {
    return el('p', {class: 'INCONCLUSIVE'}, '? ' + name + ' has no level of these tests, so nothing can be compared. '
      + unmatchedText(matched.onlyThere, name));
  }
  const all = parts.flatMap((part) => part.rows);
  return [
    el('p', {}, el('strong', {}, counted(all) + ' at ' + parts.length + (parts.length === 1 ? ' level' : ' levels')), ', this run against ' + name
      + (other.simulated === RESULTS.simulated ? '' : other.simulated ? ' (simulated)' : ' (not simulated)') + '.'),
    el('p', {class: 'quiet'}, 'Plain differences: whether one is more than chance is not judged here; a baseline in the test does that.'),
    matched.onlyHere.length ? el('p', {class: 'INCONCLUSIVE'}, '? ' + unmatchedText(matched.onlyHere, 'this run')) : null,
    matched.onlyThere.length ? el('p', {class: 'INCONCLUSIVE'}, '? ' + unmatchedText(matched.onlyThere, name)) : null,
    parts.map((part) => el('details', {open: parts.length <= 3 || part.rows.some((row) => row.way === 'worse')},
      el('summary', {}, part.title, verdictPair(part.before, part.now), ': ' + counted(part.rows)),
      table(part.title + ': this run against ' + name, ['metric', {text: name, n: true}, {text: 'this run', n: true}, {text: 'change', n: true}, ''],
        part.rows.map((row) => [row.title, shown(row.before, row.unit), shown(row.now, row.unit), row.change,
          {text: WAYS[row.way] + ' ' + row.way, class: 'way ' + row.way}])))),
  ];
}

const WAYS = {better: '▲', worse: '▼', same: '=', 'one side only': '–'};

/** Levels by test and name: those that both runs have, and those that only one has. */
function matches(other) {
  const places = (tests) => tests.flatMap((test) => (test.levels || []).map((level) => ({
    key: test.id + ' @ ' + level.name, title: (TESTS.length > 1 ? shortName(test) + ' @ ' : '') + level.name, level,
  })));
  const here = places(TESTS);
  const there = places(other.tests);
  const found = (list, key) => list.find((place) => place.key === key);
  const hasNumbers = (level) => Boolean(level.requests && level.ttft_ms);
  const pairs = here.filter((place) => found(there, place.key)).map((place) => ({
    title: place.title, before: found(there, place.key).level, now: place.level,
  }));
  const isComparable = (pair) => hasNumbers(pair.before) && hasNumbers(pair.now);
  return {
    pairs: pairs.filter(isComparable),
    onlyHere: [...here.filter((place) => !found(there, place.key)).map((place) => place.title),
      ...pairs.filter((pair) => !isComparable(pair)).map((pair) => pair.title + ' (no numbers)')],
    onlyThere: there.filter((place) => !found(here, place.key)).map((place) => place.title),
  };
}

function unmatchedText(titles, where) {
  return titles.length ? 'Not compared, because only ' + where + ' has ' + (titles.length === 1 ? 'it: ' : 'them: ') + titles.join(', ') + '.' : '';
}

function counted(rows) {
  return ['worse', 'better', 'same'].map((way) => [way, rows.filter((row) => row.way === way).length])
    .filter(([, count]) => count).map(([way, count]) => count + ' ' + way).join(', ');
}

/** Every metric that either level has: what was, what is, the change, and which way that is by the metric's direction. */
function otherRows(before, now) {
  const words = [...new Set([...distributions(now), ...distributions(before)].map((each) => each.word))];
  const spread = words.map((word) => {
    const known = distribution(now, word) || distribution(before, word);
    const value = (level) => (distribution(level, word) || {values: {}}).values[STATE.percentile];
    return otherRow(word, known.title + ' ' + STATE.percentile, known.unit, value(before), value(now));
  });
  const single = NUMBERS.map((metric) => otherRow(metric.word, metric.title, metric.unit, metric.of(before), metric.of(now)));
  return [...spread, ...single].filter(Boolean);
}

function otherRow(word, title, unit, before, now) {
  if (before === undefined && now === undefined) {
    return null;
  }
  const change = typeof before === 'number' && typeof now === 'number' && before !== 0 ? signedPercent(now / before - 1)
    : before === now ? signedPercent(0) : '–';
  return {word, title, unit, before, now, change, way: wayOf(word, before, now)};
}

// A percentile that falls on a failed request is worse than any value.
function wayOf(word, before, now) {
  if (before === undefined || now === undefined) {
    return 'one side only';
  }
  const worst = isLowerBetter(word) ? Infinity : -Infinity;
  const [one, two] = [before, now].map((value) => (typeof value === 'number' ? value : worst));
  return one === two ? 'same' : (two < one) === isLowerBetter(word) ? 'better' : 'worse';
}

function verdictPair(before, now) {
  return before.verdict === now.verdict ? null : ' (' + mark(before.verdict) + ' ' + words(before.verdict) + ' → ' + mark(now.verdict) + ' ' + words(now.verdict) + ')';
}
