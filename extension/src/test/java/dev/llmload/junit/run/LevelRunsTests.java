package dev.llmload.junit.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.llmload.budget.LevelRepeat;
import dev.llmload.load.preflight.EndpointUnusableException;
import dev.llmload.report.Levels;
import dev.llmload.report.PhaseSpan;
import dev.llmload.result.LoadResult;
import dev.llmload.result.Verdict;
import dev.llmload.result.measured.Measurement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How a level is offered several times, and what becomes of runs that could not be made. */
class LevelRunsTests {
    private static final Instant START = Instant.EPOCH;

    private static LevelRuns.Run run(int number, LoadResult result) {
        Instant from = START.plusSeconds(10L * number);
        return new LevelRuns.Run(
                result,
                List.of(
                        new PhaseSpan("ramp-in", from, from.plusSeconds(1)),
                        new PhaseSpan("window", from.plusSeconds(1), from.plusSeconds(8))));
    }

    private static LoadResult ttft(double millis) {
        return Levels.users(10).latency(millis, 20, 0.1).result();
    }

    private static LoadResult nothing() {
        return Levels.users(10).succeeded(0).result();
    }

    @Test
    void allRunsAreForTheReports_theOneThatIsShownMarked() {
        LevelRuns runs =
                LevelRuns.of(3, Optional.empty(), (number, deadline) -> run(number, ttft(100 * ((number + 1) % 3))));

        assertThat(runs.forReports(run -> Verdict.PASS))
                .extracting(LevelRepeat::number, LevelRepeat::shown)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(1, false),
                        org.assertj.core.groups.Tuple.tuple(2, false),
                        org.assertj.core.groups.Tuple.tuple(3, true));
        assertThat(runs.phases())
                .extracting(PhaseSpan::name)
                .containsExactly("run 1 of 3", "run 2 of 3", "ramp-in", "window");
        assertThat(runs.phases().get(0))
                .isEqualTo(new PhaseSpan("run 1 of 3", START.plusSeconds(10), START.plusSeconds(18)));
    }

    @Test
    void anAbortedRun_isTheLast_andTheLevelIsAborted() {
        LevelRuns runs = LevelRuns.of(
                5,
                Optional.empty(),
                (number, deadline) -> run(
                        number,
                        number == 3
                                ? Measurement.from(ttft(900)).aborted("so slow").build()
                                : ttft(100 * number)));

        assertThat(runs.results()).hasSize(3);
        assertThat(runs.judged().aborted()).contains("run 3: so slow");
        assertThat(runs.judged().notes()).contains("3 of 5 runs were made: run 3 was aborted");
    }

    @Test
    void aSingleRun_isNoSeries() {
        LevelRuns runs = LevelRuns.of(1, Optional.empty(), (number, deadline) -> run(number, ttft(100)));

        assertThat(runs.forReports(run -> Verdict.PASS)).isEmpty();
        assertThat(runs.judged().notes()).isEmpty();
        assertThat(runs.judged().validity()).hasSize(1);
    }

    @Test
    void theDeadlineIsOneForAll_andWhatItPreventsIsSaid() {
        List<Optional<Duration>> deadlines = new ArrayList<>();
        LevelRuns runs = LevelRuns.of(3, Optional.of(Duration.ofNanos(1)), (number, deadline) -> {
            deadlines.add(deadline);
            return run(number, ttft(100));
        });

        assertThat(deadlines).containsExactly(Optional.of(Duration.ofNanos(1)));
        assertThat(runs.results()).hasSize(1);
        assertThat(runs.judged().notes()).containsExactly("1 of 3 runs were made: the deadline was over");
    }

    @Test
    void afterAStop_noEmptyRunCounts() {
        LevelRuns runs = LevelRuns.of(
                3, Optional.empty(), (number, deadline) -> run(number, number == 1 ? ttft(100) : nothing()));

        assertThat(runs.results()).hasSize(1);
        assertThat(runs.judged().notes()).containsExactly("1 of 3 runs were made: 500 requests sent");
    }

    @Test
    void anEndpointThatIsLostInBetween_isUnusable_inTheRunThatIsNamed() {
        assertThatExceptionOfType(EndpointUnusableException.class)
                .isThrownBy(() -> LevelRuns.of(3, Optional.empty(), (number, deadline) -> {
                    if (number == 2) {
                        throw new EndpointUnusableException("no request got an answer");
                    }
                    return run(number, ttft(100));
                }))
                .withMessage("run 2 of 3: no request got an answer");
    }
}
