package dev.llmload.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;

/**
 * The method or field of a test class that knows where the endpoint is, for an address that only the running test knows. It may
 * be private, static or not, and is read once for each load test, before the first level: after {@code @BeforeAll} and
 * {@code @BeforeEach}. Its type is {@code String}, {@code URI} or {@code URL} for what {@link LlmEndpoint#url()} takes, or
 * {@code int} for the port of a server on this host. A method takes no parameters.
 *
 * <pre>{@code
 * @LlmEndpointSource
 * static String url() {
 *     return "http://" + SERVER.getHost() + ":" + SERVER.getMappedPort(8000);
 * }
 *
 * @LlmEndpointSource @LocalServerPort int port;   // Spring Boot on a random port
 * }</pre>
 *
 * <p>It holds for the load tests of its class, nested and derived classes included, unless a nearer {@link LlmEndpoint}
 * gives an address. A key such as {@code llmload.url} wins over it.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
@Documented
@Target({ElementType.METHOD, ElementType.FIELD})
@Retention(RetentionPolicy.RUNTIME)
public @interface LlmEndpointSource {
    /** {@link LlmEndpoint#name()} of the endpoint that it belongs to; empty: the one without a name. */
    String name() default "";
}
