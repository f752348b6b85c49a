package dev.llmload.report.file;

import dev.llmload.result.Metric;
import java.util.List;

/** What the numbers of a level are called in metrics.prom: base units, each at the end of its name. */
final class OpenMetricsNames {
    /**
     * A metric that is one number.
     *
     * @param metric which
     * @param name of its family
     * @param unit the end of the name
     * @param times from the metric's own unit to this one
     * @param help what it is
     */
    record One(Metric metric, String name, String unit, double times, String help) {
        MetricFamily family() {
            return MetricFamily.gauge(name, unit, help);
        }
    }

    /**
     * A metric that is a distribution: of seconds if it is a latency, else of tokens per second.
     *
     * @param metric which
     * @param help what it is
     */
    record Distributed(Metric metric, String help) {
        MetricFamily family() {
            String unit = isLatency() ? "seconds" : "tokens_per_second";
            return MetricFamily.summary("llmload_" + metric.word() + "_" + unit, unit, help);
        }

        double unit() {
            return isLatency() ? 1e9 : 1;
        }

        /** What stands for a quantile that falls on a failed request: it is beyond every limit. */
        double onFailure() {
            return isLatency() ? Double.POSITIVE_INFINITY : 0;
        }

        private boolean isLatency() {
            return metric.kind() == Metric.Kind.LATENCY;
        }
    }

    static final List<Distributed> DISTRIBUTIONS = List.of(
            new Distributed(Metric.TTFT, "First token event - sent."),
            new Distributed(Metric.SCHEDULED_TTFT, "First token event - the instant the schedule asked for."),
            new Distributed(Metric.TPOT, "Time per output token after the first, per request."),
            new Distributed(Metric.ITL, "Gap between arrivals, pooled over requests."),
            new Distributed(Metric.E2E, "Last token event - sent."),
            new Distributed(Metric.SCHEDULED_E2E, "Last token event - the instant the schedule asked for."),
            new Distributed(Metric.DISPATCH_DELAY, "Sent - scheduled: how far the client was behind."),
            new Distributed(Metric.REQUEST_SPEED, "Output tokens / e2e, per request."),
            new Distributed(Metric.OUTPUT_SPEED, "1 / tpot, per request."));

    static final List<One> NUMBERS = List.of(
            ratio(Metric.SUCCESS_RATE, "llmload_success_ratio", "Successful / attempted."),
            ratio(Metric.GOOD_FRACTION, "llmload_good_ratio", "Good / attempted."),
            rate(Metric.REQUEST_RATE, "llmload_requests_per_second", "Completed successes per second of the window."),
            rate(Metric.GOODPUT, "llmload_goodput_requests_per_second", "Good requests per second of the window."),
            tokens(
                    Metric.THROUGHPUT,
                    "llmload_throughput_tokens_per_second",
                    "Output tokens of successes, per second."),
            tokens(
                    Metric.TOTAL_THROUGHPUT,
                    "llmload_total_throughput_tokens_per_second",
                    "The same with uncached prompt tokens."),
            ratio(Metric.MFU, "llmload_mfu_ratio", "Model FLOPs / dense peak of the GPUs."),
            ratio(Metric.DECODE_MFU, "llmload_decode_mfu_ratio", "2 N per output token / dense peak."),
            ratio(Metric.MBU, "llmload_mbu_ratio", "Bytes read by the decode steps / memory bandwidth."),
            ratio(
                    Metric.GPU_UTIL,
                    "llmload_gpu_utilization_ratio",
                    "Share of time in which any kernel ran; not compute utilisation."),
            new One(Metric.POWER, "llmload_power_watts", "watts", 1, "Mean power of all GPUs in the window."),
            new One(Metric.ENERGY, "llmload_energy_joules", "joules", 1, "Energy of all GPUs in the window."),
            new One(
                    Metric.TOKENS_PER_JOULE,
                    "llmload_tokens_per_joule",
                    "tokens_per_joule",
                    1,
                    "Output tokens / energy."),
            new One(Metric.GPU_MEMORY, "llmload_gpu_memory_bytes", "bytes", 1e9, "Highest memory in use of any GPU."),
            new One(Metric.GPU_TEMPERATURE, "llmload_gpu_temperature_celsius", "celsius", 1, "Highest of any GPU."),
            new One(
                    Metric.COST_PER_MILLION,
                    "llmload_cost_per_million_tokens_dollars",
                    "dollars",
                    1,
                    "A million tokens, input and output."),
            new One(
                    Metric.COST_PER_MILLION_GOOD,
                    "llmload_cost_per_million_good_tokens_dollars",
                    "dollars",
                    1,
                    "A million tokens of good answers."));

    private OpenMetricsNames() {}

    private static One ratio(Metric metric, String name, String help) {
        return new One(metric, name, "ratio", 1, help);
    }

    private static One rate(Metric metric, String name, String help) {
        return new One(metric, name, "requests_per_second", 1, help);
    }

    private static One tokens(Metric metric, String name, String help) {
        return new One(metric, name, "tokens_per_second", 1, help);
    }
}
