package dev.llmload.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmload.junit.LoadTestKit.Ran;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;

/** Endpoints that a class of the user's own is asked for. */
class EndpointBySupplierTests {
    @TempDir
    Path output;

    private Ran run(Class<?> testClass, String... keysAndValues) {
        return OwnServer.run(output, testClass, keysAndValues);
    }

    @Test
    void itIsAskedWithTheTestsContext() {
        assertThat(OwnServer.alarm(SupplierTestCase.class)).isEmpty();

        OwnServer.passesAtItsOwnServer(run(SupplierTestCase.class));
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
        assertThat(OwnServer.alarm(InnerSupplierTestCase.class))
                .contains("has a constructor without parameters", "an inner class: make it static");
    }

    @Test
    void besideAUrlOnTheSameElement_isAMistake_butTheNearerOfTwoWins() {
        assertThat(OwnServer.alarm(TwoAddressesTestCase.class))
                .contains("has 2 addresses on TwoAddressesTestCase: `url` of @LlmEndpoint, "
                        + "`supplier` of @LlmEndpoint, Failing; leave one");
        OwnServer.passesAtItsOwnServer(run(NearerWinsTestCase.class));
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

    static class Fine implements EndpointSupplier {
        @Override
        public String url(ExtensionContext context) {
            return OwnServer.url();
        }
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

    static class MethodTestCase {
        @LlmEndpointSource
        private static String url() {
            return "http://localhost:1";
        }

        @LlmLoad(concurrency = 1, requests = 8)
        void load() {}
    }
}
