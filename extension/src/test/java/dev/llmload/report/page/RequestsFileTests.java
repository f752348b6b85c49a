package dev.llmload.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmload.budget.LevelVerdict;
import dev.llmload.report.Levels;
import dev.llmload.report.TestReport;
import dev.llmload.result.Level;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequestsFileTests {
    private static final LevelVerdict LEVEL = Levels.users(10).seconds(1, 1).judged();
    private static final TestReport TEST = new TestReport("a.B#c", "c()", List.of(LEVEL), List.of());

    @TempDir
    Path dir;

    private RequestsFile read(List<TestReport> tests, String... lines) throws IOException {
        Path file = dir.resolve("requests.jsonl");
        Files.write(file, List.of(lines));
        return RequestsFile.read(file, tests, 0);
    }

    private JsonNode requests(String... lines) throws IOException {
        return read(List.of(TEST), lines).of(LEVEL).orElseThrow().json(RequestSample.MOST);
    }

    private static String line(int n, String more) {
        return "{\"test\":\"a.B#c\",\"level\":\"10 users\",\"phase\":\"window\",\"n\":" + n + "," + more + "}";
    }

    private static String success(int n, long scheduledMillis) {
        long due = scheduledMillis * 1_000_000;
        return line(
                n,
                "\"scheduled_ns\":" + due + ",\"sent_ns\":" + (due + 2_000_000) + ",\"first_token_ns\":"
                        + (due + 202_400_000)
                        + ",\"last_token_ns\":" + (due + 1_202_400_000) + ",\"closed_ns\":" + (due + 1_203_000_000)
                        + ",\"prompt_tokens\":12,\"output_tokens\":50,\"outcome\":\"OK\",\"status\":200");
    }

    @Test
    void columnsByTheInstantAtWhichEachWasDue_inMicrosecondsAndDifferences() throws IOException {
        JsonNode requests = requests(
                success(1, 900),
                success(0, 100),
                line(
                        2,
                        "\"scheduled_ns\":950000000,\"closed_ns\":951234567,\"outcome\":\"CONNECT\",\"error\":\"refused\""));

        assertThat(requests.get("attempted").asInt()).isEqualTo(3);
        assertThat(requests.get("failed").asInt()).isEqualTo(1);
        assertThat(requests.get("n")).hasToString("[0,1,1]");
        assertThat(requests.get("at")).hasToString("[100,800,50]");
        assertThat(requests.get("wait")).hasToString("[2000,2000,-1]");
        assertThat(requests.get("ttft")).hasToString("[200000,200000,-1]");
        assertThat(requests.get("stream")).hasToString("[1000000,1000000,-1]");
        assertThat(requests.get("ended")).hasToString("[-1,-1,1230]");
        assertThat(requests.get("prompt")).hasToString("[12,12,-1]");
        assertThat(requests.get("output")).hasToString("[50,50,-1]");
        assertThat(requests.get("outcome")).hasToString("[0,0,1]");
        assertThat(requests.get("outcomes")).hasToString("[[\"OK\",\"200\",\"\"],[\"CONNECT\",\"\",\"refused\"]]");
    }

    @Test
    void ofMoreSuccessesThanAreShown_aSample_andOfFailuresAll() throws IOException {
        List<String> lines = new ArrayList<>();
        IntStream.range(0, 9_000).forEach(n -> lines.add(success(n, n)));
        IntStream.range(9_000, 9_700)
                .forEach(n -> lines.add(line(n, "\"scheduled_ns\":" + n + "000000,\"outcome\":\"RESET\"")));

        JsonNode requests = requests(lines.toArray(String[]::new));

        assertThat(requests.get("attempted").asInt()).isEqualTo(9_700);
        assertThat(requests.get("shown").asInt()).isEqualTo(4_700);
        assertThat(requests.get("failures_shown").asInt()).isEqualTo(700);
        // each is as likely as any other: a tenth of the run has about a tenth of the sample
        long early = 0;
        long n = 0;
        for (JsonNode difference : requests.get("n")) {
            n += difference.asLong();
            early += n < 900 ? 1 : 0;
        }
        assertThat(early).isBetween(330L, 470L);
        assertThat(requests(lines.toArray(String[]::new))).isEqualTo(requests);
    }

    @Test
    void aCorrectedLine_replacesTheFirst() throws IOException {
        JsonNode requests = requests(
                success(0, 100),
                success(1, 200),
                line(
                        1,
                        "\"scheduled_ns\":200000000,\"outcome\":\"WRONG_ANSWER\",\"error\":\"no JSON\",\"corrects\":true"));

        assertThat(requests.get("attempted").asInt()).isEqualTo(2);
        assertThat(requests.get("failed").asInt()).isEqualTo(1);
        assertThat(requests.get("outcomes")).hasToString("[[\"OK\",\"200\",\"\"],[\"WRONG_ANSWER\",\"\",\"no JSON\"]]");
    }

    @Test
    void halfALine_andWhatBelongsToNoLevel_isPassedOver() throws IOException {
        JsonNode requests = requests(
                success(0, 100),
                success(1, 100).replace("10 users", "20 users"),
                success(2, 100).replace("\"window\"", "\"warmup\""),
                success(3, 100).substring(0, 60));

        assertThat(requests.get("attempted").asInt()).isEqualTo(1);
    }

    @Test
    void aLoadThatComesBack_isToldApartByTime() throws IOException {
        LevelVerdict early =
                MadeLevel.of("a.B#c", Level.users(10), 20).from(3_000).judged("ttft p50 < 1 s");
        LevelVerdict late =
                MadeLevel.of("a.B#c", Level.users(10), 20).from(60_000).judged("ttft p50 < 1 s");
        TestReport stages = new TestReport("a.B#c", "c()", List.of(early, late), List.of());

        RequestsFile file = read(List.of(stages), success(0, 3_100), success(1, 60_200), success(2, 60_300));

        assertThat(file.of(early).orElseThrow().json(10).get("at")).hasToString("[100]");
        assertThat(file.of(late).orElseThrow().json(10).get("at")).hasToString("[200,100]");
    }
}
