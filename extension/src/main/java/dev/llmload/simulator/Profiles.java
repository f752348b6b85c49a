package dev.llmload.simulator;

import dev.llmload.simulator.engine.GpuModel;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The parameters, the profiles, and where their values come from. A profile is a list of {@code key=value} pairs over
 * the defaults.
 *
 * <p>{@code default}, {@code fast} and {@code slow} time each answer by itself and model no machine.
 *
 * <p>{@code llama-3-8b-a40}: Llama-3-8B in FP16 on an NVIDIA A40 (48 GB, 696 GB/s, 149.7 TFLOPS) under LMDeploy's
 * PyTorch engine, as three published runs saw it. <em>From data sheets:</em> {@code perContextToken} is the 128 KiB of
 * KV entries that a token of this model has, read at 696 GB/s; {@code kvTokens} is what 0.92 of the memory that the
 * weights leave has room for; {@code maxBatch} is the runs' flag, {@code maxContext} the second run's. <em>Fitted</em> to the
 * throughput of the first run (184.1, 756.9 and 1457.8 tok/s with 10, 50 and 100 users): {@code stepBase} and
 * {@code perSequence}, with prompts of 15 tokens, such that a steady closed loop, a whole run of five requests a user
 * and five waves all lie within 15 %. {@code tokens} has that run's mean, 117 tokens an answer, and the ratio of its p95
 * to its median latency. {@code prefillRate} is an assumption (64 % of the peak).
 * <em>Not reproduced:</em> the run's latencies, which are 14 to 21 % shorter. It sent its requests in five waves and
 * had on average 7.5, 39.9 and 78.3 of them in flight (Little's law) where a closed loop holds 10, 50 and 100: the same
 * throughput with more in flight is a longer latency. Its time to first token was its total latency and says nothing.
 * The base of 50 ms a step is more than twice what reading the weights takes: it is the run's, not the machine's best.
 * And its throughput per user falls by 18 % from 10 to 50 users, by 4 % from 50 to 100: steps that grow linearly with the
 * batch cannot do that, so the model is 12 % above the run at 50 users, where it fits least.
 *
 * <p>{@code h100-fast}: Llama-3-8B in BF16 on an H100 SXM (80 GB, 3350 GB/s). Not fitted to a measurement: reading
 * 16 GB of weights takes 4.8 ms, to which 1.7 ms are added; the KV entries are read at 3350 GB/s; prefill runs at 40 %
 * of the peak; 42 GB are left for KV entries.
 *
 * <p>{@code small}: made up, to saturate early: 16 at once, so that throughput stops growing at 16 users and the time
 * to first token begins to; with prompts of some 150 tokens its KV cache is full before that, and it preempts.
 *
 * <p>{@code release-a} and {@code release-b}: made up; one machine with a slow prefill, and the same whose prefill
 * takes 20 % longer. All else is equal, the seed included.
 *
 * <p>The GPUs ({@link GpuModel}): names and limits are those of the data sheets; what they draw idle and by the least work
 * are assumptions, except for the A40's {@code gpuActiveWatts}, with which the profile draws what the published run did
 * (242.3, 250.4 and 257.0 W with 10, 50 and 100 users). {@code small} and the releases name a GPU of their size; timed answers
 * run on none that exists. {@code gpuModelGb} is 16 GB of weights (8B in FP16) and 1 GB for the engine.
 */
final class Profiles {
    static final String DEFAULT = "default";

    private static final String TIMED = "ttft=80ms&ttftJitter=25%&ttftPerPromptToken=20us&prefill=0ms&tpot=6ms"
            + "&tpotJitter=10%&tpotGrowth=1%&tokensPerChunk=1&maxConcurrent=64";

    private static final String ENGINE = "prefillRate=10000&stepTokens=2048&stepBase=10ms&perSequence=50us"
            + "&perContextToken=100ns&maxBatch=64&kvTokens=65536&maxContext=8192&prefixCache=true&prefixCacheTokens=0"
            + "&replicas=1&stickyHeader=";

    private static final String COMMON = "tokens=30..90&lengths=uniform&engine=timed&seed=42"
            + "&gpu=Simulated GPU&gpuIdleWatts=50&gpuActiveWatts=200&gpuMaxWatts=300&gpuMemoryGb=24&gpuModelGb=17"
            + "&gpuKbPerToken=128&model=simulated-model&anyModel=false&apiKey=&slowStart=0ms"
            + "&errorRate=0&rateLimitRate=0&stallRate=0&stallFirstRate=0&resetRate=0&truncateRate=0&streamErrorRate=0"
            + "&emptyRate=0&lateRate=0&faultAfter=3&errorStatus=500&late=2s"
            + "&buffered=false&noUsage=false&rejectStreamOptions=false&cacheDetails=true";

    private static final String RELEASE = "engine=batch&stepTokens=512&stepBase=8ms&perSequence=100us"
            + "&perContextToken=200ns&maxBatch=32&kvTokens=65536&tokens=40..80&prefixCache=false"
            + "&gpu=NVIDIA L4&gpuIdleWatts=17&gpuActiveWatts=50&gpuMaxWatts=72";

    private static final Map<String, String> PROFILES = new LinkedHashMap<>();

    static {
        PROFILES.put(DEFAULT, "");
        PROFILES.put(
                "fast",
                "ttft=5ms&ttftJitter=0&ttftPerPromptToken=0ms&tpot=1ms&tpotJitter=0&tpotGrowth=0&tokens=20..40"
                        + "&maxConcurrent=0");
        PROFILES.put("slow", "ttft=600ms&prefill=20ms&tpot=30ms&tpotGrowth=2%&tokens=60..160&maxConcurrent=16");
        PROFILES.put(
                "llama-3-8b-a40",
                "engine=batch&model=llama-3-8b&prefillRate=6000&stepTokens=2048&stepBase=50ms&perSequence=140us"
                        + "&perContextToken=188ns&maxBatch=256&kvTokens=207000&maxContext=8192&prefixCache=false"
                        + "&tokens=92..142&gpu=NVIDIA A40&gpuIdleWatts=75&gpuActiveWatts=240&gpuMaxWatts=300"
                        + "&gpuMemoryGb=48.3");
        PROFILES.put(
                "h100-fast",
                "engine=batch&model=llama-3-8b&prefillRate=25000&stepTokens=8192&stepBase=6.5ms&perSequence=20us"
                        + "&perContextToken=39ns&maxBatch=256&kvTokens=320000&maxContext=8192"
                        + "&tokens=60..600&lengths=lognormal&gpu=NVIDIA H100 80GB HBM3&gpuIdleWatts=70"
                        + "&gpuActiveWatts=330&gpuMaxWatts=700&gpuMemoryGb=85.5");
        PROFILES.put(
                "small",
                "engine=batch&prefillRate=4000&stepTokens=512&stepBase=12ms&perSequence=300us&perContextToken=1us"
                        + "&maxBatch=16&kvTokens=2048&maxContext=1024&tokens=30..90&gpu=NVIDIA A10&gpuIdleWatts=20"
                        + "&gpuActiveWatts=110&gpuMaxWatts=150");
        PROFILES.put("release-a", RELEASE + "&prefillRate=1200");
        PROFILES.put("release-b", RELEASE + "&prefillRate=1000");
    }

    private Profiles() {}

    static Set<String> names() {
        return PROFILES.keySet();
    }

    /** Every parameter with its value in a profile. */
    static Map<String, String> values(String profile) {
        Map<String, String> values = pairs(TIMED);
        values.putAll(pairs(COMMON));
        values.putAll(pairs(ENGINE));
        values.putAll(pairs(PROFILES.get(profile)));
        return values;
    }

    /** Parameters that only answers timed one by one obey. */
    static Set<String> timedOnly() {
        return pairs(TIMED).keySet();
    }

    /** Parameters that only a batching engine obeys. */
    static Set<String> engineOnly() {
        return pairs(ENGINE).keySet();
    }

    private static Map<String, String> pairs(String query) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String pair : query.isEmpty() ? new String[0] : query.split("&")) {
            int equals = pair.indexOf('=');
            pairs.put(pair.substring(0, equals), pair.substring(equals + 1));
        }
        return pairs;
    }
}
