package dev.llmload.load;

import static dev.llmload.testkit.Http.DONE;
import static dev.llmload.testkit.Http.LAST_CHUNK;
import static dev.llmload.testkit.Http.ROLE;
import static dev.llmload.testkit.Http.STOP;
import static dev.llmload.testkit.Http.STREAM_HEAD;
import static dev.llmload.testkit.Http.chunk;
import static dev.llmload.testkit.Http.json;
import static dev.llmload.testkit.Http.response;
import static dev.llmload.testkit.Http.stream;
import static dev.llmload.testkit.Http.token;
import static dev.llmload.testkit.Http.usage;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmload.junit.Api;
import dev.llmload.load.plan.ClosedLoop;
import dev.llmload.load.plan.LevelLimits;
import dev.llmload.load.plan.LevelPlan;
import dev.llmload.load.send.AnswerSampling;
import dev.llmload.load.wire.Timeouts;
import dev.llmload.metric.LevelAssembler;
import dev.llmload.metric.LevelRecording;
import dev.llmload.result.Outcome;
import dev.llmload.result.RequestCounts;
import dev.llmload.result.request.RequestRecord;
import dev.llmload.testkit.Connection;
import dev.llmload.testkit.ScriptedServer;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * A level against a server that answers each request well or in one of many wrong ways, by chance and by a seed. As a
 * program: {@code RandomFaults <requests> <seed>}; it ends with 1 and says why if anything is counted wrongly.
 */
final class RandomFaults {
    private static final int USERS = 64;
    private static final Duration SILENCE = Duration.ofSeconds(6);
    private static final Duration TOTAL = Duration.ofSeconds(9);

    /** What the server does to a request, how often in a thousand, and what the client has to make of it. */
    private enum Fault {
        BAD_REQUEST(20, Outcome.HTTP_4XX),
        UNAUTHORIZED(10, Outcome.HTTP_4XX),
        SERVER_ERROR(20, Outcome.HTTP_5XX),
        UNAVAILABLE(20, Outcome.HTTP_5XX),
        REDIRECT(5, Outcome.HTTP_5XX),
        TOO_MANY(20, Outcome.RATE_LIMITED),
        SILENT(3, Outcome.TIMEOUT_FIRST_TOKEN),
        HEAD_ONLY(3, Outcome.TIMEOUT_FIRST_TOKEN),
        STALLS(3, Outcome.TIMEOUT_STALLED),
        TRICKLES(3, Outcome.TIMEOUT_TOTAL),
        CLOSES_MID_STREAM(20, Outcome.RESET),
        CLOSES_MID_EVENT(20, Outcome.RESET),
        NO_END(20, Outcome.TRUNCATED),
        CUT_EVENT(10, Outcome.TRUNCATED),
        ERROR_FIRST(20, Outcome.STREAM_ERROR),
        ERROR_LATER(20, Outcome.STREAM_ERROR),
        NO_TOKEN(20, Outcome.EMPTY),
        PAGE(20, Outcome.PROTOCOL),
        BROKEN_JSON(20, Outcome.PROTOCOL),
        NO_HTTP(20, Outcome.PROTOCOL),
        WRONG(20, Outcome.WRONG_ANSWER),
        GOOD(0, Outcome.OK);

        private final int perThousand;
        private final Outcome seen;

        Fault(int perThousand, Outcome seen) {
            this.perThousand = perThousand;
            this.seen = seen;
        }

        static Fault drawn(int number) {
            int upTo = 0;
            for (Fault fault : values()) {
                upTo += fault.perThousand;
                if (number < upTo) {
                    return fault;
                }
            }
            return GOOD;
        }
    }

    private final SplittableRandom random;
    private final Map<Outcome, AtomicInteger> done = new ConcurrentHashMap<>();

