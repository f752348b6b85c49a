package dev.llmload.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;

/**
 * The OpenAI-compatible endpoint that load tests use. On a class it is the default of its methods, nested and derived
 * classes included; a nearer one overrides member by member. {@code -Dllmload.url} and {@code -Dllmload.model} (or the
 * environment) win over an endpoint without a name; one with a name listens to its own keys: {@code llmload.<name>.url},
 * {@code llmload.<name>.model}, {@code llmload.<name>.api}, {@code llmload.<name>.timeout.stall}.
 *
 * <p>Every string may hold placeholders: <code>${name}</code> or <code>${name:default}</code>. They are replaced when the
 * test runs, those of an endpoint after {@code @BeforeAll} and {@code @BeforeEach}: either may set them as system properties.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
@Documented
@Inherited
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface LlmEndpoint {
    /** Server ({@code http://host:8000}), API base ({@code …/v1}), full endpoint, or {@code simulator}. */
    String url() default "";

    /**
     * Class that says the address, where only the running test knows it; instead of {@link #url()}. A member of the test
     * class can say it too: {@link LlmEndpointSource}. The default is none.
     */
    Class<? extends EndpointSupplier> supplier() default EndpointSupplier.class;

    /** Model name in the requests; empty: the only one that {@code /v1/models} lists. */
    String model() default "";

    /**
     * Name, by which configuration keys tell several endpoints apart: letters, digits and dashes, without placeholders, and not
     * the first word of another key ({@code label}, {@code model}, {@code gpu}, …).
     */
    String name() default "";

    /** Chat or text completions; {@link Api#AUTO} takes whichever answers. */
    Api api() default Api.AUTO;

    /** Name of the environment variable that holds the API key. The key itself is never written anywhere. */
    String apiKeyEnv() default "LLM_API_KEY";

    /** Where token counts come from. */
    TokenCount tokenCount() default TokenCount.USAGE;

    /** Time-out for DNS, TCP and TLS of a connection. */
    String connectTimeout() default "10s";

    /** Time-out from sent to the first token event. */
    String firstTokenTimeout() default "60s";

    /** Time-out for the silence of a stream that has begun. */
    String stallTimeout() default "30s";

    /** Time-out for a request as a whole. */
    String totalTimeout() default "10m";
}
