package dev.llmload.report.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.llmload.result.Outcome;
import dev.llmload.result.request.Phase;
import dev.llmload.result.request.RequestRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class RequestLogTests {
    private static final long ABSENT = RequestRecord.ABSENT;
    private static final RequestRecord OK = new RequestRecord(
            7,
            Phase.WINDOW,
            Outcome.OK,
            new RequestRecord.Times(
                    1_000, 1_250, 2_000, 3_000, 3_000, 9_000, 9_500, 0, new RequestRecord.Lateness(10, 20, 30, 40)),
            new RequestRecord.Tokens(52, 0, 118, 118, 1, false, 118, 117, 118),
            200,
            "length",
            "",
            3,
            RequestRecord.UNKNOWN,
            new RequestRecord.Flags(true, false, false));
    private static final RequestRecord REFUSED = new RequestRecord(
            8,
            Phase.RAMP_IN,
            Outcome.CONNECT,
            new RequestRecord.Times(2_000, ABSENT, ABSENT, ABSENT, ABSENT, ABSENT, 2_400, ABSENT),
            new RequestRecord.Tokens(-1, -1, -1, -1, 1, false, 0, 0, 0),
            RequestRecord.UNKNOWN,
            "",
            "Connection refused: \"gpu-host\"\nport 8000",
            3,
            RequestRecord.UNKNOWN,
            new RequestRecord.Flags(false, false, false));

    @TempDir
    Path dir;

    @Test
    void aLineHasExactlyTheKeysOfTheFormat_onTheRunsOwnClock() throws IOException {
        assertThat(lines(OK))
                .containsExactly(
                        "{\"test\":\"com.acme.ChatReleaseTest#chat\",\"level\":\"100 users\",\"phase\":\"window\",\"n\":7,"
                                + "\"scheduled_ns\":0,\"sent_ns\":250,\"headers_ns\":1000,\"first_token_ns\":2000,\"first_output_ns\":2000,"
                                + "\"last_token_ns\":8000,\"closed_ns\":8500,\"connect_ns\":0,\"ttft_late_ns\":30,\"e2e_late_ns\":50,\"reused\":true,\"resent\":false,"
                                + "\"prompt_tokens\":52,\"cached_tokens\":0,\"output_tokens\":118,\"events\":118,\"arrivals\":117,"
                                + "\"finish_reason\":\"length\",\"outcome\":\"OK\",\"status\":200}");
    }

    @Test
    void whatIsAbsent_isLeftOut_andAnErrorStaysOnItsLine() throws IOException {
        assertThat(lines(REFUSED))
                .containsExactly(
                        "{\"test\":\"com.acme.ChatReleaseTest#chat\",\"level\":\"100 users\",\"phase\":\"ramp-in\",\"n\":8,"
                                + "\"scheduled_ns\":1000,\"closed_ns\":1400,\"events\":0,\"arrivals\":0,\"outcome\":\"CONNECT\","
                                + "\"error\":\"Connection refused: \\\"gpu-host\\\"\\nport 8000\"}");
    }

    @Test
    void aRequestThatWasHeldBack_andWhosePromptIsKnown_saysSo() throws IOException {
        RequestRecord held = new RequestRecord(
                OK.n(),
                OK.phase(),
                OK.outcome(),
                OK.times(),
                OK.tokens(),
                OK.status(),
                OK.finishReason(),
                OK.error(),
                OK.prompt(),
                OK.answer(),
                new RequestRecord.Flags(false, true, false, true, 0, false, false, 220),
                new RequestRecord.PromptOrigin("classpath:/chat.jsonl", 17));
        assertThat(lines(held))
                .singleElement()
                .asString()
                .contains(
                        "\"connect_ns\":0,\"ttft_late_ns\":30,\"e2e_late_ns\":50,\"reused\":false,\"resent\":true,\"held_ns\":220,"
                                + "\"prompt_source\":\"classpath:/chat.jsonl\",\"prompt_index\":17,\"prompt_tokens\":52");
    }

    @Test
    void everyRequestOfEveryThread_hasItsLine() throws Exception {
        Path file = dir.resolve("requests.jsonl");
        try (RequestLog log = new RequestLog(file, 0)) {
            List<Thread> threads = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                String test = "test" + t;
                Thread thread = new Thread(() -> {
                    for (int i = 0; i < 5_000; i++) {
                        log.write(test, "", OK);
                    }
                });
                thread.start();
                threads.add(thread);
            }
            for (Thread thread : threads) {
                thread.join();
            }
        }

        ObjectMapper json = new ObjectMapper();
        int[] perTest = new int[4];
        for (String line : Files.readAllLines(file)) {
            JsonNode node = json.readTree(line);
            perTest[node.get("test").asText().charAt(4) - '0']++;
        }
        assertThat(perTest).containsExactly(5_000, 5_000, 5_000, 5_000);
    }

    @Test
    @Timeout(60)
    void aLineReachesTheFile_withoutClosing() throws IOException {
        Path file = dir.resolve("requests.jsonl");
        try (RequestLog log = new RequestLog(file, 0)) {
            log.write("test", "10 users", OK);
            while (Files.size(file) == 0) {
                LockSupport.parkNanos(1_000_000);
            }
            assertThat(Files.readString(file)).startsWith("{\"test\":\"test\"").endsWith("}\n");
        }
    }

    @Test
    void afterClosing_writesAreIgnored_andClosingAgainIsFine() throws IOException {
        Path file = dir.resolve("requests.jsonl");
        RequestLog log = new RequestLog(file, 0);
        log.close();
        log.write("test", "", OK);
        log.close();

        assertThat(file).isEmptyFile();
    }

    @Test
    void aFolderThatIsNotThere_isSaidAtOnce() {
        assertThatThrownBy(() -> new RequestLog(dir.resolve("missing").resolve("requests.jsonl"), 0))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("missing");
    }

    @Test
    void aRequestThatItsCheckMissed_saysSo_andACorrectionReplacesTheLine() throws IOException {
        Path file = dir.resolve("requests.jsonl");
        try (RequestLog log = new RequestLog(file, 0)) {
            log.write("test", "10 users", OK.unchecked());
            log.correct("test", "10 users", 0, OK.checked("not French"));
        }
        List<String> lines = Files.readAllLines(file);
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0)).endsWith("\"outcome\":\"OK\",\"status\":200,\"checked\":false}");
        assertThat(lines.get(1))
                .endsWith("\"outcome\":\"WRONG_ANSWER\",\"status\":200,\"error\":\"not French\",\"corrects\":true}");
    }

    /** What a full disk does; the count of lines that are missing is exact. */
    @Test
    void aWriteThatFails_isSaidAtTheEnd_withWhatIsMissing() {
        RequestLog log = new RequestLog(new Failing(new IOException("No space left on device")), 0, 10);
        for (int i = 0; i < 7; i++) {
            log.write("test", "", OK);
        }
        assertThatThrownBy(log::close)
                .isInstanceOf(IOException.class)
                .hasMessageEndingWith("missing: No space left on device");
    }

    @Test
    void anErrorThatIsNoInputOrOutput_isNoSuccess() {
        RequestLog log = new RequestLog(new Failing(new IllegalStateException("no encoder")), 0, 10);
        log.write("test", "", OK);
        assertThatThrownBy(log::close)
                .isInstanceOf(IOException.class)
                .hasMessageContaining(
                        "the writer of the request log failed with java.lang.IllegalStateException: no encoder");
    }

    @Test
    @Timeout(60)
    void aDiskThatIsSlowerThanTheLoad_losesLinesAndNoMemory() throws Exception {
        java.util.concurrent.CountDownLatch slow = new java.util.concurrent.CountDownLatch(1);
        java.io.StringWriter written = new java.io.StringWriter();
        RequestLog log = new RequestLog(
                new java.io.FilterWriter(written) {
                    @Override
                    public void write(char[] text, int from, int length) throws IOException {
                        try {
                            slow.await();
                        } catch (InterruptedException e) {
                            throw new IOException(e);
                        }
                        super.write(text, from, length);
                    }
                },
                0,
                10);
        int handed = 5_000; // more than the room of the queue and of the buffer together
        for (int i = 0; i < handed; i++) {
            log.write("test", "", OK);
        }
        slow.countDown();
        String message = org.assertj.core.api.Assertions.catchThrowableOfType(IOException.class, log::close)
                .getMessage();
        assertThat(message).endsWith(" lines are missing: the disk was slower than the load");
        long missing = Long.parseLong(message.substring(0, message.indexOf(' ')));
        assertThat(written.toString().lines().count()).isEqualTo(handed - missing);
    }

    /** A file that cannot be written. */
    private static final class Failing extends java.io.Writer {
        private final Exception failure;

        Failing(Exception failure) {
            this.failure = failure;
        }

        @Override
        public void write(char[] text, int from, int length) throws IOException {
            if (failure instanceof IOException io) {
                throw io;
            }
            throw (RuntimeException) failure;
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    private List<String> lines(RequestRecord... records) throws IOException {
        Path file = dir.resolve("requests.jsonl");
        try (RequestLog log = new RequestLog(file, 1_000)) {
            for (RequestRecord request : records) {
                log.write("com.acme.ChatReleaseTest#chat", "100 users", request);
            }
        }
        return Files.readAllLines(file);
    }
}
