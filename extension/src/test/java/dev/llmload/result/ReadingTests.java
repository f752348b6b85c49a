package dev.llmload.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.llmload.result.measured.Measurement;
import dev.llmload.result.measured.Values;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a test body reads of a result, and what it is told where there is nothing to read. */
class ReadingTests {
    /** Of 100 requests 10 failed; the others took 1 to 90 ms, and had 1 to 90 tok/s. */
    private static final LoadResult RESULT = Measurement.of(
                    new Subject("com.acme.ChatTest#chat", "http://h/v1/chat/completions", "m", false), Level.users(10))
            .distribution(Metric.TTFT, Values.of(upTo90(1e6), 10))
            .distribution(Metric.OUTPUT_SPEED, Values.of(upTo90(1), 10))
            .distribution(Metric.E2E, Values.of(new double[0], 10))
            .distribution(Metric.TPOT, Values.absent("the server sent no usage"))
            .distribution(Metric.REQUEST_SPEED, Values.absent("the server sent no usage"))
            .quantity(Quantity.of(Metric.SUCCESS_RATE, 0.9))
            .quantity(Quantity.of(Metric.THROUGHPUT, 1457.8))
            .quantity(Quantity.atMost(Metric.MFU, 0.25))
            .quantity(Quantity.absent(Metric.POWER, "no GPU telemetry was recorded"))
            .build();

    private static double[] upTo90(double unit) {
        return IntStream.rangeClosed(1, 90).mapToDouble(i -> i * unit).toArray();
    }

    @Nested
    class ALatency {
        @Test
        void isADuration_withFailedRequestsAboveEveryValue() {
            assertThat(RESULT.ttft().p50()).isEqualTo(Duration.ofMillis(50));
            assertThat(RESULT.ttft().p90()).isEqualTo(Duration.ofMillis(90));
            assertThat(RESULT.ttft().percentile(0.5)).isEqualTo(Duration.ofMillis(1));
            assertThat(RESULT.ttft().min()).isEqualTo(Duration.ofMillis(1));
            assertThat(RESULT.ttft().mean()).isEqualTo(Duration.ofNanos(45_500_000));
            assertThat(RESULT.ttft().count()).isEqualTo(90);
        }

        @Test
        void ofSuccesses_leavesFailuresOut() {
            assertThat(RESULT.ttft().ofSuccesses().p95()).isEqualTo(Duration.ofMillis(86));
            assertThat(RESULT.ttft().ofSuccesses().p99()).isEqualTo(Duration.ofMillis(90));
            assertThat(RESULT.ttft().ofSuccesses().max()).isEqualTo(Duration.ofMillis(90));
        }

        @Test
        void aPercentileOnAFailedRequest_failsTheTestAsABrokenBudgetDoes() {
            assertThatThrownBy(() -> RESULT.ttft().p95())
                    .isInstanceOf(AssertionError.class)
                    .isInstanceOf(FailedRequestError.class)
                    .hasMessage(
                            "ttft p95 falls on a failed request: 10 of 100 requests failed, and a failed request ranks"
                                    + " above every latency; ofSuccesses() reads the successes alone");
            assertThatThrownBy(() -> RESULT.ttft().max()).isInstanceOf(FailedRequestError.class);
        }

        @Test
        void whereAllFailed_isNoBrokenTestEither() {
            assertThat(RESULT.e2e().isPresent()).isFalse();
            assertThat(RESULT.e2e().optional()).isEmpty();
            assertThatThrownBy(() -> RESULT.e2e().p50()).isInstanceOf(FailedRequestError.class);
            assertThatThrownBy(() -> RESULT.e2e().ofSuccesses().p50()).isInstanceOf(AbsentMetricException.class);
        }

        @Test
        void thatWasNotMeasured_saysWhy() {
            assertThat(RESULT.tpot().isPresent()).isFalse();
            assertThat(RESULT.tpot().absentReason()).isEqualTo("the server sent no usage");
            assertThat(RESULT.tpot().optional()).isEmpty();
            assertThatThrownBy(() -> RESULT.tpot().p50())
                    .isInstanceOf(AbsentMetricException.class)
                    .hasMessage("tpot was not measured: the server sent no usage");
        }
    }

    @Nested
    class ASpeed {
        @Test
        void isInTokensPerSecond_withFailedRequestsBelowEveryValue() {
            assertThat(RESULT.outputSpeed().unit()).isEqualTo("tok/s");
            assertThat(RESULT.outputSpeed().p50()).isEqualTo(40);
            assertThat(RESULT.outputSpeed().percentile(11)).isEqualTo(1);
            assertThat(RESULT.outputSpeed().max()).isEqualTo(90);
            assertThat(RESULT.outputSpeed().mean()).isEqualTo(45.5);
            assertThat(RESULT.outputSpeed().optional())
                    .hasValueSatisfying(speed -> assertThat(speed.count()).isEqualTo(90));
        }

