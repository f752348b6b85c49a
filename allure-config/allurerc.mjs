// Allure 3 (npm "allure"). The Maven build makes an Allure 2 report and needs none of this.
//
//   npx allure@3.18.0 generate target/allure-results --config allure-config/allurerc.mjs
//
// Then serve target/allure-report-3 by HTTP ("npx allure@3.18.0 open target/allure-report-3"): browsers forbid its requests on
// file://. It imports nothing, so that it may lie anywhere. For rules on metrics see quality-gate.mjs.
import { readFileSync } from "node:fs";

// Allure 2 finds categories.json among the results; Allure 3 wants them here, and puts a test into the first that fits.
// A message of ours is the budget and the level, so that a category holds a group for each.
const categories = JSON.parse(readFileSync(new URL("./categories.json", import.meta.url), "utf8")).map((category) => ({
  ...category,
  groupByMessage: true,
}));

export default {
  name: "LLM load",
  output: "./target/allure-report-3",
  // Keep this file between runs, by a commit or a CI cache: history, trends and rules on a change are made of it.
  historyPath: "./.allure/history.jsonl",
  appendHistory: true,
  categories,

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
    awesome: { options: { reportName: "LLM load", singleFile: false, groupBy: ["suite"] } },
  },
};
