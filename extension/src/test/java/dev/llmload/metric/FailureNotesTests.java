package dev.llmload.metric;

import static dev.llmload.metric.Levels.level;
import static dev.llmload.metric.Levels.rampIn;
import static dev.llmload.metric.Requests.failed;
import static dev.llmload.metric.Requests.sent;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmload.result.Outcome;
import dev.llmload.result.RequestRecord;
import java.util.List;
import org.junit.jupiter.api.Test;

class FailureNotesTests {
    private static List<String> notes(Requests... requests) {
        return level(requests).assemble().notes();
    }

    @Test
    void theFirstOfEachKind_theMostFrequentKindFirst() {
        assertThat(notes(
                        sent(0),
                        failed(10, Outcome.HTTP_5XX, 503).error("overloaded"),
                        failed(20, Outcome.STREAM_ERROR, 200).error("too long\n  by 3"),
                        failed(30, Outcome.STREAM_ERROR, 200).error("too long by 9"),
                        failed(40, Outcome.CONNECT, RequestRecord.UNKNOWN).error("refused")))
                .containsExactly(
                        "The first STREAM_ERROR (status 200): too long by 3",
                        "The first CONNECT: refused",
                        "The first HTTP_5XX (status 503): overloaded");
    }

    @Test
    void threeKindsAtMost_andNoSilentOne() {
        assertThat(notes(
                        sent(0),
                        failed(10, Outcome.HTTP_4XX, 400).error("a"),
                        failed(20, Outcome.HTTP_5XX, 500).error("b"),
                        failed(30, Outcome.RESET, 200).error("c"),
                        failed(40, Outcome.EMPTY, 200).error("d")))
                .hasSize(3);
        assertThat(notes(sent(0), failed(10, Outcome.RESET, 200))).isEmpty();
    }

    @Test
    void longTextIsCut() {
        assertThat(notes(sent(0), failed(10, Outcome.RESET, 200).error("x".repeat(300))))
                .containsExactly("The first RESET (status 200): " + "x".repeat(200) + "…");
    }

    @Test
    void whatIsNoFailureOfTheSample_isNotSaid() {
        assertThat(notes(
                        rampIn(-50).last(0).outcome(Outcome.RESET).error("before the window"),
                        sent(0),
                        failed(10, Outcome.CUT, 200).error("stopped")))
                .isEmpty();
    }
}
