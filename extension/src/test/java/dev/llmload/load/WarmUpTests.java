package dev.llmload.load;

import static dev.llmload.testkit.Http.goodAnswer;
import static dev.llmload.testkit.Http.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmload.junit.Api;
import dev.llmload.load.preflight.EndpointUnusableException;
import dev.llmload.load.wire.Timeouts;
import dev.llmload.metric.LevelRecording;
import dev.llmload.metric.LoopRecorder;
import dev.llmload.result.Outcome;
import dev.llmload.result.request.Phase;
import dev.llmload.result.request.RequestRecord;
import dev.llmload.testkit.ScriptedServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class WarmUpTests {
    private final List<String> notes = new ArrayList<>();

    private LoadSession session(String url) {
        LoadListener listener = new LoadListener() {
            @Override
            public void note(String sentence) {
                notes.add(sentence);
            }
        };
        return LoadSession.open(
                Load.endpoint(url, "m", Api.AUTO, "", Timeouts.defaults()), Load.request(), 1, "T#t", false, listener);
    }

    @Test
    void codeIsWarmedAgainstAStub_thatAnswersWell() {
        LevelEnd end = CodeWarmUp.run(50, Duration.ofSeconds(30));
        List<RequestRecord> records = end.recorders().stream()
                .map(LoopRecorder::records)
                .flatMap(List::stream)
                .toList();
        assertThat(records).hasSize(50).allSatisfy(r -> {
            assertThat(r.outcome()).isEqualTo(Outcome.OK);
            assertThat(r.tokens().events()).isEqualTo(20);
            assertThat(r.tokens().output()).isEqualTo(20);
        });
        assertThat(records).anySatisfy(r -> assertThat(r.tokens().arrivals()).isGreaterThan(1));
    }

    @Test
    void exactlySoManyRequests_noneOfThemMeasured() {
        AtomicInteger requests = new AtomicInteger();
        try (ScriptedServer server = ScriptedServer.start(connection -> {
                    while (true) {
                        connection.request();
                        requests.incrementAndGet();
                        connection.send(goodAnswer());
                    }
                });
                LoadSession session = session(server.url())) {
            WarmUp warmUp = session.warmUp(Load.prompts(), 20, 5);
            assertThat(requests).hasValue(20);
            assertThat(warmUp.attempted()).isEqualTo(20);
            assertThat(warmUp.succeeded()).isEqualTo(20);
            assertThat(warmUp.records()).allSatisfy(r -> assertThat(r.phase()).isEqualTo(Phase.WARMUP));
            assertThat(warmUp.meanE2e()).isPositive();
            assertThat(warmUp.tokensPerSecond()).isPositive();
            assertThat(notes).singleElement().asString().startsWith("cold start: the first request's");
        }
    }

    @Test
    void whatIsKnownBeforeTheLevels_isANoteOfTheFirstOneOnly() {
        try (ScriptedServer server = ScriptedServer.start(connection -> {
                    while (true) {
                        connection.request();
                        connection.send(goodAnswer());
                    }
                });
                LoadSession session = session(server.url())) {
            Load load = Load.against(server.url()).requests(3);
            session.warmUp(Load.prompts(), 2, 1);
            assertThat(session.run(load.plan(), Load.prompts()).notes())
                    .singleElement()
                    .asString()
                    .startsWith("cold start");
            assertThat(session.run(load.plan(), Load.prompts()).notes()).isEmpty();
        }
    }

    @Test
    void connectionsThatAreNotKept_areANote_alsoIfOnlyTheWarmUpMetThem() {
        try (ScriptedServer server = ScriptedServer.start(connection -> {
                    connection.request();
                    connection.send(goodAnswer());
                    if (connection.index() < 3) {
                        // Closes only when the next request is there: the client cannot have known.
                        connection.request();
                    }
                });
                LoadSession session = session(server.url())) {
            session.warmUp(Load.prompts(), 6, 1);
            LevelRecording level =
                    session.run(Load.against(server.url()).requests(3).plan(), Load.prompts());
            assertThat(level.staleConnections()).isZero();
            assertThat(level.notes()).anyMatch(note -> note.startsWith("the server closed connections that it had"));
        }
    }

    @Test
    void none_leavesTheEndpointAlone() {
        try (ScriptedServer server = ScriptedServer.start(connection -> {});
                LoadSession session = session(server.url())) {
            assertThat(session.warmUp(Load.prompts(), 0, 5).attempted()).isZero();
            assertThat(server.connections()).isZero();
        }
    }

    @Test
    void allFailed_meansNoLoad() {
        try (ScriptedServer server = ScriptedServer.start(connection -> {
                    while (true) {
                        connection.request();
                        connection.send(json(500, "{\"error\":\"out of memory\"}"));
                    }
                });
                LoadSession session = session(server.url())) {
            assertThatThrownBy(() -> session.warmUp(Load.prompts(), 4, 2))
                    .isInstanceOf(EndpointUnusableException.class)
                    .hasMessageContaining("all 4 warm-up requests")
                    .hasMessageContaining("no load is offered")
                    .hasMessageContaining("HTTP_5XX (status 500)")
                    .hasMessageContaining("out of memory");
        }
    }

    @Test
    void rejectedStreamOptions_areFoundOutWithoutPreflight() {
        try (ScriptedServer server = ScriptedServer.start(connection -> {
                    while (true) {
                        boolean asked = connection.request().body().contains("stream_options");
                        connection.send(
                                asked ? json(400, "{\"error\":\"unknown field stream_options\"}") : goodAnswer());
                    }
                });
                LoadSession session = session(server.url())) {
            assertThat(session.warmUp(Load.prompts(), 4, 2).succeeded()).isEqualTo(4);
            assertThat(notes).anyMatch(note -> note.contains("rejects stream_options"));
        }
    }

    @Test
    void loopsFollowTheRateOfTheWarmUp_scaledToTheUsers() {
        WarmUp warmUp = new WarmUp(20, 20, Duration.ofSeconds(1), 3_500, List.of());
        LoopCount choose = new LoopCount(0, 8);
        assertThat(choose.forLevel(Optional.of(warmUp), 5, 50)).isEqualTo(1);
        assertThat(choose.forLevel(Optional.of(warmUp), 5, 51)).isEqualTo(2);
        assertThat(choose.forLevel(Optional.of(warmUp), 5, 5000)).isEqualTo(7);
        assertThat(choose.forLevel(Optional.empty(), 1, 5000)).isEqualTo(1);
        assertThat(new LoopCount(0, 1).forLevel(Optional.of(warmUp), 5, 5000)).isEqualTo(1);
        assertThat(new LoopCount(4, 2).forLevel(Optional.of(warmUp), 5, 1)).isEqualTo(4);
    }
}
