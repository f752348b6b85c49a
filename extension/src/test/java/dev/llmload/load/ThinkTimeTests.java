package dev.llmload.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmload.result.request.RequestRecord;
import dev.llmload.testkit.ScriptedServer;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class ThinkTimeTests {
    private static final long MILLI = 1_000_000;

    private static ThinkTime millis(long least, long most) {
        return new ThinkTime(Duration.ofMillis(least), Duration.ofMillis(most), 42);
    }

    @Test
    void pausesAreUniform_andTheSameForTheSameUser() {
        ThinkTime time = millis(500, 2000);
        ThinkTime.Pauses pauses = time.ofUser(3);
        long[] drawn = LongStream.range(0, 4000).map(i -> pauses.next()).toArray();
        ThinkTime.Pauses again = time.ofUser(3);

        assertThat(drawn[0]).isEqualTo(again.next()).isNotEqualTo(time.ofUser(4).next());
        assertThat(LongStream.of(drawn)).allMatch(pause -> pause >= 500 * MILLI && pause <= 2000 * MILLI);
        assertThat(LongStream.of(drawn).average().orElseThrow() / MILLI).isBetween(1230.0, 1270.0);
        assertThat(LongStream.of(drawn).filter(pause -> pause < 875 * MILLI).count())
                .isBetween(930L, 1070L);
    }

    @Test
    void aUserIsDueWhenItHasThought() {
        try (ScriptedServer server = ClosedLoopTests.good()) {
            Load.Outcomes outcomes = Load.against(server.url())
                    .users(1)
                    .thinking(millis(30, 30))
                    .requests(5)
                    .run();

            List<RequestRecord> all = outcomes.all().stream()
                    .sorted(Comparator.comparingLong(record -> record.times().sent()))
                    .toList();
            for (int i = 1; i < all.size(); i++) {
                assertThat(all.get(i).times().scheduled()
                                - all.get(i - 1).times().closed())
                        .isEqualTo(30 * MILLI);
                assertThat(all.get(i).times().sent())
                        .isGreaterThanOrEqualTo(all.get(i).times().scheduled());
            }
            assertThat(outcomes.window()).hasSize(5);
        }
    }

    @Test
    @Timeout(15)
    void nobodyWaitsForAUserWhoThinksWhenTheWindowIsClosed() {
        try (ScriptedServer server = ClosedLoopTests.good()) {
            Load.Outcomes outcomes = Load.against(server.url())
                    .users(1)
                    .thinking(millis(30_000, 30_000))
                    .duration(Duration.ofMillis(100))
                    .run();

            assertThat(outcomes.all()).hasSize(1);
        }
    }

    @Test
    void aRangeThatIsNone_isRefused() {
        assertThatThrownBy(() -> millis(2, 1))
                .hasMessage("a think time must not end before it begins, but was PT0.002S to PT0.001S");
    }
}
