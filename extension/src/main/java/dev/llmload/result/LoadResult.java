package dev.llmload.result;

import java.util.List;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * What one level of a load test came to; injected into the test by type. Immutable and safe for use by any thread.
 *
 * <p>It reads like the metric names: {@code result.ttft().p95()} is a {@link java.time.Duration},
 * {@code result.ttft().ofSuccesses().p95()} leaves failed requests out. A metric that may be absent says so
 * ({@code isPresent()}, {@code optional()}); reading it then throws {@link AbsentMetricException} with the reason. Nothing is
 * ever null, and nothing absent is ever 0. Only this library makes results: new members may come with any version.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public interface LoadResult {
    /** Whose level this is: test, endpoint, model. */
    Subject subject();

    /** Which level this is. */
    Level level();

    /** Where the numbers come from. */
    Window window();

    /** What became of the requests. */
    RequestCounts requests();

    /** What the server's usage said. */
    TokenCounts tokens();

    /** Why the level stopped sending before its end; empty if it did not. */
    Optional<String> aborted();

    /** Time-weighted mean of the requests in flight in the window. */
    double inFlightMean();

    /** What the level says about its own measurement. */
    List<ValidityCheck> validity();

    /** By how much the numbers may be wrong through the client's own doing. */
    MeasurementError error();

    /** One entry per stretch of time, each of at most 250 ms up to an hour, from the first request sent. */
    List<TimelinePoint> timeline();

    /** What a reader should know, one sentence each. */
    List<String> notes();

    /** What the GPUs did meanwhile; empty if nobody watched them. */
    Optional<GpuMeasurement> gpu();

    /** What the server said of itself meanwhile, on its own page of counters; empty if it has none that is known. */
    Optional<ServerMeasurement> server();

    /**
     * The distribution behind a latency (nanoseconds) or a speed (tok/s).
     *
     * @throws IllegalArgumentException if the metric is one number
     */
    Distribution distribution(Metric metric);

    /**
     * A metric that is one number, in base units: fractions for ratios, tok/s, req/s, W, J.
     *
     * @throws IllegalArgumentException if the metric is a distribution
     */
    Quantity quantity(Metric metric);

    /**
     * A latency by its metric.
     *
     * @throws IllegalArgumentException if the metric is none
     */
    default Latency latency(Metric metric) {
        if (metric.kind() != Metric.Kind.LATENCY) {
            throw new IllegalArgumentException(metric.word() + " is not a latency");
        }
        return new Latency(metric, distribution(metric));
    }

    /**
     * A speed of single requests by its metric.
     *
     * @throws IllegalArgumentException if the metric is none
     */
    default Speed speed(Metric metric) {
        if (metric.kind() != Metric.Kind.SPEED) {
            throw new IllegalArgumentException(metric.word() + " is not a speed of single requests");
        }
        return new Speed(metric, distribution(metric));
    }

    /** First token event − sent; in open loop − the scheduled instant. */
    default Latency ttft() {
        return latency(Metric.TTFT);
    }

    /** First token event that is not reasoning − sent; in open loop − the scheduled instant. */
    default Latency ttfo() {
        return latency(Metric.TTFO);
    }

    /** Response head − sent. Not TTFT. */
    default Latency ttfb() {
        return latency(Metric.TTFB);
    }

    /** DNS + TCP + TLS of the connection used; 0 on reuse. */
    default Latency connect() {
        return latency(Metric.CONNECT);
    }

    /** Time per output token after the first, per request; absent where no answer has more than one token. */
    default Latency tpot() {
        return latency(Metric.TPOT);
    }

    /** Gap between consecutive arrivals of one request, pooled: the stall detector, not TPOT. */
    default Latency itl() {
        return latency(Metric.ITL);
    }

    /** Last token event − sent; in open loop − the scheduled instant. */
    default Latency e2e() {
        return latency(Metric.E2E);
    }

    /** Closed − last token event. */
    default Latency streamClose() {
        return latency(Metric.STREAM_CLOSE);
    }

    /** Sent − scheduled. */
    default Latency dispatchDelay() {
        return latency(Metric.DISPATCH_DELAY);
    }

    /** First token event − sent, whatever the loop: what the endpoint did. */
    default Latency serviceTtft() {
        return latency(Metric.SERVICE_TTFT);
    }

    /** First token event that is not reasoning − sent, whatever the loop. */
    default Latency serviceTtfo() {
        return latency(Metric.SERVICE_TTFO);
    }

    /** Last token event − sent, whatever the loop. */
    default Latency serviceE2e() {
        return latency(Metric.SERVICE_E2E);
    }

    /** service_ttft / prompt tokens that were not cached, per request; absent where their number is not known. */
    default Latency ttftPerPromptToken() {
        return latency(Metric.TTFT_PER_PROMPT_TOKEN);
    }

    /** Output tokens / service_e2e, per request. */
    default Speed requestSpeed() {
        return speed(Metric.REQUEST_SPEED);
    }

    /** 1 / tpot, per request. */
    default Speed outputSpeed() {
        return speed(Metric.OUTPUT_SPEED);
    }

    /** Successful / attempted, a fraction. */
    default Quantity successRate() {
        return quantity(Metric.SUCCESS_RATE);
    }

    /** Output tokens per second in the window, successes only. */
    default Quantity throughput() {
        return quantity(Metric.THROUGHPUT);
    }

    /** Throughput plus uncached prompt tokens per second. */
    default Quantity totalThroughput() {
        return quantity(Metric.TOTAL_THROUGHPUT);
    }

    /** Completed successes per second of the window. */
    default Quantity requestRate() {
        return quantity(Metric.REQUEST_RATE);
    }

    /** Share of the prompt tokens that came from the server's cache, a fraction; absent where its usage does not say. */
    default Quantity cachedShare() {
        return quantity(Metric.CACHED_SHARE);
    }

    /** Model FLOPs utilisation, a fraction. */
    default Quantity mfu() {
        return quantity(Metric.MFU);
    }

    /** Output tokens only, twice the parameters each, by the peak: a fraction. */
    default Quantity decodeMfu() {
        return quantity(Metric.DECODE_MFU);
    }

    /** Memory bandwidth utilisation while decoding, a fraction. */
    default Quantity mbu() {
        return quantity(Metric.MBU);
    }

    /** Mean power of the GPUs in the window, W. */
    default Quantity power() {
        return quantity(Metric.POWER);
    }

    /** Energy of the GPUs in the window, J. */
    default Quantity energy() {
        return quantity(Metric.ENERGY);
    }

    /** Energy of an output token, J. */
    default Quantity joulesPerToken() {
        return quantity(Metric.JOULES_PER_TOKEN);
    }

    /** Output tokens of a joule. */
    default Quantity tokensPerJoule() {
        return quantity(Metric.TOKENS_PER_JOULE);
    }

    /** Share of time in which at least one kernel ran, a fraction; not compute utilisation. */
    default Quantity gpuUtil() {
        return quantity(Metric.GPU_UTIL);
    }

    /** Highest memory in use of any GPU, GB. */
    default Quantity gpuMemory() {
        return quantity(Metric.GPU_MEMORY);
    }

    /** Highest temperature of any GPU, °C. */
    default Quantity gpuTemperature() {
        return quantity(Metric.GPU_TEMPERATURE);
    }

    /** Sent / target rate of an open loop, a fraction. */
    default Quantity achievedRate() {
        return quantity(Metric.ACHIEVED_RATE);
    }

    /** What a million tokens, input and output, cost, $. */
    default Quantity costPerMillion() {
        return quantity(Metric.COST_PER_MILLION);
    }

    /** What a million tokens cost, $, where only those of good answers count. */
    default Quantity costPerMillionGood() {
        return quantity(Metric.COST_PER_MILLION_GOOD);
    }

    /** Requests in work by the server's own word: their mean over the window. */
    default Quantity serverRunning() {
        return quantity(Metric.SERVER_RUNNING);
    }

    /** The most requests in work by the server's own word. */
    default Quantity serverRunningMax() {
        return quantity(Metric.SERVER_RUNNING_MAX);
    }

    /** Requests in the server's queue by its own word: their mean over the window. */
    default Quantity serverWaiting() {
        return quantity(Metric.SERVER_WAITING);
    }

    /** The most requests in the server's queue by its own word. */
    default Quantity serverWaitingMax() {
        return quantity(Metric.SERVER_WAITING_MAX);
    }

    /** Mean share of the server's KV cache in use, a fraction. */
    default Quantity kvCacheUsage() {
        return quantity(Metric.KV_CACHE_USAGE);
    }

    /** Highest share of the server's KV cache in use, a fraction. */
    default Quantity kvCacheUsageMax() {
        return quantity(Metric.KV_CACHE_USAGE_MAX);
    }

    /** Share of the prompt tokens that the server's prefix cache had, a fraction. */
    default Quantity prefixHitRate() {
        return quantity(Metric.PREFIX_HIT_RATE);
    }

    /** Times that a request lost its KV entries to others. */
    default Quantity preemptions() {
        return quantity(Metric.PREEMPTIONS);
    }

    /** Tokens of a step with speculative decoding. */
    default Quantity acceptanceLength() {
        return quantity(Metric.ACCEPTANCE_LENGTH);
    }

    /** Good answers per second: they succeeded and met every objective of {@code @GoodAnswer}. */
    default Quantity goodput() {
        return quantity(Metric.GOODPUT);
    }

    /** Input and output tokens of good answers per second of the window. */
    default Quantity tokenGoodput() {
        return quantity(Metric.TOKEN_GOODPUT);
    }

    /** Good / (attempted − cut), a fraction. */
    default Quantity goodFraction() {
        return quantity(Metric.GOOD_FRACTION);
    }
}
