// Whether the numbers can be trusted, and where they come from.

function trustSection() {
  return section('trust', 'Trust', ownError(), checks(), notes(), metadata(), rawFiles());
}

function eachLevel() {
  return TESTS.flatMap((test) => test.levels.filter(isMeasured).map((level) => ({
    level, name: (TESTS.length > 1 ? shortName(test) + ' @ ' : '') + level.name,
  })));
}

/** What the measurement itself may add to a latency; how fast this machine could have measured. */
function ownError() {
  const rows = eachLevel().filter(({level}) => level.measurement_error_ms || distributions(level).some((each) => each.values.error))
    .map(({level, name}) => {
      const ttft = distribution(level, 'ttft');
      const e2e = distribution(level, 'e2e');
      const own = level.measurement_error_ms;
      const error = (each) => (each && each.values.error ? Object.entries(each.values.error).map(([key, value]) => key + ' −' + plain(value)).join(', ') : '–');
      return [{text: name, class: 'name'}, {text: error(ttft), class: 'long'}, {text: error(e2e), class: 'long'},
        {class: 'long', text: own ? ['p50', 'p95', 'p99', 'max'].map((key) => key + ' ' + plain(own[key])).join(', ') + ' (' + own.count + ' tokens)' : '–'},
        level.client_share === undefined ? '–' : percent(level.client_share)];
    });
  const ruler = (DATA.metadata.host || {}).ruler;
  return el('div', {}, el('h3', {}, 'The measurement’s own error'),
    ruler ? el('p', {}, 'Ruler, this machine before the load: ' + ruler) : null,
    rows.length ? table('The measurement’s own error', ['level', 'TTFT, at most ms', 'E2E, at most ms', 'measurement error as measured, ms', 'client’s part of the users’ time'], rows)
      : el('p', {class: 'quiet'}, 'This run did not state one; the check “client keeps up” says whether the client was fast enough.'));
}

function checkState(check) {
  return !check.ok ? ['✘', 'BROKEN'] : check.status === 'WARNING' ? ['!', 'WARNING'] : check.status === 'NOT_MEASURED' ? ['–', 'NOT_MEASURED'] : ['✔', 'PASS'];
}

function checks() {
  const levels = eachLevel();
  const names = [...new Set(levels.flatMap(({level}) => (level.validity || []).map((check) => check.check)))];
  if (!names.length) {
    return null;
  }
  const found = (level, name) => (level.validity || []).find((check) => check.check === name);
  const said = levels.flatMap(({level, name}) => (level.validity || []).map((check) => ({check, name})));
  const broken = said.filter(({check}) => !check.ok);
  const warnings = said.filter(({check}) => checkState(check)[1] === 'WARNING');
  const line = ({check, name}) => {
    const [sign, state] = checkState(check);
    return [el('span', {class: 'tag ' + state}, sign + ' ' + words(state === 'PASS' ? 'OK' : state)), name, {text: check.check, class: 'name'}, {text: check.detail, class: 'long'}];
  };
  return el('div', {}, el('h3', {}, 'Is the measurement itself valid?'),
    table('Validity checks by level', ['check', ...levels.map(({name}) => name)], names.map((name) => [{text: name, class: 'name'}, ...levels.map(({level}) => {
      const check = found(level, name);
      const [sign, state] = check ? checkState(check) : ['', ''];
      return {text: sign + (state === 'PASS' || !state ? '' : ' ' + words(state).toLowerCase()), class: state, title: check ? check.detail : null};
    })])),
    broken.length ? table('Broken checks', ['', 'level', 'check', 'detail'], broken.map(line)) : null,
    warnings.length ? asDetails(warnings.length + (warnings.length === 1 ? ' warning' : ' warnings'),
      () => table('Warnings', ['', 'level', 'check', 'detail'], warnings.map(line))) : null,
    asDetails('what each check saw', () => table('What each check saw', ['', 'level', 'check', 'detail'], said.map(line))));
}

function asDetails(title, make) {
  return el('details', {class: 'values', ontoggle: (event) => {
    if (event.target.open && event.target.children.length === 1) {
      event.target.append(make());
    }
  }}, el('summary', {}, title));
}

function notes() {
  const said = new Map();
  eachLevel().forEach(({level, name}) => (level.notes || []).forEach((note) => said.set(note, [...(said.get(note) || []), name])));
  return said.size ? el('div', {}, el('h3', {}, 'Notes'), el('ul', {}, [...said].map(([note, names]) => el('li', {}, note, el('span', {class: 'quiet'}, ' (' + names.join(', ') + ')'))))) : null;
}

function metadata() {
  const rows = [];
  const walk = (value, path) => {
    if (value !== null && typeof value === 'object') {
      Object.entries(value).forEach(([key, each]) => walk(each, Array.isArray(value) ? [...path, '[' + key + ']'] : [...path, key]));
    } else {
      rows.push([path.join(' · ').replace(/ · \[/g, '['), String(value)]);
    }
  };
  walk(DATA.metadata, []);
  return el('div', {}, el('h3', {}, 'Circumstances'), asDetails('metadata.json', () => table('Metadata', ['key', 'value'], rows)));
}

function rawFiles() {
  const files = DATA.files || [];
  const list = (names) => el('ul', {class: 'files'},
    names.map((name) => el('li', {}, el('a', {href: name.split('/').map(encodeURIComponent).join('/')}, name))));
  const pictures = files.filter((name) => name.startsWith('charts/'));
  return files.length ? el('div', {}, el('h3', {}, 'Files of the run'), list(files.filter((name) => !pictures.includes(name))),
    pictures.length ? asDetails(pictures.length + ' pictures', () => list(pictures)) : null) : null;
}
