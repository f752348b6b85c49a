package dev.llmload.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.llmload.result.Level;
import dev.llmload.result.LoadResult;
import dev.llmload.result.Metric;
import dev.llmload.result.Quantity;
import dev.llmload.result.RequestCounts;
import dev.llmload.result.Subject;
import dev.llmload.result.TokenCounts;
import dev.llmload.result.Window;
import dev.llmload.result.measured.Measurement;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CostTests {
    private static final CostPlan PLAN = new CostPlan(2.30, 1, Optional.empty(), 0);

    /** A level of which the whole run is the window. */
    private static LoadResult run(double seconds, long requests, long prompt, long output) {
        Map<Metric, Quantity> quantities = new EnumMap<>(Metric.class);
        quantities.put(Metric.THROUGHPUT, Quantity.of(Metric.THROUGHPUT, output / seconds));
        quantities.put(Metric.REQUEST_RATE, Quantity.of(Metric.REQUEST_RATE, requests / seconds));
        Duration whole = Duration.ofNanos((long) (seconds * 1e9));
        return Measurement.of(new Subject("T#m", "http://h/v1/chat/completions", "m", false), Level.users(10))
                .window(new Window(Window.Kind.WHOLE_RUN, 0, whole.toNanos(), whole, "test"))
                .requests(new RequestCounts(requests, requests, 0, 0, Map.of(), Map.of(), Map.of()))
                .tokens(new TokenCounts(prompt, 0, output, requests, false, false, Double.NaN, Double.NaN, 0, 1))
                .quantities(quantities)
                .build();
    }

    private static CostPlan demanding(String demand, int gpus) {
        return new CostPlan(2.30, gpus, Optional.of(Demand.parse(demand)), 13_368);
    }

    private static Projection at(double tokensPerSecond, CostPlan plan) {
        return new Projection(Level.users(45), 1, tokensPerSecond, Optional.of(plan));
    }

    @Nested
    class OfAMillionTokens {
        @Test
        void theReferencesExample() {
            // 40 requests/s for 30 s, 3,659,418 tokens in and 28,146 out on one GPU at $2.30: $0.0192, $0.0052.
            LoadResult result = run(30, 1200, 3_659_418, 28_146);
            LoadResult priced =
                    Measurement.from(result).quantity(PLAN.perMillion(result)).build();

            assertThat(priced.costPerMillion().value()).isCloseTo(0.0051977, within(1e-7));
            assertThat(CostPlan.ofWholeRun(priced)).isCloseTo(2.30 * 30 / 3600, within(1e-12));
        }

        @Test
        void theReferencesResultFile() {
            // gpu_cost 0.00935, 400,000 tokens, $0.0234 a million: 14.6 s of one GPU, not the 60 s beside them.
            LoadResult result = run(0.00935 / 2.30 * 3600, 100, 300_000, 100_000);

            assertThat(PLAN.perMillion(result).value()).isCloseTo(0.023375, within(1e-9));
        }

        @ParameterizedTest
        @CsvSource({"2000, 0.319444", "12000, 0.053241", "20000, 0.031944", "48000, 0.013310", "70000, 0.009127"})
        void theReferencesTable_asItIs_notAsItIsPrinted(double tokensPerSecond, double dollars) {
            // It prints $4.00, $0.67, $0.40 and $0.17 for the first four: 12.5 times as much.
            LoadResult result = run(10, 10, 0, (long) (tokensPerSecond * 10));

            assertThat(PLAN.perMillion(result).value()).isCloseTo(dollars, within(1e-6));
        }

        @Test
        void twoGpusCostTwice() {
            LoadResult result = run(30, 1200, 3_659_418, 28_146);
            CostPlan two = new CostPlan(2.30, 2, Optional.empty(), 0);

            assertThat(two.perMillion(result).value()).isCloseTo(2 * 0.0051977, within(2e-7));
        }

        @Test
        void withoutTokens_itIsAbsentWithTheReason() {
            LoadResult result = Measurement.from(run(30, 10, 0, 0))
                    .quantity(Quantity.absent(Metric.THROUGHPUT, "the server sends no usage"))
                    .build();

            assertThat(PLAN.perMillion(result).absentReason()).isEqualTo("the server sends no usage");
            assertThat(PLAN.perMillion(run(30, 10, 0, 0)).absentReason()).isEqualTo("no tokens were counted");
        }
    }

    @Nested
    class OfADay {
        @Test
        void theReferencesProjection() {
            // "Hourly capacity ~1224 requests, daily ~29376, full dataset (13,368 samples) ~10.9 hours" at 0.34/s.
            CostPlan plan = new CostPlan(2.30, 1, Optional.empty(), 13_368);
            Projection projection = new Projection(Level.users(1), 0.34, Double.NaN, Optional.of(plan));

            assertThat(projection.requestsPerHour()).isCloseTo(1224, within(1e-9));
            assertThat(projection.requestsPerDay()).isCloseTo(29_376, within(1e-9));
            assertThat(projection.datasetHours().orElseThrow()).isCloseTo(10.9216, within(1e-4));
        }

        @Test
        void theReferencesDemand_isAGpuForTheWholeDay() {
            // "100M tokens/day" at 70,500 tok/s: printed as $16 a day (elsewhere it would be $1); a GPU costs $55.20.
            Projection projection = at(70_500, demanding("100M tokens/day", 1));

            assertThat(projection.tokensPerHour()).isCloseTo(253.8e6, within(1.0));
            assertThat(projection.gpusFor(1)).hasValue(1);
            assertThat(projection.costPerDay(1)).isCloseTo(55.20, within(1e-9));
        }

        @Test
        void gpusComeInWholeReplicas() {
            Projection projection = at(1000, demanding("200M tokens/day", 4));

            // 2314.8 tok/s need three replicas of four GPUs, four of them at 70 %.
            assertThat(projection.gpusFor(1)).hasValue(12);
            assertThat(projection.gpusFor(0.7)).hasValue(16);
        }

        @Test
        void aDemandThatIsJustMet_needsNoFurtherReplica() {
            assertThat(at(1000, demanding("86.4M tokens/day", 1)).gpusFor(1)).hasValue(1);
        }

        @Test
        void aDemandOfRequests_isHeldAgainstTheRequestRate() {
            assertThat(at(Double.NaN, demanding("2.5 requests/s", 1)).gpusFor(1))
                    .hasValue(3);
            assertThat(at(Double.NaN, demanding("1k tokens/s", 1)).gpusFor(1)).isEmpty();
        }

        @Test
        void withoutARequestRate_thereIsNone() {
            LoadResult result = Measurement.from(run(30, 10, 100, 100))
                    .quantity(Quantity.absent(Metric.REQUEST_RATE, "nothing was measured"))
                    .build();

            assertThat(Projection.of(result, Optional.of(PLAN))).isEmpty();
        }
    }

    @Nested
    class Demands {
        @ParameterizedTest
        @CsvSource({
            "100M tokens/day, 1157.4074, true",
            "100m Tokens / day, 1157.4074, true",
            "40 requests/s, 40, false",
            "1.5k requests per minute, 25, false",
            "2B tokens/d, 23148.148, true",
            "7200 tokens/hour, 2, true",
        })
        void areRead(String text, double perSecond, boolean tokens) {
            assertThat(Demand.parse(text).perSecond()).isCloseTo(perSecond, within(1e-3));
            assertThat(Demand.parse(text).tokens()).isEqualTo(tokens);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "100",
                    "100M",
                    "tokens/day",
                    "0 tokens/day",
                    "-1 tokens/day",
                    "5 tokens/fortnight",
                    "5 cats/s"
                })
        void orRefused(String text) {
            assertThatThrownBy(() -> Demand.parse(text))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("must be an amount above 0 of tokens or requests per s, min, hour or day, such as"
                            + " `100M tokens/day` or `40 requests/s`, but was `" + text + "`");
        }
    }
}
