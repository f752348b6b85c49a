package dev.llmload.junit;

import static dev.llmload.junit.LoadTestKit.run;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.llmload.junit.LoadTestKit.Ran;
import dev.llmload.result.Answer;
import dev.llmload.result.ChatMessage;
import dev.llmload.result.GpuDevice;
import dev.llmload.result.GpuSample;
import dev.llmload.result.LoadResult;
import dev.llmload.simulator.Simulator;
import dev.llmload.simulator.SimulatorSettings;
import dev.llmload.spi.GpuFacts;
import dev.llmload.spi.GpuReadings;
import dev.llmload.spi.PromptSource;
import dev.llmload.spi.PromptSourceProvider;
import dev.llmload.spi.SourcePrompt;
import dev.llmload.spi.TelemetrySource;
import dev.llmload.spi.TelemetrySourceProvider;
import dev.llmload.spi.TelemetryUnavailableException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user's class path brings along, and a load test names. */
// A resource is there for what it plugs in; nothing else is asked of it.
@SuppressWarnings("try")
class PluggedInTests {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path services;

    @TempDir
    Path output;

    @Nested
    class Prompts {
        @BeforeEach
        void reset() {
            Acme.opened.set(0);
            Acme.closed.set(0);
        }

        @Test
        void aSchemeOfTheUsers_isReadOnce_closed_andSent() throws IOException {
            try (PluggedIn plugged = PluggedIn.of(services, PromptSourceProvider.class, Acme.class)) {
                Ran ran = run(SmallTestCase.class, output, "llmload.request.prompts", "acme:support/1");

                assertThat(ran.invocations()).containsExactly("2 users SUCCESSFUL");
                assertThat(ran.printed())
                        .contains("prompts: acme:support/1: 3 prompts", "prompts: acme:support/1: a note");
                JsonNode test = JSON.readTree(ran.file("metadata.json")).at("/tests/0");
                assertThat(test.get("prompts").asText()).isEqualTo("acme:support/1");
                assertThat(ran.file("requests.jsonl")).contains("\"prompt_source\":\"acme:support/1\"");
            }
            assertThat(Acme.opened).hasValue(1);
            assertThat(Acme.closed).hasValue(1);
        }

        @Test
        void aPromptMaySayHowLongItsAnswerIs() {
            try (PluggedIn plugged = PluggedIn.of(services, PromptSourceProvider.class, Acme.class)) {
                Ran ran = run(
                        SmallTestCase.class,
                        output,
                        "llmload.request.prompts",
                        "acme:short",
                        "llmload.url",
                        "simulator:fast?tokens=9");

                assertThat(ran.file("requests.jsonl").lines().filter(line -> line.contains("window")))
                        .isNotEmpty()
                        .allMatch(line -> line.contains("\"output_tokens\":2,"));
            }
        }

        @Test
        void whatTheProviderRefuses_isAMistakeOfTheConfiguration() {
            try (PluggedIn plugged = PluggedIn.of(services, PromptSourceProvider.class, Acme.class)) {
                assertThat(run(SmallTestCase.class, output, "llmload.request.prompts", "acme:gone")
                                .containerFailure())
                        .hasMessageContaining(
                                "key `llmload.request.prompts`: prompts \"acme:gone\": expected support/1, short, empty or broken");
            }
        }

        @Test
        void aProviderThatFails_isNamed() {
            try (PluggedIn plugged = PluggedIn.of(services, PromptSourceProvider.class, Acme.class)) {
                assertThat(run(SmallTestCase.class, output, "llmload.request.prompts", "acme:broken")
                                .containerFailure())
                        .hasMessageContaining("prompts \"acme:broken\" could not be read by " + Acme.class.getName()
                                + ": java.lang.IllegalStateException: no connection");
                assertThat(run(SmallTestCase.class, output, "llmload.request.prompts", "acme:empty")
                                .containerFailure())
                        .hasMessageContaining(
                                "prompts \"acme:empty\": there must be at least one prompt, but it has none");
            }
        }

        @Test
        void anUnknownScheme_isRefusedWithThoseThereAre_andThoseThatAreBroken() {
            try (PluggedIn plugged = PluggedIn.of(services, PromptSourceProvider.class, Acme.class)
                    .and(PromptSourceProvider.class, Unmakeable.class)) {
                assertThat(run(SmallTestCase.class, output, "llmload.request.prompts", "acmee:x?y=1")
                                .containerFailure())
                        .hasMessageContaining("prompts \"acmee:x?y=1\": unknown scheme \"acmee:\"; expected classpath:")
                        .hasMessageContaining(", or acme:… (" + Acme.class.getName() + ")")
                        .hasMessageContaining("a source that is plugged in could not be loaded")
                        .hasMessageContaining("no key in the environment");
            }
        }
    }

    @Nested
    class GpuTelemetry {
        private Ran against(String source) {
            try (PluggedIn plugged = PluggedIn.of(services, TelemetrySourceProvider.class, Meter.class)
                            .and(TelemetrySourceProvider.class, Absent.class);
                    Simulator server =
                            Simulator.start(SimulatorSettings.parse("simulator:fast?ttft=4ms&tpot=1ms&tokens=6"))) {
                return run(
                        SmallTestCase.class,
                        output,
                        "llmload.url",
                        server.url(),
                        "llmload.gpu.source",
                        source,
                        "llmload.load.requests",
                        "80",
                        "llmload.gpu.period",
                        "100ms");
            }
        }