        @Test
        void ofSuccesses_leavesFailuresOut() {
            assertThat(RESULT.outputSpeed().ofSuccesses().p1()).isEqualTo(1);
            assertThat(RESULT.outputSpeed().ofSuccesses().p5()).isEqualTo(5);
            assertThat(RESULT.outputSpeed().ofSuccesses().min()).isEqualTo(1);
        }

        @Test
        void aPercentileOnAFailedRequest_failsTheTestAsABrokenBudgetDoes() {
            for (Runnable read : new Runnable[] {
                () -> RESULT.outputSpeed().p5(),
                () -> RESULT.outputSpeed().p10(),
                () -> RESULT.outputSpeed().min()
            }) {
                assertThatThrownBy(read::run)
                        .isInstanceOf(FailedRequestError.class)
                        .hasMessageContaining("below every speed");
            }
        }

        @Test
        void thatWasNotMeasured_saysWhy() {
            assertThat(RESULT.requestSpeed().optional()).isEmpty();
            assertThatThrownBy(() -> RESULT.requestSpeed().max())
                    .hasMessage("request_speed was not measured: the server sent no usage");
        }
    }

    @Nested
    class AQuantity {
        @Test
        void hasItsValueInTheBaseUnit_andInTheOneThatReadersSee() {
            assertThat(RESULT.successRate().value()).isEqualTo(0.9);
            assertThat(RESULT.successRate().inUnit()).isCloseTo(90, within(1e-12));
            assertThat(RESULT.successRate().unit()).isEqualTo("%");
            assertThat(RESULT.throughput().optional()).hasValue(1457.8);
            assertThat(RESULT.throughput().unit()).isEqualTo("tok/s");
            assertThat(RESULT.mfu().isUpperBound()).isTrue();
        }

        @Test
        void thatWasNotMeasured_saysWhy() {
            assertThat(RESULT.power().optional()).isEmpty();
            assertThat(RESULT.power().unit()).isEqualTo("W");
            assertThatThrownBy(() -> RESULT.power().value())
                    .isInstanceOf(AbsentMetricException.class)
                    .hasMessage("power was not measured: no GPU telemetry was recorded");
        }
    }

    @ParameterizedTest
    @EnumSource(Metric.class)
    void everyMetric_canBeReadByItself_andWhatNobodyMeasuredIsAbsent(Metric metric) {
        LoadResult empty = Measurement.of(new Subject("T#m", "", "", false), Level.users(1))
                .build();
        switch (metric.kind()) {
            case LATENCY -> {
                assertThat(empty.latency(metric).metric()).isEqualTo(metric);
                assertThat(empty.latency(metric).isPresent()).isFalse();
                assertThatIllegalArgumentException().isThrownBy(() -> empty.quantity(metric));
            }
            case SPEED -> {
                assertThat(empty.speed(metric).metric()).isEqualTo(metric);
                assertThat(empty.speed(metric).isPresent()).isFalse();
                assertThatIllegalArgumentException().isThrownBy(() -> empty.latency(metric));
            }
            default -> {
                assertThat(empty.quantity(metric).metric()).isEqualTo(metric);
                assertThat(empty.quantity(metric).isPresent()).isFalse();
                assertThatIllegalArgumentException().isThrownBy(() -> empty.distribution(metric));
            }
        }
    }

    /** {@code result.ttft()} for {@code ttft}. */
    @ParameterizedTest
    @EnumSource(Metric.class)
    void everyMetricOfALevel_isReadByItsName(Metric metric) throws ReflectiveOperationException {
        if (!metric.isOfSweep()) {
            String[] words = metric.word().split("_");
            StringBuilder name = new StringBuilder(words[0]);
            Arrays.stream(words)
                    .skip(1)
                    .forEach(word ->
                            name.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1)));
            Object read = LoadResult.class.getMethod(name.toString()).invoke(RESULT);

            assertThat(read.getClass().getMethod("metric").invoke(read)).isEqualTo(metric);
        }
    }

    @Test
    void nobodyElseMakesOrChangesAResult() {
        assertThat(LoadResult.class.isInterface()).isTrue();
        assertThat(Latency.class.getConstructors()).isEmpty();
        assertThat(Speed.class.getConstructors()).isEmpty();
        assertThat(Quantity.class.getConstructors()).isEmpty();
        assertThat(Arrays.stream(LoadResult.class.getMethods())
                        .filter(method ->
                                Modifier.isStatic(method.getModifiers()) || method.getReturnType() == LoadResult.class)
                        .map(Method::getName))
                .isEmpty();
    }
}
