package dev.llmload.junit;

import static dev.llmload.junit.LoadTestKit.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmload.junit.LoadTestKit.Ran;
import dev.llmload.result.LoadResult;
import dev.llmload.result.Verdict;
import dev.llmload.spi.LevelEnded;
import dev.llmload.spi.LevelProgress;
import dev.llmload.spi.LevelStarted;
import dev.llmload.spi.RunEnded;
import dev.llmload.spi.RunListener;
import dev.llmload.spi.Status;
import dev.llmload.spi.SweepEnded;
import dev.llmload.spi.TestPrepared;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a listener of the user's is told of a run, and what it can do to it: nothing. */
// A resource is there for what it plugs in; nothing else is asked of it.
@SuppressWarnings("try")
class RunListenerTests {
    private static final String TEST = RunListenerTests.class.getName() + "$SweptTestCase#load";

    @TempDir
    Path services;

    @TempDir
    Path output;

    @BeforeEach
    void forget() {
        Recording.told.clear();
    }

    private static <T> List<T> told(Class<T> type) {
        return Recording.told.stream().filter(type::isInstance).map(type::cast).toList();
    }

    @Test
    void isToldOfEachLevel_ofTheSweep_andOfTheRun_inOrder() {
        try (PluggedIn plugged = PluggedIn.of(services, RunListener.class, Recording.class)) {
            run(SweptTestCase.class, output, "llmload.release", "8b/2026-11");
        }

        assertThat(Recording.told.stream()
                        .filter(event -> !(event instanceof LevelProgress))
                        .map(event -> event.getClass().getSimpleName()))
                .containsExactly(
                        "TestPrepared",
                        "LevelStarted",
                        "LevelEnded",
                        "LevelStarted",
                        "LevelEnded",
                        "SweepEnded",
                        "RunEnded");
        TestPrepared prepared = told(TestPrepared.class).get(0);
        assertThat(prepared.test()).isEqualTo(TEST);
        assertThat(prepared.levels()).extracting(level -> level.name()).containsExactly("1 user", "2 users");
        assertThat(prepared.endpoint()).startsWith("http://127.0.0.1:").endsWith("/v1/chat/completions");
        assertThat(prepared.model()).isEqualTo("simulated-model");
        assertThat(prepared.simulated()).isTrue();
        assertThat(told(LevelStarted.class))
                .extracting(started -> started.level().name() + " " + started.run() + "/" + started.runs())
                .containsExactly("1 user 1/1", "2 users 1/1");
        assertThat(told(SweepEnded.class)).singleElement().satisfies(sweep -> {
            assertThat(sweep.name()).isEqualTo("scaling 1 → 2 users");
            assertThat(sweep.levels()).hasSize(2);
        });
    }

    @Test
    void aLevelHasItsResult_itsBudgets_andWhatDecided() {
        try (PluggedIn plugged = PluggedIn.of(services, RunListener.class, Recording.class)) {
            run(SweptTestCase.class, output);
        }

        LevelEnded level = told(LevelEnded.class).get(1);
        assertThat(level.test()).isEqualTo(TEST);
        assertThat(level.level().name()).isEqualTo("2 users");
        assertThat(level.result().orElseThrow().requests().succeeded()).isEqualTo(10);
        assertThat(level.status()).isEqualTo(Status.FAIL);
        assertThat(level.causes()).singleElement().asString().startsWith("request_rate");
        assertThat(level.budgets())
                .filteredOn(budget -> budget.verdict() == Verdict.FAIL)
                .singleElement()
                .satisfies(budget -> {
                    assertThat(budget.text()).isEqualTo("request_rate >= 100000 req/s");
                    assertThat(budget.source()).isEqualTo("method");
                    assertThat(budget.unit()).isEqualTo("req/s");
                    assertThat(budget.actual().orElseThrow()).isPositive();
                });
    }

    @Test
    void theEndOfTheRun_comesWhenItsFilesAreThere() {
        try (PluggedIn plugged = PluggedIn.of(services, RunListener.class, Recording.class)) {
            run(SweptTestCase.class, output);
        }

        RunEnded ended = told(RunEnded.class).get(0);
        assertThat(ended.tests()).isEqualTo(Map.of(TEST, Status.FAIL));
        assertThat(ended.status()).isEqualTo(Status.FAIL);
        assertThat(Recording.filesAtTheEnd)
                .contains(
                        "results.json", "results.csv", "requests.jsonl", "metadata.json", "summary.md", "report.html");
    }

