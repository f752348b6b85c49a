package dev.llmload.metric;

import static dev.llmload.metric.Levels.level;
import static dev.llmload.metric.Levels.millis;
import static dev.llmload.metric.Levels.rampIn;
import static dev.llmload.metric.Requests.at;
import static dev.llmload.metric.Requests.failed;
import static dev.llmload.metric.Requests.sent;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmload.result.LoadResult;
import dev.llmload.result.Metric;
import dev.llmload.result.Outcome;
import dev.llmload.result.Window;
import org.junit.jupiter.api.Test;

class WindowChoiceTests {
    @Test
    void aLongEnoughWindow_isTheOneThatCounts() {
        LoadResult result =
                level(rampIn(0), sent(100)).window(100, 300).run(0, 300).assemble();

        assertThat(result.window().kind()).isEqualTo(Window.Kind.STEADY);
        assertThat(result.window().openNanos()).isEqualTo(at(100));
        assertThat(result.window().closeNanos()).isEqualTo(at(300));
        assertThat(result.requests().attempted()).isEqualTo(1);
        assertThat(result.notes()).isEmpty();
    }

    @Test
    void exactlyTwiceTheMedianE2e_isLongEnough() {
        assertThat(level(sent(0)).window(0, 200).assemble().window().kind()).isEqualTo(Window.Kind.STEADY);
    }

    @Test
    void shorterThanTwiceTheMedianE2e_usesTheWholeRunAndSaysSo() {
        LoadResult result = level(rampIn(0).first(40), sent(100), sent(150).last(260))
                .window(100, 299)
                .run(0, 400)
                .assemble();

        assertThat(result.window().kind()).isEqualTo(Window.Kind.WHOLE_RUN);
        assertThat(result.window().seconds()).isEqualTo(0.4);
        assertThat(result.requests().attempted()).isEqualTo(3);
        assertThat(millis(result, Metric.TTFT)).containsExactly(20, 20, 40);
        assertThat(result.distribution(Metric.ITL).count()).isEqualTo(15);
        assertThat(result.notes())
                .containsExactly("The steady window of 199 ms is shorter than twice the median e2e (100 ms);"
                        + " the numbers are those of the whole run, start-up and drain included.");
    }

    @Test
    void theMedianIsThatOfTheSuccessesSentInTheWindow() {
        LoadResult result = level(rampIn(0).last(900), rampIn(0).last(900), sent(900), sent(950))
                .window(900, 1100)
                .assemble();
        assertThat(result.window().kind()).isEqualTo(Window.Kind.STEADY);
    }

    @Test
    void aWindowThatNeverOpened_usesTheWholeRunAndBreaksTheLoadCheck() {
        LoadResult result =
                level(rampIn(0).last(1000)).neverOpened().window(0, 0).assemble();

        assertThat(result.window().kind()).isEqualTo(Window.Kind.WHOLE_RUN);
        assertThat(result.requests().attempted()).isEqualTo(1);
        assertThat(result.notes()).singleElement().asString().startsWith("The steady window never opened");
        assertThat(Levels.check(result, "load was what it claims").ok()).isFalse();
    }

    @Test
    void aWindowInWhichNothingWasSent_usesTheWholeRun() {
        LoadResult result = level(rampIn(0)).window(200, 900).assemble();

        assertThat(result.window().kind()).isEqualTo(Window.Kind.WHOLE_RUN);
        assertThat(result.notes()).singleElement().asString().startsWith("No request was sent in the steady window");
    }

    @Test
    void withoutASuccess_anyOpenWindowIsLongEnough() {
        LoadResult result =
                level(failed(0, Outcome.HTTP_5XX, 500)).window(0, 10).assemble();
        assertThat(result.window().kind()).isEqualTo(Window.Kind.STEADY);
    }

    @Test
    void aWindowWithoutLength_isNone() {
        LoadResult result =
                level(failed(0, Outcome.HTTP_5XX, 500)).window(10, 10).assemble();
        assertThat(result.window().kind()).isEqualTo(Window.Kind.WHOLE_RUN);
    }

    @Test
    void theEnginesNotesComeFirst() {
        assertThat(level(rampIn(0))
                        .note("Asked without usage.")
                        .neverOpened()
                        .assemble()
                        .notes())
                .hasSize(2)
                .first()
                .isEqualTo("Asked without usage.");
    }
}
