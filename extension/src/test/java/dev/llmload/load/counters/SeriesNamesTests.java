package dev.llmload.load.counters;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmload.exposition.Exposition;
import dev.llmload.metric.ServerValue;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What each engine's page says of itself; the pages are as the engines' sources write them. */
class SeriesNamesTests {
    private static Map<ServerValue, Double> read(String page) {
        return SeriesNames.read(Exposition.parse(page), ServedModel.of("m"), 7)
                .orElseThrow()
                .values();
    }

    @Test
    void vllm_withTwoEngines() {
        assertThat(read("""
                        vllm:num_requests_running{engine="0",model_name="m"} 3.0
                        vllm:num_requests_running{engine="1",model_name="m"} 5.0
                        vllm:num_requests_waiting{engine="0",model_name="m"} 1.0
                        vllm:num_requests_waiting{engine="1",model_name="m"} 0.0
                        vllm:kv_cache_usage_perc{engine="0",model_name="m"} 0.25
                        vllm:kv_cache_usage_perc{engine="1",model_name="m"} 0.75
                        vllm:prefix_cache_queries_total{engine="0",model_name="m"} 1000.0
                        vllm:prefix_cache_hits_total{engine="0",model_name="m"} 400.0
                        vllm:num_preemptions_total{engine="0",model_name="m"} 2.0
                        vllm:num_preemptions_total{engine="1",model_name="m"} 1.0
                        vllm:spec_decode_num_drafts_total{engine="0",model_name="m"} 50.0
                        vllm:spec_decode_num_accepted_tokens_total{engine="0",model_name="m"} 100.0
                        vllm:generation_tokens_total{engine="0",model_name="m"} 10.0
                        """))
                .isEqualTo(Map.of(
                        ServerValue.RUNNING, 8.0,
                        ServerValue.WAITING, 1.0,
                        ServerValue.KV_CACHE_USAGE, 0.75,
                        ServerValue.PREFIX_QUERIES, 1000.0,
                        ServerValue.PREFIX_HITS, 400.0,
                        ServerValue.PREEMPTIONS, 3.0,
                        ServerValue.DRAFTS, 50.0,
                        ServerValue.ACCEPTED_TOKENS, 100.0));
    }

    @Test
    void olderVllm_hasOtherNamesForItsCaches() {
        assertThat(read("""
                        vllm:num_requests_running{model_name="m"} 3.0
                        vllm:gpu_cache_usage_perc{model_name="m"} 0.5
                        vllm:gpu_prefix_cache_queries_total{model_name="m"} 10.0
                        vllm:gpu_prefix_cache_hits_total{model_name="m"} 4.0
                        vllm:generation_tokens_total{model_name="m"} 10.0
                        """))
                .isEqualTo(Map.of(
                        ServerValue.RUNNING, 3.0,
                        ServerValue.KV_CACHE_USAGE, 0.5,
                        ServerValue.PREFIX_QUERIES, 10.0,
                        ServerValue.PREFIX_HITS, 4.0));
    }

    @Test
    void sglang_givesRatios_andOneRankSpeaks() {
        assertThat(read("""
                        sglang:num_running_reqs{model_name="m",tp_rank="0"} 2
                        sglang:num_queue_reqs{model_name="m",tp_rank="0"} 1
                        sglang:token_usage{model_name="m",tp_rank="0"} 0.28
                        sglang:cache_hit_rate{model_name="m",tp_rank="0"} 0.6
                        sglang:spec_accept_length{model_name="m",tp_rank="0"} 2.9
                        sglang:num_retracted_requests_total{model_name="m"} 4
                        sglang:generation_tokens_total{model_name="m"} 50
                        """))
                .isEqualTo(Map.of(
                        ServerValue.RUNNING, 2.0,
                        ServerValue.WAITING, 1.0,
                        ServerValue.KV_CACHE_USAGE, 0.28,
                        ServerValue.PREFIX_HIT_RATE, 0.6,
                        ServerValue.ACCEPTANCE_LENGTH, 2.9,
                        ServerValue.PREEMPTIONS, 4.0));
    }

    @Test
    void llamaCpp_lmdeploy_tensorRt_andTgi() {
        assertThat(read("""
                        llamacpp:tokens_predicted_total 42
                        llamacpp:requests_processing 1
                        llamacpp:requests_deferred 2
                        llamacpp:kv_cache_usage_ratio 0.125
                        """))
                .isEqualTo(
                        Map.of(ServerValue.RUNNING, 1.0, ServerValue.WAITING, 2.0, ServerValue.KV_CACHE_USAGE, 0.125));
        assertThat(read("""
                        lmdeploy:generation_tokens_total{model_name="m"} 42
                        lmdeploy:num_requests_running{model_name="m"} 3
                        lmdeploy:gpu_cache_usage_perc{model_name="m"} 0.5
                        """)).isEqualTo(Map.of(ServerValue.RUNNING, 3.0, ServerValue.KV_CACHE_USAGE, 0.5));
        assertThat(read("""
                        trtllm_generation_tokens_total{model_name="m"} 42
                        trtllm_num_requests_waiting{model_name="m"} 3
                        trtllm_kv_cache_utilization{model_name="m"} 0.5
                        trtllm_kv_cache_hit_rate{model_name="m"} 0.2
                        """))
                .isEqualTo(Map.of(
                        ServerValue.WAITING, 3.0, ServerValue.KV_CACHE_USAGE, 0.5, ServerValue.PREFIX_HIT_RATE, 0.2));
        assertThat(read("""
                        tgi_request_generated_tokens_sum 8123
                        tgi_batch_current_size 4
                        tgi_queue_size 7
                        """)).isEqualTo(Map.of(ServerValue.RUNNING, 4.0, ServerValue.WAITING, 7.0));
    }

    @Test
    void whatCountsForAnotherModel_orIsNoNumber_isNotRead() {
        assertThat(read("""
                        vllm:num_requests_running{model_name="m"} 3.0
                        vllm:num_requests_running{model_name="other"} 90.0
                        vllm:kv_cache_usage_perc{model_name="m"} NaN
                        vllm:generation_tokens_total{model_name="m"} 10.0
                        """)).isEqualTo(Map.of(ServerValue.RUNNING, 3.0));
        assertThat(SeriesNames.read(Exposition.parse("up 1\n"), ServedModel.of("m"), 7))
                .isEmpty();
    }
}
