package dev.llmload.simulator.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LengthsTests {
    private static int[] draws(Lengths lengths, int min, int max) {
        SplittableRandom random = new SplittableRandom(7);
        return IntStream.range(0, 20_000)
                .map(i -> lengths.draw(min, max, random))
                .sorted()
                .toArray();
    }

    @Test
    void uniform_fillsItsRangeEvenly() {
        int[] draws = draws(Lengths.UNIFORM, 40, 80);
        assertThat(draws[0]).isEqualTo(40);
        assertThat(draws[draws.length - 1]).isEqualTo(80);
        assertThat(Arrays.stream(draws).average().orElseThrow()).isBetween(59.5, 60.5);
    }

    @Test
    void lognormal_hasItsMiddle95PercentInTheRange_andItsMedianAtTheGeometricMean() {
        int[] draws = draws(Lengths.LOGNORMAL, 60, 600);
        assertThat(draws[500]).isBetween(57, 63);
        assertThat(draws[10_000]).isBetween(185, 195);
        assertThat(draws[19_500]).isBetween(570, 630);
        assertThat(draws[0]).isPositive();
        assertThat(draws[draws.length - 1]).isGreaterThan(900).isLessThanOrEqualTo(6000);
    }

    @ParameterizedTest
    @EnumSource(Lengths.class)
    void aRangeOfOne_isThatLength(Lengths lengths) {
        assertThat(draws(lengths, 12, 12)).containsOnly(12);
    }

    @ParameterizedTest
    @EnumSource(Lengths.class)
    void whatIsDrawnNext_doesNotDependOnTheKind(Lengths lengths) {
        SplittableRandom random = new SplittableRandom(3);
        lengths.draw(60, 600, random);
        SplittableRandom other = new SplittableRandom(3);
        other.nextLong();
        assertThat(random.nextLong()).isEqualTo(other.nextLong());
    }
}
