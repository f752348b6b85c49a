package dev.llmload.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.llmload.result.Level;
import dev.llmload.result.LoadResult;
import dev.llmload.result.Metric;
import dev.llmload.result.Outcome;
import dev.llmload.result.Quantity;
import dev.llmload.result.RequestCounts;
import dev.llmload.result.Subject;
import dev.llmload.result.Window;
import dev.llmload.result.measured.Measurement;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SweepAnalysisTests {
    private static LoadResult level(int users, double throughput, long failed, Map<Metric, Double> more) {
        Map<Metric, Quantity> quantities = new EnumMap<>(Metric.class);
        quantities.put(Metric.THROUGHPUT, Quantity.of(Metric.THROUGHPUT, throughput));
        more.forEach((metric, value) -> quantities.put(metric, Quantity.of(metric, value)));
        return Measurement.of(new Subject("T#m", "http://h/v1/chat/completions", "m", false), Level.users(users))
                .window(new Window(Window.Kind.STEADY, 0, 1, Duration.ofNanos(1), "test"))
                .requests(new RequestCounts(100, 100 - failed, 0, 0, Map.of(Outcome.RESET, failed), Map.of(), Map.of()))
                .quantities(quantities)
                .build();
    }

    private static LoadResult level(int users, double throughput) {
        return level(users, throughput, 0, Map.of());
    }

    private static SweepAnalysis of(LoadResult... levels) {
        return SweepAnalysis.of(List.of(levels), Set.of(), SweepRules.USUAL);
    }

    @Test
    void saturationIsTheFirstStepThatGainsLessThanTheRule() {
        SweepAnalysis analysis = of(level(10, 100), level(20, 180), level(40, 197), level(80, 198));

        assertThat(analysis.saturation().orElseThrow().level()).isEqualTo(Level.users(40));
        assertThat(analysis.saturatedLevel()).contains(Level.users(20));
    }

    @Test
    void aGainOfExactlyTheRule_isNoSaturation() {
        SweepRules quarter = new SweepRules(0.25, 0);
        SweepAnalysis analysis =
                SweepAnalysis.of(List.of(level(10, 100), level(20, 125), level(40, 150)), Set.of(), quarter);

        assertThat(analysis.saturation().orElseThrow().level()).isEqualTo(Level.users(40));
    }

    @Test
    void aDeclineSaturatesToo() {
        assertThat(of(level(10, 100), level(20, 90)).saturation()).isPresent();
    }

    @Test
    void oneLevelSaysNothingOfSaturation() {
        SweepAnalysis analysis = of(level(10, 100));

        assertThat(analysis.saturation()).isEmpty();
        assertThat(analysis.fit()).isEmpty();
        assertThat(analysis.noFit()).isEqualTo("a curve needs at least 3 levels with throughput, and there are 1");
        assertThat(analysis.shareOfMaximum()).isEmpty();
    }

    @Test
    void diminishingReturnsAreJudgedOnTheValueItself() {
        // 50 to 100 users of the third published run: 9.994 tok/s per added user, printed there as "10.0 (Below 10.0)".
        assertThat(of(level(10, 154.9), level(50, 660.7), level(100, 1160.4))
                        .diminishing()
                        .orElseThrow()
                        .gainPerUser())
                .isCloseTo(9.994, within(1e-9));
        assertThat(of(level(10, 159.5), level(50, 631.3), level(100, 1133.8)).diminishing())
                .isEmpty();
    }

    @Test
    void whyThereIsNoCurve() {
        assertThat(of(level(10, 100), level(50, 500), level(100, 1000)).noFit())
                .isEqualTo("throughput grows in proportion to users or faster, so that it levels off nowhere in sight");
        assertThat(of(level(10, 100), level(50, 100), level(100, 100)).noFit())
                .isEqualTo("throughput does not grow with users");
        assertThat(of(level(10, 100), level(50, 300), level(100, 400)).noFit()).isEmpty();
    }

    @Test
    void aLevelWithoutThroughput_andASecondOfAsManyUsers_areNoPointsOfTheCurve() {
        SweepAnalysis with = of(level(10, 100), level(10, 120), level(20, 0), level(50, 300), level(100, 400));
        SweepAnalysis without = of(level(10, 100), level(50, 300), level(100, 400));

        assertThat(with.fit().orElseThrow().vmax())
                .isEqualTo(without.fit().orElseThrow().vmax());
    }

    @Test
    void theRooflineIsWhereOutputTokensAloneWouldUseThePeak() {
        SweepAnalysis analysis = of(
                level(10, 184.1, 0, Map.of(Metric.DECODE_MFU, 184.1 * 16e9 / 149.7e12)),
                level(50, 756.9, 0, Map.of(Metric.DECODE_MFU, 756.9 * 16e9 / 149.7e12)),
                level(100, 1457.8, 0, Map.of(Metric.DECODE_MFU, 1457.8 * 16e9 / 149.7e12)));

        assertThat(analysis.roofline().orElseThrow()).isCloseTo(9356.25, within(1e-6));
        assertThat(analysis.isAboveRoofline()).isTrue();
        assertThat(analysis.predictedUsers(0.5)).isEmpty();
    }

    @Test
    void nothingIsPredictedBeyondTwiceTheHighestLevel() {
        // K = 40: 50 % at 40 users, 80 % at 160, 95 % at 760, tested up to 100.
        SweepAnalysis analysis = of(level(10, 400), level(40, 1000), level(100, 2000.0 * 100 / 140));

        assertThat(analysis.predictedUsers(0.5).orElseThrow()).isCloseTo(40, within(1e-6));
        assertThat(analysis.predictedUsers(0.8).orElseThrow()).isCloseTo(160, within(1e-5));
        assertThat(analysis.predictedUsers(0.95)).isEmpty();
    }

    @Test
    void efficiencyHasTwoWinners() {
        SweepAnalysis analysis = of(
                level(10, 184.1, 0, Map.of(Metric.TOKENS_PER_JOULE, 0.760)),
                level(100, 1457.8, 0, Map.of(Metric.TOKENS_PER_JOULE, 5.672)));

        assertThat(analysis.bestPerUser().orElseThrow().level()).isEqualTo(Level.users(10));
        assertThat(analysis.best(Metric.TOKENS_PER_JOULE).orElseThrow().level()).isEqualTo(Level.users(100));
        assertThat(analysis.best(Metric.MFU)).isEmpty();
    }

    @Test
    void theCapacityIsTheHighestLevelThatHolds_andOverloadTheFirstBelow95Percent() {
        SweepAnalysis analysis = SweepAnalysis.of(
                List.of(
                        level(10, 100),
                        level(20, 200),
                        level(40, 300, 5, Map.of()),
                        level(80, 310, 6, Map.of()),
                        level(160, 100, 60, Map.of())),
                Set.of(Level.users(10), Level.users(20)),
                SweepRules.USUAL);

        assertThat(analysis.capacity().orElseThrow().level()).isEqualTo(Level.users(20));
        assertThat(analysis.overloaded().orElseThrow().level()).isEqualTo(Level.users(80));
    }

    @Test
    void rulesBelowNothing_areRefused() {
        assertThatThrownBy(() -> new SweepRules(-0.1, 10))
                .hasMessage("both must be at least 0, but were -0.1 and 10.0");
    }
}
