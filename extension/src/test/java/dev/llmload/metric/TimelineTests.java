package dev.llmload.metric;

import static dev.llmload.metric.Levels.level;
import static dev.llmload.metric.Requests.at;
import static dev.llmload.metric.Requests.failed;
import static dev.llmload.metric.Requests.sent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.llmload.result.Outcome;
import dev.llmload.result.TimelinePoint;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimelineTests {
    private static final double NONE = Double.NaN;

    @Test
    void quarterByQuarterOfASecond_fromTheFirstRequest() {
        // 4 tokens an event; events at 500, 1500 and 2500 of the first, at 1000 of the second
        List<TimelinePoint> points = level(
                        sent(0).first(500).last(2500).tokens(5, 0, 12).events(3).arrivals(3),
                        sent(500)
                                .first(1000)
                                .last(1000)
                                .tokens(5, 0, 4)
                                .events(1)
                                .arrivals(1),
                        failed(1950, Outcome.RESET, 200),
                        failed(2950, Outcome.RESET, 200))
                .window(0, 5000)
                .run(0, 5000)
                .assemble()
                .timeline();

        assertThat(points).hasSize(20).allMatch(point -> point.lengthNanos() == 250_000_000L);
        assertThat(points.get(0).nanos()).isEqualTo(at(0));
        for (int i = 1; i < 20; i++) {
            assertThat(points.get(i).nanos()).isEqualTo(points.get(i - 1).endNanos());
        }
        assertThat(points.subList(0, 12))
                .extracting(TimelinePoint::tokensPerSecond)
                .containsExactly(0.0, 0.0, 16.0, 0.0, 16.0, 0.0, 16.0, 0.0, 0.0, 0.0, 16.0, 0.0);
        assertThat(points.subList(0, 13))
                .extracting(TimelinePoint::failures)
                .containsExactly(0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 1L, 0L, 0L, 0L, 1L);
        assertThat(points.subList(1, 5))
                .extracting(TimelinePoint::inFlight)
                .usingElementComparator((a, b) -> Math.abs(a - b) < 1e-9 ? 0 : Double.compare(a, b))
                .containsExactly(1.0, 2.0, 2.0, 1.0);
    }

    @Test
    void ttft_isThatOfTheFirstTokensOfTheStretch() {
        List<TimelinePoint> points = level(
                        sent(0).first(100).last(900),
                        sent(0).first(240).last(900),
                        sent(200).first(400).last(900),
                        failed(950, Outcome.RESET, 200))
                .run(0, 5000)
                .assemble()
                .timeline();

        assertThat(points.subList(0, 3)).extracting(TimelinePoint::ttftP50Nanos).containsExactly(100e6, 200e6, NONE);
        assertThat(points.subList(0, 3)).extracting(TimelinePoint::ttftP95Nanos).containsExactly(240e6, 200e6, NONE);
    }

    @Test
    void ttftOfAnOpenLoop_countsFromTheSchedule() {
        List<TimelinePoint> points = level(sent(60).scheduled(0).first(100).last(200))
                .perSecond(1)
                .run(0, 1000)
                .assemble()
                .timeline();

        assertThat(points.get(2).ttftP50Nanos()).isEqualTo(100e6);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0",
        "1, 1, 1",
        "99, 99, 2",
        "1000, 1000, 20",
        "2000, 500, 40",
        "2000, 2000, 20",
        "9000, 3000, 60",
        "5000, 5000, 20",
        "5001, 5001, 21",
        "8000, 7000, 32",
        "180000, 170000, 720",
        "3600000, 3590000, 14400",
        "7200000, 7190000, 14400"
    })
    void stretchesAreAtMost250msLong_andSoShortThatTheWindowHas20_ofAtLeast50ms(long millis, long window, int count) {
        assertThat(Timeline.count(millis * 1_000_000, window * 1_000_000)).isEqualTo(count);
    }

    @Nested
    class Bins {
        private final TimeBins bins = new TimeBins();

        @Test
        void ofNothing_holdNothing() {
            assertThat(bins.sum(at(0), at(1000))).isZero();
        }

        @Test
        void growInBothDirections() {
            bins.add(at(0), 1);
            bins.add(at(600_000), 2);
            bins.add(at(-600_000), 4);

            assertThat(bins.sum(at(-600_000), at(600_100))).isEqualTo(7);
            assertThat(bins.sum(at(-600_000), at(-599_900))).isEqualTo(4);
            assertThat(bins.sum(at(0), at(100))).isEqualTo(1);
            assertThat(bins.sum(at(600_000), at(600_100))).isEqualTo(2);
        }

        @Test
        void spreadEvenly() {
            bins.spread(at(50), at(250), 200);
            assertThat(bins.sum(at(0), at(100))).isCloseTo(50, within(1e-6));
            assertThat(bins.sum(at(100), at(200))).isCloseTo(100, within(1e-6));
            assertThat(bins.sum(at(200), at(300))).isCloseTo(50, within(1e-6));
        }

        @Test
        void atAnEdge_giveTheShareThatIsCovered() {
            bins.add(at(10), 10);
            assertThat(bins.sum(at(0), at(25))).isCloseTo(5, within(1e-9));
        }

        @Test
        void addUp() {
            TimeBins other = new TimeBins();
            bins.add(at(0), 1);
            other.add(at(0), 2);
            other.add(at(-900_000), 3);
            bins.addAll(other);
            bins.addAll(new TimeBins());
            assertThat(bins.sum(at(0), at(100))).isEqualTo(3);
            assertThat(bins.sum(at(-900_000), at(100))).isEqualTo(6);
        }
    }
}
