package dev.llmload.metric;

import static dev.llmload.metric.Levels.level;
import static dev.llmload.metric.Levels.rampIn;
import static dev.llmload.metric.Requests.failed;
import static dev.llmload.metric.Requests.sent;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmload.result.Outcome;
import dev.llmload.result.request.Phase;
import dev.llmload.result.request.RequestRecord;
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
    void whatWasCut_isNoFailure() {
        assertThat(notes(sent(0), failed(10, Outcome.CUT, 200).error("stopped")))
                .isEmpty();
    }

    @Test
    void whatFailedBeforeTheWindow_isSaidApart_unlessItIsInTheNumbers() {
        Requests early = failed(-50, Outcome.RESET, 200).phase(Phase.RAMP_IN).error("gone");
        Levels level = level(early, rampIn(-100).last(0), sent(0));
        assertThat(level.assemble().notes())
                .containsExactly("1 of 2 requests failed before the window opened and are in no number;"
                        + " the first with RESET: gone.");
        assertThat(level.neverOpened().assemble().notes())
                .contains("The first RESET (status 200): gone")
                .noneMatch(note -> note.contains("before the window opened"));
    }
}
