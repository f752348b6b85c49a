package dev.llmload.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmload.load.plan.ThinkTime;
import dev.llmload.result.request.RequestRecord;
import dev.llmload.testkit.ScriptedServer;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class ThinkingUsersTests {
    private static final long MILLI = 1_000_000;

    private static ThinkTime millis(long least, long most) {
        return new ThinkTime(Duration.ofMillis(least), Duration.ofMillis(most), 42);
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
}
