package dev.llmload.junit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What is left of a run whose JVM did not come to its end. */
public class InterruptedRunTests {
    /** About 20 requests a second with 2 users: far fewer than fill a buffer before the test ends. */
    private static final String STEADY = "simulator:fast?ttft=30ms&tpot=5ms&tokens=14";

    private static final Set<String> KEYS = Set.of(
            "test",
            "level",
            "phase",
            "n",
            "scheduled_ns",
            "sent_ns",
            "headers_ns",
            "first_token_ns",
            "first_output_ns",
            "connect_ns",
            "ttft_late_ns",
            "e2e_late_ns",
            "reused",
            "resent",
            "held_ns",
            "prompt_source",
            "prompt_index",
            "last_token_ns",
            "closed_ns",
            "prompt_tokens",
            "cached_tokens",
            "output_tokens",
            "events",
            "arrivals",
            "finish_reason",
            "outcome",
            "status",
            "error");

    @TempDir
    Path folder;

    @Test
    void aKilledRun_keepsItsRequestsUpToAboutTheLastSecond() throws IOException, InterruptedException {
        try (ChildJvm child = ChildJvm.start(EndlessTestCase.class, folder, "llmload.url", STEADY)) {
            child.await("requests in the window", () -> inWindow(child.requests()) >= 12);
            Instant killed = Instant.now();
            child.process().destroyForcibly();
            child.awaitEnd();

            List<JsonNode> requests = child.requests();
            assertThat(requests).allSatisfy(request -> {
                assertThat(KEYS).containsAll(names(request));
                assertThat(names(request))
                        .contains("test", "level", "phase", "n", "scheduled_ns", "closed_ns", "outcome");
                assertThat(request.get("test").asText()).isEqualTo(EndlessTestCase.class.getName() + "#endless");
                assertThat(request.get("phase").asText()).isIn("warmup", "ramp-in", "window");
                assertThat(request.get("outcome").asText()).isEqualTo("OK");
            });
            // Of all that were begun, only those in flight and those of the last moments have no line.
            List<Integer> numbers = requests.stream()
                    .filter(request -> request.get("level").asText().equals("2 users"))
                    .map(request -> request.get("n").asInt())
                    .sorted()
                    .toList();
            assertThat(numbers).doesNotHaveDuplicates().first().isEqualTo(0);
            assertThat(numbers.get(numbers.size() - 1)).isLessThan(numbers.size() + 2);
            assertThat(lag(child, killed)).isLessThan(Duration.ofSeconds(3));
            assertThat(child.file("results.json").get("schema").asText()).isEqualTo("llm-load/1");
        }
    }

    // A signal that lets the JVM run its shutdown hooks.
    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there Process.destroy kills")
    void aStoppedRun_keepsWhatItMeasured_andReportsWhatItCutOffApart() throws IOException, InterruptedException {
        try (ChildJvm child = ChildJvm.start(EndlessTestCase.class, folder, "llmload.url", STEADY)) {
            child.await("requests in the window", () -> inWindow(child.requests()) >= 12);
            child.process().destroy();
            child.awaitEnd();

            JsonNode test = child.file("results.json").get("tests").get(0);
            JsonNode level = test.get("levels").get(0);
            assertThat(level.get("name").asText()).isEqualTo("2 users");
            assertThat(level.get("verdict").asText()).isEqualTo("INCONCLUSIVE");
            JsonNode counts = level.get("requests");
            // Two users: two in flight, unless the signal came just between two requests of one.
            assertThat(counts.get("cut").asLong()).as(level.toString()).isLessThanOrEqualTo(2L);
            assertThat(counts.get("attempted").asLong())
                    .isEqualTo(counts.get("succeeded").asLong()
                            + failed(counts)
                            + counts.get("cut").asLong());
            List<JsonNode> requests = child.requests();
            assertThat(counts.get("attempted").asLong()).isEqualTo(inWindow(requests));
            assertThat(requests.stream()
                            .filter(request -> request.get("outcome").asText().equals("CUT")))
                    .hasSize(counts.get("cut").asInt());
            assertThat(level.get("ttft_ms").get("count").asLong())
                    .isEqualTo(counts.get("succeeded").asLong());
            // What is drawn at the end only is drawn for a run that is stopped, too.
            assertThat(child.text("summary.md")).contains("INCONCLUSIVE");
            assertThat(child.text("report.html")).contains("2 users");
        }
    }

    private static long inWindow(List<JsonNode> requests) {
        return requests.stream()
                .filter(request -> request.get("phase").asText().equals("window"))
                .count();
    }

    private static long failed(JsonNode counts) {
        long failed = 0;
        for (JsonNode count : counts.get("failures")) {
            failed += count.asLong();
        }
        return failed;
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static Duration lag(ChildJvm child, Instant killed) {
        List<JsonNode> requests = child.requests();
        Instant started =
                Instant.parse(child.file("metadata.json").get("started_at").asText());
        long last = requests.get(requests.size() - 1).get("closed_ns").asLong();
        return Duration.between(started.plusNanos(last), killed);
    }

    public static class EndlessTestCase {
        @LlmLoad(
                concurrency = {2, 3},
                requests = 100_000)
        @Budget("ttft p95 < 10 s")
        void endless() {}
    }
}
