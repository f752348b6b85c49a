package dev.llmload.load.counters;

import static java.util.Map.entry;

import dev.llmload.exposition.Sample;
import dev.llmload.metric.ServerSample;
import dev.llmload.metric.ServerValue;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/**
 * What engines call what they say of themselves besides their counters of work, with {@code _} for {@code :}; of several
 * names the first that the page has counts. Sources as in {@link EngineNames}.
 */
final class SeriesNames {
    private static final Map<String, Map<ServerValue, List<String>>> KNOWN = Map.of(
            "vLLM",
            Map.ofEntries(
                    entry(ServerValue.KV_CACHE_USAGE, List.of("vllm_kv_cache_usage_perc", "vllm_gpu_cache_usage_perc")),
                    entry(
                            ServerValue.PREFIX_HITS,
                            List.of("vllm_prefix_cache_hits_total", "vllm_gpu_prefix_cache_hits_total")),
                    entry(
                            ServerValue.PREFIX_QUERIES,
                            List.of("vllm_prefix_cache_queries_total", "vllm_gpu_prefix_cache_queries_total")),
                    entry(ServerValue.PREEMPTIONS, List.of("vllm_num_preemptions_total")),
                    entry(ServerValue.ACCEPTED_TOKENS, List.of("vllm_spec_decode_num_accepted_tokens_total")),
                    entry(ServerValue.DRAFTS, List.of("vllm_spec_decode_num_drafts_total"))),
            "SGLang",
            Map.ofEntries(
                    entry(ServerValue.KV_CACHE_USAGE, List.of("sglang_token_usage")),
                    entry(ServerValue.PREFIX_HITS, List.of("sglang_cached_tokens_total")),
                    entry(ServerValue.PREFIX_QUERIES, List.of("sglang_prompt_tokens_total")),
                    entry(ServerValue.PREFIX_HIT_RATE, List.of("sglang_cache_hit_rate")),
                    entry(ServerValue.PREEMPTIONS, List.of("sglang_num_retracted_requests_total")),
                    entry(ServerValue.ACCEPTANCE_LENGTH, List.of("sglang_spec_accept_length"))),
            "llama.cpp",
            Map.of(ServerValue.KV_CACHE_USAGE, List.of("llamacpp_kv_cache_usage_ratio")),
            "LMDeploy",
            Map.of(
                    ServerValue.KV_CACHE_USAGE,
                    List.of("lmdeploy_gpu_cache_usage_perc"),
                    ServerValue.ACCEPTED_TOKENS,
                    List.of("lmdeploy_spec_decode_num_accepted_tokens_total"),
                    ServerValue.DRAFTS,
                    List.of("lmdeploy_spec_decode_num_drafts_total")),
            "TensorRT-LLM",
            Map.of(
                    ServerValue.KV_CACHE_USAGE,
                    List.of("trtllm_kv_cache_utilization"),
                    ServerValue.PREFIX_HIT_RATE,
                    List.of("trtllm_kv_cache_hit_rate")),
            "TGI",
            Map.of());

    private SeriesNames() {}

    /** What a page says of a model; empty if no known engine wrote it, or nothing on it is of the model. */
    static Optional<ServerSample> read(List<Sample> page, ServedModel model, long nanos) {
        return EngineNames.of(page).flatMap(engine -> {
            List<Sample> ours = page.stream().filter(model::owns).toList();
            Map<ServerValue, Double> values = new EnumMap<>(ServerValue.class);
            names(engine)
                    .forEach((value, candidates) -> candidates.stream()
                            .map(name -> together(ours, name, value.together()))
                            .flatMapToDouble(OptionalDouble::stream)
                            .findFirst()
                            .ifPresent(known -> values.put(value, known)));
            return values.isEmpty() ? Optional.empty() : Optional.of(new ServerSample(nanos, values));
        });
    }

    private static Map<ServerValue, List<String>> names(EngineNames engine) {
        Map<ServerValue, List<String>> names = new EnumMap<>(ServerValue.class);
        names.putAll(KNOWN.getOrDefault(engine.engine(), Map.of()));
        names.put(ServerValue.RUNNING, List.of(engine.running()));
        names.put(ServerValue.WAITING, List.of(engine.waiting()));
        return names;
    }

    // Of two samples with the same labels the later one is meant; a value that is no number makes all of it unknown.
    static OptionalDouble together(List<Sample> samples, String name, ServerValue.Together how) {
        Map<Map<String, String>, Double> values = new HashMap<>();
        samples.stream()
                .filter(sample -> EngineNames.isCalled(sample, name))
                .forEach(sample -> values.put(sample.labels(), sample.value()));
        DoubleStream each = values.values().stream().mapToDouble(Double::doubleValue);
        double all = switch (how) {
            case SUM -> each.sum();
            case HIGHEST -> each.max().orElse(Double.NaN);
            case MEAN -> each.average().orElse(Double.NaN);
        };
        return values.isEmpty() || !Double.isFinite(all) ? OptionalDouble.empty() : OptionalDouble.of(all);
    }
}
