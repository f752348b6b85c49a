package dev.llmload.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the profiles claim, in simulated time. */
class ProfileTests {
    private static SimulatorSettings settings(String spec) {
        return SimulatorSettings.parse("simulator:" + spec);
    }

    /** The published run: five requests a user, prompts of 61 characters, 117 tokens an answer. */
    @Nested
    class Llama3OnA40 {
        private static final int PROMPT = 15;

        @ParameterizedTest
        @CsvSource({"10, 184.1", "50, 756.9", "100, 1457.8"})
        void throughput_isWithin15PercentOfThePublishedRun(int users, double published) {
            for (long seed = 0; seed < 5; seed++) {
                SimulatorSettings settings = settings("llama-3-8b-a40?seed=" + seed);
                EngineLoop closed = EngineLoop.run(settings, users, 5, PROMPT);
                assertThat(closed.steady()).as("steady").isCloseTo(published, Percentage.withPercentage(15));
                assertThat(closed.wholeRun()).as("whole run").isCloseTo(published, Percentage.withPercentage(15));
                EngineLoop waves = EngineLoop.waves(settings, users, 5, PROMPT);
                assertThat(waves.wholeRun()).as("five waves").isCloseTo(published, Percentage.withPercentage(15));
            }
        }

        @Test
        void gains_growLessThanTheUsers() {
            SimulatorSettings settings = settings("llama-3-8b-a40");
            double ten = EngineLoop.run(settings, 10, 7, PROMPT).steady();
            double fifty = EngineLoop.run(settings, 50, 7, PROMPT).steady();
            double hundred = EngineLoop.run(settings, 100, 7, PROMPT).steady();
            assertThat(fifty / ten).isBetween(4.0, 5.0);
            assertThat(hundred / fifty).isBetween(1.6, 2.0);
        }

        @ParameterizedTest
        @CsvSource({"10, 242.3", "50, 250.4", "100, 257.0"})
        void power_isWithin2PercentOfThePublishedRun(int users, double published) {
            assertThat(EngineLoop.run(settings("llama-3-8b-a40"), users, 5, PROMPT)
                            .watts())
                    .isCloseTo(published, Percentage.withPercentage(2));
        }

        @Test
        void gpu_isNamedAsItsDriverNamesIt() {
            assertThat(settings("llama-3-8b-a40").gpu().name()).isEqualTo("NVIDIA A40");
            assertThat(settings("h100-fast").gpu().name()).isEqualTo("NVIDIA H100 80GB HBM3");
            assertThat(settings("default").gpu().name()).isEqualTo("Simulated GPU");
        }

        @Test
        void answers_areAsLongAsThePublishedOnes() {
            assertThat(EngineLoop.run(settings("llama-3-8b-a40"), 100, 5, PROMPT)
                            .meanTokens())
                    .isCloseTo(117, within(2.0));
        }

        /** What the profile cannot have together with the throughput: the run held fewer requests in flight. */
        @Test
        void latencies_areLongerThanThePublishedOnes_byWhatTheRunLackedInFlight() {
            assertThat(EngineLoop.run(settings("llama-3-8b-a40"), 10, 7, PROMPT).meanLatencySeconds() / 4.784)
                    .isBetween(1.2, 1.35);
            assertThat(EngineLoop.run(settings("llama-3-8b-a40"), 100, 7, PROMPT)
                                    .meanLatencySeconds()
                            / 6.281)
                    .isBetween(1.2, 1.35);
        }
    }

    @Nested
    class Small {
        @Test
        void throughput_stopsGrowingAtItsBatch_andTheTimeToFirstTokenBegins() {
            EngineLoop at16 = EngineLoop.run(settings("small"), 16, 10, 60);
            EngineLoop at64 = EngineLoop.run(settings("small"), 64, 10, 60);
            assertThat(at64.steady() / at16.steady()).isBetween(0.95, 1.15);
            assertThat(at64.medianTtftNanos() / at16.medianTtftNanos()).isGreaterThan(50);
            assertThat(at64.engine().counters().preemptions()).isZero();
        }

        @Test
        void longPrompts_fillItsCache() {
            assertThat(EngineLoop.run(settings("small"), 16, 10, 150)
                            .engine()
                            .counters()
                            .preemptions())
                    .isPositive();
        }
    }

    @Test
    void h100Fast_isSixToTenTimesAsFastAsTheA40() {
        double fast = EngineLoop.run(settings("h100-fast?tokens=92..142&lengths=uniform"), 100, 5, 15)
                .steady();
        double a40 = EngineLoop.run(settings("llama-3-8b-a40"), 100, 5, 15).steady();
        assertThat(fast / a40).isBetween(6.0, 10.0);
    }

    @Nested
    class Releases {
        @ParameterizedTest
        @CsvSource({"12", "60", "480"})
        void prefill_takesExactly20PercentLonger(int prompt) {
            long stepNanos = 8_000_000;
            long a = onlyTtft("release-a", prompt) - stepNanos;
            long b = onlyTtft("release-b", prompt) - stepNanos;
            assertThat(b * 10).isEqualTo(a * 12);
        }

        @Test
        void underLoad_theMedianTtftIsSome15PercentWorse_andDecodesAreTheSame() {
            EngineLoop a = EngineLoop.run(settings("release-a"), 8, 10, 60);
            EngineLoop b = EngineLoop.run(settings("release-b"), 8, 10, 60);
            assertThat((double) b.medianTtftNanos() / a.medianTtftNanos()).isBetween(1.12, 1.2);
            assertThat(a.meanTokens()).isEqualTo(b.meanTokens());
        }

        @Test
        void theyDifferInNothingElse() {
            SimulatorSettings b = settings("release-b?prefillRate=1200");
            assertThat(b.engine()).isEqualTo(settings("release-a").engine());
            assertThat(b.timing()).isEqualTo(settings("release-a").timing());
            assertThat(b.seed()).isEqualTo(settings("release-a").seed());
        }

        private static long onlyTtft(String profile, int prompt) {
            EngineLoop.Answered only =
                    EngineLoop.run(settings(profile), 1, 1, prompt).answered().get(0);
            return only.firstNanos() - only.sentNanos();
        }
    }
}
