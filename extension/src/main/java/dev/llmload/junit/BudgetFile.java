package dev.llmload.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;

/**
 * Takes budgets from a YAML file that belongs to a model release, so that the same test judges every release by what was
 * promised for it.
 *
 * <pre>{@code
 * release: llama-3-8b-instruct/2026-11
 * budgets:
 *   - ttft p95 < 1500 ms
 *   - success_rate >= 99.5%
 * levels:
 *   "100 users": [throughput >= 1400 tok/s]
 * }</pre>
 *
 * <p>The file is chosen by {@code llmload.release}: {@code ${release}} in its name stands for it. Its budgets add up with
 * those of class, method and key; of the same metric, statistic and level the nearer wins (key, method, class, file). An
 * unknown key, a level that the test does not have, a file of another release and a file that is missing are
 * configuration errors, reported before any request is sent.
 *
 * <p>On a class it holds for its methods, nested and derived classes included; on a method it replaces that of the
 * class. Works as a meta-annotation.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
@Documented
@Inherited
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface BudgetFile {
    /** {@code classpath:…} or a file, relative to the working directory; may hold <code>${release}</code>. */
    String value() default "classpath:/budgets/${release}.yaml";
}
