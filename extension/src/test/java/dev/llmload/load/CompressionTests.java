package dev.llmload.load;

import static dev.llmload.testkit.Http.DONE;
import static dev.llmload.testkit.Http.ROLE;
import static dev.llmload.testkit.Http.STOP;
import static dev.llmload.testkit.Http.json;
import static dev.llmload.testkit.Http.models;
import static dev.llmload.testkit.Http.token;
import static dev.llmload.testkit.Http.usage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmload.junit.Api;
import dev.llmload.load.plan.LevelPlan;
import dev.llmload.load.preflight.EndpointUnusableException;
import dev.llmload.load.preflight.Preflight;
import dev.llmload.load.wire.Decompression;
import dev.llmload.load.wire.Timeouts;
import dev.llmload.result.Outcome;
import dev.llmload.result.request.RequestRecord;
import dev.llmload.testkit.Connection;
import dev.llmload.testkit.ScriptedServer;
import dev.llmload.testkit.ServerCase;
import io.netty.handler.codec.DecoderException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that compress though nobody asked them to: read where that is possible, else named. */
@Timeout(300)
class CompressionTests {
    private static final String EVENTS = ROLE + token("a") + token("b") + token("c") + STOP + usage(7, 3) + DONE;
    private static final String REFUSED =
            "the server compresses though identity was asked for: a body with Content-Encoding: ";

    private static byte[] compressed(String encoding, String body) {
        return switch (encoding) {
            case "gzip" -> through(out -> new GZIPOutputStream(out), body);
            case "deflate" -> through(DeflaterOutputStream::new, body);
            case "raw deflate" -> through(out -> new DeflaterOutputStream(out, new Deflater(9, true)), body);
            default -> body.getBytes(StandardCharsets.UTF_8);
        };
    }

    private interface Wrapper {
        OutputStream around(OutputStream out) throws IOException;
    }

    private static byte[] through(Wrapper wrapper, String body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = wrapper.around(bytes)) {
            out.write(body.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException("an array can be written", e);
        }
        return bytes.toByteArray();
    }

