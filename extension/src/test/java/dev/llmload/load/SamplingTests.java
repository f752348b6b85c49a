package dev.llmload.load;

import static dev.llmload.testkit.Http.goodAnswer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmload.junit.Arrivals;
import dev.llmload.metric.LevelAssembler;
import dev.llmload.result.request.Phase;
import dev.llmload.result.request.RequestRecord;
import dev.llmload.testkit.ScriptedServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A level goes on, over real sockets, as long as somebody wants more measured requests. */
@Timeout(60)
class SamplingTests {
    private static ScriptedServer answering() {
        return ScriptedServer.start(connection -> {
            while (true) {
                connection.request();
                connection.send(goodAnswer());
            }
        });
    }

    /** Asks for the next number of each look, and keeps what it was shown. */
    private static final class Wanting implements Sampling {
        private final int[] wanted;
        private final List<Integer> shown = new ArrayList<>();

        Wanting(int... wanted) {
            this.wanted = wanted;
        }

        @Override
        public int wanted(List<RequestRecord> measured) {
            assertThat(measured).allSatisfy(record -> assertThat(record.phase()).isEqualTo(Phase.WINDOW));
            shown.add(measured.size());
            return shown.size() <= wanted.length ? wanted[shown.size() - 1] : 0;
        }
    }

    @Test
    void eachLookSeesWhatWasWanted_andAllOfItIsTheSample() {
        Wanting sampling = new Wanting(30, 45);
        try (ScriptedServer server = answering()) {
            Load.Outcomes outcomes = Load.against(server.url())
                    .users(4)
                    .requests(20)
                    .sampling(sampling)
                    .run();

            assertThat(sampling.shown).containsExactly(20, 30, 45);
            assertThat(outcomes.window()).hasSize(45);
            assertThat(outcomes.level().steady().endedBy()).isEqualTo("45 requests sent");
            long lastSent = outcomes.window().stream()
                    .mapToLong(record -> record.times().sent())
                    .max()
                    .orElseThrow();
            assertThat(outcomes.level().steady().closeNanos()).isEqualTo(lastSent + 1);
            assertThat(LevelAssembler.assemble(outcomes.level()).requests().attempted())
                    .isEqualTo(45);
            ClosedLoopTests.assertNothingLost(outcomes);
        }
    }

    @Test
    void whatCameAfterTheLastMeasuredRequest_isNotInTheWindow() {
        try (ScriptedServer server = answering()) {
            Load.Outcomes outcomes = Load.against(server.url())
                    .users(4)
                    .requests(20)
                    .sampling(new Wanting())
                    .run();

            long close = outcomes.level().steady().closeNanos();
            assertThat(outcomes.level().recorders())
                    .flatExtracting(recorder -> recorder.records())
                    .filteredOn(record -> record.times().firstToken() - close >= 0)
                    .isNotEmpty()
                    .allSatisfy(record ->
                            assertThat(record.tokens().eventsInWindow()).isZero());
        }
    }

    @Test
    void aScheduleGoesOnAsWell() {
        Wanting sampling = new Wanting(30);
        try (ScriptedServer server = answering()) {
            Load.Outcomes outcomes = Load.against(server.url())
                    .perSecond(200, Arrivals.CONSTANT)
                    .requests(20)
                    .sampling(sampling)
                    .run();

            assertThat(sampling.shown).containsExactly(20, 30);
            assertThat(outcomes.window()).hasSize(30);
        }
    }

    @Test
    void maxDurationEndsIt_thoughMoreIsWanted() {
        try (ScriptedServer server = answering()) {
            Load.Outcomes outcomes = Load.against(server.url())
                    .users(2)
                    .requests(10)
                    .maxDuration(Duration.ofSeconds(1))
                    .sampling(measured -> 1_000_000_000)
                    .run();

            assertThat(outcomes.level().steady().endedBy()).isEqualTo("maxDuration 1 s");
            assertThat(outcomes.window()).hasSizeGreaterThan(10);
        }
    }
}
