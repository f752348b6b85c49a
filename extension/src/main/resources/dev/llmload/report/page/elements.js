// Elements of the page. Text from outside becomes text nodes and nothing else.

/** An element with attributes, listeners (`on…`) and children: nodes, or anything else as text; null is left out. */
function el(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) {
      continue;
    }
    if (name.startsWith('on')) {
      node.addEventListener(name.slice(2), value);
    } else if (name === 'value' || name === 'checked' || name === 'selected') {
      node[name] = value;
    } else {
      node.setAttribute(name, value === true ? '' : String(value));
    }
  }
  return fill(node, children);
}

function fill(node, children) {
  for (const child of children.flat(Infinity)) {
    if (child !== null && child !== undefined && child !== false) {
      node.append(child instanceof Node ? child : String(child));
    }
  }
  return node;
}

function replace(node, ...children) {
  node.textContent = '';
  return fill(node, children);
}

/** A labelled choice. `options` are [value, text]. */
function choice(label, options, value, changed) {
  const select = el('select', {onchange: () => changed(select.value)},
    options.map(([key, text]) => el('option', {value: key, selected: key === value}, text)));
  select.value = value;
  return el('label', {class: 'choice'}, label, ' ', select);
}

/** A table that scrolls by itself where the screen is narrow. Cells are texts, nodes, lists, or {text, class, title}. */
function table(label, heads, rows) {
  return wide(label, el('table', {},
    el('thead', {}, el('tr', {}, heads.map(headCell))),
    el('tbody', {}, rows.map((row) => el('tr', {}, row.map((cell, at) => bodyCell(cell, heads[at])))))));
}

function isPlain(cell) {
  return cell !== null && typeof cell === 'object' && !(cell instanceof Node) && !Array.isArray(cell);
}

function headCell(head) {
  return isPlain(head)
    ? el('th', {scope: 'col', class: head.n ? 'n' : null}, head.text)
    : head === '' ? el('td', {}) : el('th', {scope: 'col'}, head);
}

function bodyCell(cell, head) {
  const number = head && head.n ? 'n ' : '';
  return isPlain(cell)
    ? el('td', {class: (number + (cell.class || '')).trim() || null, title: cell.title}, cell.text)
    : el('td', {class: number.trim() || null}, cell);
}

function wide(label, content) {
  return el('div', {class: 'wide', tabindex: '0', role: 'group', 'aria-label': label}, content);
}

/** A section of the page with its heading. */
function section(id, title, ...children) {
  return el('section', {id, 'aria-labelledby': id + '-title'},
    el('h2', {id: id + '-title'}, title), children);
}

/** Symbol and word of a verdict: never the colour alone. */
const MARKS = {
  PASS: '✔', FAIL: '✘', ERROR: '✘', MISCONFIGURED: '✘', INCONCLUSIVE: '?', NOT_MEASURED: '–', SKIPPED: '–',
};

function mark(verdict) {
  return MARKS[verdict] || '–';
}

function words(name) {
  return String(name).replace(/_/g, ' ');
}

function verdictTag(verdict) {
  return el('span', {class: 'tag ' + verdict}, mark(verdict), el('span', {class: 'word'}, ' ' + words(verdict)));
}
