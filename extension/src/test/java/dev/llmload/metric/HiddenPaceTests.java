package dev.llmload.metric;

import static dev.llmload.metric.Levels.level;
import static dev.llmload.metric.Levels.many;
import static dev.llmload.metric.Requests.failed;
import static dev.llmload.metric.Requests.sent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.llmload.result.LoadResult;
import dev.llmload.result.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HiddenPaceTests {
    /** So many tokens by the usage, and events 20 ms apart after so long a silence. */
    private static Requests answer(int tokens, int events, double silence) {
        return sent(0).first(silence)
                .last(silence + 20 * (events - 1))
                .tokens(64, 0, tokens)
                .events(events)
                .arrivals(events)
                .inWindow(events);
    }

    private static double factor(Requests answer) {
        return level(answer).assemble().tokens().hiddenFactor();
    }

    @ParameterizedTest
    @CsvSource({
        // tokens, events, silence, factor
        "61, 31, 1000, 2.0", // thirty tokens of 20 ms fit into the silence
        "61, 31, 300, 2.0", // with a pace of twice as many a second they do
        "61, 31, 299, 1.0", // no more: two tokens shared an event
        "61, 61, 1000, 1.0",
        "62, 60, 1000, 1.0", // the end of the answer, and a character of two tokens
        "109, 100, 5000, 1.0",
        "110, 100, 5000, 1.101",
        "89, 31, 5000, 2.933",
        "93, 31, 5000, 1.0" // from three tokens an event on another check speaks
    })
    void itIsWhatTheSilenceHadRoomFor(int tokens, int events, double silence, double factor) {
        assertThat(factor(answer(tokens, events, silence))).isCloseTo(factor, within(0.001));
    }

    @Test
    void whatTheUsageTells_leavesNone() {
        assertThat(factor(answer(61, 31, 1000).reasoning(0))).isEqualTo(1);
        assertThat(factor(answer(61, 31, 1000).reasoning(30).streamed(31))).isEqualTo(1);
        assertThat(factor(answer(61, 31, 1000).firstEventOf(2))).isEqualTo(1);
    }

    @Test
    void aTenthOfTheAnswersMakesIt_lessDoesNot() {
        List<Requests> nineteen = many(19, r -> r);
        nineteen.add(answer(61, 31, 1000));
        assertThat(level(nineteen).assemble().tokens().hiddenFactor()).isEqualTo(1);
        nineteen.add(answer(61, 31, 1000));
        nineteen.add(answer(61, 31, 1000));
        assertThat(level(nineteen).assemble().tokens().hiddenFactor()).isEqualTo(2);
    }

    @Test
    void itIsToldInANote() {
        LoadResult result = level(answer(61, 31, 1000)).assemble();
        assertThat(result.notes())
                .contains("The usage counts more tokens than events came and names no reasoning: if the rest was hidden"
                        + " reasoning, tpot is up to 2 times too low, and output_speed too high.");
    }

    @Test
    void withoutAnyTpot_thereIsNone() {
        assertThat(level(failed(0, Outcome.RESET, 200)).assemble().tokens().hiddenFactor())
                .isEqualTo(1);
    }
}
