// Numbers as the console and the other files show them.

function fixed(value, decimals) {
  return value.toFixed(decimals);
}

/** About three digits that mean something: 1620, 97.0, 9.87, 0.123. */
function plain(value) {
  const size = Math.abs(value);
  return fixed(value, size >= 99.95 ? 0 : size >= 9.995 ? 1 : size >= 0.9995 || size === 0 ? 2 : 3);
}

/** A fraction as a percentage; 100 % and 0 % only if it is. */
function percent(fraction) {
  const value = fraction * 100;
  let decimals = 1;
  while (decimals < 6 && ((value !== 100 && Number(fixed(value, decimals)) === 100)
      || (value !== 0 && Number(fixed(value, decimals)) === 0))) {
    decimals++;
  }
  return fixed(value, decimals) + ' %';
}

function seconds(value) {
  return (value >= 10 ? fixed(value, 1) : plain(value)) + ' s';
}

function signedPercent(fraction) {
  return (fraction >= 0 ? '+' : '') + fixed(fraction * 100, 1) + ' %';
}

function whole(value) {
  return Math.round(value).toLocaleString('en-US').replace(/,/g, '\u202f');
}

function money(value) {
  return '$' + fixed(value, value >= 1 || value === 0 ? 2 : Math.max(2, 1 - Math.floor(Math.log10(value))));
}

/** A value of results.json with its unit; "failed" where a percentile falls on a failed request. */
function shown(value, unit) {
  if (value === undefined) {
    return '–';
  }
  if (value === null || value === 'failed') {
    return 'failed';
  }
  switch (unit) {
    case 'ms': return plain(value) + ' ms';
    case 'fraction': return percent(value);
    case '$': return money(value);
    case 'tok/s': return fixed(value, 1) + ' tok/s';
    case '': return plain(value);
    default: return plain(value) + ' ' + unit;
  }
}

/** The same, with digits added until it does not look like the limit that it misses. */
function shownBeside(value, unit, limit) {
  const text = shown(value, unit);
  if (typeof value !== 'number' || value === limit || text !== shown(limit, unit)) {
    return text;
  }
  const scale = unit === 'fraction' ? 100 : 1;
  let decimals = 1;
  while (decimals < 9 && fixed(value * scale, decimals) === fixed(limit * scale, decimals)) {
    decimals++;
  }
  return unit === '$' ? '$' + fixed(value, decimals) : fixed(value * scale, decimals) + ' ' + (unit === 'fraction' ? '%' : unit);
}

/** The same without unit, for a column whose head says it. */
function bare(value, unit) {
  return withoutUnit(shown(value, unit), unit);
}

function withoutUnit(text, unit) {
  return unit && unit !== 'fraction' && unit !== '$' && text.endsWith(' ' + unit)
    ? text.slice(0, -unit.length - 1) : text;
}
