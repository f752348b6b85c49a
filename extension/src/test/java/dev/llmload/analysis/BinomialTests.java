package dev.llmload.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BinomialTests {
    @Nested
    class Bounds {
        @ParameterizedTest
        @CsvSource({
            "500, 500, 0.992649, 1.0",
            "495, 500, 0.976819, 0.996745",
            "50, 50, 0.928878, 1.0",
            "250, 250, 0.985353, 1.0",
            "591, 600, 0.971717, 0.993119",
            "1022, 1200, 0.830280, 0.871312",
            "20, 20, 0.831567, 1.0",
        })
        void twoSidedIntervals_areThoseOfClopperAndPearson(long k, long n, double lower, double upper) {
            double[] interval = Binomial.interval(k, n, 0.95);

            assertThat(interval[0]).isCloseTo(lower, within(1e-6));
            assertThat(interval[1]).isCloseTo(upper, within(1e-6));
        }

        @Test
        void nothingSeen_mirrorsEverythingSeen() {
            assertThat(Binomial.interval(0, 500, 0.95)[0]).isZero();
            assertThat(Binomial.interval(0, 500, 0.95)[1]).isCloseTo(1 - 0.992649, within(1e-6));
        }

        @ParameterizedTest
        @CsvSource({"16, 0.04820", "17, 0.05056"})
        void upperBoundsAroundThePassLimitOf500(long k, double expected) {
            assertThat(Binomial.upperBound(k, 500, 0.95)).isCloseTo(expected, within(5e-6));
        }

        @Test
        void lowerBoundAtTheFailLimitOf500() {
            assertThat(Binomial.lowerBound(34, 500, 0.95)).isCloseTo(0.05043, within(5e-6));
            assertThat(Binomial.lowerBound(33, 500, 0.95)).isLessThan(0.05);
        }

        @Test
        void fiftyOfFifty_supportsOneSidedOnly94Percent() {
            // all of n: the lower bound is (1 − confidence)^(1/n)
            assertThat(Binomial.lowerBound(50, 50, 0.95)).isCloseTo(Math.pow(0.05, 1 / 50.0), within(1e-9));
            assertThat(Binomial.upperBound(50, 50, 0.95)).isEqualTo(1);
            assertThat(Binomial.lowerBound(0, 50, 0.95)).isZero();
        }

        @ParameterizedTest
        @CsvSource({
            "50, 0.95, -1, 6", "59, 0.95, 0, 7", "100, 0.95, 1, 10", "250, 0.95, 6, 19", "500, 0.95, 16, 34",
            "1000, 0.95, 38, 63", "50, 0.99, -1, 3", "100, 0.99, -1, 4", "500, 0.99, 1, 10", "1000, 0.99, 4, 16",
        })
        void passAtMostAndFailAtLeast(int n, double q, int passAtMost, int failAtLeast) {
            int pass = -1;
            while (Binomial.upperBound(pass + 1, n, 0.95) <= 1 - q) {
                pass++;
            }
            int fail = 0;
            while (Binomial.lowerBound(fail, n, 0.95) <= 1 - q) {
                fail++;
            }
            assertThat(pass).isEqualTo(passAtMost);
            assertThat(fail).isEqualTo(failAtLeast);
        }
    }

    @Nested
    class Ranks {
        @ParameterizedTest
        @CsvSource({
            "50, 0.95, 44, 51", "59, 0.95, 52, 60", "100, 0.95, 90, 100", "250, 0.95, 230, 245", "500, 0.95, 465, 485",
            "1000, 0.95, 936, 964", "50, 0.99, 48, 51", "59, 0.99, 57, 60", "100, 0.99, 97, 101", "250, 0.99, 244, 251",
            "500, 0.99, 490, 500", "1000, 0.99, 983, 997",
        })
        void ofThePublishedTable(long n, double q, long lower, long upper) {
            assertThat(Binomial.percentileRanks(n, q, 0.95)).containsExactly(lower, upper);
        }

        @ParameterizedTest
        @CsvSource({"0.95, 72", "0.99, 368"})
        void theUpperRankIsFinite_fromThisManyValuesOn(double q, long n) {
            assertThat(Binomial.percentileRanks(n, q, 0.95)[1]).isEqualTo(n);
            assertThat(Binomial.percentileRanks(n - 1, q, 0.95)[1]).isEqualTo(n);
        }

        @Test
        void tooFewValues_boundNeitherSide() {
            assertThat(Binomial.percentileRanks(3, 0.5, 0.95)).containsExactly(0, 4);
        }

        @Test
        void ofTheMedian_areSymmetric() {
            long[] ranks = Binomial.percentileRanks(101, 0.5, 0.95);
            assertThat(ranks[0] + ranks[1]).isEqualTo(102);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0.90, 0.95, 29",
        "0.95, 0.95, 59",
        "0.99, 0.95, 299",
        "0.999, 0.95, 2995",
        "0.90, 0.99, 44",
        "0.95, 0.99, 90",
        "0.99, 0.99, 459",
        "0.999, 0.99, 4603"
    })
    void smallestPassingN(double q, double confidence, long n) {
        assertThat(Binomial.smallestPassingN(q, confidence)).isEqualTo(n);
        assertThat(Binomial.upperBound(0, n, confidence)).isLessThanOrEqualTo(1 - q + 1e-12);
        assertThat(Binomial.upperBound(0, n - 1, confidence)).isGreaterThan(1 - q);
    }

    @Test
    void whatIsOutOfRange_saysTheRuleAndTheValue() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Binomial.interval(1, 0, 0.95))
                .withMessageContaining("n must be at least 1")
                .withMessageContaining("was 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Binomial.upperBound(6, 5, 0.95))
                .withMessage("k must be at least 0 and at most n = 5, but was 6");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Binomial.lowerBound(1, 5, 95))
                .withMessage("confidence must be above 0.5 and below 1, but was 95.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Binomial.percentileRanks(5, 95, 0.95))
                .withMessageContaining("was 95.0");
    }
}
