// The line that stays in view: where to go, which level is looked at, light or dark.

function navigation(sections) {
  const nav = document.getElementById('nav');
  fill(nav, sections.map(([id, title]) => el('a', {href: '#' + id}, title)));
  nav.append(themeButton());
}

function themeButton() {
  const media = window.matchMedia('(prefers-color-scheme: dark)');
  const root = document.documentElement;
  const isDark = () => (root.dataset.theme ? root.dataset.theme === 'dark' : media.matches);
  const button = el('button', {type: 'button', class: 'theme', onclick: () => {
    root.dataset.theme = isDark() ? 'light' : 'dark';
    label();
    redrawAll();
  }});
  const label = () => replace(button, isDark() ? 'light' : 'dark');
  media.addEventListener('change', () => {
    label();
    redrawAll();
  });
  label();
  return button;
}

/** Which level two sections look at. One choice, shown in each. */
function levelChoice() {
  const host = el('span', {class: 'level-choice'});
  const show = () => {
    const options = [];
    TESTS.forEach((test, at) => test.levels.forEach((level, place) => {
      if (isMeasured(level)) {
        options.push([at + '-' + place, mark(level.verdict) + ' ' + (TESTS.length > 1 ? shortName(test) + ' @ ' : '') + level.name]);
      }
    }));
    replace(host, choice('level', options, STATE.test + '-' + STATE.level, (value) => {
      const [test, level] = value.split('-').map(Number);
      STATE.set({test, level});
    }));
  };
  show();
  STATE.onChange((changes) => {
    if ('level' in changes) {
      host.querySelector('select').value = STATE.test + '-' + STATE.level;
    }
  });
  return host;
}

function chosenLevel() {
  return TESTS[STATE.test] && TESTS[STATE.test].levels[STATE.level];
}

function chosenName() {
  const test = TESTS[STATE.test];
  return (TESTS.length > 1 ? shortName(test) + ' @ ' : '') + chosenLevel().name;
}
