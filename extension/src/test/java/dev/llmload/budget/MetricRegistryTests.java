package dev.llmload.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.llmload.result.Level;
import dev.llmload.result.Metric;
import dev.llmload.result.Unit;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the registry of metrics says of each fits what the grammar and the files need. */
class MetricRegistryTests {
    @ParameterizedTest
    @EnumSource(Metric.class)
    void theUnitThatReadersSee_isOneOfTheGrammar(Metric metric) {
        Unit unit = Unit.require(metric.kind().unit());

        assertThat(unit.fits(metric)).isTrue();
        double base = 7 * unit.size().doubleValue();
        assertThat(metric.kind().inUnit(base)).isCloseTo(7, within(1e-12));
    }

    @Test
    void noTwoMetricsShareAName() {
        for (Stream<String> names : List.of(
                Arrays.stream(Metric.values()).map(Metric::word),
                Arrays.stream(Metric.values()).map(Metric::fileKey),
                Arrays.stream(Metric.values()).map(Metric::prometheusName))) {
            assertThat(names.toList()).doesNotHaveDuplicates();
        }
    }

    @ParameterizedTest
    @EnumSource(Metric.class)
    void aNameForPrometheus_endsWithItsBaseUnit(Metric metric) {
        assertThat(metric.prometheusName())
                .matches("llmload_[a-z0-9_]+")
                .endsWith(metric.kind().prometheusUnit());
        assertThat(metric.meaning()).matches("[ -~]+");
    }

    @ParameterizedTest
    @CsvSource({
        "TTFT, ttft_ms, ttft_p95_ms, llmload_ttft_seconds, 1500000000, 1500, 1500, 1.5",
        "TTFO, ttfo_ms, ttfo_p95_ms, llmload_ttfo_seconds, 1500000000, 1500, 1500, 1.5",
        "SUCCESS_RATE, success_rate, , llmload_success_ratio, 0.97, 97, 0.97, 0.97",
        "GPU_MEMORY, gpu_memory_gb, , llmload_gpu_memory_bytes, 38.5, 38.5, 38.5, 38500000000",
        "OUTPUT_SPEED, output_speed_tok_s, output_speed_p95_tok_s, llmload_output_speed_tokens_per_second, 62.5, 62.5, 62.5, 62.5"
    })
    void namesAndScales(
            Metric metric,
            String key,
            String p95,
            String prometheus,
            double base,
            double shown,
            double file,
            double exported) {
        assertThat(metric.fileKey()).isEqualTo(key);
        assertThat(metric.prometheusName()).isEqualTo(prometheus);
        if (metric.isDistribution()) {
            assertThat(metric.fileKey("p95")).isEqualTo(p95);
        }
        assertThat(metric.kind().inUnit(base)).isEqualTo(shown);
        assertThat(metric.kind().inFile(base)).isEqualTo(file);
        assertThat(metric.kind().inPrometheus(base)).isEqualTo(exported);
    }

    @Test
    void inOpenLoop_whatAUserFeelsHasValuesOfItsOwn_inClosedLoopThoseOfTheService() {
        Level open = Level.requestsPerSecond(10);
        Level closed = Level.users(10);

        for (Metric felt : List.of(Metric.TTFT, Metric.TTFO, Metric.E2E)) {
            Metric service = Metric.valueOf("SERVICE_" + felt.name());
            assertThat(open.valuesOf(felt)).isEqualTo(felt);
            assertThat(closed.valuesOf(felt)).isEqualTo(service);
            assertThat(open.shows(service)).isTrue();
            assertThat(closed.shows(service)).isFalse();
        }
        assertThat(closed.valuesOf(Metric.TPOT)).isEqualTo(Metric.TPOT);
    }
}
