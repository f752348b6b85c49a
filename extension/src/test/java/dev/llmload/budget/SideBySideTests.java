package dev.llmload.budget;

import static dev.llmload.budget.Measured.latency;
import static dev.llmload.budget.Measured.requests;
import static dev.llmload.budget.Measured.upTo;
import static dev.llmload.budget.SideBySide.Winner.FIRST;
import static dev.llmload.budget.SideBySide.Winner.NONE;
import static dev.llmload.budget.SideBySide.Winner.SECOND;
import static dev.llmload.budget.SideBySide.Winner.UNKNOWN;
import static dev.llmload.result.Metric.SUCCESS_RATE;
import static dev.llmload.result.Metric.THROUGHPUT;
import static dev.llmload.result.Metric.TTFT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmload.result.Bias;
import dev.llmload.result.LoadResult;
import dev.llmload.result.Metric;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Two back ends at one level: who is better, and where that cannot be told. */
class SideBySideTests {
    private static double[] times(double factor) {
        return Arrays.stream(upTo(101, 200)).map(v -> v * factor).toArray();
    }

    private static LevelVerdict level(Measured... runs) {
        List<LoadResult> results = Arrays.stream(runs).map(Measured::result).toList();
        LevelVerdict one = Judge.judge(results.get(0), List.of());
        return runs.length == 1
                ? one
                : one.of(IntStream.range(0, runs.length)
                        .mapToObj(i -> new LevelRepeat(i + 1, results.get(i), one.verdict(), i == 0, ""))
                        .toList());
    }

    private static SideBySide.Row row(Metric metric, LevelVerdict first, LevelVerdict second) {
        return SideBySide.of(first, second).rows().stream()
                .filter(row -> row.metric() == metric)
                .findFirst()
                .orElseThrow();
    }

    private static LevelVerdict threeRuns(double factor) {
        Measured run = latency(TTFT, times(factor));
        return level(run, run, run);
    }

    @Test
    void theFasterIsBetter_whicheverItIs() {
        LevelVerdict fast = threeRuns(1);
        LevelVerdict slow = threeRuns(1.5);

        assertThat(row(TTFT, fast, slow).winner()).isEqualTo(FIRST);
        assertThat(row(TTFT, slow, fast).winner()).isEqualTo(SECOND);
        assertThat(row(TTFT, fast, slow).change().orElseThrow().text()).startsWith("+50.0 % (95 % CI +");
    }

    @Test
    void withOneRunASide_neitherIsCalledBetter() {
        assertThat(row(TTFT, level(latency(TTFT, times(1))), level(latency(TTFT, times(1.5)))))
                .returns(UNKNOWN, SideBySide.Row::winner)
                .returns("within this run", SideBySide.Row::reason);
    }

    @Test
    void whatAnIntervalDoesNotTellApart_hasNoWinner() {
        assertThat(row(TTFT, level(latency(TTFT, times(1))), level(latency(TTFT, times(1.02))))
                        .winner())
                .isEqualTo(NONE);
    }

    @Test
    void aNumberPerRun_needsRuns_unlessBothAreEqual() {
        LevelVerdict one = level(requests(100, 0, 0).value(THROUGHPUT, 100).value(SUCCESS_RATE, 1));
        LevelVerdict other = level(requests(100, 0, 0).value(THROUGHPUT, 120).value(SUCCESS_RATE, 1));

        assertThat(row(THROUGHPUT, one, other))
                .returns(UNKNOWN, SideBySide.Row::winner)
                .returns("not known: 1 run", SideBySide.Row::reason);
        assertThat(row(SUCCESS_RATE, one, other).winner()).isEqualTo(NONE);
    }

    @Test
    void fourRunsOnEachSide_tellThroughputsApart() {
        assertThat(row(THROUGHPUT, runs(100, 101, 99, 102), runs(120, 121, 119, 122))
                        .winner())
                .isEqualTo(SECOND);
        assertThat(row(TTFT, runs(100, 101, 99, 102), runs(120, 121, 119, 122)).winner())
                .isEqualTo(NONE);
    }

    private static LevelVerdict runs(double... throughput) {
        return level(Arrays.stream(throughput)
                .mapToObj(value -> latency(TTFT, times(1)).value(THROUGHPUT, value))
                .toArray(Measured[]::new));
    }

    @Test
    void aFailedRequestIsWorseThanAnyValue() {
        LevelVerdict failing = level(requests(40, 60, 0).with(TTFT, upTo(1, 40)));
        LevelVerdict whole = level(latency(TTFT, times(1)));

        assertThat(row(TTFT, failing, whole).winner()).isEqualTo(SECOND);
        assertThat(row(TTFT, whole, failing).winner()).isEqualTo(FIRST);
        assertThat(row(TTFT, failing, failing))
                .returns(UNKNOWN, SideBySide.Row::winner)
                .returns("both fail", SideBySide.Row::reason);
    }

    @Test
    void aBrokenMeasurement_hasNoWinner() {
        LevelVerdict broken = level(latency(TTFT, times(2)).broken("client keeps up", "too slow", TTFT, Bias.UP));

        assertThat(row(TTFT, level(latency(TTFT, times(1))), broken))
                .returns(UNKNOWN, SideBySide.Row::winner)
                .returns("client keeps up (broken)", SideBySide.Row::reason);
    }

    @Test
    void whatOneSideDoesNotHave_isNotCompared() {
        assertThat(row(THROUGHPUT, level(latency(TTFT, times(1)).value(THROUGHPUT, 5)), level(latency(TTFT, times(1)))))
                .returns(UNKNOWN, SideBySide.Row::winner)
                .returns("not measured", SideBySide.Row::reason);
    }
}
