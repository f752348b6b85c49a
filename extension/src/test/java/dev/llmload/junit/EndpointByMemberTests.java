package dev.llmload.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.llmload.junit.LoadTestKit.Ran;
import dev.llmload.simulator.Simulator;
import dev.llmload.simulator.SimulatorSettings;
import java.io.IOException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestInstancePostProcessor;
import org.junit.jupiter.api.io.TempDir;

/** Endpoints that a method or field of the test class holds. */
class EndpointByMemberTests {
    @TempDir
    Path output;

    private Ran run(Class<?> testClass, String... keysAndValues) {
        return OwnServer.run(output, testClass, keysAndValues);
    }

    @Test
    void aPrivateStaticMethod() {
        assertThat(OwnServer.alarm(MethodTestCase.class)).isEmpty();
        OwnServer.passesAtItsOwnServer(run(MethodTestCase.class));
    }

    @Test
    void aStaticFieldOfAUri_ofABaseClass() {
        OwnServer.passesAtItsOwnServer(run(DerivedTestCase.class));
    }

    @Test
    void aFieldThatAnExtensionInjects_holdsThePort() {
        OwnServer.passesAtItsOwnServer(run(InjectedPortTestCase.class));
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
                .hasMessageContaining("@LlmEndpointSource NullTestCase.url: gave null where an address is needed: is"
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
        assertThat(OwnServer.alarm(WrongTypeTestCase.class))
                .contains("@LlmEndpointSource WrongTypeTestCase.url(): must be a String, a URI, a URL, or the port of a"
                        + " server on this host as an int, but was List");
        assertThat(OwnServer.alarm(ParameterTestCase.class)).contains("must be a method without parameters, but has 1");
    }

    @Test
    void theSimulatorMayBeNamed_andIsMarked() {
        assertThat(run(NamesTheSimulatorTestCase.class).file("results.json")).contains("\"simulated\": true");
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