    private RandomFaults(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** Runs so many measured requests; throws an AssertionError if what the client counts is not what the server did. */
    static String run(int requests, long seed) {
        RandomFaults faults = new RandomFaults(seed);
        try (ScriptedServer server = ScriptedServer.start(faults::serve)) {
            return faults.check(server, requests);
        }
    }

    public static void main(String[] args) {
        System.out.println(run(Integer.parseInt(args[0]), Long.parseLong(args[1])));
        System.exit(0);
    }

    private synchronized Fault draw() {
        return Fault.drawn(random.nextInt(1000));
    }

    private void serve(Connection connection) throws Exception {
        boolean keeps = true;
        while (keeps) {
            connection.request();
            Fault fault = draw();
            done.computeIfAbsent(fault.seen, kind -> new AtomicInteger()).incrementAndGet();
            keeps = answer(connection, fault);
        }
    }

    // Whether the connection can serve another request.
    private static boolean answer(Connection connection, Fault fault) throws IOException {
        String begun = STREAM_HEAD + chunk(ROLE) + chunk(token("a"));
        switch (fault) {
            case BAD_REQUEST -> connection.send(json(400, "{\"error\":{\"message\":\"max_tokens is too large\"}}"));
            case UNAUTHORIZED -> connection.send(json(401, "{\"error\":{\"message\":\"no such key\"}}"));
            case SERVER_ERROR -> connection.send(json(500, "{\"error\":{\"message\":\"CUDA error\"}}"));
            case UNAVAILABLE -> connection.send(response(503, "text/html", "<html>busy</html>"));
            case REDIRECT -> connection.send(response(302, "text/plain", "elsewhere"));
            case TOO_MANY -> connection.send(json(429, "{\"error\":{\"message\":\"slow down\"}}"));
            case SILENT -> connection.untilClosedByClient();
            case HEAD_ONLY -> connection.send(STREAM_HEAD + chunk(ROLE)).untilClosedByClient();
            case STALLS -> connection.send(begun).untilClosedByClient();
            case TRICKLES -> trickle(connection, begun);
            case CLOSES_MID_STREAM -> connection.send(begun + chunk(token("b")));
            case CLOSES_MID_EVENT -> connection.send(begun + "40\r\ndata: {\"choices\":[{\"ind");
            case NO_END -> connection.send(begun + LAST_CHUNK);
            case CUT_EVENT -> connection.send(begun + chunk("data: {\"choices\":[{\"ind") + LAST_CHUNK);
            case ERROR_FIRST -> connection.send(stream("data: {\"error\":{\"message\":\"overloaded\"}}\n\n", DONE));
            case ERROR_LATER ->
                connection.send(stream(ROLE, token("a"), "data: {\"error\":{\"message\":\"killed\"}}\n\n"));
            case NO_TOKEN -> connection.send(stream(ROLE, STOP, usage(7, 0), DONE));
            case PAGE -> connection.send(response(200, "text/html", "<html>log in</html>"));
            case BROKEN_JSON -> connection.send(stream(ROLE, token("a"), "data: {\"choices\":[}\n\n", STOP, DONE));
            case NO_HTTP -> connection.send("SSH-2.0-OpenSSH_9.6\r\n\r\n");
            case WRONG -> connection.send(stream(ROLE, token("wrong"), STOP, usage(7, 1), DONE));
            case GOOD -> connection.send(stream(ROLE, token("a"), token("b"), STOP, usage(7, 2), DONE));
        }
        return switch (fault) {
            case BAD_REQUEST, UNAUTHORIZED, SERVER_ERROR, UNAVAILABLE, TOO_MANY, NO_TOKEN, WRONG, GOOD -> true;
            default -> false;
        };
    }

    private static void trickle(Connection connection, String begun) throws IOException {
        connection.send(begun);
        long end = System.nanoTime() + 3 * TOTAL.toNanos();
        while (System.nanoTime() - end < 0) { // until the client closes: sending then fails
            LockSupport.parkNanos(300_000_000L);
            connection.send(chunk(token("c")));
        }
    }

    private String check(ScriptedServer server, int requests) {
        Queue<RequestRecord> records = new ConcurrentLinkedQueue<>();
        LoadListener listener = new LoadListener() {
            @Override
            public void requestEnded(String level, RequestRecord record) {
                records.add(record);
            }
        };
        Timeouts timeouts = new Timeouts(SILENCE, SILENCE, SILENCE, TOTAL);
        AnswerSampling answers =
                new AnswerSampling(answer -> assertThat(answer.text()).isNotEqualTo("wrong"), 1, 42);
        LevelRecording level;
        try (LoadSession session = LoadSession.open(
                Load.endpoint(server.url(), "m", Api.CHAT, "", timeouts),
                Load.request(),
                new Expectations(List.of(), Optional.of(answers)),
                2,
                "RandomFaults#run",
                false,
                listener)) {
            level = session.run(
                    new LevelPlan(
                            new ClosedLoop(USERS),
                            new LevelLimits(requests, Optional.empty(), Duration.ofMinutes(10), Optional.empty())),
                    Load.prompts());
        }
        assertThat(server.failures()).as("defects of the server's own").isEmpty();
        Map<Outcome, Integer> injected = new EnumMap<>(Outcome.class);
        done.forEach((kind, count) -> injected.put(kind, count.get()));
        Map<Outcome, Integer> seen = records.stream()
                .collect(Collectors.groupingBy(
                        RequestRecord::outcome, () -> new EnumMap<>(Outcome.class), Collectors.summingInt(r -> 1)));
        assertThat(seen).as("kinds as the server made them").isEqualTo(injected);
        assertThat(records.stream().map(RequestRecord::n)).doesNotHaveDuplicates();
        assertThat(records.stream().filter(r -> r.outcome().isFailure()))
                .allSatisfy(r -> assertThat(r.error()).isNotBlank());
        RequestCounts counts = LevelAssembler.assemble(level).requests();
        assertThat(counts.attempted()).isEqualTo(counts.succeeded() + counts.failed() + counts.cut());
        assertThat(counts.attempted()).isGreaterThanOrEqualTo(requests);
        return records.size() + " requests: " + seen;
    }
}
