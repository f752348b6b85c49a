package dev.llmload.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who is told of an event, and what a listener that fails does to the others. */
class ReportListenersTests {
    private final List<String> told = new ArrayList<>();

    private final class Listener implements ReportListener {
        private final String name;
        private final Throwable failure;

        Listener(String name, Throwable failure) {
            this.name = name;
            this.failure = failure;
        }

        private void call(String event) {
            told.add(name + " " + event);
            if (failure instanceof Error e) {
                throw e;
            }
            if (failure instanceof RuntimeException e) {
                throw e;
            }
        }

        @Override
        public void said(String sentence) {
            call("said " + sentence);
        }

        @Override
        public void warned(String sentence) {
            call("warned " + sentence);
        }

        @Override
        public void requestEnded(String test, String level, int run, dev.llmload.result.request.RequestRecord request) {
            call("request");
        }

        @Override
        public String toString() {
            return name;
        }
    }

    @Test
    void allAreTold_inTheOrderInWhichTheyWereAdded() {
        new ReportListeners()
                .add(new Listener("a", null))
                .add(new Listener("b", null))
                .said("x");

        assertThat(told).containsExactly("a said x", "b said x");
    }

    @Test
    void oneThatFails_isSaidOnce_andKeepsNobodyFromBeingTold() {
        ReportListeners listeners = new ReportListeners()
                .add(new Listener("bad", new StackOverflowError("deep")))
                .add(new Listener("good", null));

        listeners.requestEnded("test", "level", 0, null);
        listeners.requestEnded("test", "level", 0, null);
        listeners.said("x");

        String warning = "warned bad failed, which changes nothing of the run: java.lang.StackOverflowError: deep";
        assertThat(told)
                .containsExactly(
                        "bad request",
                        "bad " + warning,
                        "good " + warning,
                        "good request",
                        "bad request",
                        "good request",
                        "bad said x",
                        "good said x");
    }
}
