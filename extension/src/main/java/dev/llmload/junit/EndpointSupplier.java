package dev.llmload.junit;

import org.apiguardian.api.API;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Says where an endpoint is whose address only the running test knows: a container's mapped port, an application on a
 * random port. Named by {@link LlmEndpoint#supplier()}; needs a constructor without parameters.
 *
 * <pre>{@code
 * class ChatApplication implements EndpointSupplier {
 *     public String url(ExtensionContext context) {
 *         return "http://localhost:" + SpringExtension.getApplicationContext(context)
 *                 .getEnvironment().getRequiredProperty("local.server.port");
 *     }
 * }
 * }</pre>
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
@FunctionalInterface
public interface EndpointSupplier {
    /**
     * The address. Called on the thread of the test, once for each load test, before its first level: after
     * {@code @BeforeAll} and {@code @BeforeEach}. Not called where a key such as {@code llmload.url} gives the address.
     *
     * @param context of the first invocation; its test instance is there
     * @return what {@link LlmEndpoint#url()} takes, without placeholders
     * @throws Exception if there is no address: the load test fails with it, and no request is sent. A
     *     {@code TestAbortedException} (an assumption) skips the test instead.
     */
    String url(ExtensionContext context) throws Exception;
}