    private static byte[] response(int status, String type, String encoding, byte[] body) {
        byte[] head = ("HTTP/1.1 " + status + " Status\r\nContent-Type: " + type + "\r\nContent-Encoding: " + encoding
                        + "\r\nContent-Length: " + body.length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes(head);
        whole.writeBytes(body);
        return whole.toByteArray();
    }

    private static ScriptedServer answering(Function<Connection.Request, byte[]> answer) {
        return ScriptedServer.start(connection -> {
            while (true) {
                connection.send(answer.apply(connection.request()));
            }
        });
    }

    private static RequestRecord measured(byte[] response) {
        try (ScriptedServer server = answering(request -> response)) {
            return Load.against(server.url()).run().measured();
        }
    }

    @Nested
    class OfALoad {
        @Test
        void identityIsAskedFor() {
            Queue<String> asked = new ConcurrentLinkedQueue<>();
            try (ScriptedServer server = answering(request -> {
                asked.add(request.header("accept-encoding"));
                return response(200, "text/event-stream", "identity", compressed("", EVENTS));
            })) {
                Load.Outcomes outcomes = Load.against(server.url()).run();
                assertThat(outcomes.measured().outcome()).isEqualTo(Outcome.OK);
                assertThat(outcomes.level().notes()).noneMatch(note -> note.contains("compresses"));
            }
            assertThat(asked).isNotEmpty().containsOnly("identity");
        }

        @ParameterizedTest
        @CsvSource({"gzip,gzip", "x-gzip,gzip", "GZIP,gzip", "deflate,deflate", "deflate,raw deflate"})
        void whatCanBeRead_isRead(String name, String how) {
            RequestRecord record = measured(response(200, "text/event-stream", name, compressed(how, EVENTS)));
            assertThat(record.outcome()).isEqualTo(Outcome.OK);
            assertThat(record.tokens().prompt()).isEqualTo(7);
            assertThat(record.tokens().output()).isEqualTo(3);
            assertThat(record.tokens().events()).isEqualTo(3);
        }

        @Test
        void aWholeCompressedResponseOfTheField_isRead() throws IOException {
            RequestRecord record = measured(ServerCase.bytes("streams/gzip-unasked.bin"));
            assertThat(record.outcome()).isEqualTo(Outcome.OK);
            assertThat(record.tokens().arrivals()).isEqualTo(1);
        }

        @Test
        void itIsSaidOnce() {
            byte[] response = response(200, "text/event-stream", "gzip", compressed("gzip", EVENTS));
            try (ScriptedServer server = answering(request -> response);
                    LoadSession session =
                            Load.against(server.url()).to(server.url()).session(new LoadListener() {})) {
                LevelPlan plan = Load.against(server.url()).requests(2).plan();
                assertThat(session.run(plan, Load.prompts()).notes())
                        .containsOnlyOnce(
                                "the server compresses (Content-Encoding: gzip) though identity was asked for;"
                                        + " a compressor may hold tokens back, so have it, or the proxy before it, send event"
                                        + " streams as they are");
                assertThat(session.run(plan, Load.prompts()).notes()).isEmpty();
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"br", "zstd", "gzip, br"})
        void whatCannotBeRead_isNamed(String encoding) {
            RequestRecord record = measured(response(200, "text/event-stream", encoding, new byte[] {1, 2, 3}));
            assertThat(record.outcome()).isEqualTo(Outcome.PROTOCOL);
            assertThat(record.error())
                    .isEqualTo(
                            REFUSED + encoding + " cannot be read: only gzip and deflate can; have the server, or the"
                                    + " proxy before it, send event streams uncompressed");
        }

        @Test
        void whatIsNotCompressedAsItSays_isNamed() {
            RequestRecord record = measured(response(200, "text/event-stream", "gzip", compressed("", EVENTS)));
            assertThat(record.outcome()).isEqualTo(Outcome.PROTOCOL);
            assertThat(record.error()).startsWith(REFUSED + "gzip cannot be decompressed (");
        }

        @Test
        void anErrorStatus_staysOne() {
            RequestRecord read =
                    measured(response(503, "application/json", "gzip", compressed("gzip", "{\"error\":\"busy\"}")));
            assertThat(read.outcome()).isEqualTo(Outcome.HTTP_5XX);
            assertThat(read.error()).isEqualTo("{\"error\":\"busy\"}");
            RequestRecord unread = measured(response(503, "application/json", "br", new byte[] {1, 2, 3}));
            assertThat(unread.outcome()).isEqualTo(Outcome.HTTP_5XX);
        }

        @Test
        void cutOffInTheMiddle_isTruncated() {
            byte[] whole = compressed("gzip", token("a") + "x".repeat(50) + EVENTS);
            byte[] half = Arrays.copyOf(whole, whole.length / 3);
            assertThat(measured(response(200, "text/event-stream", "gzip", half))
                            .outcome())
                    .isEqualTo(Outcome.TRUNCATED);
        }
    }

    @Nested
    class OfThePreflight {
        private Preflight preflight(Function<Connection.Request, byte[]> answer) {
            try (ScriptedServer server = answering(answer);
                    LoadSession session = LoadSession.open(
                            Load.endpoint(server.url(), "m", Api.AUTO, "", Timeouts.defaults()),
                            Load.request(),
                            1,
                            "T#t",
                            false,
                            new LoadListener() {})) {
                return session.preflight(Duration.ofSeconds(30));
            }
        }

        @Test
        void gzipIsRead() {
            Preflight found = preflight(request -> {
                if (request.path().equals("/v1/models")) {
                    return models("m").getBytes(StandardCharsets.UTF_8);
                }
                return request.body().contains("\"stream\":true")
                        ? response(200, "text/event-stream", "gzip", compressed("gzip", EVENTS))
                        : response(
                                200,
                                "application/json",
                                "gzip",
                                compressed("gzip", "{\"choices\":[{\"message\":{\"content\":\"hi\"}}]}"));
            });
            assertThat(found.usageOption()).isTrue();
        }

        @Test
        void brIsNamed() {
            assertThatThrownBy(() -> preflight(request -> request.path().equals("/v1/models")
                            ? json(404, "{}").getBytes(StandardCharsets.UTF_8)
                            : response(200, "application/json", "br", new byte[] {1, 2, 3})))
                    .isInstanceOf(EndpointUnusableException.class)
                    .hasMessageContaining("PROTOCOL: " + REFUSED + "br cannot be read");
        }
    }

    @Nested
    class OfABody {
        @ParameterizedTest
        @ValueSource(strings = {"gzip", "deflate"})
        void whatABufferCompletes_comesWithIt(String encoding) throws IOException {
            List<String> events = List.of(ROLE, token("a"), token("b"), STOP + DONE);
            ByteArrayOutputStream sent = new ByteArrayOutputStream();
            List<String> received = new ArrayList<>();
            try (Decompression way = Decompression.of(encoding).orElseThrow();
                    OutputStream out = encoding.equals("gzip")
                            ? new GZIPOutputStream(sent, true)
                            : new DeflaterOutputStream(sent, new Deflater(), 512, true)) {
                for (String event : events) {
                    out.write(event.getBytes(StandardCharsets.UTF_8));
                    out.flush();
                    byte[] buffer = sent.toByteArray();
                    sent.reset();
                    received.add(new String(way.next(buffer, buffer.length), StandardCharsets.UTF_8));
                }
            }
            assertThat(received).isEqualTo(events);
        }

        @Test
        void whatIsNone_isRefused() {
            try (Decompression way = Decompression.of("gzip").orElseThrow()) {
                byte[] plain = "data: no gzip at all\n\n".getBytes(StandardCharsets.UTF_8);
                assertThatThrownBy(() -> way.next(plain, plain.length)).isInstanceOf(DecoderException.class);
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"", " ", "identity", "Identity"})
        void identityIsNone(String encoding) {
            assertThat(Decompression.isNone(encoding)).isTrue();
        }
    }
}
