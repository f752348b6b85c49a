package dev.llmload.load;

import java.util.List;
import java.util.Optional;

/**
 * What engines call their counters, with {@code _} for {@code :}. Sources: vLLM {@code vllm/v1/metrics/loggers.py}, SGLang
 * {@code sglang/srt/metrics/collector.py}, llama.cpp {@code tools/server} ({@code --metrics}), LMDeploy
 * {@code lmdeploy/metrics/loggers.py}, TensorRT-LLM {@code tensorrt_llm/metrics/collector.py}.
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
                    "trtllm_num_requests_waiting"));

    /** Whose page it is; empty if nobody's that is known. */
    static Optional<EngineNames> of(PrometheusText page) {
        return KNOWN.stream()
                .filter(names -> page.sum(names.requests).isPresent()
                        || page.sum(names.outputTokens).isPresent())
                .findFirst();
    }
}
