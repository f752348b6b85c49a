package dev.llmload.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.llmload.junit.LoadTestKit.Ran;
import dev.llmload.junit.run.LoadPlan;
import dev.llmload.junit.run.PlanValidator;
import dev.llmload.result.LoadResult;
import dev.llmload.simulator.Simulator;
import dev.llmload.simulator.SimulatorSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestInstancePostProcessor;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Endpoints whose address only the running test knows. */
class EndpointAtRunTimeTests {
    private static final String PORT = "llm.load.test.port";

    @TempDir
    Path output;

    @AfterEach
    void forget() {
        System.clearProperty(PORT);
        System.clearProperty("llmload.url");
    }

    /** Without the key that the kit sets by default. */
    private Ran run(Class<?> testClass, String... keysAndValues) {
        List<String> all = new ArrayList<>(List.of("llmload.url", "", "llmload.inconclusive", "warn"));
        all.addAll(List.of(keysAndValues));
        return LoadTestKit.run(testClass, output, all.toArray(String[]::new));
    }

    @Test
    void aServerThatAnotherClassStartsAtTheSameAddress_isWaitedForAnew() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Ran first = LoadTestKit.run(
                List.of(selectClass(NeverStartsTestCase.class), selectClass(StartsLateTestCase.class)),
                output,
                "llmload.url",
                "",
                "llmload.endpoint.preflightWait",
                "2s",
                "llmload.inconclusive",
                "warn");
        assertThat(first.invocations()).contains("1 user FAILED", "2 users SUCCESSFUL");
    }

    private static int port;

    static class NeverStartsTestCase {
        @LlmEndpointSource
        static int port() {
            return port;
        }

        @LlmLoad(concurrency = 1, requests = 5)
        void load() {}
    }

    static class StartsLateTestCase {
        private static final CompletableFuture<Simulator> SERVER = new CompletableFuture<>();

        @BeforeAll
        static void up() {
            Thread starting = new Thread(() -> {
                LockSupport.parkNanos(300_000_000);
                SERVER.complete(Simulator.start(SimulatorSettings.parse(LoadTestKit.QUICK), "127.0.0.1", port));
            });
            starting.setDaemon(true);
            starting.start();
        }

        @AfterAll
        static void down() {
            SERVER.join().close();
        }

        @LlmEndpointSource
        static int port() {
            return port;
        }

        @LlmLoad(concurrency = 2, requests = 5)
        void load() {}
    }

    /** As a build tool does: system properties are configuration parameters. Display name and status of each invocation. */
    private List<String> launch(Class<?> testClass) {
        List<String> invocations = new ArrayList<>();
        TestExecutionListener listener = new TestExecutionListener() {
            @Override
            public void executionFinished(TestIdentifier identifier, TestExecutionResult result) {
                if (identifier.isTest()) {
                    invocations.add(identifier.getDisplayName() + " " + result.getStatus());
                }
            }
        };
        PrintStream console = System.out;
        System.setOut(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8));
        try {
            LauncherFactory.create()
                    .execute(
                            LauncherDiscoveryRequestBuilder.request()
                                    .selectors(selectClass(testClass))
                                    .configurationParameters(Map.of(
                                            "llmload.output", output.toString(),
                                            "llmload.load.warmup", "2",
                                            "llmload.inconclusive", "warn",
                                            "llmload.report.charts", "false"))
                                    .build(),
                            listener);
        } finally {
            System.setOut(console);
        }
        return invocations;
    }

    private static void passesAtItsOwnServer(Ran ran) {
        assertThat(ran.invocations()).containsExactly("1 user SUCCESSFUL");
        assertThat(ran.file("results.json")).contains("\"simulated\": false");
    }

    private static TestPlan plan(Class<?> testClass) {
        return LauncherFactory.create()
                .discover(LauncherDiscoveryRequestBuilder.request()
                        .selectors(selectClass(testClass))
                        .configurationParameters(Map.of())
                        .build());
    }

    private static String alarm(Class<?> testClass) {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        new PlanValidator(new PrintStream(printed, true, StandardCharsets.UTF_8))
                .testPlanExecutionStarted(plan(testClass));
        return printed.toString(StandardCharsets.UTF_8);
    }

    @Nested
    class ByPlaceholderTestCases {
        @Test
        void oneThatBeforeAllSets_isNoMistakeAtTheStartOfTheRun_norInTheGate_andRuns() {
            assertThat(alarm(PlaceholderTestCase.class)).isEmpty();
            assertThat(LoadPlan.of(plan(PlaceholderTestCase.class)).mistakes()).isEmpty();

            assertThat(launch(PlaceholderTestCase.class)).containsExactly("1 user SUCCESSFUL");
        }

        @Test
        void oneThatBeforeEachSets_isReadWhenTheFirstLevelBegins() {
            assertThat(launch(BeforeEachTestCase.class)).containsExactly("1 user SUCCESSFUL");
        }

        @Test
        void aDryRun_saysWhatIsKnownLaterOnly_andTheHealthCheckAsksNobody() {
            LoadPlan plan = LoadPlan.of(plan(PlaceholderTestCase.class));
            ByteArrayOutputStream printed = new ByteArrayOutputStream();

            assertThat(plan.dryRun())
                    .contains("  endpoint    known when the test runs: `url` of @LlmEndpoint: ${" + PORT + "}");
            assertThat(plan.health(new PrintStream(printed, true, StandardCharsets.UTF_8)))
                    .isFalse();
            assertThat(printed.toString(StandardCharsets.UTF_8))
                    .contains("PlaceholderTestCase.load: its endpoint is known when it runs", PORT, "it was not asked");
        }

        @Test
        void oneThatNobodySets_isAMistakeOfTheRunningTest_ofEachLevel_andNoRequestIsSent() {
            assertThat(alarm(NeverSetTestCase.class)).isEmpty();

            Ran ran = run(NeverSetTestCase.class);

            assertThat(ran.invocations())
                    .containsExactly("1 user FAILED", "2 users FAILED", "scaling 1 → 2 users ABORTED");
            assertThat(ran.failureOf("1 user"))
                    .isInstanceOf(ExtensionConfigurationException.class)
                    .hasMessageContaining("`url` of @LlmEndpoint: `${llm.load.test.never}` is set nowhere: set -D");
            assertThat(ran.failureOf("2 users"))
                    .hasMessage(ran.failureOf("1 user").getMessage());
            assertThat(ran.file("requests.jsonl")).isEmpty();
        }

        @Test
        void anyOtherMemberOfTheTest_mayWaitForBeforeAllToo() {
            assertThat(alarm(OtherMembersTestCase.class)).isEmpty();
            assertThat(LoadPlan.of(plan(OtherMembersTestCase.class)).dryRun())
                    .anyMatch(line ->
                            line.startsWith("  later       known when the test runs: @Budget on the method: ${"));

            assertThat(launch(OtherMembersTestCase.class)).containsExactly("3 users SUCCESSFUL");
        }

        @Test
        void whatIsWrongAnyway_isSaidAtTheStart() {
            assertThat(alarm(WrongAnywayTestCase.class))
                    .contains("[llm-load] 1 mistake", "must be at least 1, but was 0")
                    .doesNotContain("set nowhere");
        }

        @Test
        void aKeyThatBeforeAllSets_isNoMistakeAtTheStart_butNoEndpointWhereNothingRunsBeforeIs() {
            assertThat(alarm(KeySetTestCase.class)).isEmpty();
            assertThat(alarm(NoEndpointTestCase.class)).contains("no endpoint is configured");

            assertThat(launch(KeySetTestCase.class)).containsExactly("1 user SUCCESSFUL");
        }
    }

    @Nested
    class ByASupplierTestCases {
        @Test
        void itIsAskedWithTheTestsContext() {
            assertThat(alarm(SupplierTestCase.class)).isEmpty();

            passesAtItsOwnServer(run(SupplierTestCase.class));
        }

        @Test
        void aKeyWins_andTheSupplierIsNotAsked() {
            Ran ran = run(FailingSupplierTestCase.class, "llmload.url", LoadTestKit.QUICK);

            assertThat(ran.invocations()).containsExactly("1 user SUCCESSFUL");
        }

        @Test
        void oneThatFails_failsTheTestAsNotConfigured_andSaysWhat() {
            assertThat(run(FailingSupplierTestCase.class).failureOf("1 user"))
                    .isInstanceOf(ExtensionConfigurationException.class)
                    .hasMessageContaining("`supplier` of @LlmEndpoint, Failing: gave no address but failed: "
                            + "java.io.IOException: the container did not start");
        }

        @Test
        void oneThatAssumes_skipsTheTest() {
            assertThat(run(AssumingSupplierTestCase.class).invocations()).containsExactly("1 user ABORTED");
        }

        @Test
        void oneThatCannotBeMade_isAMistakeAtTheStart() {
            assertThat(alarm(InnerSupplierTestCase.class))
                    .contains("has a constructor without parameters", "an inner class: make it static");
        }

        @Test
        void besideAUrlOnTheSameElement_isAMistake_butTheNearerOfTwoWins() {
            assertThat(alarm(TwoAddressesTestCase.class))
                    .contains("has 2 addresses on TwoAddressesTestCase: `url` of @LlmEndpoint, "
                            + "`supplier` of @LlmEndpoint, Failing; leave one");
            passesAtItsOwnServer(run(NearerWinsTestCase.class));
        }
    }

    @Nested
    class ByAMemberOfTheTestClassTestCases {
        @Test
        void aPrivateStaticMethod() {
            assertThat(alarm(MethodTestCase.class)).isEmpty();
            passesAtItsOwnServer(run(MethodTestCase.class));
        }

        @Test
        void aStaticFieldOfAUri_ofABaseClass() {
            passesAtItsOwnServer(run(DerivedTestCase.class));
        }

        @Test
        void aFieldThatAnExtensionInjects_holdsThePort() {
            passesAtItsOwnServer(run(InjectedPortTestCase.class));
        }

        @Test
        void aMethodOfAnEnclosingInstance() {
            assertThat(run(EnclosingTestCase.class).invocations()).containsExactly("1 user SUCCESSFUL");
        }

        @Test
        void namesTellSeveralApart() {
            Ran ran = run(NamedTestCase.class);

            assertThat(ran.invocations()).containsExactlyInAnyOrder("1 user SUCCESSFUL", "1 user SUCCESSFUL");
            assertThat(ran.file("metadata.json")).contains("\"model\": \"model-a\"", "\"model\": \"model-b\"");
        }

        @Test
        void onlyOfAnotherName_isNoEndpoint_andTheMessageSaysSo() {
            assertThat(run(OtherNameTestCase.class).failureOf("1 user"))
                    .hasMessageContaining("no endpoint is configured")
                    .hasMessageContaining("belongs to another endpoint, named `a`");
        }

        @Test
        void nothingStarted_isAMistakeInWords() {
            assertThat(run(NullTestCase.class).failureOf("1 user"))
                    .hasMessageContaining(
                            "@LlmEndpointSource NullTestCase.url: gave null where an address is needed: is"
                                    + " its server started before the first level");
            assertThat(run(
                                    PortZeroTestCase.class,
                                    "llmload.output",
                                    output.resolve("zero").toString())
                            .failureOf("1 user"))
                    .hasMessageContaining("gave port 0, and a port is from 1 to 65535");
        }

        @Test
        void whatIsNoAddress_isAMistakeAtTheStart() {
            assertThat(alarm(WrongTypeTestCase.class))
                    .contains(
                            "@LlmEndpointSource WrongTypeTestCase.url(): must be a String, a URI, a URL, or the port of a"
                                    + " server on this host as an int, but was List");
            assertThat(alarm(ParameterTestCase.class)).contains("must be a method without parameters, but has 1");
        }

        @Test
        void theSimulatorMayBeNamed_andIsMarked() {
            assertThat(run(NamesTheSimulatorTestCase.class).file("results.json"))
                    .contains("\"simulated\": true");
        }
    }

    /** A server of the test's own, started before all tests of the class: what a container is. */
    private static final class OwnServer {
        private static Simulator running = start("model-a");

        static synchronized Simulator start(String model) {
            return Simulator.start(SimulatorSettings.parse(LoadTestKit.QUICK + "&model=" + model));
        }

        static synchronized String url() {
            return running.url();
        }

        static int port() {
            return URI.create(url()).getPort();
        }
    }

    @LlmEndpoint(url = "http://localhost:${" + PORT + "}")
    static class PlaceholderTestCase {
        @BeforeAll
        static void start() {
            System.setProperty(PORT, Integer.toString(OwnServer.port()));
        }

        @LlmLoad(concurrency = 1, requests = 8)
        void load(LoadResult result) {
            assertThat(result.subject().endpoint()).contains(":" + OwnServer.port() + "/");
        }
    }

    @LlmEndpoint(url = "http://localhost:${" + PORT + "}")
    static class BeforeEachTestCase {
        @BeforeEach
        void start() {
            System.setProperty(PORT, Integer.toString(OwnServer.port()));
        }

        @LlmLoad(concurrency = 1, requests = 8)
        void load() {}
    }

    @LlmEndpoint(url = "http://localhost:${llm.load.test.never}")
    static class NeverSetTestCase {
        @LlmLoad(
                concurrency = {1, 2},
                requests = 8)
        void load() {}
    }

    @LlmEndpoint(url = LoadTestKit.QUICK)
    static class OtherMembersTestCase {
        @BeforeAll
        static void set() {
            System.setProperty("llm.load.test.limit", "31 s");
            System.setProperty("llm.load.test.users", "3 users 1s");
            System.setProperty("llm.load.test.prompts", "builtin:short");
        }

        @AfterAll
        static void clear() {
            System.clearProperty("llm.load.test.limit");
            System.clearProperty("llm.load.test.users");
            System.clearProperty("llm.load.test.prompts");
        }

        @LlmLoad(stages = "${llm.load.test.users}")
        @LlmRequest(prompts = "${llm.load.test.prompts}")
        @Budget(value = "ttft p95 < ${llm.load.test.limit}", at = "3 users")
        void load(LoadResult result) {
            assertThat(result.level().name()).isEqualTo("3 users");
        }
    }

    @LlmEndpoint(url = "http://localhost:${llm.load.test.never}")
    static class WrongAnywayTestCase {
        @LlmLoad(concurrency = 1)
        @LlmRequest(maxTokens = 0)
        void load() {}
    }

    static class KeySetTestCase {
        @BeforeAll
        static void start() {
            System.setProperty("llmload.url", OwnServer.url());
        }

        @LlmLoad(concurrency = 1, requests = 8)
        void load() {}
    }

    static class NoEndpointTestCase {
        @LlmLoad(concurrency = 1, requests = 8)
        void load() {}
    }

    static class Asking implements EndpointSupplier {
        @Override
        public String url(ExtensionContext context) {
            return ((SupplierTestCase) context.getRequiredTestInstance()).address;
        }
    }

    @LlmEndpoint(supplier = Asking.class)
    static class SupplierTestCase {
        private String address = "";

        @BeforeEach
        void start() {
            address = OwnServer.url();
        }

        @LlmLoad(concurrency = 1, requests = 8)
        void load() {}
    }

    static class Failing implements EndpointSupplier {
        @Override
        public String url(ExtensionContext context) throws java.io.IOException {
            throw new java.io.IOException("the container did not start");
        }
    }

    @LlmEndpoint(supplier = Failing.class)
    static class FailingSupplierTestCase {
        @LlmLoad(concurrency = 1, requests = 8)
        void load() {}
    }

    static class Assuming implements EndpointSupplier {
        @Override
        public String url(ExtensionContext context) {
            return Assumptions.abort("no Docker here");
        }
    }

    @LlmEndpoint(supplier = Assuming.class)
    static class AssumingSupplierTestCase {
        @LlmLoad(concurrency = 1, requests = 8)
        void load() {}
    }

    @LlmEndpoint(supplier = InnerSupplierTestCase.Inner.class)
    static class InnerSupplierTestCase {
        @LlmLoad(concurrency = 1, requests = 8)
        void load() {}

        class Inner implements EndpointSupplier {
            @Override
            public String url(ExtensionContext context) {
                return "http://localhost:1";
            }
        }
    }

    @LlmEndpoint(url = "http://localhost:1", supplier = Failing.class)
    static class TwoAddressesTestCase {
        @LlmLoad(concurrency = 1, requests = 8)
        void load() {}
    }

    @LlmEndpoint(url = "http://localhost:1")
    static class NearerWinsTestCase extends MethodTestCase {
        @LlmEndpointSource
        static String nearer() {
            return OwnServer.url();
        }

        @Override
        @LlmEndpoint(supplier = Fine.class)
        @LlmLoad(concurrency = 1, requests = 8)
        void load() {}
    }

    static class Fine implements EndpointSupplier {
        @Override
        public String url(ExtensionContext context) {
            return OwnServer.url();
        }
    }

    static class MethodTestCase {
        @LlmEndpointSource
        private static String url() {
            return OwnServer.url();
        }

        @LlmLoad(concurrency = 1, requests = 8)
        void load() {}
    }

    static class BaseTestCase {
        @LlmEndpointSource
        static URI uri;

        @BeforeAll
        static void start() {
            uri = URI.create(OwnServer.url());
        }
    }

    static class DerivedTestCase extends BaseTestCase {
        @LlmLoad(concurrency = 1, requests = 8)
        void load() {}
    }

    /** What a framework's own annotation does: it sets a field of each test instance. */
    @Retention(RetentionPolicy.RUNTIME)
    @interface InjectedPort {}

    static class Injector implements TestInstancePostProcessor {
        @Override
        public void postProcessTestInstance(Object instance, ExtensionContext context) throws Exception {
            for (java.lang.reflect.Field field : instance.getClass().getDeclaredFields()) {
                if (field.isAnnotationPresent(InjectedPort.class)) {
                    field.setInt(instance, OwnServer.port());
                }
            }
        }
    }

    @ExtendWith(Injector.class)
    static class InjectedPortTestCase {
        @LlmEndpointSource
        @InjectedPort
        int port;

        @LlmLoad(concurrency = 1, requests = 8)
        void load() {}
    }

    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    static class EnclosingTestCase {
        private String url = "";

        @BeforeAll
        void start() {
            url = OwnServer.url();
        }

        @LlmEndpointSource
        String url() {
            return url;
        }

        @Nested
        class InnerTestCase {
            @LlmLoad(concurrency = 1, requests = 8)
            void load() {}
        }
    }

    static class NamedTestCase {
        private static Simulator other;

        @BeforeAll
        static void start() {
            other = OwnServer.start("model-b");
        }

        @AfterAll
        static void stop() {
            other.close();
        }

        @LlmEndpointSource(name = "a")
        static String a() {
            return OwnServer.url();
        }

        @LlmEndpointSource(name = "b")
        static String b() {
            return other.url();
        }

        @LlmEndpoint(name = "a")
        @LlmLoad(concurrency = 1, requests = 8)
        void first() {}

        @LlmEndpoint(name = "b")
        @LlmLoad(concurrency = 1, requests = 8)
        void second() {}
    }

    static class OtherNameTestCase {
        @LlmEndpointSource(name = "a")
        static URI url;

        @LlmLoad(concurrency = 1, requests = 8)
        void load() {}
    }

    static class NullTestCase {
        @LlmEndpointSource
        String url;

        @LlmLoad(concurrency = 1, requests = 8)
        void load() {}
    }

    static class PortZeroTestCase {
        @LlmEndpointSource
        int port;

        @LlmLoad(concurrency = 1, requests = 8)
        void load() {}
    }

    static class WrongTypeTestCase {
        @LlmEndpointSource
        static List<String> url() {
            return List.of();
        }

        @LlmLoad(concurrency = 1, requests = 8)
        void load() {}
    }

    static class ParameterTestCase {
        @LlmEndpointSource
        static String url(String host) {
            return host;
        }

        @LlmLoad(concurrency = 1, requests = 8)
        void load() {}
    }

    static class NamesTheSimulatorTestCase {
        @LlmEndpointSource
        static final String URL = LoadTestKit.QUICK;

        @LlmLoad(concurrency = 1, requests = 8)
        void load() {}
    }
}
