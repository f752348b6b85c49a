package dev.llmload.load;

import static dev.llmload.testkit.Http.LAST_CHUNK;
import static dev.llmload.testkit.Http.STREAM_HEAD;
import static dev.llmload.testkit.Http.chunk;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmload.junit.Api;
import dev.llmload.load.send.AnswerSampling;
import dev.llmload.load.wire.Timeouts;
import dev.llmload.result.request.Phase;
import dev.llmload.result.request.RequestRecord;
import dev.llmload.testkit.ScriptedServer;
import dev.llmload.testkit.ServerCase;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the servers of the field send, through the real client: records and the answers that a check is given. */
@Timeout(300)
class ServersOverTheWireTests {
    static Stream<ServerCase> cases() {
        return ServerCase.all();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void comesToWhatItMust(ServerCase c) {
        Queue<RequestRecord> records = new ConcurrentLinkedQueue<>();
        Queue<String> answers = new ConcurrentLinkedQueue<>();
        LoadListener listener = new LoadListener() {
            @Override
            public void requestEnded(String level, RequestRecord record) {
                records.add(record);
            }
        };
        AnswerSampling all = new AnswerSampling(answer -> answers.add(answer.text()), 1, 42);
        try (ScriptedServer server = serving(c);
                LoadSession session = LoadSession.open(
                        Load.endpoint(server.url(), "m", Api.AUTO, "", Timeouts.defaults()),
                        Load.request(),
                        new Expectations(List.of(), Optional.of(all)),
                        1,
                        "ServersOverTheWireTests#test",
                        false,
                        listener)) {
            session.run(Load.against(server.url()).requests(2).plan(), Load.prompts());
        }
        List<RequestRecord> window =
                records.stream().filter(r -> r.phase() == Phase.WINDOW).toList();
        assertThat(window).hasSize(2).allSatisfy(record -> assertIsAsExpected(c, record));
        if (c.says("text") && c.text("outcome").equals("OK")) {
            assertThat(answers).isNotEmpty().containsOnly(c.text("text"));
        }
    }

    private static ScriptedServer serving(ServerCase c) {
        return ScriptedServer.start(connection -> {
            while (true) {
                connection.request();
                connection.send(STREAM_HEAD);
                for (String event : c.events()) {
                    connection.send(chunk(event));
                }
                connection.send(LAST_CHUNK);
            }
        });
    }

    private static void assertIsAsExpected(ServerCase c, RequestRecord record) {
        assertThat(record.outcome()).hasToString(c.text("outcome"));
        assertThat(record.error()).isEqualTo(c.says("error") ? c.text("error") : "");
        count(c, "prompt", record.tokens().prompt());
        count(c, "cached", record.tokens().cached());
        count(c, "output", record.tokens().output());
        count(c, "streamed", record.tokens().streamed());
        count(c, "reasoning", record.tokens().reasoning());
        count(c, "events", record.tokens().events());
        if (c.says("finish")) {
            assertThat(record.finishReason()).isEqualTo(c.text("finish"));
        }
    }

    private static void count(ServerCase c, String name, int actual) {
        if (c.says(name)) {
            assertThat(actual).as(name).isEqualTo(c.number(name));
        }
    }
}
