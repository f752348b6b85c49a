package dev.llmload.budget;

import static dev.llmload.budget.Measured.requests;
import static dev.llmload.result.Verdict.FAIL;
import static dev.llmload.result.Verdict.INCONCLUSIVE;
import static dev.llmload.result.Verdict.NOT_MEASURED;
import static dev.llmload.result.Verdict.PASS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmload.budget.grammar.BudgetParserTests;
import dev.llmload.result.Bias;
import dev.llmload.result.Metric;
import dev.llmload.result.Quantity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuantityVerdictTests {
    @Test
    void valuesAreInBaseUnits_limitsInTheirOwn() {
        Measured level = requests(10, 0, 0)
                .value(Metric.MFU, 0.12)
                .value(Metric.THROUGHPUT, 1457.8)
                .value(Metric.ENERGY, 10310)
                .value(Metric.COST_PER_MILLION, 0.0052);

        assertThat(level.judge("mfu >= 12%").verdict()).isEqualTo(PASS);
        assertThat(level.judge("mfu > 12%").verdict()).isEqualTo(FAIL);
        assertThat(level.judge("mfu >= 12%").actual()).hasValue(12);
        assertThat(level.judge("throughput >= 1457.9 tok/s").verdict()).isEqualTo(FAIL);
        assertThat(level.judge("energy <= 10.31 kJ").verdict()).isEqualTo(PASS);
        assertThat(level.judge("energy < 10.31 kJ").actual()).hasValue(10.31);
        assertThat(level.judge("energy <= 3 Wh").actual()).hasValue(10310.0 / 3600);
        assertThat(level.judge("cost_per_million < $2").verdict()).isEqualTo(PASS);
        assertThat(level.judge("throughput >= 1 tok/s").interval()).isEmpty();
    }

    @Test
    void theCachedShareIsAPercentage_andMoreIsBetter() {
        Measured level = requests(10, 0, 0).cached(600, 1000);

        assertThat(level.judge("cached_share >= 60%").verdict()).isEqualTo(PASS);
        assertThat(level.judge("cached_share > 60%").verdict()).isEqualTo(FAIL);
        assertThat(level.judge("cached_share >= 75%").actual()).hasValue(60);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cached_share >= 1%",
                "good_fraction >= 1%",
                "goodput > 1 req/s",
                "mfu >= 1%",
                "decode_mfu >= 1%",
                "mbu >= 1%",
                "gpu_util >= 1%",
                "power < 1 W",
                "energy < 1 J",
                "joules_per_token < 1 J",
                "tokens_per_joule > 1 tok/J",
                "gpu_memory < 1 GB",
                "gpu_temperature < 1 C",
                "cost_per_million < 1 $"
            })
    void withoutASourceItIsNotMeasured(String budget) {
        assertThat(requests(10, 0, 0).judge(budget))
                .returns(NOT_MEASURED, BudgetOutcome::verdict)
                .returns("this run does not measure it", BudgetOutcome::reason);
        assertThat(requests(10, 0, 0).judge(budget).actual()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"throughput > 1 tok/s", "total_throughput > 1 tok/s", "request_rate > 1 req/s"})
    void whatShouldBeThereIsInconclusiveWhenItIsNot(String budget) {
        Metric metric = BudgetParserTests.budget(budget).metric();

        assertThat(requests(10, 0, 0)
                        .with(metric, Quantity.absent(metric, "no usage"))
                        .judge(budget))
                .returns(INCONCLUSIVE, BudgetOutcome::verdict)
                .returns("no usage", BudgetOutcome::reason);
    }

    @Test
    void rateOfNothingIsInconclusive() {
        assertThat(requests(0, 0, 0).value(Metric.THROUGHPUT, 0).judge("throughput >= 1 tok/s"))
                .returns(INCONCLUSIVE, BudgetOutcome::verdict)
                .returns("no request was attempted", BudgetOutcome::reason);
    }

    @Test
    void baselineIsNotMeasured() {
        assertThat(requests(10, 0, 0).value(Metric.THROUGHPUT, 9).judge("throughput >= 95% of baseline"))
                .returns(NOT_MEASURED, BudgetOutcome::verdict)
                .returns("no baseline: this run has none to compare with", BudgetOutcome::reason);
    }

    @Test
    void anUpperBoundMayFailALowerLimit_andNeverPassIt() {
        Measured level = requests(10, 0, 0).with(Metric.MFU, Quantity.atMost(Metric.MFU, 0.12));

        assertThat(level.judge("mfu >= 13%").verdict()).isEqualTo(FAIL);
        assertThat(level.judge("mfu >= 12%").verdict()).isEqualTo(INCONCLUSIVE);
        assertThat(level.judge("mfu >= 5%").verdict()).isEqualTo(INCONCLUSIVE);
        assertThat(level.judge("mfu <= 12%").verdict()).isEqualTo(PASS);
        assertThat(level.judge("mfu <= 11%").verdict()).isEqualTo(INCONCLUSIVE);
        assertThat(level.judge("mfu >= 5%").reason())
                .isEqualTo("the value is an upper bound: prompts may have come from the server's cache,"
                        + " and it does not say");
    }

    @Test
    void telemetryThatIsNotWholeDecidesNothing() {
        Measured level = requests(10, 0, 0)
                .value(Metric.POWER, 250)
                .broken("telemetry is whole", "NVIDIA A40 GPU-a was lost", Metric.POWER, Bias.UNKNOWN);

        assertThat(level.judge("power < 300 W").verdict()).isEqualTo(INCONCLUSIVE);
        assertThat(level.judge("power < 200 W").verdict()).isEqualTo(INCONCLUSIVE);
        assertThat(level.judge("power < 300 W").reason()).isEqualTo("telemetry is whole: NVIDIA A40 GPU-a was lost");
    }

    @Test
    void whatHasNoSource_isNotMeasured_whateverElseIsBroken() {
        Measured level = requests(10, 0, 0)
                .with(Metric.TOKENS_PER_JOULE, Quantity.absent(Metric.TOKENS_PER_JOULE, "no telemetry"))
                .broken("client keeps up", "the loop delay p99 is above 10 ms", Metric.TOKENS_PER_JOULE, Bias.DOWN);

        assertThat(level.judge("tokens_per_joule > 2 tok/J"))
                .returns(NOT_MEASURED, BudgetOutcome::verdict)
                .returns("no telemetry", BudgetOutcome::reason);
    }

    @Test
    void whatALostGpuNoLongerTellsIsInconclusive_notMerelyNotMeasured() {
        Measured level = requests(10, 0, 0)
                .with(Metric.ENERGY, Quantity.absent(Metric.ENERGY, "the GPU or its source does not have it"))
                .broken("telemetry is whole", "NVIDIA A40 GPU-a was lost", Metric.ENERGY, Bias.UNKNOWN);

        assertThat(level.judge("energy < 5 kJ"))
                .returns(INCONCLUSIVE, BudgetOutcome::verdict)
                .returns("telemetry is whole: NVIDIA A40 GPU-a was lost", BudgetOutcome::reason);
    }
}
