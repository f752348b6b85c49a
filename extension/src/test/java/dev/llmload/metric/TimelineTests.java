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

class TimelineTests {
    @Test
    void secondBySecond_fromTheFirstRequest() {
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
                .window(0, 2000)
                .run(0, 3000)
                .assemble()
                .timeline();

        assertThat(points).extracting(TimelinePoint::second).containsExactly(0, 1, 2);
        assertThat(points).extracting(TimelinePoint::tokensPerSecond).containsExactly(4.0, 8.0, 4.0);
        assertThat(points).extracting(TimelinePoint::failures).containsExactly(0L, 0L, 2L);
        assertThat(points.get(0).inFlight()).isCloseTo(1.5, within(1e-9));
        assertThat(points.get(1).inFlight()).isCloseTo(1.05, within(1e-9));
        assertThat(points.get(2).inFlight()).isCloseTo(0.55, within(1e-9));
    }

    @Test
    void aBeginningOfASecond_isASecond() {
        assertThat(level(sent(0)).run(0, 1001).assemble().timeline()).hasSize(2);
        assertThat(level(sent(0)).run(0, 1000).assemble().timeline()).hasSize(1);
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
            assertThat(bins.sum(at(0), at(25))).isCloseTo(2.5, within(1e-9));
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