        @Test
        void aSourceOfTheUsers_isRead_byItsName() throws IOException {
            Ran ran = against("Meter");

            assertThat(ran.printed()).contains("[llm-load] meter: Acme 1");
            assertThat(JSON.readTree(ran.file("results.json"))
                            .at("/tests/0/levels/0/gpu/source")
                            .asText())
                    .isEqualTo("meter");
            assertThat(ran.file("telemetry.csv")).contains(",acme-0,Acme 1,");
        }

        @Test
        void oneThatCannotBeOpened_isNoTelemetry_withItsReason() {
            assertThat(against("absent").printed())
                    .contains("no GPU telemetry: absent: the meter is not connected: plug it in");
        }

        @Test
        void anUnknownName_isRefusedWithThoseThereAre() {
            assertThat(against("metre").containerFailure())
                    .hasMessageContaining(
                            "key `llmload.gpu.source`: must be one of `auto`, `nvml`, `nvidia-smi`, `none`,"
                                    + " `meter`, `absent`, but was `metre`");
        }
    }

    @Nested
    class AnswerChecks {
        @Test
        void aCheckIsNamedByItsShortName() {
            try (PluggedIn plugged = PluggedIn.of(services, AnswerCheck.class, Wrong.class)) {
                Ran ran = run(
                        SmallTestCase.class,
                        output,
                        "llmload.answer.check",
                        "ALL-wrong",
                        "llmload.answer.checkShare",
                        "100%");

                assertThat(ran.file("requests.jsonl"))
                        .contains("\"outcome\":\"WRONG_ANSWER\"")
                        .contains("never right");
            }
        }

        @Test
        void anUnknownName_isRefusedWithThoseThereAre() {
            try (PluggedIn plugged = PluggedIn.of(services, AnswerCheck.class, Wrong.class)) {
                assertThat(run(SmallTestCase.class, output, "llmload.answer.check", "all-wron")
                                .containerFailure())
                        .hasMessageContaining(
                                "constructor without parameters, or one of `all-wrong`, but `all-wron` is not on"
                                        + " the class path");
            }
        }
    }

    static class SmallTestCase {
        @LlmLoad(concurrency = 2, requests = 6)
        void load(LoadResult result) {}
    }

    /** Prompts of a shop. */
    public static class Acme implements PromptSourceProvider {
        static final AtomicInteger opened = new AtomicInteger();
        static final AtomicInteger closed = new AtomicInteger();

        @Override
        public String scheme() {
            return "acme";
        }

        @Override
        public PromptSource open(String name) {
            opened.incrementAndGet();
            return switch (name) {
                case "support/1" -> source(Stream.of("one", "two", "three").map(SourcePrompt::of));
                case "short" ->
                    source(Stream.of(new SourcePrompt(List.of(new ChatMessage("user", "say yes")), OptionalInt.of(2))));
                case "empty" -> source(Stream.of());
                case "broken" -> throw new IllegalStateException("no connection");
                default -> throw new IllegalArgumentException("expected support/1, short, empty or broken");
            };
        }

        private static PromptSource source(Stream<SourcePrompt> prompts) {
            return new PromptSource() {
                @Override
                public Stream<SourcePrompt> prompts() {
                    return prompts;
                }

                @Override
                public List<String> notes() {
                    return List.of("a note");
                }

                @Override
                public void close() {
                    closed.incrementAndGet();
                }
            };
        }
    }

    /** Needs something that is not there. */
    public static class Unmakeable extends Acme {
        public Unmakeable() {
            throw new IllegalStateException("no key in the environment");
        }
    }

    /** A device that draws 100 W. */
    public static class Meter implements TelemetrySourceProvider {
        @Override
        public String name() {
            return "meter";
        }

        @Override
        public TelemetrySource open() throws TelemetryUnavailableException {
            return new TelemetrySource() {
                @Override
                public String name() {
                    return "meter";
                }

                @Override
                public List<GpuFacts> devices() {
                    return List.of(GpuFacts.of(new GpuDevice(0, "acme-0", "Acme 1")));
                }

                @Override
                public void read(GpuReadings readings) {
                    long now = System.nanoTime();
                    double none = Double.NaN;
                    readings.sample(new GpuSample(
                            now, "acme-0", 0.5, none, none, none, none, 100, now / 1e7, none, none, none, none, ""));
                }

                @Override
                public void close() {}
            };
        }
    }

    /** Is not connected. */
    public static class Absent extends Meter {
        @Override
        public String name() {
            return "absent";
        }

        @Override
        public TelemetrySource open() throws TelemetryUnavailableException {
            throw new TelemetryUnavailableException("the meter is not connected: plug it in");
        }
    }

    /** Refuses everything. */
    public static class Wrong implements AnswerCheck {
        @Override
        public String name() {
            return "all-wrong";
        }

        @Override
        public void check(Answer answer) {
            throw new AssertionError("never right");
        }
    }
}
