package dev.llmload.config;

import java.util.Locale;

/**
 * Every configuration key. Precedence: {@code -D} or launcher parameter, then environment, then
 * {@code junit-platform.properties}, then annotation, then default.
 */
public enum Key {
    /** Server, API base or full endpoint; or {@code simulator}. */
    URL(
            "url",
            "",
            "server (`http://host:8000`), API base (`…/v1`) or full endpoint; `simulator` or `simulator:<profile>`"),
    /** Model name. */
    MODEL("model", "", "model name in the requests; empty: the only one that `/v1/models` lists"),
    /** Switches load tests off. */
    ENABLED("enabled", "true", "`false` disables every load test, with a reason"),
    /** Skips the pre-flight. */
    PREFLIGHT(
            "endpoint.preflight",
            "true",
            "`false` skips the wait for a first completion; then the model must be named and `AUTO` means `CHAT`"),
    /** How long the pre-flight waits. */
    PREFLIGHT_WAIT("endpoint.preflightWait", "2m", "how long the pre-flight waits for a server that is still starting"),
    /** How long to wait for another load test of the host. */
    LOCK_WAIT(
            "load.lockWait",
            "30m",
            "how long to wait for another load test on this host to end; `0s`: not at all; `@Timeout` covers the wait, too"),
    /** Users per level. */
    CONCURRENCY("concurrency", "", "users per level, for example `1,10`; replaces the levels of the annotation"),
    /** Pause of a user. */
    THINK_TIME(
            "load.thinkTime",
            "",
            "closed loop: pause of a user before its next request, `2s` or `0.5s..2s`; empty: none"),
    /** Rates of an open loop. */
    REQUESTS_PER_SECOND(
            "load.requestsPerSecond",
            "",
            "open loop: requests per second of each level, for example `1,5,10`; replaces the levels of the annotation"),
    /** A load that changes with time. */
    STAGES(
            "load.stages",
            "",
            "loads one after the other, for example `10 users 30s, 10 -> 100 users 60s` or `20 req/s 30s`; replaces the levels of the annotation"),
    /** How they follow each other. */
    ARRIVALS(
            "load.arrivals",
            "POISSON",
            "open loop: `POISSON` (like many users, with bursts), `CONSTANT` gaps, or `GAMMA` with a burstiness"),
    /** How regular gaps of a gamma distribution are. */
    BURSTINESS(
            "load.burstiness",
            "1",
            "of `GAMMA` arrivals: the shape of the gaps' distribution; below 1 they come in bursts, 1 is `POISSON`, above it they are more regular"),
    /** Limit of what is in flight. */
    MAX_IN_FLIGHT(
            "load.maxInFlight",
            "0",
            "open loop: most requests in flight; what is due beyond waits, and its waiting counts; 0: no limit"),
    /** Measured requests per level. */
    REQUESTS("load.requests", "0", "measured requests per level; 0: as many as the budgets need"),
    /** Requests per user of an open number. */
    REQUESTS_PER_USER("load.requestsPerUser", "5", "least number of requests per user when `requests` is 0"),
    /** Runs of each level. */
    REPEAT(
            "load.repeat",
            "1",
            "runs of each level; the requests of all runs are judged together, and the spread is shown"),
    /** Length of the window. */
    DURATION("load.duration", "", "length of the measured window; empty: until the requests are sent"),
    /** Longest level. */
    MAX_DURATION("load.maxDuration", "3m", "no level offers load for longer than this"),
    /** When a level stops early. */
    ABORT_WHEN(
            "load.abortWhen", "", "stop a level early, and the levels after it: `success_rate < 90%, ttft p95 > 10 s`"),
    /** Warm-up requests. */
    WARMUP("load.warmup", "20", "requests before the first level, in no number"),
    /** Warm-up users. */
    WARMUP_CONCURRENCY("load.warmupConcurrency", "5", "users of the warm-up"),
    /** Pause between levels. */
    COOL_DOWN(
            "load.coolDown",
            "",
            "longest wait between two levels for the endpoint to be idle, as its `/metrics` says; empty: none"),
    /** Prompt source. */
    PROMPTS(
            "request.prompts",
            "builtin:chat",
            "`classpath:…`, a file, `hf:…` or `builtin:chat`; several with shares: see Prompts"),
    /** Server of the data sets. */
    HF_URL(
            "hf.url",
            "https://datasets-server.huggingface.co",
            "server of `hf:` prompts, or a mirror with its rows API"),
    /** Where data sets are kept. */
    HF_CACHE("hf.cache", "", "folder that keeps `hf:` prompts; empty: `~/.cache/llm-load`"),
    /** What to do when the prompts run out. */
    REUSE(
            "request.reuse",
            "UNIQUE_PREFIX",
            "when the prompts run out: `UNIQUE_PREFIX` (a short nonce in front) or `ALLOW` (repeat)"),
    /** Token limit. */
    MAX_TOKENS("request.maxTokens", "128", "`max_tokens` of each request"),
    /** Temperature. */
    TEMPERATURE("request.temperature", "0.7", "`temperature` of each request; `NaN` leaves it out"),
    /** What makes a good answer. */
    GOOD(
            "answer.good",
            "",
            "what makes a good answer, for `goodput` and `good_fraction`: `ttft < 500 ms, tpot < 50 ms`"),
    /** What checks answers. */
    CHECK(
            "answer.check",
            "",
            "class of an `AnswerCheck` that says which answers are wrong, or the short name of one that is plugged in; `none`:"
                    + " answers are not checked"),
    /** How many of them. */
    CHECK_SHARE(
            "answer.checkShare",
            "0.1",
            "share of the requests whose answers are checked, for example `10%`; the rest count as right"),
    /** Seed. */
    SEED("request.seed", "42", "seed of everything random on our side: prompt order, nonces"),
    /** The last invocation. */
    SCALING("load.scaling", "true", "`false` leaves out the last invocation that compares the levels"),
    /** Chat or text completions. */
    API("endpoint.api", "AUTO", "`CHAT`, `COMPLETIONS`, or `AUTO`: whichever answers"),
    /** Environment variable of the API key. */
    API_KEY_ENV("endpoint.apiKeyEnv", "LLM_API_KEY", "name of the environment variable that holds the API key"),
    /** Extra request fields. */
    EXTRA_BODY("request.extraBody", "", "JSON object merged into each request; `null` removes a field"),
    /** Token counting. */
    TOKEN_COUNT(
            "endpoint.tokenCount",
            "USAGE",
            "`USAGE`, or `EVENTS`: count events as tokens where the server sends no usage; marked"),
    /** Time-out for a connection. */
    TIMEOUT_CONNECT("timeout.connect", "10s", "DNS, TCP and TLS of a connection"),
    /** Time-out for the first token. */
    TIMEOUT_FIRST_TOKEN("timeout.firstToken", "60s", "from sent to the first token event"),
    /** Time-out between events. */
    TIMEOUT_STALL("timeout.stall", "30s", "silence of a stream that has begun"),
    /** Time-out for a request. */
    TIMEOUT_TOTAL("timeout.total", "10m", "a request as a whole"),
    /** Largest response head. */
    MAX_RESPONSE_HEAD(
            "endpoint.maxResponseHead",
            "65536",
            "most bytes of a response head, at least 1024; gateways with many cookies and policies need more"),
    /** More budgets. */
    BUDGETS("budgets", "", "more budgets, separated by `;`: `ttft p95 < 800 ms; success_rate >= 99.9%`"),
    /** Budgets of a release. */
    BUDGET_FILE(
            "budget.file",
            "",
            "YAML file of a release's budgets, replaces that of `@BudgetFile`; `${release}` in it is `llmload.release`"),
    /** Compare or write. */
    BASELINE(
            "baseline.mode",
            "check",
            "`check` compares with the file of `@Baseline`; `update` writes this run into it"),
    /** File of the baseline. */
    BASELINE_FILE("baseline.file", "", "file of the baseline, replaces that of `@Baseline`"),
    /** Statistical gate. */
    CONFIDENCE(
            "budget.confidence",
            "",
            "judge percentiles and success rates with this confidence, for example `0.95`; replaces that of every `@Budget`"),
    /** Source of GPU telemetry. */
    GPU_SOURCE(
            "gpu.source",
            "auto",
            "`auto` (NVML, then nvidia-smi), `nvml`, `nvidia-smi`, `none`, or the name of a source that is plugged in;"
                    + " setting it watches the GPUs of any test"),
    /** DCGM exporter. */
    GPU_DCGM(
            "gpu.dcgm",
            "",
            "page of a DCGM exporter, `http://gpu-host:9400/metrics`, for GPUs on another host; setting it watches them in any test"),
    /** Whether telemetry is required. */
    GPU_REQUIRED("gpu.required", "false", "`true`: without GPU telemetry a test fails before any load is offered"),
    /** Sampling period of the GPUs. */
    GPU_PERIOD("gpu.period", "200ms", "from one reading of the GPUs to the next, at least `100ms`"),
    /** GPUs that serve the model. */
    GPU_DEVICES(
            "gpu.devices",
            "",
            "indices or UUIDs of the GPUs, of several hosts `host` or `host/index`;"
                    + " empty: those on which something computes"),
    /** NVML library. */
    GPU_LIBRARY("gpu.library", "", "path of NVML's library, if it is not where it usually is"),
    /** Split GPUs. */
    GPU_MIG("gpu.mig", "false", "`true` takes power and MFU of a GPU split into instances (MIG) as they are"),
    /** Model configuration. */
    MODEL_CONFIG(
            "model.config", "", "the model's Hugging Face `config.json`, `classpath:…` or a file, for MFU and MBU"),
    /** Compute type. */
    COMPUTE_TYPE(
            "model.computeType",
            "AUTO",
            "`FP16`, `BF16`, `FP8`, `INT8`, `FP4`, or `AUTO`: as the model's configuration says"),
    /** Parameters. */
    PARAMETERS("model.parameters", "0", "parameters that take part in a token, instead of `config`: `8.03e9`"),
    /** FLOPs per token. */
    FLOPS_PER_TOKEN("model.flopsPerToken", "0", "FLOPs of a token, instead of `parameters`"),
    /** KV cache precision. */
    KV_CACHE_BITS("model.kvCacheBits", "16", "bits of a key or value in the server's cache"),
    /** GPU name. */
    DEVICE("model.device", "", "name of the GPUs, if no telemetry tells it: `NVIDIA A40`"),
    /** Peak. */
    PEAK_TFLOPS(
            "model.peakTflops", "0", "dense peak of one GPU in TFLOPS, without sparsity; 0: from the table of devices"),
    /** Memory bandwidth. */
    BANDWIDTH("model.bandwidthGBps", "0", "memory bandwidth of one GPU in GB/s; 0: from the table of devices"),
    /** Number of GPUs. */
    GPUS("model.gpus", "0", "GPUs that serve the model; 0: as many as are watched, else 1"),
    /** What a GPU costs. */
    COST_RATE("cost.gpuRatePerHour", "0", "price of one GPU for an hour in $, for `cost_per_million`; 0: unknown"),
    /** How many GPUs the endpoint has. */
    COST_GPUS("cost.gpus", "1", "GPUs that are paid for"),
    /** How much work there is. */
    COST_DEMAND(
            "cost.demand",
            "",
            "how much work there is, `100M tokens/day` or `40 requests/s`: says how many GPUs it needs"),
    /** Requests of a data set. */
    COST_DATASET("cost.dataset", "0", "requests of a whole data set, to say how long it takes; 0: none"),
    /** When a step saturates. */
    SATURATION_GAIN(
            "analysis.saturationGain",
            "10%",
            "a step up to the next level that gains less throughput than this saturates"),
    /** When returns diminish. */
    DIMINISHING_RETURNS(
            "analysis.diminishingReturns", "10", "fewer tok/s gained per added user than this are diminishing returns"),
    /** What an inconclusive verdict does. */
    INCONCLUSIVE("inconclusive", "fail", "`fail`, `abort` or `warn` when a measurement cannot decide"),
    /** What a budget that is not measured does. */
    NOT_MEASURED(
            "notMeasured",
            "",
            "`warn` or `fail` when this machine cannot measure a budget; `fail` by default where the environment says `CI`"),
    /** The implied success rate. */
    MIN_SUCCESS("minSuccess", "99%", "the success rate that is implied where no budget declares one; `0` turns it off"),
    /** Release under test. */
    RELEASE("release", "", "name of the model release; into metadata and reports"),
    /** Budgets from a run. */
    SUGGEST("suggest", "false", "`true` prints budgets with some room from this run's values, ready to paste"),
    /** Output folder. */
    OUTPUT("output", "target/llm-load", "folder for the runs' files"),
    /** History of the runs. */
    HISTORY(
            "report.history",
            ".llm-load/history.jsonl",
            "file to which every run appends a line per test and level, for trends; `off` keeps none"),
    /** Percentiles shown. */
    PERCENTILES("report.percentiles", "50,90,95,99", "percentiles in `results.json` and `results.csv`"),
    /** Charts on or off. */
    CHARTS("report.charts", "true", "`false` writes and attaches no charts"),
    /** Whether the client measures itself first. */
    CALIBRATE(
            "calibrate",
            "true",
            "once per JVM, before any load, the client measures its own error for two seconds; `false` skips it"),
    /** Event loops of the client. */
    LOOPS("load.loops", "0", "event loops of the client; 0: as many as the load needs, at most cores − 1");

    /** What every key starts with. */
    public static final String PREFIX = "llmload.";

    /** Keys {@code llmload.label.<name>} carry free labels into metadata and reports. */
    public static final String LABEL_PREFIX = PREFIX + "label.";

    private final String name;
    private final String defaultValue;
    private final String description;

    Key(String name, String defaultValue, String description) {
        this.name = name;
        this.defaultValue = defaultValue;
        this.description = description;
    }

    /** The whole key: {@code llmload.request.maxTokens}. */
    public String key() {
        return PREFIX + name;
    }

    /** The environment variable of the same meaning: {@code LLMLOAD_REQUEST_MAXTOKENS}. */
    public String environmentVariable() {
        return environmentVariable(key());
    }

    /** The value if nobody says anything; may be empty. */
    public String defaultValue() {
        return defaultValue;
    }

    /** One line for the table of keys in docs/configuration.md. */
    public String description() {
        return description;
    }

    /** The environment variable that stands for a key: capitals, and {@code .} and {@code -} as {@code _}. */
    public static String environmentVariable(String key) {
        return key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }
}
