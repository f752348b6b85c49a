package dev.llmload.budget;

import static dev.llmload.budget.Measured.requests;
import static dev.llmload.result.Metric.TTFT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmload.budget.baseline.BaselineReference;
import dev.llmload.budget.grammar.BudgetParser;
import dev.llmload.result.LoadResult;
import dev.llmload.result.Verdict;
import dev.llmload.result.measured.Values;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A gate with 95 % confidence is wrong in at most 5 of 100 levels; a small, seeded look at what {@code benchmarks/run verdicts}
 * shows at length.
 */
class VerdictErrorTests {
    private static final int TRIALS = 200;
    /** Of 200 trials that are wrong in 5 of 100 each, more than this are wrong in one of a thousand cases. */
    private static final int MOST_WRONG = 21;

    private static final int SLICE = 4;
    private static final List<BudgetRule> GATE = List.of(BudgetParser.parse("ttft p95 < 1 s", "test", List.of(), 0.95));

    /** Requests of which a share is slow, each by itself or, in slices of four, all or none of a slice. */
    private static double[] requestsOf(SplittableRandom random, int count, double share, boolean together) {
        double[] values = new double[count];
        boolean slow = false;
        for (int i = 0; i < count; i++) {
            slow = together && i % SLICE != 0 ? slow : random.nextDouble() < share;
            values[i] = slow ? 2e9 : 1e6;
        }
        return values;
    }

    private static LoadResult level(double[] values) {
        int[] slice = new int[values.length];
        Arrays.setAll(slice, i -> i / SLICE);
        int slices = (values.length + SLICE - 1) / SLICE;
        return requests(values.length, 0, 0)
                .with(TTFT, Values.inTime(values, slice, new int[slices]))
                .result();
    }

    private static Map<Verdict, Integer> verdicts(double share, boolean together) {
        Map<Verdict, Integer> all = new EnumMap<>(Verdict.class);
        for (int trial = 0; trial < TRIALS; trial++) {
            double[] sample = requestsOf(new SplittableRandom(trial), 2000, share, together);
            Looks looks = new Looks(GATE, 390);
            int requests = 390;
            int wanted = requests;
            while (wanted >= requests && wanted <= sample.length) {
                requests = wanted;
                wanted = looks.wanted(level(Arrays.copyOf(sample, requests)), BaselineReference.none("none"));
            }
            Verdict verdict = Judge.judge(level(Arrays.copyOf(sample, requests)), looks.spent())
                    .verdict();
            all.merge(verdict, 1, Integer::sum);
        }
        return all;
    }

    @ParameterizedTest
    @CsvSource({"0.05, false, FAIL", "0.05, true, FAIL", "0.055, false, PASS", "0.055, true, PASS"})
    void closeToTheLimit_fewVerdictsAreWrong(double share, boolean together, Verdict wrong) {
        assertThat(verdicts(share, together).getOrDefault(wrong, 0)).isLessThanOrEqualTo(MOST_WRONG);
    }

    @Test
    void atHalfThePermittedShare_almostAllPass() {
        assertThat(verdicts(0.025, false).getOrDefault(Verdict.PASS, 0)).isGreaterThanOrEqualTo(95 * TRIALS / 100);
    }
}
