package dev.llmload.load.wire;

import static dev.llmload.testkit.Http.goodAnswer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmload.result.Outcome;
import dev.llmload.testkit.ScriptedServer;
import io.vertx.core.http.HttpMethod;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** When a request is told to have been sent, over real sockets. */
@Timeout(300)
class SentTests {
    private static final class Told implements WireListener {
        private final List<String> words = new ArrayList<>();
        private final List<Long> nanos = new ArrayList<>();
        private final CompletableFuture<Told> ended = new CompletableFuture<>();
        private long late;

        @Override
        public boolean sending(long now, long connectNanos, boolean reused, boolean resent) {
            return told("sending", now);
        }

        @Override
        public void sent(long now, long lateNanos) {
            late = lateNanos;
            told("sent", now);
        }

        @Override
        public void head(long now, int status, String contentType, String server) {
            told("head", now);
        }

        @Override
        public void buffer(long now, byte[] bytes, int offset, int length) {
            told("buffer", now);
        }

        @Override
        public void end(long now) {
            told("end", now);
            ended.complete(this);
        }

        @Override
        public void failed(long now, Outcome kind, String error) {
            ended.completeExceptionally(new AssertionError(kind + " " + error));
        }

        private boolean told(String word, long now) {
            words.add(word);
            nanos.add(now);
            return true;
        }
    }

    private static Told send(ScriptedServer server, byte[] body) {
        try (LoopGroup group =
                new LoopGroup(URI.create(server.url()), Map.of(), Duration.ofSeconds(20), new ConnectionReuse())) {
            VertxWire wire = group.any();
            Told told = new Told();
            wire.execute(() -> wire.send(
                    wire.prepare(HttpMethod.POST, URI.create(server.url() + "/v1/chat/completions"), "*/*"),
                    body,
                    told));
            return told.ended.join();
        }
    }

    private static byte[] body(int length) {
        return "x".repeat(length).getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void sentIsToldOnce_afterTheRequestIsPrepared_andBeforeItsAnswer() {
        try (ScriptedServer server = ScriptedServer.start(connection -> {
            connection.request();
            connection.send(goodAnswer());
        })) {
            Told told = send(server, body(200));
            assertThat(told.words).containsExactly("sending", "sent", "head", "buffer", "end");
            assertThat(told.nanos).isSorted();
            assertThat(told.late).isPositive();
            assertThat(told.nanos.get(1) + told.late).isLessThan(told.nanos.get(2) + told.late);
        }
    }

    @Test
    void ofABodyThatTakesManyWrites_itIsTheFirstThatCounts() {
        try (ScriptedServer server = ScriptedServer.start(connection -> {
            connection.request();
            connection.send(goodAnswer());
        })) {
            Told told = send(server, body(3_000_000));
            assertThat(told.words).containsOnlyOnce("sent").startsWith("sending", "sent");
            assertThat(told.nanos).isSorted();
        }
    }

    @Test
    void requestThatIsWrittenASecondTime_isToldAgain() {
        try (ScriptedServer server = ScriptedServer.start(connection -> {
            connection.request();
            if (connection.index() == 0) {
                connection.send(goodAnswer());
                connection.request(); // and closes without an answer
            } else {
                connection.send(goodAnswer());
            }
        })) {
            try (LoopGroup group =
                    new LoopGroup(URI.create(server.url()), Map.of(), Duration.ofSeconds(20), new ConnectionReuse())) {
                VertxWire wire = group.any();
                URI uri = URI.create(server.url() + "/v1/chat/completions");
                Told first = new Told();
                wire.execute(() -> wire.send(wire.prepare(HttpMethod.POST, uri, "*/*"), body(10), first));
                first.ended.join();
                Told second = new Told();
                wire.execute(() -> wire.send(wire.prepare(HttpMethod.POST, uri, "*/*"), body(10), second));
                assertThat(second.ended.join().words)
                        .containsExactly("sending", "sent", "sending", "sent", "head", "buffer", "end");
            }
        }
    }
}
