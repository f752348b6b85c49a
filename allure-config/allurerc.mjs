// Allure 3 (npm "allure"). The Maven build makes an Allure 2 report and needs none of this.
//
//   npx allure generate target/allure-results --config allure-config/allurerc.mjs
//
// Then serve target/allure-report-3 by HTTP ("npx allure open target/allure-report-3"): browsers forbid its requests on
// file://. For rules on metrics see quality-gate.mjs.
import { readFileSync } from "node:fs";
import { defineConfig } from "allure";

// Allure 2 finds categories.json among the results; Allure 3 wants them here, and puts a test into the first that fits.
// A message holds times that differ in each run, so failures are not told apart by it.
const categories = JSON.parse(readFileSync(new URL("./categories.json", import.meta.url), "utf8")).map((category) => ({
  ...category,
  groupByMessage: false,
}));

export default defineConfig({
  name: "LLM load",
  output: "./target/allure-report-3",
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
});
