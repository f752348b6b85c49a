package dev.llmload.budget;

import static dev.llmload.budget.Measured.latency;
import static dev.llmload.budget.Measured.requests;
import static dev.llmload.result.Metric.E2E;
import static dev.llmload.result.Metric.TTFT;
import static dev.llmload.result.Verdict.INCONCLUSIVE;
import static dev.llmload.result.Verdict.PASS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmload.budget.grammar.BudgetParser;
import dev.llmload.result.Bias;
import dev.llmload.result.LoadResult;
import dev.llmload.result.ValidityCheck;
import dev.llmload.result.Verdict;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Of several runs of a level one is judged, and what is wrong with the others is said. */
class MedianRunTests {
    private static LoadResult run(double ttft) {
        return latency(TTFT, ttft, ttft, ttft).result();
    }

    private static LoadResult broken(double ttft) {
        return latency(TTFT, ttft, ttft, ttft)
                .broken("client keeps up", "too slow", TTFT, Bias.UP)
                .result();
    }

    private static int median(double... ttft) {
        return MedianRun.of(Arrays.stream(ttft).mapToObj(MedianRunTests::run).toList());
    }

    @Nested
    class Choice {
        @Test
        void itIsTheMiddleOneByTheMedianTtft() {
            assertThat(median(30, 10, 20)).isEqualTo(2);
            assertThat(median(10, 20, 30, 40, 50)).isEqualTo(2);
            assertThat(median(7)).isZero();
        }

        @Test
        void ofAnEvenNumber_itIsTheFasterOfTheTwo() {
            assertThat(median(40, 10, 30, 20)).isEqualTo(3);
            assertThat(median(20, 10)).isEqualTo(1);
        }

        @Test
        void equalRuns_keepTheirOrder() {
            assertThat(median(10, 10, 10)).isEqualTo(1);
        }

        @Test
        void aRunWhoseMedianIsAFailure_orThatHasNone_isTheSlowest() {
            LoadResult failing = requests(1, 3, 0).with(TTFT, 1).result();
            LoadResult without = latency(E2E, 1, 2, 3).result();

            assertThat(MedianRun.of(List.of(failing, run(30), run(20)))).isEqualTo(1);
            assertThat(MedianRun.of(List.of(without, failing, run(20)))).isZero();
        }
    }

    @Nested
    class Doubt {
        private ValidityCheck check(LoadResult... runs) {
            LoadResult annotated = MedianRun.annotate(runs[MedianRun.of(List.of(runs))], List.of(runs));
            return annotated.validity().stream()
                    .filter(each -> each.check().equals("runs are valid"))
                    .findFirst()
                    .orElseThrow();
        }

        private Verdict verdict(String budget, LoadResult... runs) {
            LoadResult annotated = MedianRun.annotate(runs[MedianRun.of(List.of(runs))], List.of(runs));
            return Judge.judge(annotated, BudgetParser.parseList(budget, "method"))
                    .outcomes()
                    .get(0)
                    .verdict();
        }

        @Test
        void validRuns_areAllCounted() {
            assertThat(check(run(10), run(20), run(30)))
                    .returns(ValidityCheck.Status.OK, ValidityCheck::status)
                    .returns("all 3", ValidityCheck::detail);
        }

        @Test
        void oneOfThree_isAWarning_andMovesNoVerdict() {
            LoadResult[] runs = {run(10), run(20), broken(30)};

            assertThat(check(runs))
                    .returns(ValidityCheck.Status.WARNING, ValidityCheck::status)
                    .returns("run 3: client keeps up (broken)", ValidityCheck::detail);
            assertThat(verdict("ttft max < 25 ms", runs)).isEqualTo(PASS);
        }

        @Test
        void twoOfThree_decideNothing_ofWhatTheyDidNotMeasureTruly() {
            LoadResult good = latency(TTFT, 20, 20, 20).with(E2E, 50, 50, 50).result();
            LoadResult[] runs = {broken(10), good, broken(30)};

            assertThat(check(runs).status()).isEqualTo(ValidityCheck.Status.BROKEN);
            assertThat(verdict("ttft max < 25 ms", runs)).isEqualTo(INCONCLUSIVE);
            assertThat(verdict("e2e max < 60 ms", runs)).isEqualTo(PASS);
        }

        @Test
        void aRunThatWasCutOff_isNamed() {
            LoadResult cut = requests(3, 0, 2).with(TTFT, 90, 90, 90).result();

            assertThat(check(run(10), run(20), cut).detail())
                    .startsWith("run 3: ")
                    .contains("cut off");
        }

        @Test
        void aSingleRun_staysAsItIs() {
            LoadResult only = broken(1);

            assertThat(MedianRun.annotate(only, List.of(only))).isSameAs(only);
            assertThat(Stream.of(only.validity()).flatMap(List::stream)).hasSize(1);
        }
    }
}
