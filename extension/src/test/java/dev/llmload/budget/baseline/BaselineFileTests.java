package dev.llmload.budget.baseline;

import static dev.llmload.budget.Measured.latency;
import static dev.llmload.budget.Measured.requests;
import static dev.llmload.budget.Measured.upTo;
import static dev.llmload.result.Metric.OUTPUT_SPEED;
import static dev.llmload.result.Metric.THROUGHPUT;
import static dev.llmload.result.Metric.TTFT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.llmload.budget.Statistic;
import dev.llmload.result.LoadResult;
import dev.llmload.result.measured.Values;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The file is written whole or not at all, always in the same order, and never lost to a mistake. */
class BaselineFileTests {
    @TempDir
    Path folder;

    private static BaselineEntry entry(String test, String level, String release, double... ttftMillis) {
        LoadResult result = latency(TTFT, ttftMillis)
                .with(OUTPUT_SPEED, upTo(20, 20 + ttftMillis.length - 1))
                .value(THROUGHPUT, 1234.5678901234)
                .result();
        return new BaselineEntry(
                test,
                level,
                new Circumstances(Map.of("release", release, "model", "m"), Map.of("window", "steady")),
                List.of(BaselineRun.of(result, "2026-11-26T10:00:00Z")));
    }

    private static BaselineFile of(BaselineEntry... entries) {
        return new BaselineFile(List.of(entries));
    }

    @Test
    void whatIsWritten_isRead() {
        Path file = folder.resolve("deep/down/baseline.json");
        BaselineFile written = of(entry("a#b", "10 users", "r1", upTo(100, 199)));
        written.write(file);

        BaselineEntry read = BaselineFile.read(file).entry("a#b", "10 users").orElseThrow();

        assertThat(read.circumstances()).isEqualTo(written.entries().get(0).circumstances());
        BaselineRun run = read.runs().get(0);
        assertThat(run.values()).containsEntry(THROUGHPUT, 1234.56789);
        assertThat(run.value(TTFT, Statistic.percentile(95)).orElseThrow()).isBetween(194e6 * 0.999, 194e6 * 1.001);
        assertThat(run.value(OUTPUT_SPEED, Statistic.percentile(50)).orElseThrow())
                .isBetween(69 * 0.999, 69 * 1.001);
    }

    @Test
    void howRequestsComeTogetherInTime_isKept() {
        double[] values = new double[100];
        int[] slice = new int[100];
        for (int i = 0; i < values.length; i++) {
            values[i] = (100 + i) * 1e6;
            slice[i] = i / 4;
        }
        BaselineRun run = BaselineRun.of(
                requests(100, 0, 0)
                        .with(TTFT, Values.inTime(values, slice, new int[25]))
                        .result(),
                "2026-11-26T10:00:00Z");
        Path file = folder.resolve("baseline.json");
        of(new BaselineEntry("a#b", "10 users", new Circumstances(Map.of(), Map.of()), List.of(run)))
                .write(file);

        BaselineRun read = BaselineFile.read(file).entries().get(0).runs().get(0);
        assertThat(run.dispersions()).containsKeys("ttft p50", "ttft p95");
        assertThat(read.dispersions()).containsOnlyKeys(run.dispersions().keySet());
        assertThat(read.dispersions().get("ttft p95").divisor(0.975))
                .isCloseTo(run.dispersions().get("ttft p95").divisor(0.975), within(1e-6));
    }

    @Test
    void whatIsReadAndWrittenAgain_isTheSameText() throws IOException {
        Path file = folder.resolve("baseline.json");
        of(entry("a#b", "10 users", "r1", upTo(100, 199))).write(file);
        String first = Files.readString(file);

        BaselineFile.read(file).write(file);

        assertThat(file).hasContent(first);
    }

    @Test
    void levelsStandInTheOrderOfTheirSize_whateverTheOrderOfWriting() {
        BaselineFile file = of(
                entry("b#x", "1 user", "r1", 1),
                entry("a#x", "100 users", "r1", 1),
                entry("a#x", "10 users", "r1", 1),
                entry("a#x", "5 users", "r1", 1));

        assertThat(file.entries())
                .extracting(entry -> entry.test() + " " + entry.level())
                .containsExactly("a#x 5 users", "a#x 10 users", "a#x 100 users", "b#x 1 user");
    }

