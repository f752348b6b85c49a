package dev.llmload.load.counters;

import dev.llmload.exposition.Sample;
import java.util.List;
import java.util.Optional;

/**
 * What engines call their counters, with {@code _} for {@code :}. Sources: vLLM {@code vllm/v1/metrics/loggers.py}, SGLang
 * {@code sglang/srt/metrics/collector.py}, llama.cpp {@code tools/server} ({@code --metrics}), LMDeploy
 * {@code lmdeploy/metrics/loggers.py}, TensorRT-LLM {@code tensorrt_llm/metrics/collector.py}, TGI
 * {@code docs/source/reference/metrics.md}.
 *
 * @param engine what it is called
 * @param requests counter of requests that ended; empty if it has none
 * @param outputTokens counter of generated tokens
 * @param running gauge of requests in work
 * @param waiting gauge of requests that wait
 */
record EngineNames(String engine, String requests, String outputTokens, String running, String waiting) {
    private static final List<EngineNames> KNOWN = List.of(
            new EngineNames(
                    "vLLM",
                    "vllm_request_success_total",
                    "vllm_generation_tokens_total",
                    "vllm_num_requests_running",
                    "vllm_num_requests_waiting"),
            new EngineNames(
                    "SGLang",
                    "sglang_num_requests_total",
                    "sglang_generation_tokens_total",
                    "sglang_num_running_reqs",
                    "sglang_num_queue_reqs"),
            new EngineNames(
                    "llama.cpp",
                    "",
                    "llamacpp_tokens_predicted_total",
                    "llamacpp_requests_processing",
                    "llamacpp_requests_deferred"),
            new EngineNames(
                    "LMDeploy",
                    "lmdeploy_request_success_total",
                    "lmdeploy_generation_tokens_total",
                    "lmdeploy_num_requests_running",
                    "lmdeploy_num_requests_waiting"),
            new EngineNames(
                    "TensorRT-LLM",
                    "trtllm_request_success_total",
                    "trtllm_generation_tokens_total",
                    "trtllm_num_requests_running",
                    "trtllm_num_requests_waiting"),
            new EngineNames("TGI", "", "tgi_request_generated_tokens_sum", "tgi_batch_current_size", "tgi_queue_size"));

    /** Whose page it is; empty if nobody's that is known. */
    static Optional<EngineNames> of(List<Sample> page) {
        return KNOWN.stream()
                .filter(names -> page.stream().anyMatch(names::counts))
                .findFirst();
    }

    /** Whether this is a number of one of its counters. */
    boolean counts(Sample sample) {
        return Double.isFinite(sample.value()) && (isCalled(sample, requests) || isCalled(sample, outputTokens));
    }

    /** Whether this is one of its counters or gauges. */
    boolean has(Sample sample) {
        return isCalled(sample, requests)
                || isCalled(sample, outputTokens)
                || isCalled(sample, running)
                || isCalled(sample, waiting);
    }

    /** Whether a sample has one of the names above: some engines and proxies write {@code :} there, and some {@code _}. */
    static boolean isCalled(Sample sample, String name) {
        return sample.name().length() == name.length()
                && sample.name().replace(':', '_').equals(name);
    }
}
