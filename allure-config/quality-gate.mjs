// Rules of Allure 3 on the metrics of a run and on their change since the last one. Needs Node 22 or newer.
//
//   npx allure@3.18.0 quality-gate target/allure-results --config allure-config/quality-gate.mjs
//
// Run it before the report: the report appends this run to the history, and a change is judged against the last entry.
// The gate itself appends nothing. Budgets fail the tests themselves; these rules are for what only a history can tell.
import report from "./allurerc.mjs";

export default {
  ...report,
  appendHistory: false,
  plugins: {},
  qualityGate: {
    rules: [
      { maxFailures: 0 },
      // { id: "ttft", metricMax: { key: "ChatReleaseTest.chat.100-users.ttft.p95", value: 1500, unit: "ms" } },
      // { id: "drift", metricMaxDeltaPercent: { key: "ChatReleaseTest.chat.100-users.ttft.p95", value: 10 } },
    ],
  },
};