    @Test
    void aRunOfTheSameRelease_isAdded_oneOfAnotherTakesItsPlace() {
        BaselineFile twice = of(entry("a#b", "1 user", "r1", 10)).with(entry("a#b", "1 user", "r1", 20));
        assertThat(twice.entry("a#b", "1 user").orElseThrow().runs()).hasSize(2);

        BaselineFile next = twice.with(entry("a#b", "1 user", "r2", 30));
        assertThat(next.entry("a#b", "1 user").orElseThrow().runs()).hasSize(1);
    }

    @Test
    void onlyTheNewestTenRunsAreKept() {
        BaselineFile file = of(entry("a#b", "1 user", "r1", 1));
        for (int i = 2; i <= 12; i++) {
            file = file.with(entry("a#b", "1 user", "r1", i));
        }
        BaselineEntry entry = file.entry("a#b", "1 user").orElseThrow();
        assertThat(entry.runs()).hasSize(10);
        assertThat(entry.runs().get(0).value(TTFT, Statistic.MIN)).hasValue(3e6);
    }

    @Test
    void aFileThatIsNotThere_holdsNothing() {
        assertThat(BaselineFile.read(folder.resolve("none.json")).entries()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'{\"schema\": \"llm-load-baseline/1\", '|line 1, column",
                "'{\"schema\": \"llm-load-baseline/2\", \"levels\": []}'|this version reads llm-load-baseline/1",
                "'{\"schema\": \"llm-load/1\"}'|it is no baseline: `schema` must be llm-load-baseline/1, but was \"llm-load/1\"",
                "'[]'|it is no baseline: `schema` must be llm-load-baseline/1, but was missing",
                "''|it is no baseline",
                "'{\"schema\": \"llm-load-baseline/1\"}'|`levels` must be a list",
                "'{\"schema\": \"llm-load-baseline/1\", \"levels\": [{\"runs\": []}]}'|`test` must be a text",
            })
    void whatCannotBeRead_isAnErrorThatSaysWhatToDo_andIsLeftAsItIs(String text, String what) throws IOException {
        Path file = folder.resolve("baseline.json");
        Files.writeString(file, text);

        assertThatThrownBy(() -> BaselineFile.read(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("baseline " + file)
                .hasMessageContaining(what)
                .hasMessageContaining("the file was left as it is: restore it from version control");
        assertThat(Files.readString(file)).isEqualTo(text);
    }

    @Test
    void aDamagedHistogram_isNamed() throws IOException {
        Path file = folder.resolve("baseline.json");
        of(entry("a#b", "1 user", "r1", 1)).write(file);
        Files.writeString(file, Files.readString(file).replaceFirst("(\"histogram\": \")HISTF", "$1XXXXX"));

        assertThatThrownBy(() -> BaselineFile.read(file)).hasMessageContaining("the histogram of ttft is damaged");
    }

    @Test
    void writingLeavesNothingBesideTheFile() throws IOException {
        Path file = folder.resolve("baseline.json");
        of(entry("a#b", "1 user", "r1", 1)).write(file);
        try (Stream<Path> all = Files.list(folder)) {
            assertThat(all).containsExactly(file);
        }
    }

    @Test
    void failedRequestsAreKept() {
        Path file = folder.resolve("baseline.json");
        BaselineRun run =
                BaselineRun.of(requests(90, 10, 0).with(TTFT, upTo(1, 90)).result(), "2026-11-26T10:00:00Z");
        of(new BaselineEntry("a#b", "1 user", new Circumstances(Map.of(), Map.of()), List.of(run)))
                .write(file);

        BaselineRun read = BaselineFile.read(file)
                .entry("a#b", "1 user")
                .orElseThrow()
                .runs()
                .get(0);

        assertThat(read.value(TTFT, Statistic.percentile(95))).isEmpty();
        assertThat(read.size(TTFT)).isEqualTo(100);
    }
}
