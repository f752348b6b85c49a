// What the page is drawn from: results.json, metadata.json, the history, and a packed detail per level.

const DATA = JSON.parse(document.getElementById('data').textContent);
const RESULTS = DATA.results;
const TESTS = RESULTS.tests || [];

/** What a reader has chosen; `changed` tells who shows it. */
const STATE = {
  test: 0,
  level: 0,
  percentile: 'p95',
  listeners: [],
  set(changes) {
    Object.assign(STATE, changes);
    STATE.listeners.forEach((listener) => listener(changes));
  },
  onChange(listener) {
    STATE.listeners.push(listener);
  },
};

/** The metrics that are one number: where results.json has each, and its unit there. */
const NUMBERS = [
  ['success_rate', 'success', 'fraction', (level) => level.success_rate],
  ['throughput', 'tok/s', 'tok/s', (level) => level.throughput_tok_s],
  ['total_throughput', 'tok/s in + out', 'tok/s', (level) => level.total_throughput_tok_s],
  ['request_rate', 'req/s', 'req/s', (level) => level.request_rate],
  ['achieved_rate', 'achieved rate', 'fraction', (level) => level.load && level.load.achieved_rate],
  ['good_fraction', 'good', 'fraction', (level) => level.good_fraction],
  ['goodput', 'good req/s', 'req/s', (level) => level.goodput],
  ['cached_share', 'cached', 'fraction', (level) => level.cached_share],
  ['mfu', 'MFU', 'fraction', (level) => efficiency(level).mfu],
  ['decode_mfu', 'decode MFU', 'fraction', (level) => efficiency(level).decode_mfu],
  ['mbu', 'MBU', 'fraction', (level) => efficiency(level).mbu],
  ['power', 'W', 'W', (level) => devices(level, 'power_w')],
  ['tokens_per_joule', 'tok/J', 'tok/J', (level) => efficiency(level).tokens_per_joule],
  ['joules_per_token', 'J/tok', 'J', (level) => efficiency(level).joules_per_token],
  ['cost_per_million', '$/M tokens', '$', (level) => level.cost && level.cost.per_million_tokens],
  ['cost_per_million_good', '$/M good tokens', '$', (level) => level.cost && level.cost.per_million_good_tokens],
  ['server_running', 'server: in work', '', (level) => level.server && level.server.running],
  ['server_running_max', 'server: most in work', '', (level) => level.server && level.server.running_max],
  ['server_waiting', 'server: waiting', '', (level) => level.server && level.server.waiting],
  ['server_waiting_max', 'server: most waiting', '', (level) => level.server && level.server.waiting_max],
  ['kv_cache_usage', 'server: KV cache in use', 'fraction', (level) => level.server && level.server.kv_cache_usage],
  ['kv_cache_usage_max', 'server: KV cache, highest', 'fraction', (level) => level.server && level.server.kv_cache_usage_max],
  ['prefix_hit_rate', 'server: prefix cache hits', 'fraction', (level) => level.server && level.server.prefix_hit_rate],
  ['preemptions', 'server: preemptions', '', (level) => level.server && level.server.preemptions],
  ['acceptance_length', 'server: tokens a step', '', (level) => level.server && level.server.acceptance_length],
].map(([word, title, unit, of]) => ({word, title, unit, of}));

/** Whether smaller values of a metric are better. */
function isLowerBetter(word) {
  return DATA.lower_is_better.includes(word);
}

function efficiency(level) {
  return level.efficiency || {};
}

// The devices of a level draw their power together.
function devices(level, key) {
  const values = ((level.gpu && level.gpu.devices) || []).map((device) => device[key]);
  return values.length && values.every((value) => value !== undefined)
    ? values.reduce((sum, value) => sum + value, 0) : undefined;
}

function numberMetric(word) {
  return NUMBERS.find((metric) => metric.word === word);
}

const TITLES = {
  ttft: 'TTFT', ttfo: 'TTFO', tpot: 'TPOT', itl: 'ITL', e2e: 'E2E', ttfb: 'TTFB', connect: 'connect',
  service_ttft: 'service TTFT', service_ttfo: 'service TTFO', service_e2e: 'service E2E',
  stream_close: 'stream close', dispatch_delay: 'dispatch delay', request_speed: 'tok/s per request',
  output_speed: 'output speed',
};

/** The distributions of a level: word, title, unit and the object of results.json. */
function distributions(level) {
  return Object.entries(level)
    .filter(([key, value]) => /_(ms|tok_s)$/.test(key) && value && typeof value === 'object' && 'count' in value)
    .map(([key, values]) => {
      const unit = key.endsWith('_ms') ? 'ms' : 'tok/s';
      const word = key.replace(/_(ms|tok_s)$/, '');
      return {word, title: TITLES[word] || words(word), unit, values};
    });
}

function distribution(level, word) {
  return distributions(level).find((each) => each.word === word);
}

/** The percentiles that results.json has, lowest first. */
function percentiles() {
  const keys = new Set();
  for (const test of TESTS) {
    for (const level of test.levels) {
      distributions(level).forEach((each) => Object.keys(each.values)
        .filter((key) => /^p[\d.]+$/.test(key)).forEach((key) => keys.add(key)));
    }
  }
  return [...keys].sort((a, b) => Number(a.slice(1)) - Number(b.slice(1)));
}

/** How much load a level offered: users, or requests a second. */
function offered(level) {
  return level.load ? level.load.concurrency || level.load.requests_per_second : undefined;
}

function loadUnit(levels) {
  return levels.some((level) => level.load && level.load.kind === 'open') ? 'req/s' : 'users';
}

/** Whether a level's numbers are there; an endpoint that cannot be used leaves none. */
function isMeasured(level) {
  return level.detail !== undefined;
}

function shortName(test) {
  return test.short_name || test.id;
}

/** In the unit of results.json: a budget's limit or value. */
function inFile(budget, value) {
  switch (budget.unit) {
    case 'us': return value / 1e3;
    case 's': return value * 1e3;
    case '%': return value / 100;
    case 'kJ': return value * 1e3;
    case 'Wh': return value * 3600;
    default: return value;
  }
}

function fromFile(budget, value) {
  return value / inFile(budget, 1);
}

function isOfBaseline(budget) {
  return / of baseline$/.test(budget.budget);
}

/** The value of a level that a budget is about, in the unit of results.json; null where it falls on a failed request. */
function valueOf(level, budget) {
  const number = numberMetric(budget.metric);
  if (number) {
    return number.of(level);
  }
  const known = distribution(level, budget.metric);
  const value = known && budget.statistic ? known.values[budget.statistic] : undefined;
  return value === 'failed' ? null : value;
}

function holds(comparator, value, limit) {
  switch (comparator) {
    case '<': return value < limit;
    case '<=': return value <= limit;
    case '>': return value > limit;
    default: return value >= limit;
  }
}

const DETAILS = new Map();

/** Series and requests of a level: unpacked when they are first asked for. */
async function detail(level) {
  if (!DETAILS.has(level)) {
    DETAILS.set(level, unpack(level.detail));
  }
  return DETAILS.get(level);
}

async function unpack(text) {
  const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  const found = await new Response(stream).json();
  if (found.requests) {
    found.requests.n = running(found.requests.n);
    found.requests.at = running(found.requests.at);
  }
  return found;
}

function running(differences) {
  let sum = 0;
  return differences.map((difference) => (sum += difference));
}
