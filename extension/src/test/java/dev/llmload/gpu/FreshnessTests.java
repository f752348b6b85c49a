package dev.llmload.gpu;

import static dev.llmload.gpu.Gpus.A;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmload.result.GpuSample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** When equal readings are those of a source that has nothing new, and when of a device that has nothing new to say. */
class FreshnessTests {
    private static final double NO = Double.NaN;

    private static GpuSample sample(int second, double util, double watts, double joules, double clock) {
        return new GpuSample(
                Gpus.nanos(second), A, util, 0.3, 20e9, 24e9, 60, watts, joules, clock, clock, 165, NO, "");
    }

    private interface Reading {
        GpuSample at(int second);
    }

    /** The check of a window of so many seconds, read once a second. */
    private static List<String> objections(int seconds, Duration renewal, Reading reading) {
        List<GpuSample> samples = new ArrayList<>();
        for (int second = 0; second <= seconds; second++) {
            samples.add(reading.at(second));
        }
        GpuLog log = new GpuLog(
                "test", List.of(Gpus.facts(A)), Duration.ofSeconds(1), renewal, samples, List.of(), Map.of());
        return GpuWindow.of(log, 0, Gpus.nanos(seconds), Map.of()).objections();
    }

    @Nested
    class ASourceThatAsksTheDevice {
        @Test
        void aVirtualGpuWithoutPower_maySayTheSame() {
            assertThat(objections(22, Duration.ZERO, second -> sample(second, 1, NO, NO, 1440)))
                    .isEmpty();
        }

        @Test
        void anIdleGpu_maySayTheSame() {
            assertThat(objections(22, Duration.ZERO, second -> sample(second, 0, 9.21, NO, 210)))
                    .isEmpty();
        }

        @Test
        void aShortWindow_isTooShortAllTheSame() {
            assertThat(objections(12, Duration.ZERO, second -> sample(second, 1, NO, NO, 1440)))
                    .singleElement()
                    .asString()
                    .startsWith("the source refreshed the values of NVIDIA A40 GPU-a 13 times in the 12.0 s")
                    .endsWith("a longer window is needed");
        }

        @Test
        void aGpuThatComputes_wouldHaveDrawnAnotherPower() {
            assertThat(objections(22, Duration.ZERO, second -> sample(second, 1, 160.1, NO, 1440)))
                    .containsExactly(
                            "all values of NVIDIA A40 GPU-a stood still for 22.0 s of the 22.0 s of the window,"
                                    + " its power included: the source is stale");
        }

        @Test
        void aCounterThatStandsStill_isStaleEvenWhereTheGpuIsIdle() {
            assertThat(objections(22, Duration.ZERO, second -> sample(second, 0, 9.21, 500, 210)))
                    .containsExactly(
                            "all values of NVIDIA A40 GPU-a stood still for 22.0 s of the 22.0 s of the window,"
                                    + " its power included: the source is stale");
        }

        @Test
        void aCounterThatIsAlwaysZero_isNone() {
            assertThat(objections(22, Duration.ZERO, second -> sample(second, 0, 9.21, 0, 210)))
                    .isEmpty();
        }

        @Test
        void valuesThatFroze_areStale_howeverManyCameBefore() {
            assertThat(objections(60, Duration.ZERO, second -> {
                        int frozen = Math.min(second, 40);
                        return sample(second, 1, 160 + frozen % 7 * 0.1 + frozen * 0.001, NO, 1440);
                    }))
                    .containsExactly(
                            "all values of NVIDIA A40 GPU-a stood still for 20.0 s of the 60.0 s of the window,"
                                    + " its power included: the source is stale");
        }

        @Test
        void aStandstillOfAFifth_isNotTooLong() {
            assertThat(objections(60, Duration.ZERO, second -> {
                        int frozen = Math.min(second, 48);
                        return sample(second, 1, 160 + frozen * 0.1, NO, 1440);
                    }))
                    .isEmpty();
        }
    }

    @Nested
    class ASourceThatKeepsValues {
        private static final Duration HALF_A_MINUTE = Duration.ofSeconds(30);

        @Test
        void renewsThemNoMoreOftenThanItSays_unlessTheyDiffer() {
            assertThat(objections(120, HALF_A_MINUTE, second -> sample(second, 1, NO, NO, 1440)))
                    .singleElement()
                    .asString()
                    .startsWith("the source refreshed the values of NVIDIA A40 GPU-a 5 times in the 120.0 s");
            assertThat(objections(22, HALF_A_MINUTE, second -> sample(second, 1, 160 + second, NO, 1440)))
                    .isEmpty();
        }

        @Test
        void equalForGoodReason_isEnoughInALongWindow() {
            assertThat(objections(600, HALF_A_MINUTE, second -> sample(second, 1, NO, NO, 1440)))
                    .isEmpty();
        }

        @Test
        void mayStandStillForItsPeriod_whichIsTooLongForAShortWindow() {
            assertThat(objections(22, HALF_A_MINUTE, second -> sample(second, 1, 160, 5000, 1440)))
                    .singleElement()
                    .asString()
                    .startsWith("the source refreshed the values of NVIDIA A40 GPU-a 1 times in the 22.0 s");
        }

        @Test
        void mayStandStillForItsPeriod_inALongOne() {
            assertThat(objections(600, HALF_A_MINUTE, second -> sample(second, 1, 160 + second / 30, NO, 1440)))
                    .isEmpty();
        }
    }
}