    @Test
    void aLevelThatCouldNotRun_isToldToo_withTheReason() {
        try (PluggedIn plugged = PluggedIn.of(services, RunListener.class, Recording.class)) {
            run(
                    SweptTestCase.class,
                    output,
                    "llmload.url",
                    "http://127.0.0.1:1",
                    "llmload.endpoint.preflightWait",
                    "1s");
        }

        assertThat(told(LevelEnded.class)).hasSize(2).allSatisfy(level -> {
            assertThat(level.result()).isEmpty();
            assertThat(level.status()).isEqualTo(Status.ERROR);
            assertThat(level.causes()).isNotEmpty();
        });
        assertThat(told(RunEnded.class).get(0).tests()).containsEntry(TEST, Status.ERROR);
    }

    @Test
    void oneThatThrows_isSaidOnce_andChangesNothing() {
        try (PluggedIn plugged =
                PluggedIn.of(services, RunListener.class, Throwing.class).and(RunListener.class, Recording.class)) {
            Ran ran = run(QuietTestCase.class, output);

            assertThat(ran.invocations()).containsExactly("2 users SUCCESSFUL");
            assertThat(ran.printed().split("failed, which changes nothing of the run", -1))
                    .hasSize(2);
            assertThat(ran.printed())
                    .contains("[llm-load] warning: the listener " + Throwing.class.getName()
                            + " failed, which changes nothing of the run: java.lang.AssertionError: thrown on purpose");
            assertThat(ran.file("results.csv")).contains(",PASS,");
        }
        assertThat(told(RunEnded.class)).hasSize(1);
    }

    @Test
    void oneThatCannotBeMade_isAWarning() {
        try (PluggedIn plugged = PluggedIn.of(services, RunListener.class, "com.acme.Gone")) {
            Ran ran = run(QuietTestCase.class, output);

            assertThat(ran.invocations()).containsExactly("2 users SUCCESSFUL");
            assertThat(ran.printed())
                    .contains("warning: a listener could not be loaded: dev.llmload.spi.RunListener:"
                            + " Provider com.acme.Gone not found");
        }
    }

    static class SweptTestCase {
        @LlmLoad(
                concurrency = {1, 2},
                requests = 10)
        @Budget(value = "request_rate >= 100000 req/s", at = "2 users")
        void load(LoadResult result) {}
    }

    static class QuietTestCase {
        @LlmLoad(concurrency = 2, requests = 10)
        void load(LoadResult result) {}
    }

    /** Keeps what it is told. */
    public static class Recording implements RunListener {
        static final List<Object> told = new CopyOnWriteArrayList<>();
        static volatile List<String> filesAtTheEnd = List.of();

        @Override
        public void prepared(TestPrepared event) {
            told.add(event);
        }

        @Override
        public void levelStarted(LevelStarted event) {
            told.add(event);
        }

        @Override
        public void progress(LevelProgress event) {
            told.add(event);
        }

        @Override
        public void levelEnded(LevelEnded event) {
            told.add(event);
        }

        @Override
        public void sweepEnded(SweepEnded event) {
            told.add(event);
        }

        @Override
        public void runEnded(RunEnded event) {
            told.add(event);
            filesAtTheEnd = event.folder().stream()
                    .flatMap(folder -> Stream.of(folder.toFile().list()))
                    .toList();
        }
    }

    /** Throws at every call. */
    public static class Throwing implements RunListener {
        private static AssertionError thrown() {
            return new AssertionError("thrown on purpose");
        }

        @Override
        public void prepared(TestPrepared event) {
            throw thrown();
        }

        @Override
        public void levelStarted(LevelStarted event) {
            throw thrown();
        }

        @Override
        public void progress(LevelProgress event) {
            throw thrown();
        }

        @Override
        public void levelEnded(LevelEnded event) {
            throw thrown();
        }

        @Override
        public void runEnded(RunEnded event) {
            throw thrown();
        }
    }
}
