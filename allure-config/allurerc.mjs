// Allure 3 (npm "allure", Node 22 or newer). The Maven build makes an Allure 2 report and needs none of this.
//
//   npx allure generate target/allure-results --config allure-config/allurerc.mjs
//   npx allure quality-gate target/allure-results --config allure-config/allurerc.mjs
//
// The quality gate appends to the history as the report does. Run it after the report, or copy this file and set
// appendHistory to false in the copy, or a rule on a change compares a run with itself.
import { defineConfig } from "allure";

export default defineConfig({
  name: "LLM load",
  output: "./target/allure-report-3",
  historyPath: "./.allure/history.jsonl",
  appendHistory: true,

  // Every load test writes *-perf.json with one value per metric and level. A key is
  // <Class>.<method>.<level>.<metric>[.<percentile>], for example ChatReleaseTest.chat.100-users.ttft.p95
  performance: {
    groups: {
      ttft: { title: "Time to first token" },
      tpot: { title: "Time per output token" },
      itl: { title: "Inter-token latency" },
      e2e: { title: "Total latency" },
      throughput: { title: "Throughput" },
      request_rate: { title: "Request rate" },
      success_rate: { title: "Success rate" },
    },
  },

  plugins: {
    awesome: { options: { reportName: "LLM load", singleFile: false } },
  },

  // Budgets fail the tests themselves; these rules are for what only a history can tell.
  qualityGate: {
    rules: [
      { maxFailures: 0 },
      // { id: "ttft-drift", metricMaxDeltaPercent: { key: "ChatReleaseTest.chat.100-users.ttft.p95", value: 10 } },
    ],
  },
});
