package dev.llmload.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ShortSeriesTests {
    private static ObjectNode series() throws IOException {
        return (ObjectNode) new ObjectMapper().readTree("""
                {"clock_ns": 7, "bin_ms": 250.0, "window_s": [0.1, 0.9],
                 "ttft_p95_ms": [10.0, null, 30.0, null, null], "throughput_tok_s": [1.0, 3.0, 5.0, 5.0, 9.0],
                 "in_flight": [1.0, 2.0, 3.0, 4.0, 5.0], "failures": [0, 2, 1, 0, 0],
                 "gpu_temperature_c": [50.0, 51.0, 52.0, null, 40.0]}
                """);
    }

    @Test
    void whatIsShortEnough_isLeftAsItIs() throws IOException {
        assertThat(ShortSeries.of(series(), 5)).isEqualTo(series());
    }

    @Test
    void neighboursBecomeOnePoint_theHighestTheSumOrTheMean() throws IOException {
        assertThat(ShortSeries.of(series(), 3))
                .hasToString("{\"clock_ns\":7,\"bin_ms\":500.0,\"window_s\":[0.1,0.9],\"ttft_p95_ms\":[10.0,30.0,null],"
                        + "\"throughput_tok_s\":[2.0,5.0,9.0],\"in_flight\":[1.5,3.5,5.0],\"failures\":[2,1,0],"
                        + "\"gpu_temperature_c\":[51.0,52.0,40.0],\"merged\":2}");
    }
}
