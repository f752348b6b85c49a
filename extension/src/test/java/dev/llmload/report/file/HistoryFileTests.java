package dev.llmload.report.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmload.budget.LevelVerdict;
import dev.llmload.report.InvocationOutcome;
import dev.llmload.report.Levels;
import dev.llmload.report.file.HistoryEntry.Run;
import dev.llmload.result.Metric;
import dev.llmload.result.Outcome;
import dev.llmload.spi.Status;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryFileTests {
    private static final String TEST = "com.acme.ChatReleaseTest#chat";
    private static final Run RUN = new Run("2026-11-26T12:00:00.250Z", "llama-3-8b/2026-11", "a0d395f");
    private static final LevelVerdict TEN = Levels.users(10)
            .succeeded(50)
            .latency(80, 8, 0.2)
            .throughput(184.1)
            .quantity(Metric.MFU, 0.156)
            .measured("ttft p95 < 1500 ms")
            .judged();

    @TempDir
    Path folder;

    private Path path() {
        return folder.resolve(".llm-load/history.jsonl");
    }

    private static HistoryEntry entry(String run) {
        return HistoryEntry.of(new Run(run, "", ""), TEN, InvocationOutcome.of(TEN));
    }

    /** What a process of its own does: so many lines. */
    public static void main(String[] args) throws IOException {
        HistoryFile file = new HistoryFile(Path.of(args[0]));
        for (int i = 0; i < Integer.parseInt(args[2]); i++) {
            file.append(entry(args[1] + i));
        }
    }

    @Test
    void whatIsAppended_isReadAgain() throws IOException {
        HistoryFile file = new HistoryFile(path());
        assertThat(file.read(TEST, false).entries()).isEmpty();
        HistoryEntry first = HistoryEntry.of(RUN, TEN, InvocationOutcome.of(TEN));
        LevelVerdict hundred = Levels.hundredUsers().judged();
        HistoryEntry second = HistoryEntry.of(RUN, hundred, InvocationOutcome.of(hundred));
        file.append(first);
        file.append(second);

        assertThat(file.read(TEST, false).entries()).containsExactly(first, second);
        assertThat(file.read(TEST, true).entries()).as("simulated").isEmpty();
        assertThat(file.read("com.acme.OtherTest#chat", false).entries()).isEmpty();
        assertThat(path()).content().endsWith("}\n");
        assertThat(Files.readAllLines(path())).hasSize(2);
    }

    @Test
    void aLine_saysWhatTheLevelCameTo() {
        assertThat(HistoryEntry.of(RUN, TEN, InvocationOutcome.of(TEN)).json())
                .startsWith(
                        "{\"run\":\"2026-11-26T12:00:00.250Z\",\"release\":\"llama-3-8b/2026-11\",\"commit\":\"a0d395f\","
                                + "\"test\":\"com.acme.ChatReleaseTest#chat\",\"level\":\"10 users\",\"model\":\"llama-3-8b\","
                                + "\"simulated\":false,\"verdict\":\"PASS\",\"success_rate\":1.0,\"mfu\":0.156,\"throughput_tok_s\":184.1,")
                .doesNotContain("tokens_per_joule")
                .endsWith("\"budgets\":{\"ttft p95 < 1500 ms\":\"PASS\"}}");
    }

    @Test
    void aPercentileOnAFailedRequest_isNull_andBeyondEveryLimit() throws IOException {
        LevelVerdict level =
                Levels.users(10).succeeded(50).failed(Outcome.RESET, 50, 0).judged();
        HistoryEntry entry = HistoryEntry.of(RUN, level, InvocationOutcome.of(level));
        assertThat(entry.json()).contains("\"ttft_p95_ms\":null");
        HistoryFile file = new HistoryFile(path());
        file.append(entry);
        assertThat(file.read(TEST, false).entries().get(0).values())
                .containsEntry("ttft_p95_ms", Double.POSITIVE_INFINITY);
    }

    @Test
    void halfALineOfAKilledRun_costsThatLineOnly() throws IOException {
        HistoryFile file = new HistoryFile(path());
        file.append(entry("first"));
        byte[] whole = entry("killed").json().getBytes(StandardCharsets.UTF_8);
        Files.write(path(), Arrays.copyOf(whole, whole.length / 2), StandardOpenOption.APPEND);
        assertThat(file.read(TEST, false).unreadable()).isEqualTo(1);

        file.append(entry("next"));

        HistoryFile.Read read = file.read(TEST, false);
        assertThat(read.entries()).extracting(each -> each.run().name()).containsExactly("first", "next");
        assertThat(read.unreadable()).isEqualTo(1);
    }

    @Test
    void whatIsNoHistory_isPassedOver() throws IOException {
        Files.createDirectories(path().getParent());
        Files.write(path(), new byte[] {'{', (byte) 0xC3, '\n', '[', ']', '\n', '\n', '7', '\n'});
        assertThat(new HistoryFile(path()).read(TEST, false)).isEqualTo(new HistoryFile.Read(List.of(), 3));
    }

    @Test
    void numbersOfALaterVersion_areKept() throws IOException {
        Files.createDirectories(path().getParent());
        Files.writeString(path(), """
                {"run":"r","test":"%s","level":"10 users","verdict":"PASS","goodput":7.5,"news":{"a":1}}
                """.formatted(TEST));
        assertThat(new HistoryFile(path()).read(TEST, false).entries())
                .containsExactly(new HistoryEntry(
                        new Run("r", "", ""),
                        TEST,
                        "10 users",
                        "",
                        false,
                        Status.PASS,
                        Map.of("goodput", 7.5),
                        Map.of(),
                        List.of()));
    }

    @Test
    void processesBesideEachOther_doNotMixTheirLines() throws Exception {
        List<Process> processes = new ArrayList<>();
        for (String name : List.of("a", "b", "c")) {
            processes.add(new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            HistoryFileTests.class.getName(),
                            path().toString(),
                            name,
                            "60")
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve(name + ".txt").toFile())
                    .start());
        }
        for (Process process : processes) {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
        }
        HistoryFile.Read read = new HistoryFile(path()).read(TEST, false);
        assertThat(read.unreadable()).isZero();
        assertThat(read.entries())
                .extracting(each -> each.run().name())
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 180)
                        .mapToObj(i -> "abc".charAt(i / 60) + "" + i % 60)
                        .toList());
    }
}
