package dev.llmload.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;

/**
 * What each request of a load test asks. Without it the defaults of its members hold.
 *
 * <p>On a class it is the default of its methods, nested and derived classes included; a nearer one overrides member by
 * member, and a member that has its default value counts as not set. Works as a meta-annotation, also beside an annotation
 * of its own on the same element, whose members come first. Every member but {@link #headers()} has a key,
 * {@code llmload.request.<member>}, which wins over all annotations. Every string may hold placeholders: <code>${name}</code>
 * or <code>${name:default}</code>.
 *
 * <pre>{@code
 * @LlmLoad(concurrency = {10, 50, 100})
 * @LlmRequest(prompts = "classpath:/prompts/chat.jsonl", maxTokens = 256)
 * void chat() {}
 * }</pre>
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
@Documented
@Inherited
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface LlmRequest {
    /**
     * Where prompts come from: {@code classpath:…}, a file ({@code .jsonl}, {@code .json}, {@code .csv}, {@code .txt}),
     * {@code hf:…}, {@code synthetic:…} or {@code builtin:chat}; several with shares: {@code "75% a.jsonl, 25% b.csv"}. The
     * documentation's page on prompts has the forms and options.
     */
    String prompts() default "builtin:chat";

    /** What to do when the prompts run out. */
    Reuse reuse() default Reuse.UNIQUE_PREFIX;

    /** {@code max_tokens} of each request; at least 1. */
    int maxTokens() default 128;

    /** {@code temperature} of each request, 0 to 2; NaN leaves it out. */
    double temperature() default 0.7;

    /** Seed of everything random on our side: order of the prompts, prefixes, arrivals, pauses, choice of answers. */
    long seed() default 42;

    /** JSON object merged into each request, such as {@code {"ignore_eos": true}}; {@code null} removes a field. */
    String extraBody() default "";

    /** Extra request headers, each {@code "Name: value"}. They have no key: a value may be a secret. */
    String[] headers() default {};
}
